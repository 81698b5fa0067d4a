// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "model/queries/what_if.h"

namespace plumbline {

/// Before, after, the steps between them, ranges and risks. JSON: money is a decimal string of dollars.
std::string whatIfJson(const WhatIf& whatIf, const std::string& scenario, const WhatIfAnswer& answer);
std::string whatIfTable(const WhatIf& whatIf, const WhatIfAnswer& answer);
/// Every lever with its parameters: what a scenario file may say.
std::string leversTable();

} // namespace plumbline
