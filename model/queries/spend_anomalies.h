// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/queries/spend_answers.h"
#include "model/queries/spend_budgets.h"

namespace plumbline::queries {

/// Days of the month that cost far more or less than their weekday does: by feature and model, and in all where no part
/// tells.
struct CellDays
{
    std::string feature = {}, model = {};
    DailySums daily;
};
std::vector<AnomalyRow> anomaliesOf(const DailySums& total, const std::vector<CellDays>& cells, const SpendDays& days);

} // namespace plumbline::queries
