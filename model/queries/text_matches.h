// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/core/stop_token.h"
#include "model/queries/call_table.h"

namespace plumbline::queries {

/// Calls whose prompt or answer holds certain words: looked for once for all questions of a snapshot. Any number of
/// threads may ask.
class TextMatches
{
public:
    using Rows = std::shared_ptr<const std::vector<std::uint8_t>>; ///< 1 or 0 by row

    /// Bodies of sources that are not to be shown are not searched, nor those that came since the index was made last.
    /// Usage: there is no word in it; Unsupported: there is no index yet.
    Result<Rows> of(const store::Workspace& workspace, const CallTable& table, const std::string& words,
                    const StopToken& stop);

private:
    /// The latest first.
    struct Found
    {
        std::string words;
        Rows rows;
        std::shared_ptr<const Found> before;
    };
    std::atomic<std::shared_ptr<const Found>> m_found;
};

} // namespace plumbline::queries
