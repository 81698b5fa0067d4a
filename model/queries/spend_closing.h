// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/queries/reconciliation.h"
#include "model/queries/spend_answers.h"
#include "model/queries/spend_sums.h"

namespace plumbline::queries {

/// Null: it is not closed.
const spend::ClosedMonth* closedMonth(const std::vector<spend::ClosedMonth>& all, std::int32_t month);

/// A closed month's figures in place of today's, with what came later as its adjustment.
void showClosed(SpendAnswer& answer, const spend::ClosedMonth& closed, const ReportingCalendar& calendar);
/// How days and months began when it was closed; empty: as they do.
std::string otherCalendarOf(const spend::ClosedFigures& figures, const ReportingCalendar& calendar);
/// The sums of a closed month, as far as they are kept.
Measures measuresOf(const spend::ClosedFigures& figures);
TracedByModel tracedOf(const spend::ClosedFigures& figures);
std::vector<spend::ClosedTraces> listed(const TracedByModel& traced);

} // namespace plumbline::queries
