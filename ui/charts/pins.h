// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/core/filter.h"
#include "model/core/reading_notes.h"
#include "ui/charts/plot_spec.h"

namespace plumbline {

/// `deploy`, `price change`, `incident`, `note`, translated.
QString annotationKindTitle(const std::string& kind);

/// Where annotations stand in a chart over time, whose columns are these hours, days, weeks (by their Monday) or
/// months.
std::vector<PlotPin> pinsOf(const std::vector<Annotation>& annotations, const std::vector<std::int32_t>& steps,
                            Dimension step, const ReportingCalendar& calendar);

} // namespace plumbline
