// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/simulation/setting.h"

namespace plumbline::test {

/// Every lever at its default, and what has none at something.
inline std::vector<simulation::Setting> everything()
{
    std::vector<simulation::Setting> settings;
    for (const Lever& lever : allLevers()) {
        LeverUse use{.lever = std::string(lever.id)};
        if (lever.id == "route-model")
            use.parameters["to"] = "gpt-5.4-nano";
        if (lever.id == "own-hardware")
            use.parameters["share"] = 5.0;
        settings.emplace_back(lever, use, nullptr);
    }
    return settings;
}

} // namespace plumbline::test
