// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"
#include "model/analysis/mixed.h"

namespace plumbline::analysis {

namespace {

constexpr std::size_t bandSize = 4;
constexpr std::size_t bands = TextSketch::bins / bandSize;

/// What the user asks in a prompt without history: the first text, behind which records and files may stand. Null where
/// there is none.
const TextSketch* questionOf(const Scope& scope, const ScopeCall& call, std::uint32_t& block)
{
    const TextSketch* sketch = nullptr;
    for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
        if (scope.parts[part].segment == Segment::History || scope.parts[part].segment == Segment::ToolResult)
            return nullptr;
        const TextFacts* facts = scope.factsOf(scope.parts[part].block);
        if (!sketch && scope.parts[part].segment == Segment::User && facts && !facts->sketch.isEmpty()) {
            sketch = &facts->sketch;
            block = scope.parts[part].block;
        }
    }
    return sketch;
}

std::uint64_t keyOf(const TextSketch& sketch, std::size_t band, std::uint64_t group)
{
    std::uint64_t key = mixed(mixed(sketch.figures, group), band);
    for (std::size_t i = 0; i < bandSize; ++i)
        key = mixed(key, sketch.least[band * bandSize + i]);
    return key;
}

void label(const Scope& scope, Claims& claims)
{
    const double similar = claims.threshold("similarity") / 100, reuse = claims.threshold("reuse") / 100;
    struct Known
    {
        std::size_t call;
        std::uint32_t block;
        const TextSketch* sketch;
    };
    std::unordered_map<std::uint64_t, Known> latest; // by band: texts that differ in figures or names never meet
    std::int64_t calls = 0, money = 0;
    std::optional<std::pair<std::int64_t, std::int64_t>> pair;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        std::uint32_t block = none;
        const TextSketch* sketch = claims.isTaken(i) || call.isEmbedding ? nullptr : questionOf(scope, call, block);
        if (!sketch)
            continue;
        const std::uint64_t group = std::uint64_t{call.step} << 32 | call.model;
        bool isFound = false;
        for (std::size_t band = 0; band < bands; ++band) {
            const auto [known, isNew] = latest.emplace(keyOf(*sketch, band, group), Known{i, block, sketch});
            if (isNew)
                continue;
            if (!isFound && known->second.block != block && known->second.sketch->similarity(*sketch) >= similar) {
                isFound = true;
                const auto value = static_cast<std::int64_t>(static_cast<double>(call.cost) * reuse);
                claims.note(i, call.input() + call.tokens[Visible] + call.tokens[Thinking], value);
                ++calls;
                money += value;
                if (!pair)
                    pair = {scope.calls[known->second.call].id, call.id};
            }
            known->second = {i, block, sketch};
        }
    }
    if (calls > 0)
        claims.show({.title = "Similar requests",
                     .columns = {"", "Figure"},
                     .rows = {{"calls like one before", decimal(calls)},
                              {"worth, if so many may reuse an answer", dollars(money)}},
                     .pair = pair,
                     .pairSays = "Two of them: the words that differ",
                     .note = "Requests that differ in a number, a name or a negation are never called similar."});
}

} // namespace

Drain near_duplicates()
{
    return {.id = "near-duplicates",
            .title = "Similar calls",
            .shortTitle = "Similar",
            .kind = DrainKind::Beside,
            .best = Confidence::Beside,
            .explanation = "The same request in slightly other words: some of these could share an answer.",
            .advice =
                "A semantic cache answers them from a store of vectors. It can be wrong: measure false hits first.",
            .fixCost = "an embedding for each request, a vector store, wrong answers where it errs",
            .needs = "texts of prompts; where they are not kept they are read at import",
            .lever = "reuse-similar",
            .thresholds = {{"similarity", "Similar from", "%", 85, 60, 100},
                           {"reuse", "Of them may reuse an answer", "%", 50, 0, 100}},
            .label = label};
}

} // namespace plumbline::analysis
