// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "model/core/money.h"

namespace plumbline {

/// What somebody reads off an invoice.
struct BilledTotal
{
    std::string provider = {};
    std::int32_t month = 0; ///< that was billed: ReportingCalendar's number
    Money amount = {};      ///< 1e-12 of the currency
    std::string currency = "USD";
    std::string invoice = {}; ///< its number; may be empty
};

} // namespace plumbline
