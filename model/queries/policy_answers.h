// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/core/filter.h"
#include "model/core/policy.h"

namespace plumbline {

/// One limit against the calls of one feature.
struct PolicyCheck
{
    std::string feature = {};
    std::string where = {}; ///< of a rule with conditions: their expression
    std::string limit = {}; ///< as the file spells it; `models`
    std::optional<double> most = {};
    std::optional<double> worst = {}; ///< the largest figure of a call, or that of all together; empty: none is known
    std::int64_t calls = 0;           ///< of the feature that the rule is for
    std::int64_t broken = 0;          ///< calls above the limit
    std::int64_t unknown = 0;         ///< calls of which nobody says; they break nothing
    bool isBroken = false;            ///< more than the share that is allowed
    std::string worstCall = {};       ///< trace id, to look at; of a forbidden model: its name
};

struct PolicyAnswer
{
    std::vector<PolicyCheck> checks = {}; ///< what is broken first, then by feature in the order of the bill
    std::int64_t calls = 0;
    std::int64_t callsWaiting = 0;             ///< not analysed: segments, turns and waste of them are unknown
    bool needsAnalysis = false;                ///< some limit is on one of these
    std::vector<std::string> withoutRule = {}; ///< features that no rule is for
    std::vector<std::string> withoutCalls =
        {}; ///< features of rules that have no calls here, with the rule's conditions
    bool isBroken() const { return !checks.empty() && checks.front().isBroken; }
    /// Nothing was checked, or what would break a limit may lie in calls that were not analysed.
    bool isIncomplete() const { return checks.empty() || (needsAnalysis && callsWaiting > 0); }
};

} // namespace plumbline
