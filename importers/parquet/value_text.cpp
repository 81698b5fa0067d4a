// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/value_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "importers/json/json.h"
#include "model/core/time.h"
#include "model/core/utf8.h"

namespace plumbline::parquet {

namespace {

constexpr std::size_t longestDecimal = 64;

/// Bytes at the begin of `text` that are well-formed UTF-8.
std::size_t wellFormed(std::string_view text)
{
    std::size_t i = 0;
    while (i < text.size()) {
        std::uint64_t eight = 0;
        if (text.size() - i >= sizeof eight) {
            std::memcpy(&eight, text.data() + i, sizeof eight);
            if ((eight & 0x8080808080808080) == 0) {
                i += sizeof eight;
                continue;
            }
        }
        const std::size_t length = characterSize(text.substr(i));
        if (length == 0)
            break;
        i += length;
    }
    return i;
}

template <class Number>
void appendPlain(std::string& into, Number number)
{
    std::array<char, 32> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    into.append(text.data(), end);
}

template <class Number>
void appendFloating(std::string& into, Number number)
{
    if (std::isfinite(number))
        appendPlain(into, number);
    else
        into += "null";
}

/// `digits` decimal digits of a number that has no more.
void appendDigits(std::string& into, std::uint64_t number, int digits)
{
    std::array<char, 20> text;
    for (int i = digits; i-- > 0; number /= 10)
        text[static_cast<std::size_t>(i)] = static_cast<char>('0' + number % 10);
    into.append(text.data(), static_cast<std::size_t>(digits));
}

/// `2026-11-22`, days counted from 1970.
void appendDate(std::string& into, std::int64_t day)
{
    // Howard Hinnant's civil_from_days: years begin in March, eras are 400 of them.
    const std::int64_t shifted = day + 719'468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const std::int64_t dayOfEra = shifted - era * 146'097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t month = (5 * dayOfYear + 2) / 153;
    const std::int64_t dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1;
    const std::int64_t year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0);
    if (year < 0 || year > 9999)
        appendPlain(into, year);
    else
        appendDigits(into, static_cast<std::uint64_t>(year), 4);
    into.push_back('-');
    appendDigits(into, static_cast<std::uint64_t>(month < 10 ? month + 3 : month - 9), 2);
    into.push_back('-');
    appendDigits(into, static_cast<std::uint64_t>(dayOfMonth), 2);
}

/// `13:58:00.886001`; a number that is no time of day stays a time that goes beyond it.
void appendTime(std::string& into, std::int64_t micros)
{
    if (micros < 0)
        into.push_back('-');
    const auto size = micros < 0 ? 0 - static_cast<std::uint64_t>(micros) : static_cast<std::uint64_t>(micros);
    const std::uint64_t hours = size / 3'600'000'000;
    if (hours < 100)
        appendDigits(into, hours, 2);
    else
        appendPlain(into, hours);
    into.push_back(':');
    appendDigits(into, size / 60'000'000 % 60, 2);
    into.push_back(':');
    appendDigits(into, size / 1'000'000 % 60, 2);
    into.push_back('.');
    appendDigits(into, size % 1'000'000, 6);
}

void appendQuotedTime(std::string& into, std::int64_t micros)
{
    into.push_back('"');
    appendTime(into, micros);
    into.push_back('"');
}

/// A moment in units of which a day has `unitsInDay`, cut to microseconds.
void appendMoment(std::string& into, std::int64_t units, std::int64_t unitsInDay, std::int64_t daysBefore = 0)
{
    std::int64_t day = units / unitsInDay;
    std::int64_t rest = units % unitsInDay;
    if (rest < 0) {
        --day;
        rest += unitsInDay;
    }
    into.push_back('"');
    appendDate(into, day + daysBefore);
    into.push_back('T');
    appendTime(into, unitsInDay > microsecondsPerDay ? rest / (unitsInDay / microsecondsPerDay)
                                                     : rest * (microsecondsPerDay / unitsInDay));
    into += "Z\"";
}

/// A number's digits with the point `scale` digits before their end.
void appendDecimal(std::string& into, bool isNegative, std::string_view digits, std::size_t scale)
{
    into += isNegative ? "\"-" : "\"";
    const std::size_t whole = digits.size() > scale ? digits.size() - scale : 0;
    if (whole == 0)
        into.push_back('0');
    into += digits.substr(0, whole);
    if (scale > 0) {
        into.push_back('.');
        into.append(scale - (digits.size() - whole), '0');
        into += digits.substr(whole);
    }
    into.push_back('"');
}

void appendDecimalNumber(std::string& into, std::int64_t number, std::size_t scale)
{
    std::array<char, 24> digits;
    const auto size = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size).ptr;
    appendDecimal(into, number < 0, {digits.data(), static_cast<std::size_t>(end - digits.data())}, scale);
}

