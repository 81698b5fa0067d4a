// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/bill.h"

#include <numeric>

namespace plumbline::simulation {

Bill::Bill(std::size_t cells, const std::vector<BucketRates>& rates) : m_cellGroups(cells)
{
    m_sums.rates = rates;
    m_sums.tokens.resize(m_groups.size());
    m_sums.fixed.resize(cells);
}

void Bill::restore(const Sums& sums)
{
    m_sums = sums;
    m_sums.tokens.resize(m_groups.size()); // groups that came since: nobody is in them any more
}

std::uint32_t Bill::groupOf(std::uint32_t cell, std::uint32_t rates)
{
    for (const std::uint32_t group : m_cellGroups[cell])
        if (m_groups[group].rates == rates)
            return group;
    const auto group = static_cast<std::uint32_t>(m_groups.size());
    m_cellGroups[cell].push_back(group);
    m_groups.push_back({cell, rates});
    m_sums.tokens.push_back({});
    return group;
}

std::uint32_t Bill::placeOf(const BucketRates& rates)
{
    const auto [known, isNew] = m_sums.places.emplace(rates, static_cast<std::uint32_t>(m_sums.rates.size()));
    if (isNew)
        m_sums.rates.push_back(rates);
    return known->second;
}

void Bill::changeRates(const std::function<BucketRates(const BucketRates&)>& changed)
{
    m_sums.places.clear();
    for (BucketRates& rates : m_sums.rates)
        rates = changed(rates);
}

Bill::Tokens Bill::tokens() const
{
    Tokens sum{};
    for (std::size_t group = removed + 1; group < m_groups.size(); ++group)
        for (std::size_t bucket = 0; bucket < sum.size(); ++bucket)
            sum[bucket] += m_sums.tokens[group][bucket];
    return sum;
}

MoneySum::Integer Bill::costOf(std::size_t group) const
{
    MoneySum::Integer cost = 0;
    if (const std::uint32_t rates = m_groups[group].rates; rates != analysis::none)
        for (std::size_t bucket = 0; bucket < analysis::BucketCount; ++bucket)
            cost += MoneySum::Integer{m_sums.tokens[group][bucket]} * m_sums.rates[rates][bucket];
    return cost;
}

std::vector<MoneySum::Integer> Bill::cells() const
{
    std::vector<MoneySum::Integer> cells = m_sums.fixed;
    for (std::size_t group = removed + 1; group < m_groups.size(); ++group)
        cells[m_groups[group].cell] += costOf(group);
    return cells;
}

MoneySum::Integer Bill::cost() const
{
    MoneySum::Integer cost = std::accumulate(m_sums.fixed.begin(), m_sums.fixed.end(), MoneySum::Integer{0});
    for (std::size_t group = removed + 1; group < m_groups.size(); ++group)
        cost += costOf(group);
    return cost;
}

} // namespace plumbline::simulation
