// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace plumbline {

/// How a request was served, as far as it moves the price. Billed by what the *response* states.
enum class ServiceTier : std::uint8_t
{
    Standard,
    Batch,    ///< answered within a day
    Flex,     ///< answered when there is room
    Priority, ///< answered first (OpenAI also calls it fast)
    Fast,     ///< Anthropic's fast mode
};
constexpr int serviceTierCount = 5;

/// `standard`, `batch`, `flex`, `priority`, `fast`.
std::string_view idText(ServiceTier tier);

/// Reads a provider's or a log's spelling (`default`, `on_demand`, `BATCH`, …). Empty for one that does not decide
/// the price, such as `auto`.
std::optional<ServiceTier> parseServiceTier(std::string_view text);

} // namespace plumbline
