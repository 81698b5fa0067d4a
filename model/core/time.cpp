// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/time.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <limits>

#include <date/tz.h>

#include "model/core/ascii.h"

namespace plumbline {

namespace {

/// Reads exactly `count` digits at `at` and moves on.
std::optional<int> readDigits(std::string_view text, std::size_t& at, int count)
{
    int value = 0;
    for (int i = 0; i < count; ++i, ++at) {
        if (at >= text.size() || text[at] < '0' || text[at] > '9')
            return {};
        value = value * 10 + (text[at] - '0');
    }
    return value;
}

bool skip(std::string_view text, std::size_t& at, char c)
{
    if (at >= text.size() || text[at] != c)
        return false;
    ++at;
    return true;
}

constexpr bool isLeapYear(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

constexpr int daysInMonth(int year, int month)
{
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && isLeapYear(year) ? 29 : days[month - 1];
}

std::optional<std::int32_t> readDate(std::string_view text, std::size_t& at)
{
    const auto year = readDigits(text, at, 4);
    if (!year || !skip(text, at, '-'))
        return {};
    const auto month = readDigits(text, at, 2);
    if (!month || !skip(text, at, '-'))
        return {};
    const auto day = readDigits(text, at, 2);
    if (!day || *year < 1970 || *year > 2200 || *month < 1 || *month > 12 || *day < 1 ||
        *day > daysInMonth(*year, *month))
        return {};
    return dayNumber(*year, *month, *day);
}

} // namespace

// Civil from days and back: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
std::int32_t dayNumber(int year, int month, int day)
{
    year -= month <= 2;
    const int era = (year >= 0 ? year : year - 399) / 400;
    const int yearOfEra = year - era * 400;
    const int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468;
}

CivilDate civilDate(std::int32_t number)
{
    const int shifted = number + 719468;
    const int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int dayOfEra = shifted - era * 146097;
    const int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const int shiftedMonth = (5 * dayOfYear + 2) / 153;
    const int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    return {yearOfEra + era * 400 + (month <= 2), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1};
}

std::string dateText(std::int32_t number)
{
    const CivilDate date = civilDate(number);
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
    return text;
}

std::optional<std::int32_t> parseDate(std::string_view text)
{
    std::size_t at = 0;
    const auto day = readDate(text, at);
    return at == text.size() ? day : std::nullopt;
}

Timestamp currentTime()
{
    using namespace std::chrono;
    return Timestamp(duration_cast<microseconds>(system_clock::now().time_since_epoch()).count());
}

std::optional<Timestamp> parseTimestamp(std::string_view text)
{
    std::size_t at = 0;
    const auto day = readDate(text, at);
    if (!day)
        return {};
    std::int64_t seconds = std::int64_t{*day} * 86400;
    std::int64_t fraction = 0;
    if (at == text.size())
        return Timestamp(seconds * 1'000'000);
    if (text[at] != 'T' && text[at] != ' ' && text[at] != 't')
        return {};
    ++at;
    const auto hour = readDigits(text, at, 2);
    if (!hour || !skip(text, at, ':'))
        return {};
    const auto minute = readDigits(text, at, 2);
    if (!minute || *hour > 24 || *minute > 59)
        return {};
    seconds += *hour * 3600 + *minute * 60;
    if (skip(text, at, ':')) {
        const auto second = readDigits(text, at, 2);
        if (!second || *second > 60)
            return {};
        seconds += *second;
        if (at < text.size() && (text[at] == '.' || text[at] == ',')) {
            ++at;
            std::int64_t scale = 100'000;
            for (; at < text.size() && isDigit(text[at]); ++at, scale /= 10)
                fraction += scale * (text[at] - '0');
        }
    }
    if (at < text.size() && text[at] == ' ')
        ++at;
    if (at == text.size() || text.substr(at) == "Z" || text.substr(at) == "z" || text.substr(at) == "UTC")
        return Timestamp(seconds * 1'000'000 + fraction);
    if (text[at] != '+' && text[at] != '-')
        return {};
    const int sign = text[at++] == '-' ? 1 : -1;
    const auto zoneHours = readDigits(text, at, 2);
    if (!zoneHours)
        return {};
    skip(text, at, ':');
    const auto zoneMinutes = at == text.size() ? std::optional<int>(0) : readDigits(text, at, 2);
    if (!zoneMinutes || at != text.size() || *zoneHours > 23 || *zoneMinutes > 59)
        return {};
    seconds += sign * (*zoneHours * 3600 + *zoneMinutes * 60);
    return Timestamp(seconds * 1'000'000 + fraction);
}

std::string isoText(Timestamp time)
{
    const std::int32_t day = floorDivide(time.microseconds(), microsecondsPerDay);
    std::int64_t rest = time.microseconds() - std::int64_t{day} * microsecondsPerDay;
    const int micros = static_cast<int>(rest % 1'000'000);
    rest /= 1'000'000;
    char text[40];
    if (micros % 1000 == 0)
        std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%03dZ", static_cast<int>(rest / 3600),
                      static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60), micros / 1000);
    else
        std::snprintf(text, sizeof text, "T%02d:%02d:%02d.%06dZ", static_cast<int>(rest / 3600),
                      static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60), micros);
    return dateText(day) + text;
}

