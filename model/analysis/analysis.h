// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "model/analysis/drain_settings.h"
#include "model/core/money.h"
#include "model/core/recorder_way.h"
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

    /// Reads while others record; takes its turn, and the recorder's lock, only to write: for some seconds where a
    /// feature has a million calls. Calls that change meanwhile are left for the next time. Every feature is one
    /// transaction: what is done stays done after Cancel. Locked names the process that records.
    static Result<Outcome> run(const std::filesystem::path& workspace, const ProgressSink& progress,
                               const StopToken& stop, const AskForWay& askForWay = {});

    /// Makes the texts that are kept searchable, piece by piece: what is done stays done after Cancel. Locked names the
    /// process that records.
    static Result<> indexTexts(const std::filesystem::path& workspace, const ProgressSink& progress,
                               const StopToken& stop, const AskForWay& askForWay = {});

    /// What a drain takes of the bill.
    struct Taken
    {
        std::int64_t calls = 0;
        MoneySum money = {};
        bool operator==(const Taken&) const = default;
    };
    /// What every drain, by its place in allDrains(), would take of all calls with these thresholds. Reads all of them;
    /// writes nothing and waits for nobody. Of calls that were never analysed texts are not known.
    static Result<std::vector<Taken>> preview(const store::Workspace& workspace, const DrainThresholds& thresholds,
                                              const ProgressSink& progress, const StopToken& stop);
};

} // namespace plumbline
