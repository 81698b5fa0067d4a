// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double most = setting.number("documents");
    const bool dropsCopies = setting.number("copies") == 1;
    const bool isAll = most >= 64;
    const auto leastUse = static_cast<std::uint16_t>(std::lround(setting.number("use") * 10)); // thousandths
    std::uint64_t last = ~std::uint64_t{0}; // the query: a turn of a prompt
    double kept = 0;
    forParts(world, setting, state, Segment::Context, [&](const PlacedPart& part, const WorldPart& of) {
        const std::uint64_t query = std::uint64_t{part.call} << 16 | of.turn;
        if (std::exchange(last, query) != query)
            kept = 0;
        const bool isCopy = of.flags & IsCopy;
        if (isCopy ? dropsCopies : of.order < leastUse)
            state.setPart(part, 0);
        else if (++kept > most && !isAll)
            state.setPart(part, 0);
    });
}

} // namespace

Lever fewer_documents()
{
    return {.id = "fewer-documents",
            .title = "Documents per query",
            .shortTitle = "Documents",
            .explanation = "Retrieval puts the best documents into the prompt and no more, each once.",
            .risk = RiskClass::Medium,
            .needs = LeverNeed::Prompts,
            .cost = "a reranker where one is added; an evaluation on questions with known answers",
            .caution = "The answer may be in a document that is left out: try questions whose answers are known.",
            .parameters = {{.id = "documents",
                            .title = "Most per query",
                            .unit = "documents",
                            .most = 64,
                            .neutral = 64,
                            .value = 4,
                            .source = "gains end at 10 to 15 snippets and documents cost answers (arXiv 2502.14759, "
                                      "2503.04388); see how often yours are used, by rank"},
                           {.id = "use",
                            .title = "Ranks used by at least",
                            .unit = "% of answers",
                            .most = 100,
                            .source = "a threshold: documents of a rank that fewer answers draw on stay out. How often "
                                      "they do is read from 30 answers or more whose texts are kept"},
                           {.id = "copies",
                            .title = "Copies of a document",
                            .value = 1,
                            .source = "the same text twice says nothing more",
                            .words = {"keep", "drop"}}},
            .apply = apply};
}

} // namespace plumbline::simulation
