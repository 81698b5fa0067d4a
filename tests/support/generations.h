// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace plumbline::test {

/// A generation as a line of JSON.
struct Generation
{
    int number = 0;
    std::string time = "2026-08-20T10:00:00Z";
    std::string members = {}; ///< further ones, each with a comma before it
    int input = 100;
    int output = 10;
};

inline std::string lineOf(const Generation& row)
{
    const std::string number = std::to_string(row.number);
    return "{\"id\":\"s" + number + "\",\"traceId\":\"t" + number +
           "\",\"type\":\"GENERATION\",\"model\":\"gpt-4o-mini\",\"startTime\":\"" + row.time +
           "\",\"usageDetails\":{\"input\":" + std::to_string(row.input) + ",\"output\":" + std::to_string(row.output) +
           "}" + row.members + "}\n";
}

/// Two calls that differ in one fact, the second without it.
inline std::string twoCalls(const std::string& members)
{
    return lineOf({.number = 1, .members = members}) + lineOf({.number = 2});
}

} // namespace plumbline::test
