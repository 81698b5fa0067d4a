// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/price_overrides.h"

#include <algorithm>
#include <set>

namespace plumbline {

PriceOverrides withList(const PriceOverrides& own, PriceOverrides list)
{
    std::set<std::string> sources;
    for (const PriceOverride& entry : list.prices)
        if (!entry.source.empty())
            sources.insert(entry.source);
    for (const PriceOverride& entry : own.prices)
        if (!sources.contains(entry.source))
            list.prices.push_back(entry);
    for (const Discount& entry : own.discounts)
        if (std::find(list.discounts.begin(), list.discounts.end(), entry) == list.discounts.end())
            list.discounts.push_back(entry);
    return list;
}

std::vector<std::string> apiKeysOf(const PriceOverrides& overrides)
{
    std::vector<std::string> keys;
    for (const Discount& discount : overrides.discounts)
        if (!discount.apiKey.empty() && std::find(keys.begin(), keys.end(), discount.apiKey) == keys.end())
            keys.push_back(discount.apiKey);
    return keys;
}

PriceOverrides forApiKey(PriceOverrides overrides, const std::string& apiKey)
{
    std::erase_if(overrides.discounts,
                  [&](const Discount& discount) { return !discount.apiKey.empty() && discount.apiKey != apiKey; });
    for (Discount& discount : overrides.discounts)
        discount.apiKey.clear();
    return overrides;
}

} // namespace plumbline
