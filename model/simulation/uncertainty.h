// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/simulation/replay.h"

namespace plumbline::simulation {

/// Between which two figures something lies.
struct MoneyRange
{
    MoneySum low = {}, high = {};
    bool operator==(const MoneyRange&) const = default;
};

/// What chance the days had: the saving of as many days, drawn from these with replacement a thousand times, without
/// the least and the greatest fortieth (drains-and-simulation.md §3.4). The draws are always the same.
MoneyRange resampledByDay(const Figures& before, const Figures& after);
/// Fewer say little about the next month.
constexpr std::size_t fewestDays = 14;

/// What an assumption decides: the saving where it is low and where it is high, all others as they are.
struct AssumptionEffect
{
    std::string lever;
    std::size_t place = 0; ///< of its setting
    std::string parameter;
    double low = 0, high = 0;
    MoneySum savingAtLow = {}, savingAtHigh = {};
    bool operator==(const AssumptionEffect&) const = default;
};
/// Of the parameters of these levers that are assumptions and decide anything, the one that decides most first. Two
/// replays each.
Result<std::vector<AssumptionEffect>> tornado(Replay& replay, const std::vector<Setting>& settings,
                                              const StopToken& stop);

} // namespace plumbline::simulation
