// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/core/money.h"
#include "model/core/segment.h"
#include "model/core/usage.h"

namespace plumbline {

/// What a part of the spend was, of the calls it is compared with.
struct FlameBefore
{
    std::int64_t calls = 0;
    TokenCount tokens = 0;
    MoneySum money = {};
};

/// A part of the spend, and what it is made of: all calls, a feature, a step of it, a segment of that step's tokens.
struct FlameNode
{
    std::string name = {}; ///< of features and steps
    std::optional<Segment> segment = {};
    std::int64_t calls = 0;
    TokenCount tokens = 0;
    MoneySum money = {};                  ///< of the priced calls
    std::vector<FlameNode> children = {}; ///< the dearest first; together all of it
    std::optional<FlameBefore> before = {};
    std::vector<std::string> gone = {}; ///< parts there were before, and are no more
};

/// Puts beside every part what it was; one that is new was nothing.
void compareWith(FlameNode& now, const FlameNode& before);

} // namespace plumbline
