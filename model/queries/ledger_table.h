// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/core/ledger.h"
#include "model/core/stop_token.h"
#include "model/queries/call_table.h"
#include "model/queries/lazy.h"

namespace plumbline {

/// What the analysis knows of the calls of a CallTable, by its rows: their segments, and what drains claim of them.
/// Immutable once loaded; any number of threads may read it.
class LedgerTable
{
public:
    static Result<LedgerTable> load(const store::Workspace& workspace, const CallTable& table, const StopToken& stop);

    /// False: the call was not looked at yet.
    bool isKnown(std::size_t row) const { return m_isKnown[row]; }
    SplitMethod methodOf(std::size_t row) const { return static_cast<SplitMethod>(m_methods[row]); }
    /// Input tokens by segment; the output's are in the call's amounts.
    const std::array<std::uint32_t, inputSegmentCount>& segmentsOf(std::size_t row) const { return m_segments[row]; }
    /// What its prompt carries along; empty where nothing is known of it.
    std::optional<PromptShape> shapeOf(std::size_t row) const
    {
        return m_isKnown[row] && methodOf(row) != SplitMethod::Unsplit ? std::optional(m_shapes[row]) : std::nullopt;
    }
    std::span<const Claim> claimsOf(std::size_t row) const
    {
        return std::span(m_claims).subspan(m_ends[row], m_ends[row + 1] - m_ends[row]);
    }
    /// Adds a call's account; its bill is taken from the table.
    void add(const CallTable& table, std::size_t row, LedgerSums& into) const;

private:
    std::vector<bool> m_isKnown;
    std::vector<std::uint8_t> m_methods;
    std::vector<std::array<std::uint32_t, inputSegmentCount>> m_segments;
    std::vector<PromptShape> m_shapes;
    std::vector<std::uint32_t> m_ends; ///< by row: where its claims start; one more at the end
    std::vector<Claim> m_claims;
};

/// A ledger that is loaded when it is first asked for.
class LazyLedger
{
public:
    Result<const LedgerTable*> of(const store::Workspace& workspace, const CallTable& table, const StopToken& stop)
    {
        return m_ledger.made([&] { return LedgerTable::load(workspace, table, stop); });
    }

private:
    Lazy<LedgerTable> m_ledger;
};

} // namespace plumbline
