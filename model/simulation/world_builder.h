// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <unordered_map>

#include "model/analysis/claims.h"
#include "model/simulation/world.h"

namespace plumbline::simulation {

/// Makes a world of scopes: feature after feature.
class WorldBuilder
{
public:
    /// Texts of the names that scopes have as ids.
    using NameOf = std::function<Result<std::string>(std::uint32_t)>;
    /// The local day of a time, since 1970.
    using DayOf = std::function<std::int32_t(std::int64_t microseconds)>;
    using Selects = std::function<bool(std::int64_t call)>;

    WorldBuilder(NameOf nameOf, DayOf dayOf) : m_nameOf(std::move(nameOf)), m_dayOf(std::move(dayOf)) {}

    /// The calls of a scope that `selects` answers true for. `claims`: what drains say of the scope, in the order of
    /// its calls.
    Result<> add(const analysis::Scope& scope, const std::string& feature,
                 const std::vector<analysis::CallClaim>& claims, const Selects& selects);

    World finish() &&;

private:
    Result<std::uint32_t> modelOf(const analysis::Scope& scope, const analysis::ScopeCall& call);
    Result<std::uint32_t> environmentOf(std::uint32_t name);
    std::uint32_t ratesOf(const BucketRates& rates);
    void addTools(const analysis::Scope& scope);
    void addPrompt(const analysis::Scope& scope, const analysis::ScopeCall& from, WorldCall& call);
    void addPart(const analysis::Scope& scope, const analysis::ScopeCall& from, const analysis::Part& part,
                 std::uint16_t turn, WorldCall& call);
    void layOutBuckets(WorldCall& call);
    void weighDocuments(const analysis::Scope& scope, const std::vector<std::uint32_t>& places);
    void linkAnswers(const analysis::Scope& scope, const std::vector<std::uint32_t>& places);
    void findRepeats(const analysis::Scope& scope, const std::vector<std::uint32_t>& places);

    NameOf m_nameOf;
    DayOf m_dayOf;
    World m_world;
    std::map<std::pair<std::string, const PricedModel*>, std::uint32_t> m_models;
    std::map<std::uint32_t, std::uint32_t> m_environments;
    std::map<BucketRates, std::uint32_t> m_rates;
    std::map<std::uint32_t, std::uint16_t> m_tools;          ///< of the scope at hand, by name.id
    std::size_t m_firstBlock = 0;                            ///< of the scope at hand
    std::unordered_map<std::uint64_t, std::uint16_t> m_sent; ///< how often a trace sent a tool's result
};

} // namespace plumbline::simulation
