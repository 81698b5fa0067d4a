// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/core/report_definition.h"
#include "model/queries/queries.h"

namespace plumbline {

/// Where a month's report goes.
struct ReportOrder
{
    ReportDefinition definition = {};
    std::int32_t month = 0;
    std::optional<std::string> pdf = {}, xlsx = {}; ///< files, in place of what was there
    std::optional<std::string> csv = {};            ///< a folder
};

/// Instead of a number of calls: there is none in the month.
constexpr std::int64_t noCalls = -1;

/// Writes them, and answers how many calls are in no figure, or `noCalls`. Needs no display. Unsupported: this program
/// was built without the window. Unreadable: a file cannot be written. NotFound: the currency has no rate for the
/// month.
Result<std::int64_t> writeReport(const Queries& queries, const ReportOrder& order, const StopToken& stop);

} // namespace plumbline
