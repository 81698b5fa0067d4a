// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/core/filter.h"
#include "model/core/ledger.h"
#include "model/queries/mean_change.h"
#include "model/queries/measures.h"

namespace plumbline {

/// "What does each … cost?" Groups calls by up to four dimensions.
struct BreakdownQuestion
{
    Filter filter = {};
    std::vector<DimensionChoice> by = {};
    Figures figures = Figures::All;
    bool wantsPercentiles = false;       ///< of every row
    bool wantsTotalPercentiles = false;  ///< of all calls together; with those of the rows they come anyway
    std::optional<Filter> baseline = {}; ///< the same question of other calls, row by row: of another period or release
    bool wantsLedger = false;            ///< segments and waste of every row, as far as calls were analysed
    bool wantsMeanChange = false;        ///< with a baseline: how a call differs, and whether that may be chance
};

struct BreakdownRow
{
    std::vector<std::string> keys = {}; ///< one a dimension; `missingValue` where calls have none
    Measures measures = {};
    Percentiles percentiles = {};
    std::optional<Measures> baseline = {};
    std::optional<LedgerSums> ledger = {}; ///< where it was asked for
    std::optional<MeanChanges> ofACall = {};
    double costShare = 0;       ///< of the total cost, 0 to 1
    double cumulativeShare = 0; ///< with all rows before it: the Pareto curve
    bool isTop20 = false;       ///< among the fifth of the groups (rounded up) that cost most
};

/// Rows by falling cost, then calls, then keys. Rows by tag overlap: they do not add up to the total.
struct Breakdown
{
    std::vector<BreakdownRow> rows = {};
    Measures total = {};
    Percentiles totalPercentiles = {};
    std::optional<Measures> totalBaseline = {};
    std::optional<LedgerSums> totalLedger = {}, totalLedgerBaseline = {};
    std::optional<MeanChanges> totalOfACall = {};
    Completeness completeness = {};
    bool rowsOverlap = false;
};

/// "How did it develop?" One series a value of `by` (the `top` by cost, the rest together as the last), one point a
/// day, hour, week or month.
struct SeriesQuestion
{
    Filter filter = {};
    DimensionChoice by = {};
    Dimension step = Dimension::Day; ///< Hour, Day, Week or Month
    std::size_t top = 5;
};

struct Series
{
    std::string key = {};    ///< empty: the others together
    std::size_t members = 1; ///< how many values the others are
    std::vector<Measures> points = {};
};

struct SeriesAnswer
{
    std::vector<std::int32_t> steps = {}; ///< hour, day, Monday's day or month numbers, without gaps
    std::vector<std::string> labels = {}; ///< `2026-10-01`, `2026-10-01 14:00`, `2026-10`
    std::vector<Series> series = {};
};

/// "How are the tokens of a call distributed?" Bins of equal width from 0.
struct DistributionQuestion
{
    Filter filter = {};
    std::size_t bins = 24;
};

struct Distribution
{
    TokenCount binWidth = 0; ///< input tokens a bin
    /// By bin: calls, and the mean make-up of its calls lies in the measures' sums. The last bin takes all beyond.
    std::vector<Measures> bins = {};
    std::vector<LedgerSums> ledgers = {}; ///< by bin
    std::optional<TokenCount> p50 = {}, p95 = {};
};

/// "How does a session grow?" Mean call at each turn, turn 1 first, from sessions of more than one call.
struct SessionGrowth
{
    std::vector<Measures> turns = {};     ///< at most 24
    std::vector<LedgerSums> ledgers = {}; ///< by turn
    std::int64_t sessions = 0;
};

} // namespace plumbline
