// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace plumbline {

/// What a figure is and how it is computed, for columns that mean the same in every table: by the column's id. Empty
/// where a table has to say it itself.
QString columnHelp(const QString& id);

} // namespace plumbline
