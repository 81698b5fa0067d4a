// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/analysis/drain_settings.h"
#include "model/analysis/evidence.h"
#include "model/core/filter.h"
#include "model/core/ledger.h"
#include "model/queries/call_answers.h"

namespace plumbline {

/// "What drains away, and where?" A grid: values of `rows` against drains, or against the values of `columns`.
struct DrainsQuestion
{
    enum class Columns : std::uint8_t
    {
        Drains,
        Values,   ///< of `columns`
        Segments, ///< of the tokens that drain; rows are then turns of sessions, whatever `rows` says
    };
    Filter filter = {};
    DimensionChoice rows = {};
    Columns by = Columns::Drains;
    DimensionChoice columns = {};
    std::optional<std::string> drain = {};      ///< only this one
    Confidence least = Confidence::Opportunity; ///< High: certain only
    bool wantsBeside = false;                   ///< also what stands beside the ledger
    bool wantsMuted = false;                    ///< also what the user muted
};

/// What of a row and a column drains, with one confidence. A call counts once in it.
struct DrainCell
{
    std::size_t row = 0, column = 0;
    Confidence confidence = Confidence::High;
    std::int64_t calls = 0;
    TokenCount tokens = 0; ///< wasted; affected, where it is about one drain and that is one of price
    TokenCount cached = 0; ///< of them read from cache
    MoneySum money = {};
};

/// Rows and columns by falling money; hours, days and turns in their order. The ledgers are those of all calls of a
/// row, whatever is hidden: filters of confidence and mutes hide cells, never money.
struct DrainsAnswer
{
    std::vector<std::string> rows = {};
    std::vector<std::string> columns = {}; ///< ids of drains or segments, or values
    std::vector<DrainCell> cells = {};     ///< those that are not empty
    std::vector<LedgerSums> rowLedgers = {};
    LedgerSums total = {};
    MoneySum lessCertain = {}; ///< waste and opportunity that `least` hides
    MoneySum muted = {};       ///< what mutes hide
    bool rowsOverlap = false;
};

/// What other thresholds would make of a drain, over all calls.
struct ThresholdEffect
{
    std::string drain = {};
    std::int64_t callsBefore = 0, callsAfter = 0;
    MoneySum before = {}, after = {}; ///< waste and opportunity together
    bool isMoved() const { return callsBefore != callsAfter || before != after; }
};

/// "What is this waste, and which calls prove it?"
struct FindingQuestion
{
    Filter filter = {};
    std::string drain = {};
    Confidence least = Confidence::Opportunity; ///< as in DrainsQuestion; what stands beside the bill is always there
    bool wantsMuted = true;                     ///< also what the user muted
    std::size_t limit = 200;                    ///< calls, those that waste most first
};

struct WastefulCall
{
    CallRow call = {};
    TokenCount tokens = 0; ///< wasted or affected
    MoneySum money = {};
    Confidence confidence = Confidence::High; ///< the surest of its claims
};

/// What the user said of a finding, or that it is new.
struct FindingState
{
    enum class State : std::uint8_t
    {
        New, ///< began within the last two weeks of the data
        Open,
        Muted,
        Fixed,
    };
    State state = State::Open;
    bool isEverywhere = false; ///< said of the drain in every feature
    std::string reason = {};
    std::optional<Timestamp> firstSeen = {};
    MoneySum perMonth = {}; ///< of the whole feature, over the last thirty days that have calls
    std::optional<Timestamp> noted = {};
    std::optional<Timestamp> fixed = {};   ///< from when on
    std::optional<MoneySum> promised = {}; ///< a month (30 days), as it was before
    std::optional<MoneySum> realised = {}; ///< a month, what does not drain any more since then
    std::int64_t daysSince = 0;            ///< days with calls since it was fixed: what `realised` rests on
};

struct FindingAnswer
{
    std::int64_t calls = 0;                   ///< of the filter
    std::int64_t callsAffected = 0;           ///< with a claim of the drain
    TokenCount inputTokens = 0;               ///< of the filter's calls
    std::vector<DrainCell> byConfidence = {}; ///< row and column say nothing
    MoneySum money = {};                      ///< waste and opportunity together
    MoneySum moneyPerMonth = {};              ///< of 30 days, by the days the filter's calls span
    TokenCount tokens = 0;
    TokenCount cached = 0;
    LedgerSums ledger = {};
    std::vector<WastefulCall> worst = {};
    /// By feature, the one with most waste first.
    std::vector<std::pair<std::string, Evidence>> evidence = {};
    std::vector<std::pair<std::string, FindingState>> states = {}; ///< parallel to `evidence`
    Evidence lines =
        {}; ///< what the instructions of the worst call say again, where that is the drain and they are kept
};

} // namespace plumbline
