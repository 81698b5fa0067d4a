// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/footed_money.h"

#include <cmath>
#include <numeric>

#include "model/items/format.h"
#include "model/spend/variance.h"

namespace plumbline {

QStringList footedMoney(const std::vector<MoneySum>& parts, MoneySum whole)
{
    constexpr std::int64_t dollar = 100;
    QStringList texts;
    std::vector<double> cents;
    for (const MoneySum& part : parts) {
        cents.push_back(part.dollars() * static_cast<double>(dollar));
        texts += format::money(part);
    }
    // Where they are not its parts, as of a month that was closed, they add up to their own sum.
    const double sum = std::accumulate(cents.begin(), cents.end(), 0.0);
    const std::int64_t total =
        std::abs(sum - static_cast<double>(centsOf(whole))) <= 1 ? centsOf(whole) : std::llround(sum);
    const std::vector<std::int64_t> footed = spend::apportioned(cents, total);
    for (std::size_t i = 0; i < footed.size(); ++i)
        if (footed[i] >= dollar)
            texts[static_cast<qsizetype>(i)] = format::money(MoneySum::ofCents(footed[i]));
    return texts;
}

} // namespace plumbline
