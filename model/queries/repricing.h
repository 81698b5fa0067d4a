// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "model/core/money.h"

namespace plumbline {

/// What other prices would do to a month.
struct RepricedMonth
{
    std::string month = {}; ///< `2026-08`
    std::int64_t calls = 0;
    std::int64_t movedCalls = 0; ///< whose cost would be another, or known, or unknown
    MoneySum before = {};
    MoneySum after = {};
};

struct RepricePreview
{
    std::vector<RepricedMonth> months = {}; ///< in the order of time, those with calls
    std::int64_t movedCalls = 0;
};

} // namespace plumbline
