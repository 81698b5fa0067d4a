// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/core/report_definition.h"
#include "model/store/workspace.h"

namespace plumbline {

/// Reports that are kept in a workspace, by name. What a newer program wrote and this one cannot read is left out.
Result<std::vector<ReportDefinition>> savedReports(const store::Workspace& workspace);
/// In place of one of the same name. Usage: `checked` refuses it.
Result<> saveReport(store::Workspace& workspace, const ReportDefinition& definition);
Result<> removeReport(store::Workspace& workspace, const std::string& name);

/// A definition without its name. Malformed names the word.
std::string toJson(const ReportDefinition& definition);
Result<ReportDefinition> reportDefinitionFromJson(std::string_view text);

} // namespace plumbline
