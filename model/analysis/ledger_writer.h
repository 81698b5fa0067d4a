// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/analysis/claims.h"
#include "model/analysis/scope_reader.h"
#include "model/core/time.h"
#include "model/store/workspace.h"

namespace plumbline::analysis {

/// Writes what is known of a scope in place of what was: its calls, its days, its findings. Inside a transaction of the
/// caller.
Result<> writeScope(const store::Workspace& workspace, const ReportingCalendar& calendar, const ReadScope& read,
                    const std::vector<CallClaim>& claims, const std::map<std::uint8_t, Evidence>& evidence);

} // namespace plumbline::analysis
