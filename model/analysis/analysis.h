// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "model/core/stop_token.h"
#include "model/store/workspace.h"

namespace plumbline {

/// Looks at the calls of a workspace: splits their tokens into segments and has every drain of the catalogue label
/// them, feature by feature. What it finds is kept in the workspace; only features whose calls changed are looked at
/// again.
class Analysis
{
public:
    struct Outcome
    {
        std::int64_t scopes = 0;
        std::int64_t calls = 0;
        bool operator==(const Outcome&) const = default;
    };

    /// Takes the recorder's lock for the time. Every feature is one transaction: what is done stays done after Cancel.
    /// Locked names the process that records.
    static Result<Outcome> run(const std::filesystem::path& workspace, const ProgressSink& progress,
                               const StopToken& stop);
};

} // namespace plumbline
