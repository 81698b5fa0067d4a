// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/queries/call_table.h"
#include "model/queries/completeness.h"
#include "model/queries/connections.h"
#include "model/queries/ledger_table.h"
#include "model/queries/prompt_index.h"
#include "model/queries/queries.h"
#include "model/queries/selection.h"

namespace plumbline {

/// What a handle refers to: the calls as columns, and where the rest is. Immutable.
struct Queries::Snapshot
{
    std::filesystem::path path;
    std::string identity; ///< of the file: another one may lie there by now
    std::string revision;
    std::string analysisRevision;
    ReportingCalendar calendar;
    std::shared_ptr<const CallTable> calls; ///< shared with the snapshots before and after that changed nothing of it
    const CallTable& table;
    queries::Uncounted uncounted;
    Beside beside;

    mutable queries::Connections connections{path};
    mutable LazyLedger lazyLedger = {};
    mutable queries::TextMatches textMatches = {};
    mutable Lazy<PromptIndex> lazyPrompts = {};

    Result<const LedgerTable*> ledger(const store::Workspace& workspace, const StopToken& stop) const
    {
        return lazyLedger.of(workspace, table, stop);
    }

    Result<const PromptIndex*> prompts(const store::Workspace& workspace, const StopToken& stop) const
    {
        return lazyPrompts.made([&] { return PromptIndex::load(workspace, table, stop); });
    }
    /// As long as the snapshot.
    Result<queries::Selector> selector(const store::Workspace& workspace) const
    {
        return queries::Selector::open(workspace, table, calendar, {&lazyLedger, &textMatches, &lazyPrompts});
    }

    /// A connection of its own for one question.
    Result<queries::Connections::Connection> connect(const StopToken& stop) const { return connections.take(stop); }
};

} // namespace plumbline
