// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "model/core/stop_token.h"

namespace plumbline {

/// Asks for a month as it is today and keeps the answer as its snapshot. Usage: it is not over, or is closed already.
Result<> closeReportingMonth(const std::filesystem::path& workspace, std::int32_t month, const std::string& note,
                             const StopToken& stop);

} // namespace plumbline
