// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <utility>
#include <vector>

#include "ui/reports/report.h"

namespace plumbline {

/// A table of a report as plain numbers with a point, amounts in its currency; what is unknown stays empty.
QString csvOf(const ReportTable& table);

/// A file each for its tables, by name: `05-allocation-by-feature.csv`.
std::vector<std::pair<QString, QByteArray>> csvFilesOf(const Report& report);

} // namespace plumbline
