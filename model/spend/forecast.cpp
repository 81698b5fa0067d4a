// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/spend/forecast.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace plumbline::spend {

namespace {

constexpr std::size_t week = 7;
constexpr std::size_t fewestDays = 28; ///< below, a season cannot be told from chance
constexpr double damping = 0.95;
constexpr double largestInnovation = 0.5;
constexpr std::size_t fewestBackTests = 8;

std::size_t weekdayOf(std::int32_t day)
{
    return static_cast<std::size_t>(((day + 3) % 7 + 7) % 7); // 1970-01-01 was a Thursday
}

double medianOf(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

DailySpend firstOf(const DailySpend& known, std::size_t days)
{
    return {.firstDay = known.firstDay,
            .dollars = {known.dollars.begin(), known.dollars.begin() + static_cast<std::ptrdiff_t>(days)}};
}

/// A day without spend is a very small one: its logarithm says no more than that.
std::vector<double> logOf(const DailySpend& known)
{
    double smallest = std::numeric_limits<double>::max();
    for (const double dollars : known.dollars)
        if (dollars > 0)
            smallest = std::min(smallest, dollars);
    std::vector<double> logs;
    for (const double dollars : known.dollars)
        logs.push_back(std::log(std::max(dollars, smallest / 10)));
    return logs;
}

/// Damped Holt–Winters with a season of a week, on logarithms.
class Smoother
{
public:
    struct Rates
    {
        double level, trend, season;
    };

    Smoother(std::vector<double> season, double level) : m_season(std::move(season)), m_level(level) {}

    /// The innovation, clipped.
    double take(std::size_t weekday, double value, const Rates& rates)
    {
        const double expected = m_level + damping * m_trend + m_season[weekday];
        const double error = std::clamp(value - expected, -largestInnovation, largestInnovation);
        m_level += damping * m_trend + rates.level * error;
        m_trend = damping * m_trend + rates.level * rates.trend * error;
        m_season[weekday] += rates.season * (1 - rates.level) * error;
        return error;
    }
    double ahead(std::size_t days, std::size_t weekday) const
    {
        double trend = 0, factor = 1;
        for (std::size_t day = 0; day < days; ++day)
            trend += factor *= damping;
        return m_level + trend * m_trend + m_season[weekday];
    }

private:
    std::vector<double> m_season;
    double m_level;
    double m_trend = 0;
};

std::vector<double> holtWinters(const DailySpend& known, std::int32_t endDay)
{
    std::vector<double> season;
    for (const double share : weekdayProfile(known))
        season.push_back(std::log(std::max(share, 1e-3)));
    const std::vector<double> logs = logOf(known);
    std::vector<double> first;
    for (std::size_t day = 0; day < 2 * week; ++day)
        first.push_back(logs[day] - season[weekdayOf(known.firstDay + static_cast<std::int32_t>(day))]);
    const double level = medianOf(first);
    const auto played = [&](const Smoother::Rates& rates) {
        Smoother smoother(season, level);
        double loss = 0;
        for (std::size_t day = 0; day < logs.size(); ++day) {
            const std::size_t weekday = weekdayOf(known.firstDay + static_cast<std::int32_t>(day));
            // A weekday that hardly ever has any spend says nothing when it has none.
            const bool isRest = known.dollars[day] == 0 && season[weekday] < std::log(0.01);
            const double error = smoother.take(weekday, isRest ? smoother.ahead(1, weekday) : logs[day], rates);
            loss += error * error;
        }
        return std::pair(loss, smoother);
    };
    auto best = played({0.3, 0.05, 0.1});
    for (const double ofLevel : {0.1, 0.2, 0.3, 0.5})
        for (const double ofTrend : {0.02, 0.1})
            for (const double ofSeason : {0.05, 0.15})
                if (auto other = played({ofLevel, ofTrend, ofSeason}); other.first < best.first)
                    best = std::move(other);
    std::vector<double> days;
    for (std::int32_t day = known.endDay(); day < endDay; ++day)
        days.push_back(std::exp(best.second.ahead(static_cast<std::size_t>(day - known.endDay()) + 1, weekdayOf(day))));
    return days;
}

/// The mean of the last four weeks, by weekday.
std::vector<double> runRate(const DailySpend& known, std::int32_t endDay)
{
    const std::vector<double> profile = weekdayProfile(known);
    double spent = 0, share = 0;
    const std::size_t from = known.dollars.size() - std::min(known.dollars.size(), fewestDays);
    for (std::size_t day = from; day < known.dollars.size(); ++day) {
        spent += known.dollars[day];
        share += profile[weekdayOf(known.firstDay + static_cast<std::int32_t>(day))];
    }
    std::vector<double> days;
    for (std::int32_t day = known.endDay(); day < endDay; ++day)
        days.push_back(share > 0 ? spent / share * profile[weekdayOf(day)] : 0);
    return days;
}

std::vector<double> daysAhead(const DailySpend& known, std::int32_t endDay)
{
    return known.dollars.size() < fewestDays ? runRate(known, endDay) : holtWinters(known, endDay);
}

double sumOf(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// By what the method was off, as actual over forecast, each time it looked as far ahead.
std::vector<double> backTestsOf(const DailySpend& known, std::size_t horizon)
{
    std::vector<double> ratios;
    for (std::size_t cut = fewestDays; cut + horizon <= known.dollars.size(); ++cut) {
        const double forecast =
            sumOf(daysAhead(firstOf(known, cut), known.firstDay + static_cast<std::int32_t>(cut + horizon)));
        const auto begin = known.dollars.begin() + static_cast<std::ptrdiff_t>(cut);
        const double actual = std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(horizon), 0.0);
        if (forecast > 0)
            ratios.push_back(actual / forecast);
    }
    std::sort(ratios.begin(), ratios.end());
    return ratios;
}

double quantileOf(const std::vector<double>& sorted, double share)
{
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

} // namespace

std::vector<double> weekdayProfile(const DailySpend& known)
{
    std::array<std::vector<double>, week> shares;
    constexpr std::size_t eightWeeks = 8 * week;
    const std::size_t count = known.dollars.size();
    const std::size_t from = count > eightWeeks ? count - eightWeeks : 0;
    for (std::size_t day = std::max<std::size_t>(from, week / 2); day + week / 2 < count; ++day) {
        const auto begin = known.dollars.begin() + static_cast<std::ptrdiff_t>(day - week / 2);
        const double middle = medianOf({begin, begin + static_cast<std::ptrdiff_t>(week)});
        if (middle > 0)
            shares[weekdayOf(known.firstDay + static_cast<std::int32_t>(day))].push_back(known.dollars[day] / middle);
    }
    std::vector<double> profile(week, 1);
    if (count < 2 * week || std::any_of(shares.begin(), shares.end(), [](const auto& of) { return of.empty(); }))
        return profile;
    for (std::size_t weekday = 0; weekday < week; ++weekday)
        profile[weekday] = medianOf(shares[weekday]);
    const double mean = sumOf(profile) / week;
    for (double& share : profile)
        share = mean > 0 ? share / mean : 1;
    return profile;
}

std::optional<Forecast> forecastOf(const DailySpend& known, std::int32_t endDay)
{
    if (endDay <= known.endDay() || sumOf(known.dollars) <= 0)
        return {};
    Forecast forecast{.method =
                          known.dollars.size() < fewestDays ? ForecastMethod::RunRate : ForecastMethod::HoltWinters,
                      .days = daysAhead(known, endDay)};
    forecast.total = sumOf(forecast.days);
    const std::vector<double> ratios = backTestsOf(known, forecast.days.size());
    forecast.backTests = static_cast<int>(ratios.size());
    if (ratios.size() >= fewestBackTests) {
        // A method that was always off to one side says so by its range; what it expects lies within it all the same.
        forecast.low = forecast.total * std::min(1.0, quantileOf(ratios, 0.1));
        forecast.high = forecast.total * std::max(1.0, quantileOf(ratios, 0.9));
    }
    return forecast;
}

std::vector<SpendAnomaly> anomaliesOf(const DailySpend& known, double floor)
{
    constexpr std::size_t levelDays = 14, spreadDays = 28;
    constexpr double alone = 4.5, running = 3.5, ofNormal = 1.4826;
    const std::vector<double> profile = weekdayProfile(known);
    std::vector<double> logs = logOf(known);
    for (std::size_t day = 0; day < logs.size(); ++day)
        logs[day] -= std::log(std::max(profile[weekdayOf(known.firstDay + static_cast<std::int32_t>(day))], 1e-3));
    const auto scoreOf = [&](std::size_t day) {
        const auto at = [&](std::size_t back) { return logs.begin() + static_cast<std::ptrdiff_t>(day - back); };
        const double level = medianOf({at(levelDays), at(0)});
        const double middle = medianOf({at(spreadDays), at(0)});
        std::vector<double> off;
        for (auto value = at(spreadDays); value != at(0); ++value)
            off.push_back(std::abs(*value - middle));
        // A series that never moves is off by anything: a hundredth is its least spread.
        return std::pair((logs[day] - level) / std::max(ofNormal * medianOf(off), 0.01), level);
    };
    std::vector<SpendAnomaly> found;
    double before = 0;
    for (std::size_t day = spreadDays; day < logs.size(); ++day) {
        const auto [score, level] = scoreOf(day);
        const std::int32_t number = known.firstDay + static_cast<std::int32_t>(day);
        const double expected = std::exp(level) * profile[weekdayOf(number)];
        const bool isRunning = std::abs(score) > running && std::abs(before) > running && (score > 0) == (before > 0);
        before = score;
        if ((std::abs(score) > alone || isRunning) && std::abs(known.dollars[day] - expected) > floor)
            found.push_back({.day = number, .dollars = known.dollars[day], .expected = expected, .score = score});
    }
    return found;
}

} // namespace plumbline::spend
