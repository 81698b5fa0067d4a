// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/times.h"

namespace plumbline::facts {

std::optional<Timestamp> timeOf(json::Value value)
{
    if (!value.text().empty())
        if (const auto time = parseTimestamp(value.text()))
            return time;
    const auto number = value.number();
    if (!number || *number < 1e8)
        return {};
    // Today's times have 10 digits in seconds and three more for each finer unit.
    double microseconds = *number;
    if (*number < 1e11)
        microseconds = *number * 1e6;
    else if (*number < 1e14)
        microseconds = *number * 1e3;
    else if (*number >= 1e17)
        microseconds = *number / 1e3;
    constexpr double latest = 4e15; // the year 2096
    return microseconds < latest ? std::optional<Timestamp>(Timestamp(static_cast<std::int64_t>(microseconds)))
                                 : std::nullopt;
}

} // namespace plumbline::facts
