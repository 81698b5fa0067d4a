// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plumbline {

/// What a drain found in a feature, as people can check it: a table, and a pair of prompts to lay side by side.
struct Evidence
{
    std::string title = {};                          ///< of the table: `Tools that nobody calls`
    std::vector<std::string> columns = {};           ///< the first names what a row is about
    std::vector<std::vector<std::string>> rows = {}; ///< figures as plain decimal numbers
    /// Two calls whose prompts say it all, by id: what came first, and what differs from it.
    std::optional<std::pair<std::int64_t, std::int64_t>> pair = {};
    std::string pairSays = {}; ///< `From here on nothing is read from the cache`
    std::string note = {};     ///< what a reader should know: a sentence

    bool operator==(const Evidence&) const = default;
    bool isEmpty() const { return *this == Evidence(); }
};

} // namespace plumbline
