// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/queries/call_table.h"
#include "model/queries/completeness.h"
#include "model/queries/connections.h"
#include "model/queries/queries.h"
#include "model/queries/selection.h"

namespace plumbline {

/// What a handle refers to: the calls as columns, and where the rest is. Immutable.
struct Queries::Snapshot
{
    std::filesystem::path path;
    std::string identity; ///< of the file: another one may lie there by now
    std::string revision;
    ReportingCalendar calendar;
    CallTable table;
    queries::Uncounted uncounted;
    Beside beside;

    mutable queries::Connections connections{path};

    /// A connection of its own for one question.
    Result<queries::Connections::Connection> connect(const StopToken& stop) const { return connections.take(stop); }
};

} // namespace plumbline
