// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "model/store/database.h"

namespace plumbline::record {

/// A call that is the same as a billed one.
struct OtherWitness
{
    std::int64_t call = 0;
    std::int64_t trace = 0;
    std::int64_t started = 0;
    std::optional<std::int64_t> tokens = {};
    std::optional<std::int64_t> reportedCost = {}; ///< picodollars
    std::int64_t billed = 0;                       ///< the call it gives way to
    std::int64_t billedTrace = 0;
    bool completesCost = false; ///< it knows the reported cost, which the billed one lacks
};

/// Finds calls that several sources saw, such as a gateway's log and a trace (ARCHITECTURE §5.3): equal response id and
/// model, equal totals of input and output where both are known, starts within ten minutes. Response ids alone repeat
/// in the wild, and those that are counted, of less than sixteen characters, say it only of calls within ten seconds.
/// What clients sent by one protocol twice are two calls: runs and spans have ids of their own. Within one trace the
/// totals have to be known and equal: an application may call twice and log one id. What began at the same moment, told
/// finer than in seconds, and read as much is the same even where one knows less of the output: it was copied while it
/// was written.
///
/// The witness that knows most of the usage is billed. What is chosen does not depend on the order of imports.
class Witnesses
{
public:
    static Result<Witnesses> open(const store::Database& database);

    /// Many calls will be settled: the index of response ids is faster made at once than kept row by row.
    Result<> expectMany();
    /// A call with this response id was settled, or taken out.
    void note(std::int64_t response) { m_noted.push_back(response); }
    /// A call of this id is settled anew: it is no longer known as another witness.
    Result<> forget(std::int64_t call);
    /// Traces of other witnesses of the calls noted, and of calls that may have a forgotten one's cost: to be settled
    /// anew before decide().
    Result<std::vector<std::int64_t>> tracesToReturn();
    /// The calls to take out, already kept in the table `other_witness`.
    Result<std::vector<OtherWitness>> decide();
    /// Gives the billed call the cost that the other source reported.
    Result<> completeCost(const OtherWitness& other);

private:
    struct Candidate;
    Witnesses(const store::Database& database, store::Statement calls, store::Statement others, store::Statement known,
              store::Statement forget, store::Statement keep)
        : m_database(&database)
        , m_calls(std::move(calls))
        , m_others(std::move(others))
        , m_known(std::move(known))
        , m_forget(std::move(forget))
        , m_keep(std::move(keep))
    {
    }
    /// Calls are found by their response ids from now on; a workspace of one source never needs it.
    Result<> indexCalls();
    Result<std::vector<Candidate>> candidatesOf(std::int64_t response);
    /// Of many response ids noted, those that only one call has are forgotten at once; the others stand in their order.
    Result<> dropSingles();

    const store::Database* m_database;
    std::unordered_map<std::int64_t, std::int64_t> m_withReportedCost; ///< origin: the same, knowing that cost
    store::Statement m_calls, m_others, m_known, m_forget, m_keep;
    std::vector<std::int64_t> m_noted, m_forgotten; ///< response ids
};

} // namespace plumbline::record
