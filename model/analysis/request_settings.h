// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

#include "model/store/digest.h"

namespace plumbline::analysis {

/// What of a request's parameters decides about its answer.
struct RequestSettings
{
    std::uint64_t digest = 0; ///< of all but limits: equal for requests that ask for the same
    float temperature = std::numeric_limits<float>::quiet_NaN();
};

/// Reads the compact JSON of the parameters; what is none counts by its bytes.
RequestSettings settingsFrom(std::string_view json, const store::Hasher& hasher);

} // namespace plumbline::analysis
