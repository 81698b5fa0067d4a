// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/core/error.h"
#include "model/core/money.h"

namespace plumbline {

/// An exact factor of a price, in lowest terms: `0.5`, `1.75`, `20/11`. Both parts are at most a million and the value
/// at most a thousand, so that three factors and a list price multiply within 128 bits.
struct Ratio
{
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;

    bool operator==(const Ratio&) const = default;
    bool isOne() const { return numerator == denominator; }
};

/// Malformed: neither a decimal nor a fraction, or beyond the bounds above.
Result<Ratio> parseRatio(std::string_view text);

/// `part / whole`. Malformed: beyond the bounds above, or `whole` is zero.
Result<Ratio> ratioOf(Money part, Money whole);

/// What parseRatio reads.
std::string text(Ratio ratio);

} // namespace plumbline
