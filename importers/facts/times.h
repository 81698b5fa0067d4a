// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "importers/json/json.h"
#include "model/core/time.h"

namespace plumbline::facts {

/// A time as people write it: ISO text (without an offset it is UTC), or a number, also one in a text, of seconds,
/// milliseconds, microseconds or nanoseconds since 1970, told by its size. Nothing for times before 1973 as numbers.
std::optional<Timestamp> timeOf(json::Value value);

} // namespace plumbline::facts
