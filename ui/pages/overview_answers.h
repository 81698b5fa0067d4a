// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "model/items/scope.h"
#include "model/queries/queries.h"
#include "ui/charts/plot_spec.h"
#include "ui/widgets/kpi_card.h"

namespace plumbline {

class DailyAnswers;

/// Everything the overview shows, computed in one job.
struct OverviewAnswers
{
    Breakdown byFeature = {};
    Breakdown byModel = {};
    DrainsAnswer drains = {};               ///< features by drain
    std::optional<Percentiles> before = {}; ///< of the baseline
    SeriesAnswer spend = {};                ///< the dearest features and the rest, over the period
    SeriesAnswer trends = {};               ///< of the features in the table
    std::vector<Annotation> annotations = {};
};

Result<OverviewAnswers> overviewAnswers(const Queries& queries, const Scope& scope, const StopToken& stop);
/// The same from the daily roll-up, for a scope without conditions; with what that does not sum unknown.
Result<OverviewAnswers> glanceAnswers(const DailyAnswers& daily, const Scope& scope);

/// Spend, tokens, wasted tokens (until they are known the cache hit share), cost per call, call latency P95.
std::array<Kpi, 5> overviewKpis(const OverviewAnswers& answers);
StackedBars spendChart(const SeriesAnswer& spend, Dimension step, const std::vector<Annotation>& annotations,
                       const ReportingCalendar& calendar);
RankedBars modelChart(const Breakdown& byModel);
/// The drains that take most, waste before opportunities of the same drain, and which drain each bar is.
struct DrainChart
{
    RankedBars bars = {};
    std::vector<std::string> drains = {};
};
DrainChart drainChart(const DrainsAnswer& answer);
/// `20% of features make 78% of spend`; empty where a fifth is not a remark.
QString paretoRemark(const Breakdown& byFeature);

/// Hours, days, weeks or months, so that a chart of the period has neither two columns nor two thousand.
Dimension stepFor(const std::optional<Period>& period);
/// What a column of such a chart covers.
Period periodOfStep(std::int32_t step, Dimension dimension, const ReportingCalendar& calendar);

} // namespace plumbline
