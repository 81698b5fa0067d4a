// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <unordered_map>

#include "model/sample/models.h"
#include "model/sample/trace.h"

namespace plumbline::sample {

/// What a call's prompt found in the provider's cache, in tokens from its beginning.
struct CacheOutcome
{
    TokenCount read = 0;
    TokenCount written = 0;
    /// What would have been read if nothing in front of the prompt changed in every request.
    TokenCount stableRead = 0;
};

/// The providers' prompt caches, in which calls leave and find the beginnings of prompts. Calls must come in the order
/// of their start. Forgets what has expired.
class PromptCaches
{
public:
    CacheOutcome bill(const SampleSpan& call, std::string_view environment);

private:
    struct Entry
    {
        std::int64_t readableFrom = 0; ///< only once the answer to the request that wrote it has begun
        std::int64_t usedAt = 0;
    };
    using Entries = std::unordered_map<std::uint64_t, Entry>;

    void forgetExpired(std::int64_t now);

    Entries m_entries;
    Entries m_stableEntries; ///< what calls with a changing beginning would have left
    std::size_t m_nextSweep = 1 << 16;
};

/// Fills in usage and cost from the blocks and the cache's outcome, and settles the claims on the call by the ledger's
/// order: a token belongs to the first quantity drain that claims it; price drains affect what is left.
void settle(SampleSpan& call, const CacheOutcome& cache);

} // namespace plumbline::sample
