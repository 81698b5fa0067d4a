// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "model/core/policy.h"
#include "model/queries/call_table.h"
#include "model/queries/ledger_table.h"

namespace plumbline::queries {

/// Reads the figures that limits are on off the columns.
class CallFigures
{
public:
    CallFigures(const CallTable& table, const LedgerTable& ledger) : m_table(&table), m_ledger(&ledger) {}

    /// Empty: nobody says. Of the waste ratio, which is none of a call, always.
    std::optional<double> of(const PolicyLimit& limit, std::size_t row) const;

private:
    const CallTable* m_table;
    const LedgerTable* m_ledger;
};

} // namespace plumbline::queries
