// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/queries/spend_answers.h"
#include "model/queries/spend_sums.h"

namespace plumbline::queries {

/// What the cost centres and budgets of an answer, and its providers, spent in another period.
Result<EarlierSpend> earlierSpend(const Period& period, const SpendAnswer& answer, const CallTable& table,
                                  const ReportingCalendar& calendar, Selector& selector, const StopToken& stop);
/// The same of a month that is closed, as it was then.
EarlierSpend earlierSpend(const Period& month, const spend::ClosedFigures& closed);

} // namespace plumbline::queries
