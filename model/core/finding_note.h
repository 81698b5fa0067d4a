// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "model/core/money.h"
#include "model/core/time.h"

namespace plumbline {

/// What the user says of a drain in a feature. It survives every import.
struct FindingNote
{
    enum class State : std::uint8_t
    {
        None,  ///< takes back what was said
        Muted, ///< not shown any more, and still in the sums
        Fixed, ///< from a day on; what it brings is measured from then
    };
    std::string feature = {}; ///< as it is shown; empty: every feature
    std::string drain = {};
    State state = State::None;
    std::string reason = {};
    std::optional<Timestamp> fixed = {};
    std::optional<MoneySum> promised = {}; ///< a month, as it was when it was fixed

    bool operator==(const FindingNote&) const = default;
};

} // namespace plumbline
