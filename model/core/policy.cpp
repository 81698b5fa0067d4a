// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/policy.h"

namespace plumbline {

std::string nameOf(const PolicyLimit& limit)
{
    switch (limit.figure) {
    case PolicyFigure::InputTokens:
        return "max_input_tokens";
    case PolicyFigure::SegmentTokens:
        return "max_segment_tokens." + std::string(idOf(limit.segment));
    case PolicyFigure::HistoryTurns:
        return "max_history_turns";
    case PolicyFigure::Documents:
        return "max_documents";
    case PolicyFigure::OutputTokens:
        return "max_output_tokens";
    case PolicyFigure::CostPerCall:
        return "max_cost_per_call_usd";
    case PolicyFigure::WindowShare:
        return "max_window_share";
    case PolicyFigure::WasteRatio:
        break;
    }
    return "max_waste_ratio";
}

} // namespace plumbline
