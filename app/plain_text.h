// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/money.h"

// How the command line writes figures and tables.
namespace plumbline {

/// `12,345`
std::string grouped(std::int64_t value);
/// Dollars with as many digits as there are, at least cents: the command line rounds nothing. `–` for what is unknown.
std::string exactDollars(const std::optional<MoneySum>& sum);
/// Rows under one another, the first columns to the left and all others to the right.
std::string tableText(const std::vector<std::vector<std::string>>& rows, std::size_t leftColumns);

} // namespace plumbline
