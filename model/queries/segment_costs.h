// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "model/core/segment.h"
#include "model/queries/call_table.h"
#include "model/queries/ledger_table.h"
#include "model/queries/prompt_index.h"

namespace plumbline::queries {

/// What the segments of calls cost. A prompt is read from the cache from its beginning on, then written to it for an
/// hour, then for five minutes, then neither (drains-and-simulation.md §1.2): what a segment costs depends on where it
/// lies. Each is taken as lying in one piece, in the order in which segments first appear. A call's costs add up to its
/// cost exactly; fees that are no tokens are *other*. As long as what it was made of.
class SegmentCosts
{
public:
    static Result<SegmentCosts> open(const store::Workspace& workspace, const CallTable& table,
                                     const LedgerTable& ledger, const PromptIndex& prompts);

    struct Part
    {
        TokenCount tokens = 0;
        TokenCount cached = 0;  ///< of them read from a cache
        std::int64_t money = 0; ///< picodollars; 0 where the call is not priced
    };
    /// By segment. All input is *other* where the call was not split.
    std::array<Part, segmentCount> of(std::size_t row) const;

private:
    /// Picodollars a token, as a row of the table `price` has them.
    struct Rates
    {
        std::int64_t input = 0, output = 0, read = 0, write5m = 0, write1h = 0;
    };
    SegmentCosts(const CallTable& table, const LedgerTable& ledger, const PromptIndex& prompts)
        : m_table(&table), m_ledger(&ledger), m_prompts(&prompts)
    {
    }
    TokenCount writtenForAnHour(std::size_t row, const Rates& rates) const;

    const CallTable* m_table;
    const LedgerTable* m_ledger;
    const PromptIndex* m_prompts;
    std::vector<Rates> m_rates; ///< by code of the price; zero for none
};

} // namespace plumbline::queries
