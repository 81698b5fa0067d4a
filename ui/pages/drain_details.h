// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/queries/queries.h"
#include "ui/pages/finding_panel.h"

namespace plumbline {

/// What is behind a cell of a heatmap: the drains in its calls, and everything about one of them.
struct DrainDetails
{
    std::vector<FindingPanel::Choice> choices = {}; ///< the dearest first; then what stands beside the bill
    std::string drain = {};                         ///< the one that is looked at; empty: nothing drains there
    FindingAnswer finding = {};
};

/// `behind` asks for the calls by drain; of the drains the wanted one is looked at if it is there, else the dearest.
Result<DrainDetails> drainDetails(const Queries& queries, const DrainsQuestion& behind,
                                  const std::optional<std::string>& wanted, const StopToken& stop);

} // namespace plumbline
