// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/segment_costs.h"

#include <algorithm>

namespace plumbline::queries {

Result<SegmentCosts> SegmentCosts::open(const store::Workspace& workspace, const CallTable& table,
                                        const LedgerTable& ledger, const PromptIndex& prompts)
{
    SegmentCosts costs(table, ledger, prompts);
    const CodedColumn& column = table.column(CallTable::Price);
    costs.m_rates.resize(column.codeCount());
    store::Statement rows = TRY(workspace.database().prepare(
        "SELECT input, output, cache_read, cache_write_5m, cache_write_1h FROM price WHERE id = ?"));
    for (std::uint32_t code = 1; code < column.codeCount(); ++code) {
        TRY(rows.bind(column.idOf(code)));
        if (TRY(rows.next()))
            costs.m_rates[code] = {rows.integer(0), rows.integer(1), rows.integer(2), rows.integer(3), rows.integer(4)};
        rows.reset();
    }
    return costs;
}

TokenCount SegmentCosts::writtenForAnHour(std::size_t row, const Rates& rates) const
{
    // The table knows what was written to caches in all; the bill tells for how long.
    const Amounts& amounts = m_table->amounts()[row];
    const TokenCount written = amounts[Amounts::CacheWrite];
    if (written == 0 || rates.write1h == rates.write5m)
        return 0;
    const std::int64_t rest = m_table->cost()[row] - amounts[Amounts::Uncached] * rates.input -
                              amounts[Amounts::CacheRead] * rates.read - written * rates.write5m -
                              m_table->output(row) * rates.output;
    // Only where it comes out even: a fee for a search is no write.
    const std::int64_t premium = rates.write1h - rates.write5m;
    return rest % premium == 0 && rest / premium > 0 && rest / premium <= written ? rest / premium : 0;
}

std::array<SegmentCosts::Part, segmentCount> SegmentCosts::of(std::size_t row) const
{
    std::array<Part, segmentCount> parts = {};
    const Amounts& amounts = m_table->amounts()[row];
    const bool isPriced = m_table->knownOf(row) & CallTable::Cost;
    const Rates& rates = m_rates[isPriced ? m_table->column(CallTable::Price).codes()[m_table->origins()[row]] : 0];
    const bool isSplit = m_ledger->isKnown(row) && m_ledger->methodOf(row) != SplitMethod::Unsplit;
    const TokenCount written = amounts[Amounts::CacheWrite];
    const TokenCount anHour = isPriced ? writtenForAnHour(row, rates) : 0;
    struct Range
    {
        TokenCount end;
        std::int64_t rate;
    };
    std::array<Range, 4> ranges = {Range{amounts[Amounts::CacheRead], rates.read}, Range{anHour, rates.write1h},
                                   Range{written - anHour, rates.write5m},
                                   Range{amounts[Amounts::Uncached], rates.input}};
    for (std::size_t i = 1; i < ranges.size(); ++i)
        ranges[i].end += ranges[i - 1].end;
    TokenCount from = 0;
    std::int64_t rest = isPriced ? m_table->cost()[row] : 0;
    const auto take = [&](Segment segment, TokenCount tokens) {
        Part& part = parts[static_cast<std::size_t>(segment)];
        const TokenCount end = from + tokens;
        part.tokens += tokens;
        part.cached += std::max<TokenCount>(0, std::min(end, ranges[0].end) - from);
        for (const Range& range : ranges) {
            const TokenCount to = std::min(end, range.end);
            if (to <= from)
                continue;
            part.money += (to - from) * range.rate;
            from = to;
        }
        from = end;
        rest -= part.money;
    };
    if (isSplit) {
        const auto& segments = m_ledger->segmentsOf(row);
        for (const Segment segment : m_prompts->segmentOrderOf(row))
            take(segment, segments[static_cast<std::size_t>(segment)]);
    } else {
        take(Segment::Other, m_table->input(row));
    }
    const auto takeOutput = [&](Segment segment, TokenCount tokens) {
        Part& part = parts[static_cast<std::size_t>(segment)];
        part.tokens = tokens;
        part.money = tokens * rates.output;
        rest -= part.money;
    };
    takeOutput(Segment::Output, amounts[Amounts::Visible]);
    takeOutput(Segment::Reasoning, amounts[Amounts::Reasoning]);
    parts[static_cast<std::size_t>(Segment::Other)].money += rest;
    return parts;
}

} // namespace plumbline::queries
