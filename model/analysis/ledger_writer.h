// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/analysis/claims.h"
#include "model/analysis/scope_reader.h"
#include "model/core/time.h"
#include "model/store/workspace.h"

namespace plumbline::analysis {

/// Writes what is known of a scope in place of what was: its calls, its days, its findings. Inside a transaction of the
/// caller. Of a scope that changed since it was read only the calls that are still billed as they were, and it stays
/// stale; nothing if somebody else wrote it since.
Result<> writeScope(const store::Workspace& workspace, const ReportingCalendar& calendar, const ReadScope& read,
                    std::vector<CallClaim> claims, const std::map<std::uint8_t, Evidence>& evidence);

} // namespace plumbline::analysis
