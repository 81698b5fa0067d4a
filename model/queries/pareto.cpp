// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/pareto.h"

namespace plumbline::queries {

void addShares(std::vector<BreakdownRow>& rows, const Measures& total)
{
    const double all = total.cost.value_or(MoneySum()).dollars();
    // A fifth of the groups, rounded up.
    const std::size_t top = (rows.size() + 4) / 5;
    double sum = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double share = all > 0 ? rows[i].measures.cost.value_or(MoneySum()).dollars() / all : 0;
        sum += share;
        rows[i].costShare = share;
        rows[i].cumulativeShare = sum;
        rows[i].isTop20 = i < top;
    }
}

} // namespace plumbline::queries
