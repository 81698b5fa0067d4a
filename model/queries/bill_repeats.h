// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/queries/bill_answers.h"

namespace plumbline::queries {

/// Takes out what lies within the time of another statement about the same: the hours of a day that is there whole.
void dropWithinWider(std::vector<BillRow>& rows);

/// Marks as retold what an import says of a provider's month in UTC that another tells in more lines: to the same sum,
/// but for the rounding of lines to a cent, where at least one of the two is an export. An invoice, a total that was
/// typed in, a report that was grouped otherwise. Two invoices of one amount are two.
void markRetold(std::vector<BillRow>& rows);

} // namespace plumbline::queries
