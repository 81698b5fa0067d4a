// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "model/core/money.h"
#include "model/core/span.h"
#include "model/core/usage.h"
#include "model/items/cell.h"

/// Cells that lists of calls, of traces and of steps have in common.
namespace plumbline::cells {

/// A value of a dimension, to filter by; what has none is asked for by its stand-in.
Cell value(Dimension dimension, const std::string& value);
/// The value of a key of metadata; empty: it has none.
Cell metadata(const std::string& key, const std::string& value);
Cell tokens(std::optional<TokenCount> tokens);
Cell cost(std::optional<MoneySum> cost, const QString& whyUnknown);
Cell latency(std::optional<std::int64_t> microseconds);
Cell status(SpanStatus status);

} // namespace plumbline::cells
