// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "model/analysis/calibration.h"
#include "model/analysis/scope.h"
#include "model/core/stop_token.h"
#include "model/store/workspace.h"

namespace plumbline::analysis {

/// A scope with how each of its calls was split.
struct ReadScope
{
    Scope scope;
    std::vector<SplitMethod> methods; ///< by call
    /// Of the last change that is in it; none where texts came that nobody has read: it is to be read again.
    std::optional<std::int64_t> mark = {};
};

/// Reads scopes of a workspace. One thread; as long as the workspace.
class ScopeReader
{
public:
    /// `book`: the workspace's.
    static Result<ScopeReader> open(const store::Workspace& workspace, std::shared_ptr<const PriceBook> book);
    ScopeReader(ScopeReader&&) noexcept;
    ScopeReader& operator=(ScopeReader&&) noexcept;
    ~ScopeReader();

    /// The calls of a feature (name.id; 0: unallocated) with their prompts, every token in its segment.
    Result<ReadScope> read(std::int64_t feature, const StopToken& stop);
    /// Weights of each model, by name.id; calibrated where enough calls say what they consumed. Fits those that are
    /// missing or have grown, and writes them: inside a transaction of the caller.
    Result<> calibrateModels(const ProgressSink& progress, const StopToken& stop);

private:
    struct State;
    explicit ScopeReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace plumbline::analysis
