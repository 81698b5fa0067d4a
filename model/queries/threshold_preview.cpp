// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/analysis.h"
#include "model/analysis/drain.h"
#include "model/queries/snapshot.h"

namespace plumbline {

Result<std::vector<ThresholdEffect>>
Queries::previewThresholds(const DrainThresholds& thresholds, const ProgressSink& progress, const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(connection.workspace(), stop));
    std::vector<ThresholdEffect> effects;
    for (const Drain& drain : allDrains())
        effects.push_back({.drain = std::string(drain.id)});
    std::vector<std::size_t> lastRow(effects.size(), m_snapshot->table.size());
    for (std::size_t row = 0; row < m_snapshot->table.size(); ++row)
        for (const Claim& claim : ledger.claimsOf(row)) {
            if (claim.confidence == Confidence::Beside)
                continue;
            ThresholdEffect& effect = effects[claim.drain];
            effect.callsBefore += std::exchange(lastRow[claim.drain], row) != row;
            effect.before += Money(claim.money);
        }
    const auto taken = TRY(Analysis::preview(connection.workspace(), thresholds, progress, stop));
    for (std::size_t i = 0; i < effects.size(); ++i) {
        effects[i].callsAfter = taken[i].calls;
        effects[i].after = taken[i].money;
    }
    return effects;
}

} // namespace plumbline
