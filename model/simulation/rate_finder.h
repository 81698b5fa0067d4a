// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "model/core/service_tier.h"
#include "model/simulation/state.h"

namespace plumbline::simulation {

/// List prices of other models and tiers at the time of a call. Each day of a model is looked up once.
class RateFinder
{
public:
    RateFinder(const World& world, State& state) : m_world(world), m_state(state) {}

    /// The place of the rates in the state; `none`: the model has no price then, or not in that tier. `model`: a place
    /// of the state's. `input`: all of the request's, which decides about long context.
    std::uint32_t find(std::uint32_t model, std::int64_t started, ServiceTier tier, std::uint32_t input);

    /// The tier whose list prices a call has now; the standard one if it has none's.
    ServiceTier tierOf(std::uint32_t call);

private:
    struct Key
    {
        std::uint32_t model = 0;
        std::int64_t time = 0;
        ServiceTier tier = ServiceTier::Standard;
        bool isLong = false;
        auto operator<=>(const Key&) const = default;
    };
    const World& m_world;
    State& m_state;
    std::map<Key, std::uint32_t> m_known;
    std::map<std::pair<std::uint32_t, std::uint32_t>, ServiceTier> m_tiers; ///< by model and rates
};

} // namespace plumbline::simulation
