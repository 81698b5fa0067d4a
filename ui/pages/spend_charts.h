// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/core/reading_notes.h"
#include "model/queries/spend_answers.h"
#include "ui/charts/plot_spec.h"

namespace plumbline {

/// Spend and budget by month; what is still expected stands on what was spent. Annotations stand at their month.
PlotSpec monthsChart(const SpendAnswer& answer, const std::vector<Annotation>& annotations = {},
                     const ReportingCalendar& calendar = {});
/// From one month to the other, or from some calls to others, factor by factor; what is 0 to the cent is left out.
PlotSpec varianceChart(const SpendAnswer& answer, const ReportingCalendar& calendar);
/// `Oct`, and `Oct 25` of another year than the last.
QString shortMonth(std::int32_t month);

} // namespace plumbline
