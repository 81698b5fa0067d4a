// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/queries/queries.h"
#include "model/simulation/replay.h"

namespace plumbline {

/// What a handle refers to.
struct WhatIf::State
{
    State(Queries asked, Filter of, std::shared_ptr<const simulation::World> made)
        : queries(std::move(asked)), filter(std::move(of)), world(made), replay(std::move(made))
    {
    }

    Queries queries; ///< for the scopes of levers
    Filter filter;
    std::shared_ptr<const simulation::World> world;
    simulation::Replay replay;
    std::map<std::string, simulation::CallSet> sets = {}; ///< by the text of a scope
    double attributionError = 0;                          ///< ± of a segment's tokens, on average: 0.02
    std::int64_t withoutPrompts = 0, unpriced = 0, withoutUsage = 0;
    std::vector<TokenCount> featureTokens = {}; ///< as billed; made when it is first asked for
    std::vector<std::uint32_t> placeOfId = {};  ///< of calls in the world; made when it is first asked for

    /// The calls of a lever's scope; null: all.
    Result<simulation::CallSet> callsOf(const std::vector<Condition>& scope, const StopToken& stop);
    Result<std::vector<simulation::Setting>> settingsOf(const std::vector<LeverUse>& levers, const StopToken& stop);
    Result<WhatIfRange> rangeOf(const std::vector<simulation::Setting>& settings, const simulation::Outcome& outcome,
                                const StopToken& stop);
};

/// Lays calls out.
class WhatIfBuilder
{
public:
    static std::shared_ptr<WhatIf> wrap(std::unique_ptr<WhatIf::State> state)
    {
        return std::shared_ptr<WhatIf>(new WhatIf(std::move(state)));
    }
    using State = WhatIf::State;
};

} // namespace plumbline
