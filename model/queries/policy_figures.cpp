// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/policy_figures.h"

namespace plumbline::queries {

std::optional<double> CallFigures::of(const PolicyLimit& limit, std::size_t row) const
{
    const unsigned known = m_table->knownOf(row);
    const auto input = static_cast<double>(m_table->input(row));
    switch (limit.figure) {
    case PolicyFigure::InputTokens:
        return known & CallTable::Input ? std::optional(input) : std::nullopt;
    case PolicyFigure::OutputTokens:
        return known & CallTable::Output ? std::optional(static_cast<double>(m_table->output(row))) : std::nullopt;
    case PolicyFigure::CostPerCall:
        return known & CallTable::Cost ? std::optional(MoneySum(Money(m_table->cost()[row])).dollars()) : std::nullopt;
    case PolicyFigure::WindowShare: {
        const std::int64_t window = m_table->originFacts()[m_table->origins()[row]].window;
        return window > 0 && known & CallTable::Input ? std::optional(input / static_cast<double>(window))
                                                      : std::nullopt;
    }
    case PolicyFigure::SegmentTokens:
        return m_ledger->shapeOf(row)
                   ? std::optional<double>(m_ledger->segmentsOf(row)[static_cast<std::size_t>(limit.segment)])
                   : std::nullopt;
    case PolicyFigure::HistoryTurns:
        if (const auto shape = m_ledger->shapeOf(row))
            return shape->historyTurns;
        return {};
    case PolicyFigure::Documents:
        if (const auto shape = m_ledger->shapeOf(row))
            return shape->documents;
        return {};
    case PolicyFigure::WasteRatio:
        break;
    }
    return {};
}

} // namespace plumbline::queries
