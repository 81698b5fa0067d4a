// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/currency.h"

#include <algorithm>
#include <numeric>

#include "model/core/time.h"

namespace plumbline {

namespace {

constexpr std::int64_t nanosPerUnit = 1'000'000'000;
constexpr std::int64_t picosPerNano = 1'000;

/// Half to even, as `divideHalfEven`, where the quotient does not fit into 64 bits.
MoneySum::Integer scaled(MoneySum::Integer value, std::int64_t by)
{
    // Whole units and the rest apart, so that no product overflows.
    const MoneySum::Integer whole = value / nanosPerUnit, rest = value % nanosPerUnit;
    return whole * by + divideHalfEven(rest * by, nanosPerUnit);
}

} // namespace

MoneySum ReportingCurrency::of(MoneySum dollars) const
{
    return rate ? MoneySum::ofPicodollars(scaled(dollars.picodollars(), rate->nanos)) : dollars;
}

MoneySum ReportingCurrency::inDollars(MoneySum amount) const
{
    if (!rate)
        return amount;
    // Whole rates and the rest apart, so that no product overflows.
    const MoneySum::Integer value = amount.picodollars(), whole = value / rate->nanos, rest = value % rate->nanos;
    return MoneySum::ofPicodollars(whole * nanosPerUnit + divideHalfEven(rest * nanosPerUnit, rate->nanos));
}

Result<ReportingCurrency> currencyOf(const std::vector<ExchangeRate>& rates, const std::string& code,
                                     std::int32_t month)
{
    if (code == "USD")
        return ReportingCurrency();
    for (const ExchangeRate& rate : rates)
        if (rate.currency == code && rate.month == month)
            return ReportingCurrency{.code = code, .rate = rate};
    return fail(ErrorKind::NotFound, "there is no rate of " + code + " for " + ReportingCalendar::monthText(month) +
                                         ": add one under Cost centres and budgets, or in the plan's file");
}

std::string rateText(std::int64_t nanos)
{
    return decimalText(MoneySum::ofPicodollars(MoneySum::Integer{nanos} * picosPerNano));
}

Result<std::int64_t> rateFromText(std::string_view text)
{
    const auto rate = moneyFromDecimal(text);
    if (!rate || rate->picodollars() <= 0 || rate->picodollars() % picosPerNano != 0)
        return fail(ErrorKind::Malformed, "'" + std::string(text.substr(0, 40)) +
                                              "' is no rate: a positive number with at most nine decimals, such as "
                                              "0.9201");
    return rate->picodollars() / picosPerNano;
}

Result<> checkCurrency(std::string_view code)
{
    const bool isCode =
        code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!isCode)
        return fail(ErrorKind::Usage,
                    "'" + std::string(code.substr(0, 40)) + "' is no currency: three capital letters, such as EUR");
    return {};
}

std::vector<std::int64_t> footedCents(const std::vector<MoneySum>& parts, MoneySum total)
{
    std::vector<std::int64_t> cents;
    std::vector<MoneySum::Integer> rests;
    std::int64_t left = centsOf(total);
    for (const MoneySum& part : parts) {
        constexpr MoneySum::Integer per = MoneySum::picodollarsPerCent;
        const MoneySum::Integer value = part.picodollars(), down = value / per - (value % per < 0);
        cents.push_back(static_cast<std::int64_t>(down));
        rests.push_back(value - down * per);
        left -= cents.back();
    }
    // What is left is some cents, fewer than there are parts.
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rests[a] > rests[b]; });
    for (std::size_t i = 0; i < order.size() && left > 0; ++i, --left)
        ++cents[order[i]];
    for (std::size_t i = order.size(); i-- > 0 && left < 0; ++left)
        --cents[order[i]];
    return cents;
}

} // namespace plumbline
