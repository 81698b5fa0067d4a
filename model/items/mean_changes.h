// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "model/queries/breakdown.h"

namespace plumbline {

/// `+4.2%`; `≈ +4.2%` where chance may explain it; `–` where a side is empty.
QString changeText(const MeanChange& change);
/// The two means, whether chance explains their difference, and of how many traces that is said.
QString costChanceText(const MeanChange& change);
QString latencyChanceText(const MeanChange& change);
QString failuresChanceText(const MeanChange& change);
/// All of them, as far as there are calls that say it.
QString chanceText(const MeanChanges& changes);
/// `Against September 2026: 12,300 where there were 11,000 (+12%) · …`: so many traces or calls with their cost in all
/// and a call, its latency and failures, and what they are compared with.
QString comparisonLine(const Breakdown& compared, std::size_t now, std::size_t before, const QString& against);

} // namespace plumbline
