// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/queries/what_if.h"

namespace plumbline {

/// Thirty days at the rate a day of calls that took so many; 0 without any.
inline MoneySum monthOf(MoneySum cost, std::int32_t days)
{
    if (days <= 0)
        return {};
    return MoneySum::ofPicodollars(
        static_cast<MoneySum::Integer>(static_cast<double>(cost.picodollars()) * (daysAMonth / days)));
}

} // namespace plumbline
