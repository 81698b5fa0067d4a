// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/core/money.h"
#include "model/core/time.h"
#include "model/core/usage.h"

namespace plumbline {

/// What providers say of one model and meter on one day or in one period: a line of a bill, each once however many
/// files brought it, and as the newest states it.
struct BillRow
{
    std::string provider = {}, model = {}, meter = {}, project = {}, apiKey = {}, tier = {};
    std::string currency = {}; ///< empty for usage reports, which have no amounts
    std::string description = {};
    std::string source = {}; ///< the import that brought it so first
    std::int64_t import = 0; ///< its id
    Timestamp start = {};
    std::optional<Timestamp> end = {};
    Usage usage = {};
    std::optional<std::int64_t> requests = {};
    std::optional<Money> cost = {}; ///< of the currency
    bool isStatement = false;       ///< of an export, which a newer one states anew
    bool isRetold = false;          ///< another import tells it in more lines: not added
};

/// Of exports about the same only the newest counts, and of those by the hour and by the day the days.
struct BillsAnswer
{
    std::vector<BillRow> rows = {};                            ///< by provider, start, model and meter
    std::vector<std::pair<std::string, MoneySum>> totals = {}; ///< by currency
};

} // namespace plumbline
