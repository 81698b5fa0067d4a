// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "model/core/money.h"
#include "model/core/span.h"
#include "model/core/time.h"
#include "model/core/usage.h"
#include "model/items/cell.h"

/// Cells that tables have in common.
namespace plumbline::cells {

/// A value of a dimension, to filter by; what has none is asked for by its stand-in.
Cell value(Dimension dimension, const std::string& value);
/// The value of a key of metadata; empty: it has none.
Cell metadata(const std::string& key, const std::string& value);
Cell count(std::int64_t number);
Cell tokens(std::optional<TokenCount> tokens);
Cell cost(std::optional<MoneySum> cost, const QString& whyUnknown);
Cell latency(std::optional<std::int64_t> microseconds);
Cell status(SpanStatus status);
/// The day, with the moment as tooltip; sorts by the moment.
Cell day(const std::optional<Timestamp>& time, const ReportingCalendar& calendar);

} // namespace plumbline::cells
