// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/spend_plan.h"
#include "model/core/time.h"
#include "model/spend/variance.h"
#include "model/store/workspace.h"

namespace plumbline::spend {

/// What was spent against a budget when a month was closed.
struct ClosedStanding
{
    BudgetScope scope = {};
    MoneySum spent = {};
    std::optional<MoneySum> budget = {};
    double warnAt = 80;
    bool operator==(const ClosedStanding&) const = default;
};

struct ClosedCentre
{
    ClosedStanding standing = {};
    std::int64_t calls = 0;
    MoneySum own = {}, shared = {};
    SplitKey split = SplitKey::None;
    bool operator==(const ClosedCentre&) const = default;
};

/// What was traced of a provider's model, in the reporting month and in that of UTC.
struct ClosedTraces
{
    std::string provider = {}, model = {};
    std::int64_t calls = 0, tokens = 0;
    MoneySum cost = {}, inUtc = {};
    bool operator==(const ClosedTraces&) const = default;
};

/// A month as finance saw it the day it was closed: enough to answer for it whatever is imported or priced later.
struct ClosedFigures
{
    std::int64_t calls = 0, callsWithoutUsage = 0, unpricedCalls = 0, errors = 0;
    std::int64_t input = 0, output = 0, cacheRead = 0;
    std::int64_t traces = 0, sessions = 0, users = 0;
    MoneySum ofSessions = {}, ofUsers = {}; ///< of calls that belong to one
    ClosedStanding all = {};
    VarianceSide side = {}; ///< by feature and model
    std::vector<ClosedCentre> centres = {};
    std::vector<ClosedStanding> budgets = {}; ///< those for anything else
    std::vector<ClosedTraces> traced = {};
    std::vector<ExchangeRate> rates = {}; ///< of the month
    std::string zone = "UTC";
    int monthStartDay = 1;
};

struct ClosedMonth
{
    std::int32_t month = 0;
    Timestamp closed = {};
    std::string note = {};
    ClosedFigures figures = {};
};

/// By month. Malformed: a snapshot says what this program cannot read; nothing is left out in silence.
Result<std::vector<ClosedMonth>> closedMonths(const store::Workspace& workspace);
/// Usage: it is closed already.
Result<> closeMonth(store::Workspace& workspace, const ClosedMonth& month);
/// NotFound: it is not closed.
Result<> reopenMonth(store::Workspace& workspace, std::int32_t month);

std::string toJson(const ClosedFigures& figures);
Result<ClosedFigures> closedFiguresFromJson(std::string_view text);

} // namespace plumbline::spend
