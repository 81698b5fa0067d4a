// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "importers/json/json.h"
#include "model/core/money.h"
#include "model/core/usage.h"

/// What records of every source have in common: amounts and metadata.
namespace plumbline::facts {

/// A count of tokens as a number or a text of one. Nothing for what no call can have consumed: less than none, or more
/// than four billion (the query engine counts on it).
std::optional<TokenCount> tokenCount(json::Value value);

/// Dollars as a number or a decimal text; nothing for negative ones.
std::optional<Money> money(json::Value value);

} // namespace plumbline::facts
