// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "model/queries/breakdown.h"

namespace plumbline {

/// `+4.2%`; `≈ +4.2%` where chance may explain it; `–` where a side is empty.
QString changeText(const MeanChange& change);
/// Whether chance explains it, and of how many traces that is said.
QString chanceText(const MeanChange& change);
/// `Against September 2026: 12,300 where there were 11,000 (+12%) · …`: so many traces or calls with their cost in all
/// and a call, and what they are compared with.
QString comparisonLine(const Breakdown& compared, std::size_t now, std::size_t before, const QString& against);

} // namespace plumbline
