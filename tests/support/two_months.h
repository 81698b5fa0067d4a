// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/generations.h"
#include "support/workspace.h"

namespace plumbline::test {

constexpr std::int32_t september = 2026 * 12 + 8, october = september + 1, november = october + 1;
/// A call of gpt-4o-mini with so many input tokens costs 150,000 picodollars each: a million is 15 cents.
constexpr std::int64_t picodollarsAToken = 150'000;

inline Timestamp at(const char* text)
{
    return *parseTimestamp(text);
}

inline std::string call(int number, const char* time, const char* feature, int millions, const char* more = "")
{
    return lineOf({.number = number,
                   .time = time,
                   .members = std::string(",\"metadata\":{\"feature\":\"") + feature + "\"}" + more,
                   .input = millions * 1'000'000,
                   .output = 0});
}

inline MoneySum millions(std::int64_t count)
{
    return MoneySum::ofPicodollars(MoneySum::Integer{count} * 1'000'000 * picodollarsAToken);
}

/// Each day of two months: chat has three millions of tokens, search one; October's chat has six.
inline std::string twoMonths()
{
    std::string text;
    int number = 0;
    for (std::int32_t day = dayNumber(2026, 9, 1); day < dayNumber(2026, 11, 1); ++day) {
        const std::string time = dateText(day) + "T12:00:00Z";
        text += call(++number, time.c_str(), "chat", day < dayNumber(2026, 10, 1) ? 3 : 6);
        text += call(++number, time.c_str(), "search", 1, ",\"environment\":\"staging\"");
    }
    return text;
}

inline SpendAnswer ask(const TemporaryWorkspace& workspace, const SpendQuestion& question)
{
    const auto answer = workspace.queries()->spend(question, StopToken());
    if (!answer)
        qFatal("%s", answer.error().text().c_str());
    return *answer;
}

} // namespace plumbline::test
