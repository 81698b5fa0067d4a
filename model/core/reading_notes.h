// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "model/core/time.h"

namespace plumbline {

/// A filter the user keeps, as an expression.
struct SavedFilter
{
    std::string name = {};
    std::string expression = {};

    bool operator==(const SavedFilter&) const = default;
};

/// What happened at some time, for everybody who looks at a chart over it.
struct Annotation
{
    Timestamp time = {};
    std::string kind = {}; ///< `deploy`, `price-change`, `incident`, `note`
    std::string text = {};

    bool operator==(const Annotation&) const = default;
};

} // namespace plumbline
