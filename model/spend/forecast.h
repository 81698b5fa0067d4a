// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

/// What the days to come will cost (drains-and-simulation.md §5).
namespace plumbline::spend {

/// Dollars of whole days, one after another.
struct DailySpend
{
    std::int32_t firstDay = 0; ///< since 1970, in the reporting time zone
    std::vector<double> dollars = {};

    std::int32_t endDay() const { return firstDay + static_cast<std::int32_t>(dollars.size()); }
};

enum class ForecastMethod : std::uint8_t
{
    HoltWinters, ///< of log spend: a week's season, a damped trend
    RunRate,     ///< the mean by weekday; fewer than four weeks are known
};

struct Forecast
{
    ForecastMethod method = ForecastMethod::HoltWinters;
    std::vector<double> days = {}; ///< dollars, from the day after the last that is known
    double total = 0;              ///< of those
    /// Four of five times the total lies between: by how far the method was off when it did not know the past either.
    /// None: too few back-tests.
    std::optional<double> low = {}, high = {};
    int backTests = 0;
};

/// None: nothing is known, or nothing is to come.
std::optional<Forecast> forecastOf(const DailySpend& known, std::int32_t endDay);

/// By weekday, Monday first: what its days cost against the mean of their week. Mean 1; all 1 below two weeks.
std::vector<double> weekdayProfile(const DailySpend& known);

/// A day that cost far more or less than its weekday does.
struct SpendAnomaly
{
    std::int32_t day = 0;
    double dollars = 0, expected = 0;
    double score = 0; ///< in robust standard deviations; negative: a drop
};

/// |z| above 4.5, or above 3.5 two days running, and off by more than `floor` dollars.
std::vector<SpendAnomaly> anomaliesOf(const DailySpend& known, double floor);

} // namespace plumbline::spend
