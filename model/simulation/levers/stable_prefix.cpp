// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    if (setting.number("move") == 1)
        forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall&) { state.layOutStable(i); });
}

} // namespace

Lever stable_prefix()
{
    return {.id = "stable-prefix",
            .title = "Move what changes behind what stays",
            .shortTitle = "Layout",
            .explanation = "Times, ids and names move from the front of the prompt behind its fixed part, so that a "
                           "cache can hold it. Saves nothing without prompt caching.",
            .risk = RiskClass::None,
            .needs = LeverNeed::Texts,
            .cost = "hours of development",
            .parameters = {{.id = "move",
                            .title = "Volatile text",
                            .value = 1,
                            .source = "the order of a prompt's parts is free",
                            .words = {"stays", "moves"}}},
            .apply = apply};
}

} // namespace plumbline::simulation
