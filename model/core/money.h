// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "model/core/error.h"

namespace plumbline {

/// Whole picodollars (1e-12 USD): the cost of one call, or a rate per token. Holds up to 9.2 million dollars.
class Money
{
public:
    constexpr Money() = default;
    constexpr explicit Money(std::int64_t picodollars) : m_picodollars(picodollars) {}

    constexpr std::int64_t picodollars() const { return m_picodollars; }

    friend constexpr Money operator+(Money a, Money b) { return Money(a.m_picodollars + b.m_picodollars); }
    friend constexpr Money operator-(Money a, Money b) { return Money(a.m_picodollars - b.m_picodollars); }
    friend constexpr Money operator-(Money a) { return Money(-a.m_picodollars); }
    constexpr auto operator<=>(const Money&) const = default;

private:
    std::int64_t m_picodollars = 0;
};

/// A sum of money: 128 bits of picodollars, so that no month of any company overflows it.
class MoneySum
{
public:
    using Integer = __int128;

    constexpr MoneySum() = default;
    constexpr MoneySum(Money money) // a sum of one: implicit on purpose
        : m_picodollars(money.picodollars())
    {
    }
    constexpr static MoneySum ofPicodollars(Integer picodollars)
    {
        MoneySum sum;
        sum.m_picodollars = picodollars;
        return sum;
    }

    constexpr static MoneySum ofCents(std::int64_t cents) { return ofPicodollars(Integer{cents} * picodollarsPerCent); }
    static constexpr std::int64_t picodollarsPerCent = 10'000'000'000;

    constexpr Integer picodollars() const { return m_picodollars; }
    /// For charts and axes only: a double has 15 digits.
    double dollars() const { return static_cast<double>(m_picodollars) / 1e12; }

    constexpr MoneySum& operator+=(MoneySum other)
    {
        m_picodollars += other.m_picodollars;
        return *this;
    }
    friend constexpr MoneySum operator+(MoneySum a, MoneySum b) { return a += b; }
    friend constexpr MoneySum operator-(MoneySum a, MoneySum b)
    {
        return ofPicodollars(a.m_picodollars - b.m_picodollars);
    }
    constexpr auto operator<=>(const MoneySum&) const = default;

private:
    Integer m_picodollars = 0;
};

/// Exact decimal dollars without trailing zeros: `0.00064126`, `-12`, `0`.
std::string decimalText(MoneySum sum);

/// Reads decimal dollars, an exponent allowed (`1.5e-7`, `2E-8`). Digits below a picodollar are rounded half-even.
/// Malformed: not a decimal number, or beyond ±9.2 million dollars.
Result<Money> moneyFromDecimal(std::string_view text);

/// A reported figure that came as a double: the nearest picodollar. Malformed: not finite or beyond range.
Result<Money> moneyFromDollars(double dollars);

/// `numerator / denominator` rounded half to even. The one rounding rule of the house (ARCHITECTURE §2, Money).
std::int64_t divideHalfEven(__int128 numerator, __int128 denominator);

/// Whole cents, rounded half-even.
std::int64_t centsOf(MoneySum sum);

} // namespace plumbline
