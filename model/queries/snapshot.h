// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/queries/call_table.h"
#include "model/queries/queries.h"
#include "model/queries/selection.h"

namespace plumbline {

/// What a handle refers to: the calls as columns, and where the rest is. Immutable.
struct Queries::Snapshot
{
    std::filesystem::path path;
    std::string revision;
    ReportingCalendar calendar;
    CallTable table;

    /// A connection of its own for one question: SQLite's are not shared between threads.
    Result<store::Workspace> connect(const StopToken& stop) const
    {
        store::Workspace workspace = TRY(store::Workspace::open(path, store::OpenMode::ReadOnly));
        workspace.database().interruptOn(stop);
        return workspace;
    }
};

} // namespace plumbline
