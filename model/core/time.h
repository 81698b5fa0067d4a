// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/core/error.h"

namespace plumbline {

/// Microseconds since 1970-01-01 UTC.
class Timestamp
{
public:
    constexpr Timestamp() = default;
    constexpr explicit Timestamp(std::int64_t microseconds) : m_microseconds(microseconds) {}
    constexpr std::int64_t microseconds() const { return m_microseconds; }
    constexpr auto operator<=>(const Timestamp&) const = default;

private:
    std::int64_t m_microseconds = 0;
};

inline constexpr std::int64_t microsecondsPerDay = 86'400'000'000;

/// Of the system's clock.
Timestamp currentTime();

/// Makes a period reach to a time as well, where there is one.
inline void reachTo(const std::optional<Timestamp>& time, std::optional<Timestamp>& first,
                    std::optional<Timestamp>& last)
{
    if (time && (!first || *time < *first))
        first = time;
    if (time && (!last || *time > *last))
        last = time;
}

/// Reads `2026-08-20T10:00:00.120Z`, `2026-08-20 10:00:00.120000` (no zone is UTC), `2026-08-20T12:00:00+02:00`
/// with 0 to 9 digits of a second, and a bare date. Years 1970 to 2200; anything else is empty.
std::optional<Timestamp> parseTimestamp(std::string_view text);

/// `2026-08-20T10:00:00.120Z`: UTC, milliseconds, or microseconds where there are any.
std::string isoText(Timestamp time);

/// Days since 1970-01-01 of a civil date, and back.
std::int32_t dayNumber(int year, int month, int day);
struct CivilDate
{
    int year = 1970;
    int month = 1;
    int day = 1;
    auto operator<=>(const CivilDate&) const = default;
};
CivilDate civilDate(std::int32_t dayNumber);
/// `2026-08-20`.
std::string dateText(std::int32_t dayNumber);
/// Reads `2026-08-20`.
std::optional<std::int32_t> parseDate(std::string_view text);

/// Half-open: a call belongs to it if first <= start < end.
struct Period
{
    Timestamp first;
    Timestamp end;
    bool operator==(const Period&) const = default;
    bool contains(Timestamp time) const { return first <= time && time < end; }
};

constexpr std::int32_t floorDivide(std::int64_t value, std::int64_t by)
{
    return static_cast<std::int32_t>(value / by - (value % by != 0 && (value < 0) != (by < 0)));
}

/// Where days, weeks and months begin: the reporting time zone and the day a month starts on (1 to 28).
class ReportingCalendar
{
public:
    /// UTC, months from the first.
    ReportingCalendar() = default;
    /// Usage: an unknown zone (IANA names), or a day outside 1 to 28.
    static Result<ReportingCalendar> open(std::string zone, int monthStartDay);

    const std::string& zone() const { return m_zone; }
    int monthStartDay() const { return m_monthStartDay; }

    /// Hours since 1970-01-01 00:00 of the local clock (rounded down); day = floor(hour / 24).
    std::int32_t localHour(Timestamp time) const;
    /// The local day of a time, as days since 1970-01-01.
    std::int32_t dayOf(Timestamp time) const { return floorDivide(localHour(time), 24); }
    /// The reporting month of a time, as year × 12 + (month − 1).
    std::int32_t monthOf(Timestamp time) const { return monthOfDay(dayOf(time)); }
    /// Start of a local day in UTC.
    Timestamp startOfDay(std::int32_t dayNumber) const;
    /// The reporting month a local day belongs to, as year × 12 + (month − 1), named after the month it starts in.
    std::int32_t monthOfDay(std::int32_t dayNumber) const;
    /// First local day of a reporting month.
    std::int32_t firstDayOfMonth(std::int32_t month) const;
    Period month(std::int32_t month) const;
    /// `2026-10`.
    static std::string monthText(std::int32_t month);
    /// Usage: not `YYYY-MM`.
    static Result<std::int32_t> parseMonth(std::string_view text);

private:
    std::int64_t offsetAt(std::int64_t utcSeconds) const;

    std::string m_zone = "UTC";
    int m_monthStartDay = 1;
    // The zone's current interval of constant offset: asking about neighbouring times costs two comparisons.
    mutable std::int64_t m_intervalBegin = 1;
    mutable std::int64_t m_intervalEnd = 0;
    mutable std::int64_t m_intervalOffset = 0;
};

} // namespace plumbline
