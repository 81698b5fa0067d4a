// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

#include "model/record/observation.h"

namespace plumbline::record {

/// Microseconds; nothing where a time is missing or they run backwards.
std::optional<std::int64_t> latencyOf(const Observation& span);
/// Bits of `origin.flags`.
unsigned flagsOf(const Observation& call, bool isLongContext);
/// Bits of `origin.known`: which figures of a call there are.
unsigned knownOf(const Observation& call, bool isPriced);

} // namespace plumbline::record
