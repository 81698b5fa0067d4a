// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const Shortening stripped(setting.number("share"));
    for (const PartTokens& payload : world.payload)
        if (setting.holds(payload.call) && !state.isRemoved(payload.call)) {
            const std::uint32_t now = state.partTokens(payload.part);
            const std::uint32_t gone = payload.tokens - stripped.of(payload.tokens);
            state.setPart({payload.part, payload.call}, now - std::min(now, gone));
        }
}

} // namespace

Lever strip_payload()
{
    return {.id = "strip-payload",
            .title = "Strip debug and markup ballast",
            .shortTitle = "Ballast",
            .explanation = "JSON goes without blanks, and logs, stack traces and markup are left out of prompts.",
            .risk = RiskClass::None,
            .needs = LeverNeed::Texts,
            .cost = "hours of development",
            .parameters = {{.id = "share",
                            .title = "Ballast that is left out",
                            .unit = "%",
                            .most = 100,
                            .value = 100,
                            .source = "all that was found"}},
            .apply = apply};
}

} // namespace plumbline::simulation
