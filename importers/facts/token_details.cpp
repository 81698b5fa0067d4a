// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/facts/token_details.h"

namespace plumbline::facts {

TokenDetail tokenDetail(std::string_view key)
{
    constexpr std::string_view longPrompt = "over_200k";
    TokenDetail detail{.name = key, .tier = {}};
    for (const std::string_view tier : {"flex", "priority"}) {
        if (!detail.name.starts_with(tier))
            continue;
        const std::string_view rest = detail.name.substr(tier.size());
        if (rest.empty() || rest.front() == '_')
            detail = {.name = rest.substr(rest.empty() ? 0 : 1), .tier = tier};
    }
    if (detail.name == longPrompt)
        detail.name = {};
    else if (detail.name.ends_with(longPrompt) && detail.name.size() > longPrompt.size() + 1)
        detail.name.remove_suffix(longPrompt.size() + 1);
    if (detail.name == "ephemeral_1hr_input_tokens")
        detail.name = "ephemeral_1h_input_tokens";
    return detail;
}

} // namespace plumbline::facts