/// A decimal in two's complement, the highest byte first.
void appendDecimalBytes(std::string& into, std::string_view bytes, std::size_t scale)
{
    if (bytes.empty() || bytes.size() > longestDecimal) {
        into += "null";
        return;
    }
    const bool isNegative = (bytes[0] & 0x80) != 0;
    std::array<unsigned char, longestDecimal> size = {};
    unsigned carry = isNegative ? 1 : 0;
    for (std::size_t i = bytes.size(); i-- > 0;) {
        const unsigned byte = static_cast<unsigned char>(isNegative ? ~bytes[i] : bytes[i]);
        size[i] = static_cast<unsigned char>(byte + carry);
        carry = byte + carry > 0xff ? 1 : 0;
    }
    // 64 bytes have at most 155 digits; nine come off at a time.
    std::array<char, 180> digits;
    std::size_t begin = digits.size();
    for (std::size_t first = 0; first < bytes.size();) {
        std::uint64_t rest = 0;
        for (std::size_t i = first; i < bytes.size(); ++i) {
            rest = (rest << 8) | size[i];
            size[i] = static_cast<unsigned char>(rest / 1'000'000'000);
            rest %= 1'000'000'000;
        }
        for (int i = 0; i < 9; ++i, rest /= 10)
            digits[--begin] = static_cast<char>('0' + rest % 10);
        while (first < bytes.size() && size[first] == 0)
            ++first;
    }
    while (begin + 1 < digits.size() && digits[begin] == '0')
        ++begin;
    appendDecimal(into, isNegative, {digits.data() + begin, digits.size() - begin}, scale);
}

void appendUuid(std::string& into, std::string_view bytes)
{
    constexpr char hex[] = "0123456789abcdef";
    into.push_back('"');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            into.push_back('-');
        into.push_back(hex[static_cast<unsigned char>(bytes[i]) >> 4]);
        into.push_back(hex[static_cast<unsigned char>(bytes[i]) & 15]);
    }
    into.push_back('"');
}

/// INT96: nanoseconds of the day, then the Julian day.
void appendInt96(std::string& into, std::string_view bytes)
{
    std::int64_t nanos = 0;
    std::int32_t julianDay = 0;
    std::memcpy(&nanos, bytes.data(), sizeof nanos);
    std::memcpy(&julianDay, bytes.data() + sizeof nanos, sizeof julianDay);
    constexpr std::int64_t julianDayOf1970 = 2'440'588;
    appendMoment(into, nanos, microsecondsPerDay * 1000, julianDay - julianDayOf1970);
}

} // namespace

void appendText(std::string& into, std::string_view text)
{
    std::size_t good = wellFormed(text);
    if (good == text.size())
        return json::appendQuoted(into, text);
    std::string mended;
    for (;;) {
        mended += text.substr(0, good);
        text.remove_prefix(good);
        if (text.empty())
            break;
        mended += "\xef\xbf\xbd";
        text.remove_prefix(1);
        good = wellFormed(text);
    }
    json::appendQuoted(into, mended);
}

void appendNumber(std::string& into, const Leaf& leaf, std::int64_t number)
{
    switch (leaf.shape) {
    case Shape::Boolean:
        into += number != 0 ? "true" : "false";
        return;
    case Shape::Signed:
        return appendPlain(into, number);
    case Shape::Unsigned32:
        return appendPlain(into, static_cast<std::uint32_t>(number));
    case Shape::Unsigned64:
        return appendPlain(into, static_cast<std::uint64_t>(number));
    case Shape::Float:
        return appendFloating(into, std::bit_cast<float>(static_cast<std::int32_t>(number)));
    case Shape::Double:
        return appendFloating(into, std::bit_cast<double>(number));
    case Shape::DecimalNumber:
        return appendDecimalNumber(into, number, leaf.scale);
    case Shape::Date:
        into.push_back('"');
        appendDate(into, number);
        into.push_back('"');
        return;
    case Shape::TimeMillis:
        return appendQuotedTime(into, number * 1000);
    case Shape::TimeMicros:
        return appendQuotedTime(into, number);
    case Shape::TimeNanos:
        return appendQuotedTime(into, number / 1000);
    case Shape::TimestampMillis:
        return appendMoment(into, number, microsecondsPerDay / 1000);
    case Shape::TimestampMicros:
        return appendMoment(into, number, microsecondsPerDay);
    case Shape::TimestampNanos:
        return appendMoment(into, number, microsecondsPerDay * 1000);
    default:
        into += "null";
    }
}

void appendBytes(std::string& into, const Leaf& leaf, std::string_view bytes)
{
    switch (leaf.shape) {
    case Shape::Text:
        return appendText(into, bytes);
    case Shape::Uuid:
        return appendUuid(into, bytes);
    case Shape::DecimalBytes:
        return appendDecimalBytes(into, bytes, leaf.scale);
    case Shape::Int96:
        return appendInt96(into, bytes);
    default:
        into += "null";
    }
}

std::string inColumn(std::string_view column, std::string_view reason)
{
    // Names come from the file and may be anything.
    const std::string_view begin = column.substr(0, 80);
    return "column '" + std::string(begin.substr(0, wellFormed(begin))) + "': " + std::string(reason);
}

} // namespace plumbline::parquet
