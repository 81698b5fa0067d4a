// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/service_tier.h"

#include <array>
#include <utility>

#include "model/core/ascii.h"

namespace plumbline {

namespace {

constexpr std::array<std::string_view, serviceTierCount> ids = {"standard", "batch", "flex", "priority", "fast"};

constexpr std::array<std::pair<std::string_view, ServiceTier>, 7> otherSpellings = {{
    {"default", ServiceTier::Standard},
    {"standard_only", ServiceTier::Standard},
    {"on_demand", ServiceTier::Standard},
    {"on-demand", ServiceTier::Standard},
    {"ondemand", ServiceTier::Standard},
    {"batches", ServiceTier::Batch},
    {"batch_api", ServiceTier::Batch},
}};

} // namespace

std::string_view idText(ServiceTier tier)
{
    return ids[static_cast<std::size_t>(tier)];
}

std::optional<ServiceTier> parseServiceTier(std::string_view text)
{
    const std::string name = lowerCase(text);
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (name == ids[i])
            return static_cast<ServiceTier>(i);
    for (const auto& [spelling, tier] : otherSpellings)
        if (name == spelling)
            return tier;
    return {};
}

} // namespace plumbline
