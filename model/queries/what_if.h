// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/core/beside.h"
#include "model/core/filter.h"
#include "model/core/money.h"
#include "model/core/scenario.h"
#include "model/core/stop_token.h"
#include "model/core/time.h"
#include "model/core/usage.h"

namespace plumbline {

namespace simulation {
class World;
}

/// On average: what a month's worth is counted by.
constexpr double daysAMonth = 30;

/// What calls come to, as they were billed or under other rules.
struct WhatIfFigures
{
    std::int64_t calls = 0, callsWithUsage = 0;
    TokenCount input = 0, output = 0; ///< of the calls with usage
    MoneySum cost = {};
    std::optional<double> p50 = {}, p95 = {}; ///< milliseconds; none: no estimate
    std::optional<double> wasteRatio = {};    ///< in tokens

    bool operator==(const WhatIfFigures&) const = default;
};

struct WhatIfStep
{
    std::string lever;
    std::size_t place = 0;              ///< among the levers that were given
    MoneySum saving = {};               ///< after those before it; negative: it costs
    std::optional<MoneySum> alone = {}; ///< by itself; in full detail

    bool operator==(const WhatIfStep&) const = default;
};

struct WhatIfFeature
{
    std::string feature;
    MoneySum before = {}, after = {};
    TokenCount tokens = 0; ///< as billed, of either kind
};

struct WhatIfRisk
{
    std::string lever;
    std::string message; ///< English
    /// What it is made of, to be told in other languages: `%1` stands for the first of the figures.
    std::string text = {};
    std::vector<std::string> figures = {};
};

/// What one assumption decides.
struct WhatIfAssumption
{
    std::string lever;
    std::size_t place = 0; ///< among the levers that were given
    std::string parameter;
    double low = 0, high = 0;
    MoneySum savingAtLow = {}, savingAtHigh = {};
};

/// Tokens read from caches, as they were billed and as the replay has them before any other lever.
struct WhatIfCacheFit
{
    std::string feature;
    TokenCount reported = 0, predicted = 0;
};

/// How far the saving may be off.
struct WhatIfRange
{
    MoneySum low = {}, high = {};                   ///< by the days: 95 of 100 draws of as many days
    std::size_t days = 0;                           ///< that there were
    MoneySum lowest = {}, highest = {};             ///< by the assumptions: all corners tried
    MoneySum attribution = {};                      ///< ±, of tokens split into segments
    std::vector<WhatIfAssumption> assumptions = {}; ///< the one that decides most first
    std::vector<WhatIfCacheFit> cacheFit = {};      ///< with prompt caching: features that any read was billed of
};
/// Of all features together: the tokens that the replay reads for each that was billed as read. None: none was.
std::optional<double> cacheFitOf(const WhatIfRange& range);

/// The answer to a scenario: before − after is the sum of the steps, exactly.
struct WhatIfAnswer
{
    WhatIfFigures before, after;
    bool isCostKnown = true; ///< of any of the calls
    /// Tokens that calls which are left out had written to caches: others are still billed for reading them, since
    /// caches are not replayed.
    TokenCount orphanedWrites = 0;
    std::vector<WhatIfStep> steps = {};       ///< in the order in which a request meets them
    std::vector<WhatIfFeature> features = {}; ///< by falling cost before
    std::vector<WhatIfRisk> risks = {};
    bool repeatsCaches = false;            ///< while a slider moves: as they were when it rested
    std::optional<WhatIfRange> range = {}; ///< in full detail
    std::optional<MoneySum> interaction =
        {}; ///< what the steps are less, or more, than each lever alone; in full detail
};

enum class WhatIfDetail : std::uint8_t
{
    Money, ///< while a slider moves
    Usual, ///< latencies too
    Full,  ///< and ranges, and each lever alone
};

/// A lever to pull, with the reason.
struct SuggestedLever
{
    LeverUse use;
    MoneySum saving = {}; ///< what it adds to those before
};

/// A scenario that was saved, and what came of it.
struct ScenarioRow
{
    SavedScenario saved = {};
    std::optional<MoneySum> realised = {}; ///< a month, since it is done: what its calls cost less than before
};

/// Calls of a filter, laid out to be replayed. Keeps columns between replays: any thread may ask, but only one at a
/// time, as the questions of one runner are.
class WhatIf
{
public:
    ~WhatIf();
    WhatIf(const WhatIf&) = delete;
    WhatIf& operator=(const WhatIf&) = delete;

    /// Usage, naming the lever and its parameter. Cancelled.
    Result<WhatIfAnswer> simulate(const std::vector<LeverUse>& levers, WhatIfDetail detail, const StopToken& stop);
    /// The levers of these classes of risk that save most together: each at its default, in the order of what it adds.
    /// `worst`: none, low, medium or high.
    Result<std::vector<SuggestedLever>> suggest(const std::string& worst, const StopToken& stop);

    const Filter& filter() const;
    std::int64_t callsWithoutPrompts() const;
    /// Of those with usage.
    std::int64_t unpricedCalls() const;
    std::int64_t callsWithoutUsage() const;
    /// Days of the filter's period that the workspace reaches over: what a month is made of.
    std::int32_t days() const;
    /// The columns that are replayed.
    const simulation::World& world() const;

private:
    friend class WhatIfBuilder;
    struct State;
    explicit WhatIf(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace plumbline
