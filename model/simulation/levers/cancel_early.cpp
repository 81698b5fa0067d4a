// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const Shortening unread(setting.number("share"));
    forFlagged(world, setting, state, Cancelled, [&](std::uint32_t i, const WorldCall&) {
        state.setVisible(i, unread.of(state.tokensIn(analysis::Visible, i)));
        state.setThinking(i, unread.of(state.tokensIn(analysis::Thinking, i)));
    });
}

} // namespace

Lever cancel_early()
{
    return {.id = "cancel-early",
            .title = "Stop answers nobody waits for",
            .shortTitle = "Cancel",
            .explanation = "When the client has gone, the request is ended and the model stops writing.",
            .risk = RiskClass::None,
            .needs = LeverNeed::Usage,
            .cost = "hours of development: pass the client's cancellation on",
            .parameters = {{.id = "share",
                            .title = "Output that is saved",
                            .unit = "%",
                            .most = 100,
                            .value = 80,
                            .source = "an assumption: clients go early, and stopping takes a moment",
                            .low = 50,
                            .high = 100}},
            .apply = apply};
}

} // namespace plumbline::simulation
