// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string>
#include <utility>

#include "model/analysis/drain.h"
#include "model/queries/call_table.h"

namespace plumbline::queries {

/// Which claims the user muted: hidden, and still in the sums.
class Mutes
{
public:
    static Result<Mutes> read(const store::Workspace& workspace, const CallTable& table);
    bool hides(const CallTable& table, std::size_t row, const Claim& claim) const
    {
        if (m_all.empty() && m_byFeature.empty())
            return false;
        const std::uint32_t feature = table.column(CallTable::Feature).codes()[table.origins()[row]];
        return m_all.contains(claim.drain) || m_byFeature.contains({feature, claim.drain});
    }

private:
    std::set<std::uint8_t> m_all;                                 ///< drains, in every feature
    std::set<std::pair<std::uint32_t, std::uint8_t>> m_byFeature; ///< with the feature's code
};

} // namespace plumbline::queries
