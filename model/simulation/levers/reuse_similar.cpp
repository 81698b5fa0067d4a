// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double share = setting.number("share"), dollars = setting.number("lookup");
    forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall& call) {
        if (call.is(Embeds) || share <= 0)
            return;
        if (call.is(Similar) && isAmong(call, share))
            state.remove(i);
        // Every request is looked up, whether it is found or not.
        std::uint32_t asked = 0;
        for (std::uint32_t part = call.parts; part < call.partsEnd; ++part)
            if (world.parts[part].of() == Segment::User)
                asked += state.partTokens(part);
        const auto money = static_cast<std::int64_t>(dollars * 1e6 * asked); // picodollars a token
        if (money > 0)
            state.charge({.call = i, .money = money});
    });
}

} // namespace

Lever reuse_similar()
{
    return {.id = "reuse-similar",
            .title = "Reuse answers to similar requests",
            .shortTitle = "Similar",
            .explanation = "A request like one before, in other words, is answered from a store of vectors.",
            .risk = RiskClass::High,
            .needs = LeverNeed::Texts,
            .cost = "an embedding for each request, a store of vectors, wrong answers where it errs",
            .caution = "A request that only looks like one before gets the answer to the other: measure how often.",
            .parameters = {{.id = "share",
                            .title = "Hit rate",
                            .unit = "%",
                            .most = 100,
                            .value = 30,
                            .source = "20 to 45 % of requests in production (third-party reports, 2024 to 2026)",
                            .low = 20,
                            .high = 45},
                           {.id = "lookup",
                            .title = "Price of a lookup",
                            .unit = "$ per million tokens",
                            .most = 10,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 0.02,
                            .source = "list price of a small embedding model"}},
            .apply = apply};
}

} // namespace plumbline::simulation
