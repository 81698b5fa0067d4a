// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/labelling.h"

namespace plumbline::analysis {

Result<Claims> labelled(Scope& scope, const DrainThresholds& thresholds, const StopToken& stop)
{
    scope.thresholds = thresholds;
    Claims claims(scope);
    for (std::size_t drain = 0; drain < allDrains().size(); ++drain) {
        TRY(stop.check());
        claims.begin(static_cast<std::uint8_t>(drain));
        allDrains()[drain].label(scope, claims);
    }
    return claims;
}

} // namespace plumbline::analysis
