// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/money.h"

namespace plumbline {

/// What a US dollar was worth in another currency, for the books of one month: by whom, and as of which day.
struct ExchangeRate
{
    std::string currency = {}; ///< ISO 4217: `EUR`
    std::int32_t month = 0;    ///< ReportingCalendar's number
    std::int64_t nanos = 0;    ///< of the currency for a dollar, in 1e-9: 920,100,000 is 0.9201
    std::string date = {};     ///< `2026-10-30`: the day it was published for
    std::string source = {};   ///< who says so

    bool operator==(const ExchangeRate&) const = default;
};

/// A currency that figures are shown in, and what turns dollars into it.
struct ReportingCurrency
{
    std::string code = "USD";
    std::optional<ExchangeRate> rate = {}; ///< none for dollars

    /// In 1e-12 of the currency, rounded half-even.
    MoneySum of(MoneySum dollars) const;
    /// Back into dollars, rounded half-even.
    MoneySum inDollars(MoneySum amount) const;
    bool operator==(const ReportingCurrency&) const = default;
};

/// That of a month. NotFound, naming both: nobody gave a rate for it.
Result<ReportingCurrency> currencyOf(const std::vector<ExchangeRate>& rates, const std::string& code,
                                     std::int32_t month);

/// `0.9201`, and back. Malformed: not a positive decimal number with at most nine digits behind the point.
std::string rateText(std::int64_t nanos);
Result<std::int64_t> rateFromText(std::string_view text);

/// Usage: three capital letters are a currency.
Result<> checkCurrency(std::string_view code);

/// Whole cents that are as near as can be to `parts` and add up to those of `total`, which the parts add up to but for
/// roundings: by largest remainder.
std::vector<std::int64_t> footedCents(const std::vector<MoneySum>& parts, MoneySum total);

} // namespace plumbline
