// SPDX-License-Identifier: GPL-3.0-or-later
#include <unordered_map>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const auto within = static_cast<std::int64_t>(setting.number("days") * 86400e6);
    std::unordered_map<std::uint64_t, std::int64_t> computed; // when, by text and model
    forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall& call) {
        if (!call.is(Embeds))
            return;
        std::size_t texts = 0, known = 0;
        for (std::uint32_t part = call.parts; part < call.partsEnd; ++part) {
            if (world.parts[part].block == none)
                continue;
            ++texts;
            const auto [before, isNew] =
                computed.emplace(std::uint64_t{call.model} << 32 | world.parts[part].block, call.started);
            if (isNew)
                continue;
            if (call.started - before->second > within) {
                before->second = call.started;
                continue;
            }
            state.setPart(part, 0);
            ++known;
        }
        if (texts > 0 && texts == known)
            state.remove(i);
    });
}

} // namespace

Lever reuse_embeddings()
{
    return {.id = "reuse-embeddings",
            .title = "Keep embeddings that were computed",
            .shortTitle = "Embeddings",
            .explanation = "A text that was embedded before is looked up instead.",
            .risk = RiskClass::None,
            .needs = LeverNeed::Prompts,
            .cost = "a table of vectors by digest of the text; hours of development",
            .parameters = {{.id = "days",
                            .title = "Reuse within",
                            .unit = "days",
                            .most = 365,
                            .value = 365,
                            .source = "the same text has the same vector for as long as the model serves"}},
            .apply = apply};
}

} // namespace plumbline::simulation
