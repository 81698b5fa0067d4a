// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/core/policy.h"

namespace plumbline {

/// Reads a policy file. Malformed, naming the rule and the entry: no JSON, an unknown name, a value of another kind or
/// out of its range, a feature that two rules name.
Result<Policy> policyFromJson(std::string_view text);
/// As people edit it: two blanks an indent, a line at the end.
std::string toJson(const Policy& policy);

} // namespace plumbline
