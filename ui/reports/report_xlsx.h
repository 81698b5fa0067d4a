// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "model/core/error.h"
#include "ui/reports/report.h"

namespace plumbline {

/// A report as a workbook: a tab a part, numbers as numbers, totals as formulas, charts that follow them. In place of
/// what was there. Unreadable: it cannot be written. The only door to libxlsxwriter.
Result<> writeXlsx(const Report& report, const std::filesystem::path& path);

} // namespace plumbline
