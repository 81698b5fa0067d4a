// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/segment.h"

namespace plumbline {

namespace {

struct SegmentName
{
    std::string_view id;
    const char* title;
};

// Titles are for translators as well: the window looks them up.
constexpr std::array<SegmentName, segmentCount> names{{
    {"system", "System prompt"},
    {"tools", "Tool definitions"},
    {"history", "History"},
    {"context", "Retrieved context"},
    {"tool-result", "Tool results"},
    {"user", "User message"},
    {"other", "Other"},
    {"output", "Output"},
    {"reasoning", "Reasoning"},
}};
constexpr std::array<std::string_view, 4> methods{"unsplit", "heuristic", "calibrated", "reconciled"};

} // namespace

std::string_view idOf(Segment segment)
{
    return names[static_cast<std::size_t>(segment)].id;
}

const char* titleOf(Segment segment)
{
    return names[static_cast<std::size_t>(segment)].title;
}

std::string_view idOf(SplitMethod method)
{
    return methods[static_cast<std::size_t>(method)];
}

} // namespace plumbline
