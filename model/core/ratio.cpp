// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/ratio.h"

#include <numeric>

namespace plumbline {

namespace {

constexpr std::int64_t largestPart = 1'000'000;
constexpr std::int64_t largestValue = 1'000;
constexpr Money one{1'000'000'000'000};

} // namespace

Result<Ratio> ratioOf(Money part, Money whole)
{
    const std::int64_t divisor = std::gcd(part.picodollars(), whole.picodollars());
    if (divisor != 0) {
        const Ratio ratio{part.picodollars() / divisor, whole.picodollars() / divisor};
        if (ratio.numerator >= 0 && ratio.denominator > 0 && ratio.numerator <= largestPart &&
            ratio.denominator <= largestPart && ratio.numerator <= largestValue * ratio.denominator)
            return ratio;
    }
    return fail(ErrorKind::Malformed, "not a factor of a price: " + decimalText(part) + "/" + decimalText(whole));
}

Result<Ratio> parseRatio(std::string_view text)
{
    const std::size_t slash = text.find('/');
    const auto part = moneyFromDecimal(text.substr(0, slash));
    const auto whole = slash == text.npos ? Result<Money>(one) : moneyFromDecimal(text.substr(slash + 1));
    if (!part || !whole)
        return fail(ErrorKind::Malformed, "not a factor: '" + std::string(text.substr(0, 40)) + "'");
    return ratioOf(*part, *whole);
}

std::string text(Ratio ratio)
{
    if (one.picodollars() % ratio.denominator == 0)
        return decimalText(Money(one.picodollars() / ratio.denominator * ratio.numerator));
    return std::to_string(ratio.numerator) + "/" + std::to_string(ratio.denominator);
}

} // namespace plumbline
