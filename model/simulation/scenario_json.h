// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/core/scenario.h"

namespace plumbline {

/// Reads a scenario file (DRAINS.md). Malformed or Usage, naming the lever and the entry: no JSON, an unknown name, a
/// value of another kind or out of its range.
Result<Scenario> scenarioFromJson(std::string_view text);
/// As people edit it: two blanks an indent, a line at the end.
std::string toJson(const Scenario& scenario);

} // namespace plumbline