Result<ReportingCalendar> ReportingCalendar::open(std::string zone, int monthStartDay)
{
    if (monthStartDay < 1 || monthStartDay > 28)
        return fail(ErrorKind::Usage, "a month can start on day 1 to 28");
    ReportingCalendar calendar;
    calendar.m_monthStartDay = monthStartDay;
    if (zone != "UTC") {
        // The library throws for unknown zones; nothing thrown leaves this function.
        try {
            (void)date::locate_zone(zone);
        } catch (const std::exception&) {
            return fail(ErrorKind::Usage, "unknown time zone '" + zone + "' (names are like Europe/Berlin)");
        }
    }
    calendar.m_zone = std::move(zone);
    return calendar;
}

std::int64_t ReportingCalendar::offsetAt(std::int64_t utcSeconds) const
{
    if (utcSeconds >= m_intervalBegin && utcSeconds < m_intervalEnd)
        return m_intervalOffset;
    if (m_zone == "UTC") {
        m_intervalBegin = std::numeric_limits<std::int64_t>::min();
        m_intervalEnd = std::numeric_limits<std::int64_t>::max();
        return m_intervalOffset = 0;
    }
    const date::sys_seconds time{std::chrono::seconds(utcSeconds)};
    const date::sys_info info = date::locate_zone(m_zone)->get_info(time);
    m_intervalBegin = info.begin.time_since_epoch().count();
    m_intervalEnd = info.end.time_since_epoch().count();
    return m_intervalOffset = info.offset.count();
}

std::int32_t ReportingCalendar::localHour(Timestamp time) const
{
    const std::int64_t utcSeconds = time.microseconds() / 1'000'000 - (time.microseconds() % 1'000'000 < 0);
    return floorDivide(utcSeconds + offsetAt(utcSeconds), 3600);
}

Timestamp ReportingCalendar::startOfDay(std::int32_t dayNumber) const
{
    // Two steps settle on the offset that holds at local midnight; where midnight does not exist, on the next instant.
    const std::int64_t local = std::int64_t{dayNumber} * 86400;
    std::int64_t utc = local - offsetAt(local);
    utc = local - offsetAt(utc);
    return Timestamp(utc * 1'000'000);
}

std::int32_t ReportingCalendar::monthOfDay(std::int32_t dayNumber) const
{
    const CivilDate date = civilDate(dayNumber);
    return date.year * 12 + date.month - 1 - (date.day < m_monthStartDay);
}

std::int32_t ReportingCalendar::firstDayOfMonth(std::int32_t month) const
{
    return plumbline::dayNumber(month / 12, month % 12 + 1, m_monthStartDay);
}

Period ReportingCalendar::month(std::int32_t month) const
{
    return {startOfDay(firstDayOfMonth(month)), startOfDay(firstDayOfMonth(month + 1))};
}

std::string ReportingCalendar::monthText(std::int32_t month)
{
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02d", month / 12, month % 12 + 1);
    return text;
}

Result<std::int32_t> ReportingCalendar::parseMonth(std::string_view text)
{
    const auto firstDay = parseDate(std::string(text) + "-01");
    if (!firstDay)
        return fail(ErrorKind::Usage, "not a month: '" + std::string(text) + "' (write 2026-10)");
    const CivilDate date = civilDate(*firstDay);
    return date.year * 12 + date.month - 1;
}

} // namespace plumbline
