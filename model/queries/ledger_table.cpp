// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/ledger_table.h"

#include "model/analysis/drain.h"
#include "model/analysis/packed.h"
#include "model/queries/row_order.h"

namespace plumbline {

namespace {

std::vector<bool> quantityDrains()
{
    std::vector<bool> quantities;
    for (const Drain& drain : allDrains())
        quantities.push_back(drain.isQuantity());
    return quantities;
}

} // namespace

Result<LedgerTable> LedgerTable::load(const store::Workspace& workspace, const CallTable& table, const StopToken& stop)
{
    const std::size_t size = table.size();
    LedgerTable ledger;
    ledger.m_isKnown.assign(size, false);
    ledger.m_methods.assign(size, 0);
    ledger.m_segments.assign(size, {});
    ledger.m_shapes.assign(size, {});
    if (TRY(workspace.setting(drainCatalogueSetting)) != drainCatalogue()) {
        ledger.m_ends.assign(size + 1, 0);
        return ledger; // claims count drains by place: those of another catalogue say nothing
    }
    // Read in the order of ids, laid out in the order of rows.
    const std::vector<std::uint32_t> byId = orderOf(table.ids());
    struct Claims
    {
        std::uint32_t first = 0, count = 0;
    };
    std::vector<Claims> claimsOf(size);
    std::vector<Claim> read;
    store::Statement query = TRY(workspace.database().prepare("SELECT call, packed FROM call_analysis ORDER BY call"));
    analysis::CallAnalysis call;
    std::size_t next = 0;
    while (TRY(query.next())) {
        const std::int64_t id = query.integer(0);
        while (next < size && table.ids()[byId[next]] < id)
            ++next;
        if (next == size)
            break;
        const std::uint32_t row = byId[next];
        if (table.ids()[row] != id || !analysis::readPacked(query.text(1), call))
            continue; // a call that is gone, or a damaged row: it counts as not looked at
        std::int64_t claimed = 0;
        bool isSound = true;
        for (const Claim& claim : call.claims) {
            isSound &= claim.drain < allDrains().size();
            claimed += claim.confidence == Confidence::Beside ? 0 : claim.money;
        }
        if (!isSound || claimed > table.cost()[row])
            continue;
        ledger.m_isKnown[row] = true;
        ledger.m_methods[row] = static_cast<std::uint8_t>(call.method);
        ledger.m_segments[row] = call.segments;
        ledger.m_shapes[row] = call.shape;
        claimsOf[row] = {static_cast<std::uint32_t>(read.size()), static_cast<std::uint32_t>(call.claims.size())};
        read.insert(read.end(), call.claims.begin(), call.claims.end());
        if (next % 65'536 == 0)
            TRY(stop.check());
    }
    ledger.m_claims.reserve(read.size());
    ledger.m_ends.reserve(size + 1);
    for (const Claims& claims : claimsOf) {
        ledger.m_ends.push_back(static_cast<std::uint32_t>(ledger.m_claims.size()));
        const auto first = read.begin() + claims.first;
        ledger.m_claims.insert(ledger.m_claims.end(), first, first + claims.count);
    }
    ledger.m_ends.push_back(static_cast<std::uint32_t>(ledger.m_claims.size()));
    return ledger;
}

void LedgerTable::add(const CallTable& table, std::size_t row, LedgerSums& into) const
{
    static const std::vector<bool> isQuantity = quantityDrains();
    const unsigned known = table.knownOf(row);
    into.calls += 1;
    into.callsWaiting += !m_isKnown[row];
    into.unpricedCalls += !(known & CallTable::Cost) && (known & (CallTable::Input | CallTable::Output));
    into.bill += Money(table.cost()[row]);
    into.tokens += table.input(row) + table.output(row);
    if (m_isKnown[row]) {
        for (std::size_t segment = 0; segment < inputSegmentCount; ++segment)
            into.segments[segment] += m_segments[row][segment];
        const TokenCount reasoning = table.amounts()[row][Amounts::Reasoning];
        into.segments[static_cast<std::size_t>(Segment::Output)] += table.output(row) - reasoning;
        into.segments[static_cast<std::size_t>(Segment::Reasoning)] += reasoning;
        ++into.callsByMethod[m_methods[row]];
    }
    for (const Claim& claim : claimsOf(row)) {
        if (claim.confidence == Confidence::Beside)
            continue;
        const bool isOpportunity = claim.confidence == Confidence::Opportunity;
        (isOpportunity ? into.opportunity : into.waste) += Money(claim.money);
        if (isQuantity[claim.drain])
            (isOpportunity ? into.opportunityTokens : into.wastedTokens) += claim.tokens;
    }
}

} // namespace plumbline
