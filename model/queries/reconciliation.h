// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/queries/bill_answers.h"
#include "model/queries/breakdown.h"
#include "model/queries/spend_answers.h"

namespace plumbline::queries {

/// What was traced of a provider's model in the month, and what of it lies in the same month of UTC, by which providers
/// bill.
struct TracedModel
{
    std::int64_t calls = 0;
    TokenCount tokens = 0;
    MoneySum cost = {};
    MoneySum inUtc = {};
};
using TracedByModel = std::map<std::pair<std::string, std::string>, TracedModel>; ///< by provider and model

/// What each provider billed against what was traced, and why they differ: the month's bounds, tax and credits, models
/// nobody traced, calls that only one of the two knows, prices, roundings, the remainder. A bill that has lines by day
/// is compared with those days.
/// Bills in other currencies are taken at the rates of the month. A total that was typed in is of the reporting month.
std::vector<ReconciliationRow> reconciled(const BillsAnswer& bills, const TracedByModel& traced,
                                          const std::vector<ExchangeRate>& rates, std::int32_t month,
                                          const Period& reporting);

} // namespace plumbline::queries
