// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/core/import_service.h"

namespace plumbline::record {

/// An import's report as it is kept in the workspace and printed by `plumbline import --json`.
std::string toJson(const ImportReport& report);
/// What is missing or broken in the text is empty in the report.
ImportReport reportFromJson(std::string_view text);

} // namespace plumbline::record
