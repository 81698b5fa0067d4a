// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>
#include <map>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

enum Of
{
    Everything,
    Input,
    Output,
};

void apply(const World& world, const Setting& setting, State& state)
{
    const double percent = setting.number("percent");
    const auto of = static_cast<Of>(setting.number("of"));
    if (percent == 0)
        return;
    // One rounding a rate, half-even: the rule of the house.
    const auto changed = [&](BucketRates rates) {
        for (std::size_t bucket = 0; bucket < rates.size(); ++bucket) {
            const bool isInput = bucket < analysis::inputBucketCount;
            if (of == Everything || (of == Input) == isInput)
                rates[bucket] = divideHalfEven(
                    static_cast<__int128>(rates[bucket]) * std::llround((100 + percent) * 1000), 100'000);
        }
        return rates;
    };
    if (setting.isOfAllCalls()) {
        state.changeRates(changed);
        return;
    }
    std::map<std::uint32_t, std::uint32_t> places; // what is made here is none of those it is made of
    forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall&) {
        const std::uint32_t now = state.ratesOf(i);
        if (now == none)
            return;
        const auto [place, isNew] = places.emplace(now, none);
        if (isNew)
            place->second = state.placeOf(changed(state.ratesAt(now)));
        state.setRates(i, place->second);
    });
}

} // namespace

Lever price_change()
{
    return {.id = "price-change",
            .title = "Other prices",
            .shortTitle = "Prices",
            .explanation = "Prices change, or a discount is negotiated.",
            .risk = RiskClass::None,
            .needs = LeverNeed::Usage,
            .cost = "a talk with the provider; a volume you commit to",
            .parameters = {{.id = "percent",
                            .title = "Change",
                            .unit = "%",
                            .least = -90,
                            .most = 200,
                            .value = -10,
                            .source = "an assumption: ask"},
                           {.id = "of",
                            .title = "Prices of",
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = Everything,
                            .source = "the whole bill of tokens",
                            .words = {"everything", "input", "output"}}},
            .apply = apply};
}

} // namespace plumbline::simulation
