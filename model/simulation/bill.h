// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "model/analysis/scope.h"
#include "model/core/money.h"

namespace plumbline::simulation {

using analysis::BucketRates;

/// What calls come to, reckoned from sums: calls of one cell that pay the same rates are a group, and its tokens are
/// kept by bucket. A token that goes is a subtraction; prices that change for everybody are those of the groups.
class Bill
{
public:
    /// By bucket.
    using Tokens = std::array<std::int64_t, analysis::BucketCount>;
    /// What is changed of it, to go back to.
    struct Sums
    {
        std::vector<BucketRates> rates = {};
        std::map<BucketRates, std::uint32_t> places = {}; ///< of those that were added
        std::vector<Tokens> tokens = {};                  ///< by group
        std::vector<MoneySum::Integer> fixed = {};        ///< by cell, picodollars: what no token explains
    };
    /// The group of calls that are removed: they cost nothing, whatever is changed of them.
    static constexpr std::uint32_t removed = 0;

    Bill() = default;
    Bill(std::size_t cells, const std::vector<BucketRates>& rates);

    const Sums& sums() const { return m_sums; }
    void restore(const Sums& sums);

    /// Where calls of a cell are that pay the rates at this place; analysis::none: what they cost is fixed.
    std::uint32_t groupOf(std::uint32_t cell, std::uint32_t rates);
    std::uint32_t ratesOf(std::uint32_t group) const { return m_groups[group].rates; }

    void add(std::uint32_t group, std::size_t bucket, std::int64_t tokens) { m_sums.tokens[group][bucket] += tokens; }
    void addFixed(std::uint32_t cell, MoneySum::Integer picodollars) { m_sums.fixed[cell] += picodollars; }

    const BucketRates& ratesAt(std::uint32_t place) const { return m_sums.rates[place]; }
    std::uint32_t placeOf(const BucketRates& rates);
    /// All rates there are become others, whoever pays them.
    void changeRates(const std::function<BucketRates(const BucketRates&)>& changed);

    /// Of all groups, by bucket.
    Tokens tokens() const;
    /// Picodollars, by cell.
    std::vector<MoneySum::Integer> cells() const;
    /// Picodollars.
    MoneySum::Integer cost() const;

private:
    struct Group
    {
        std::uint32_t cell = 0;
        std::uint32_t rates = analysis::none;
    };

    MoneySum::Integer costOf(std::size_t group) const;

    std::vector<Group> m_groups = {{}};                   ///< none ever goes
    std::vector<std::vector<std::uint32_t>> m_cellGroups; ///< by cell
    Sums m_sums;
};

} // namespace plumbline::simulation
