// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "model/queries/spend_answers.h"

namespace plumbline {

/// Finance's month as the command line prints it. JSON: unknown is null, money a decimal string of dollars; what is
/// estimated is rounded to a millionth of a dollar.
std::string spendJson(const SpendAnswer& answer);
std::string spendTable(const SpendAnswer& answer);

} // namespace plumbline
