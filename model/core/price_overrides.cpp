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

} // namespace plumbline
