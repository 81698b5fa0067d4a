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
/// The same of bills, where credits are negative.
std::optional<Money> signedMoney(json::Value value);
/// As people write it: `1.234,56 €`, `1,234.56`, `99,90`, `(25.00)` and `-25.00` for a credit. A comma with three
/// digits behind it parts thousands; where only points or only commas stand several times, they do.
std::optional<Money> writtenMoney(std::string_view text);

} // namespace plumbline::facts
