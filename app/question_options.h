// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "app/command.h"
#include "model/queries/queries.h"

namespace plumbline {

/// The options of commands that ask about some calls: `--month`, `--from`, `--to`, `--filter`.
std::vector<Option> withQuestionOptions(std::vector<Option> more);

/// The filter they make. Usage: dates or conditions nobody understands.
Result<Filter> filterFrom(const Arguments& arguments, const ReportingCalendar& calendar);

/// `2026-10` or `2026-10-01..2026-10-15` (both days included).
Result<Period> periodFrom(std::string_view text, const ReportingCalendar& calendar);

/// Opens the workspace of `--store`.
Result<Queries> openQueries(const CommandCall& call);

} // namespace plumbline
