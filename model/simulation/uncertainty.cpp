// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/uncertainty.h"

#include <algorithm>
#include <random>

namespace plumbline::simulation {

MoneyRange resampledByDay(const Figures& before, const Figures& after)
{
    constexpr std::size_t draws = 1000, tail = draws / 40;
    const std::size_t days = std::max(before.days.size(), after.days.size());
    if (days == 0)
        return {};
    std::vector<MoneySum> savings(days);
    for (std::size_t day = 0; day < days; ++day)
        savings[day] = (day < before.days.size() ? before.days[day] : MoneySum()) -
                       (day < after.days.size() ? after.days[day] : MoneySum());
    // minstd_rand: the standard says what it draws, so that every machine draws the same.
    std::minstd_rand random(20'261'129);
    std::vector<MoneySum> sums(draws);
    for (MoneySum& sum : sums)
        for (std::size_t i = 0; i < days; ++i)
            sum += savings[random() % days];
    std::sort(sums.begin(), sums.end());
    return {.low = sums[tail], .high = sums[draws - 1 - tail]};
}

Result<std::vector<AssumptionEffect>> tornado(Replay& replay, const std::vector<Setting>& settings,
                                              const StopToken& stop)
{
    std::vector<AssumptionEffect> effects;
    for (std::size_t i = 0; i < settings.size(); ++i) {
        if (settings[i].isNeutral())
            continue;
        for (const LeverParameter& parameter : settings[i].lever().parameters) {
            if (!parameter.isAssumption())
                continue;
            const auto savingAt = [&](double value) {
                std::vector<Setting> other = settings;
                other[i] = settings[i].with(parameter.id, value);
                return replay.saving(other, stop);
            };
            effects.push_back({.lever = std::string(settings[i].lever().id),
                               .place = i,
                               .parameter = std::string(parameter.id),
                               .low = parameter.low,
                               .high = parameter.high,
                               .savingAtLow = TRY(savingAt(parameter.low)),
                               .savingAtHigh = TRY(savingAt(parameter.high))});
        }
    }
    std::erase_if(effects, [](const AssumptionEffect& effect) { return effect.savingAtLow == effect.savingAtHigh; });
    const auto reach = [](const AssumptionEffect& effect) {
        const MoneySum::Integer difference = (effect.savingAtHigh - effect.savingAtLow).picodollars();
        return difference < 0 ? -difference : difference;
    };
    std::stable_sort(effects.begin(), effects.end(),
                     [&](const AssumptionEffect& a, const AssumptionEffect& b) { return reach(a) > reach(b); });
    return effects;
}

} // namespace plumbline::simulation
