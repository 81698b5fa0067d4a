// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/spend_anomalies.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace plumbline::queries {

namespace {

constexpr std::size_t daysOfAnomalies = 120;
constexpr double leastDollars = 1;  ///< less is nobody's business
constexpr double leastShare = 0.02; ///< of what a day costs in all

} // namespace

std::vector<AnomalyRow> anomaliesOf(const DailySums& total, const std::vector<CellDays>& cells, const SpendDays& days)
{
    const std::int32_t until = std::min(days.end, days.known);
    const double aDay = days.spentIn(total).dollars() / std::max(1, until - days.first);
    const double floor = std::max(leastDollars, aDay * leastShare);
    std::vector<AnomalyRow> rows;
    std::set<std::int32_t> told;
    const auto find = [&](const DailySums& daily, const std::string& feature, const std::string& model) {
        for (const spend::SpendAnomaly& anomaly : spend::anomaliesOf(daily.before(until, daysOfAnomalies), floor)) {
            const bool isAsked = anomaly.day >= days.first && (!feature.empty() || !told.contains(anomaly.day));
            if (!isAsked)
                continue;
            told.insert(anomaly.day);
            rows.push_back({.day = anomaly.day,
                            .feature = feature,
                            .model = model,
                            .spent = daily.between(anomaly.day, anomaly.day + 1),
                            .expected = estimated(anomaly.expected),
                            .score = anomaly.score});
        }
    };
    for (const CellDays& cell : cells)
        find(cell.daily, cell.feature, cell.model);
    find(total, {}, {});
    const auto offBy = [](const AnomalyRow& row) { return std::abs((row.spent - row.expected).dollars()); };
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const AnomalyRow& a, const AnomalyRow& b) { return offBy(a) > offBy(b); });
    return rows;
}

} // namespace plumbline::queries
