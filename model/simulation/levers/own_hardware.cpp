// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>
#include <limits>
#include <map>

#include "model/simulation/own_hardware.h"
#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

void apply(const World& world, const Setting& setting, State& state)
{
    const double share = setting.number("share");
    if (share <= 0)
        return;
    const Hardware hardware = hardwareOf(setting);
    std::map<std::int64_t, Load> hours;
    struct Share
    {
        std::uint64_t tokens = 0;
        std::map<std::int32_t, std::uint32_t> days = {}; ///< a call of each
    };
    std::map<std::uint32_t, Share> features;
    std::uint64_t tokens = 0;
    const std::uint32_t free = state.placeOf(BucketRates{});
    forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall& call) {
        if (!isAmong(call, share))
            return;
        Load& hour = hours[call.started / 3'600'000'000];
        hour.input += state.inputOf(i);
        hour.output += state.outputOf(i);
        const std::uint64_t own = std::uint64_t{state.inputOf(i)} + state.outputOf(i);
        Share& of = features[call.feature];
        of.days[call.day] = i;
        of.tokens += own;
        tokens += own;
        if (state.ratesOf(i) != none)
            state.setRates(i, free);
        state.forgetLatency(i);
    });
    if (tokens == 0)
        return;
    Load busiest;
    for (const auto& [hour, load] : hours)
        if (hardware.secondsOf(load) > hardware.secondsOf(busiest))
            busiest = load;
    const std::int64_t machines = hardware.machinesFor(busiest);
    const double months = static_cast<double>(world.periodDays) / (365.25 / 12);
    const auto money = static_cast<MoneySum::Integer>(hardware.dollarsAMonth(machines) * months * 1e12);
    // By tokens, and evenly over the days: machines cost the same whatever they serve. What is left over of a division
    // goes with the last.
    MoneySum::Integer left = money;
    for (auto feature = features.begin(); feature != features.end(); ++feature) {
        const auto& [own, days] = feature->second;
        MoneySum::Integer part = std::next(feature) == features.end() ? left : money * own / tokens;
        left -= part;
        const auto daily = part / static_cast<MoneySum::Integer>(days.size());
        for (auto day = days.begin(); day != days.end(); ++day) {
            const MoneySum::Integer charged = std::next(day) == days.end() ? part : daily;
            part -= charged;
            state.charge({.call = day->second, .money = charged});
        }
    }
    state.warn(
        "Own hardware: the busiest hour needs so many machines: %1. They cost %2 dollars a month whether they are "
        "used or not.",
        {std::to_string(machines), fmt::format("{:.0f}", hardware.dollarsAMonth(machines))});
}

} // namespace

Lever own_hardware()
{
    return {.id = "own-hardware",
            .title = "Own hardware",
            .shortTitle = "Own",
            .explanation = "Calls are served by machines of your own: rented by the hour, used or not.",
            .risk = RiskClass::High,
            .needs = LeverNeed::Usage,
            .cost = "machines, people who run them, and a model whose answers suffice",
            .parameters = {{.id = "share",
                            .title = "Share of calls",
                            .unit = "%",
                            .most = 100,
                            .value = 100,
                            .source = "all of those it is about"},
                           {.id = "gpu_price",
                            .title = "Price of a machine",
                            .unit = "$ an hour",
                            .least = 0.01,
                            .most = 200,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 2.5,
                            .source = "a large GPU for rent, 2026 (third-party price lists)",
                            .low = 1.5,
                            .high = 4},
                           {.id = "decode",
                            .title = "Output speed",
                            .unit = "tokens a second",
                            .least = 1,
                            .most = 100000,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 700,
                            .source = "a 70 B model on one machine, many requests at once (third-party)",
                            .low = 350,
                            .high = 1500},
                           {.id = "prefill",
                            .title = "Input speed",
                            .unit = "tokens a second",
                            .least = 1,
                            .most = 1000000,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 7000,
                            .source = "about ten times what it writes"},
                           {.id = "utilisation",
                            .title = "Highest utilisation",
                            .unit = "%",
                            .least = 1,
                            .most = 100,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 60,
                            .source = "above, requests wait"},
                           {.id = "redundancy",
                            .title = "Fewest machines",
                            .unit = "machines",
                            .least = 1,
                            .most = 100,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 1,
                            .source = "one that may fail: two where it must not"},
                           {.id = "operations",
                            .title = "Operations",
                            .unit = "$ a month",
                            .most = 1000000,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 0,
                            .source = "yours"}},
            .apply = apply};
}

} // namespace plumbline::simulation
