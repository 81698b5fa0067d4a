// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

/// The faces of the house: Inter at 13 px and JetBrains Mono, the system's own where they are missing.
namespace plumbline::fonts {

QFont text();
QFont bold();
/// Of cards: 12.5 px semibold.
QFont heading();
/// Beside a heading, below a figure: 11 px.
QFont small();
/// Of a KPI: 24 px semibold.
QFont kpi();
QFont title();
QFont mono();

} // namespace plumbline::fonts
