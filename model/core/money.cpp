// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/money.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "model/core/ascii.h"

namespace plumbline {

namespace {

constexpr int picodollarDigits = 12;

std::string digitsOf(unsigned __int128 value)
{
    std::string digits;
    do {
        digits.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
        value /= 10;
    } while (value != 0);
    std::reverse(digits.begin(), digits.end());
    return digits;
}

} // namespace

std::string decimalText(MoneySum sum)
{
    const MoneySum::Integer value = sum.picodollars();
    const bool isNegative = value < 0;
    std::string digits =
        digitsOf(isNegative ? -static_cast<unsigned __int128>(value) : static_cast<unsigned __int128>(value));
    if (digits.size() <= picodollarDigits)
        digits.insert(0, picodollarDigits + 1 - digits.size(), '0');
    std::string text =
        digits.substr(0, digits.size() - picodollarDigits) + "." + digits.substr(digits.size() - picodollarDigits);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
    return isNegative ? "-" + text : text;
}

Result<Money> moneyFromDecimal(std::string_view text)
{
    const auto malformed = [&] {
        return fail(ErrorKind::Malformed, "not an amount of money: '" + std::string(text.substr(0, 40)) + "'");
    };
    std::size_t at = 0;
    const bool isNegative = !text.empty() && text[0] == '-';
    if (!text.empty() && (text[0] == '-' || text[0] == '+'))
        ++at;

    // Collect up to 30 significant digits; `scale` is the power of ten of the last of them.
    unsigned __int128 mantissa = 0;
    int scale = 0;
    int digits = 0;
    bool anyDigit = false;
    bool droppedNonZero = false;
    for (bool afterPoint = false; at < text.size(); ++at) {
        if (text[at] == '.' && !afterPoint) {
            afterPoint = true;
            continue;
        }
        if (!isDigit(text[at]))
            break;
        anyDigit = true;
        if (digits < 30) {
            mantissa = mantissa * 10 + static_cast<unsigned>(text[at] - '0');
            digits += mantissa != 0;
            scale -= afterPoint;
        } else {
            droppedNonZero |= text[at] != '0';
            scale += !afterPoint;
        }
    }
    if (!anyDigit)
        return malformed();
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && text[at] == '+' && !(at + 1 < text.size() && text[at + 1] == '-'))
            ++at;
        int exponent = 0;
        const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
        if (error != std::errc() || exponent > 400 || exponent < -400)
            return malformed();
        at = static_cast<std::size_t>(end - text.data());
        scale += exponent;
    }
    if (at != text.size())
        return malformed();
    if (mantissa == 0)
        return Money(0);

    scale += picodollarDigits;
    for (; scale > 0; --scale) {
        if (mantissa > static_cast<unsigned __int128>(std::numeric_limits<std::int64_t>::max()))
            return malformed();
        mantissa *= 10;
    }
    if (scale < -38)
        return Money(0);
    __int128 divisor = 1;
    for (; scale < 0; ++scale)
        divisor *= 10;
    const auto numerator = static_cast<__int128>(mantissa);
    __int128 value = numerator / divisor;
    const __int128 remainder = numerator % divisor;
    const __int128 half = divisor / 2;
    const bool isAboveHalf = remainder > half || (divisor > 1 && remainder == half && droppedNonZero);
    const bool isHalf = divisor > 1 && remainder == half && !droppedNonZero;
    if (isAboveHalf || (isHalf && value % 2 != 0))
        ++value;
    if (value > std::numeric_limits<std::int64_t>::max())
        return malformed();
    return Money(static_cast<std::int64_t>(isNegative ? -value : value));
}

Result<Money> moneyFromDollars(double dollars)
{
    // Nine million dollars for one call: beyond it the figure is broken and int64 ends soon.
    constexpr double limit = 9'000'000.0;
    if (!std::isfinite(dollars) || std::abs(dollars) > limit)
        return fail(ErrorKind::Malformed, "an amount of money out of range");
    return Money(std::llroundl(static_cast<long double>(dollars) * 1e12L));
}

std::int64_t divideHalfEven(__int128 numerator, __int128 denominator)
{
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    __int128 quotient = numerator / denominator;
    __int128 remainder = numerator % denominator;
    if (remainder < 0) {
        remainder += denominator;
        --quotient;
    }
    const __int128 twice = remainder * 2;
    if (twice > denominator || (twice == denominator && quotient % 2 != 0))
        ++quotient;
    return static_cast<std::int64_t>(quotient);
}

std::int64_t centsOf(MoneySum sum)
{
    return divideHalfEven(sum.picodollars(), MoneySum::picodollarsPerCent);
}

} // namespace plumbline
