// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/core/filter.h"
#include "model/core/money.h"
#include "model/core/time.h"

namespace plumbline {

/// What a parameter of a lever is set to: a number in its unit, or one of its words.
using LeverValue = std::variant<double, std::string>;

/// A lever as a scenario uses it.
struct LeverUse
{
    std::string lever; ///< its id
    bool isOn = true;
    std::vector<Condition> scope = {};                 ///< of the calls that the scenario selects; empty: all
    std::map<std::string, LeverValue> parameters = {}; ///< by id; what is missing has its default

    bool operator==(const LeverUse&) const = default;
};

/// Other rules for some calls: which, and what is to be different (DRAINS.md, *Scenario file*). The order of its
/// levers means nothing: they work in the order in which a request meets them.
struct Scenario
{
    std::string name = {};
    std::vector<Condition> filter = {};
    std::vector<LeverUse> levers = {};

    bool operator==(const Scenario&) const = default;
};

/// A scenario that is kept in a workspace.
struct SavedScenario
{
    Scenario scenario = {};
    Timestamp saved = {};
    std::optional<Timestamp> since = {};   ///< from when on it is done
    std::optional<MoneySum> promised = {}; ///< a month, when it was saved

    bool operator==(const SavedScenario&) const = default;
};

} // namespace plumbline
