// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/analysis/evidence.h"

namespace plumbline {

/// Compact JSON, as the workspace keeps it.
std::string toJson(const Evidence& evidence);
/// What toJson() wrote; members that are missing or wrong are empty.
Evidence evidenceFromJson(std::string_view json);

} // namespace plumbline
