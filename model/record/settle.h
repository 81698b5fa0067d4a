// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "model/core/stop_token.h"
#include "model/store/workspace.h"

namespace plumbline::record {

/// Makes calls of observations, trace by trace: composes spans, finds the billed leaves, lets them inherit, names their
/// feature, prices them and writes calls, unbilled spans and the daily roll-up. Inside one transaction of the caller,
/// which ends with `finish`. One thread.
class Settler
{
public:
    static Result<Settler> open(store::Workspace& workspace);
    Settler(Settler&&) noexcept;
    Settler& operator=(Settler&&) noexcept;
    ~Settler();

    /// Begins a further batch, whose observations are written already: for a settler that is kept.
    Result<> begin();
    /// Takes the calls of a trace out; before its observations change or it is settled anew.
    Result<> takeOut(std::int64_t trace);
    /// Settles one trace that has no calls at the moment.
    Result<> settle(std::int64_t trace);

    /// All traces with ids above the floor, which have no calls yet. If their observations came trace by trace, they
    /// are read as they lie, from `observationFloor` on.
    struct NewTraces
    {
        std::int64_t floor = 0;
        std::int64_t observationFloor = 0;
        bool cameTraceByTrace = false;
    };
    Result<> settleNew(const NewTraces& traces, const ProgressSink& progress, const StopToken& stop);
    /// Forgets every call and settles everything.
    Result<> settleAll(const ProgressSink& progress, const StopToken& stop);

    /// Traces that `finish` changed beside those it was told of: of calls that several sources saw. Until begin().
    const std::vector<std::int64_t>& alsoSettled() const;

    /// Writes the roll-up. Answers how many calls were settled since open() or begin().
    Result<std::int64_t> finish();

private:
    struct State;
    explicit Settler(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace plumbline::record
