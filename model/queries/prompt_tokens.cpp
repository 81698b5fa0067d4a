// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/prompt_tokens.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/analysis/calibration.h"
#include "model/analysis/drain.h"
#include "model/analysis/packed.h"
#include "model/analysis/split.h"
#include "model/analysis/weighing.h"
#include "model/store/blocks.h"

namespace plumbline::queries {

namespace {

/// A bucket of the input, in the order in which buckets lie in a prompt.
struct PricedRange
{
    TokenCount end = 0;
    std::int64_t rate = 0; ///< picodollars a token
    bool isCached = false;
};

class Weighing
{
public:
    Weighing(const store::Workspace& workspace, PromptAnswer& answer)
        : m_workspace(workspace)
        , m_database(workspace.database())
        , m_answer(answer)
        , m_call(static_cast<std::int64_t>(answer.call.id))
    {
        for (std::size_t i = 0; i < answer.blocks.size(); ++i)
            (answer.blocks[i].isOutput ? m_output : m_prompt).push_back(i);
    }

    Result<> weigh()
    {
        TRY(readAnalysis());
        TRY(assignSegments());
        for (const std::size_t block : m_output)
            m_answer.blocks[block].segment =
                m_answer.blocks[block].kind == BlockKind::Reasoning ? Segment::Reasoning : Segment::Output;
        if (!m_answer.isAnalysed)
            return {};
        TRY(estimateBlocks());
        for (std::size_t segment = 0; segment < inputSegmentCount; ++segment)
            shareOut(static_cast<Segment>(segment), m_analysis.segments[segment], m_prompt);
        shareOut(Segment::Output, m_answer.call.usage.visibleOutput.value_or(0), m_output);
        shareOut(Segment::Reasoning, m_answer.call.usage.reasoning.value_or(0), m_output);
        return priceBlocks();
    }

private:
    Result<> readAnalysis()
    {
        // Drains are kept by their place: under another catalogue they would be others.
        if (TRY(m_workspace.setting(drainCatalogueSetting)) != drainCatalogue())
            return {};
        store::Statement read = TRY(m_database.prepare("SELECT packed FROM call_analysis WHERE call = ?"));
        TRY(read.bind(m_call));
        if (!TRY(read.next()) || !analysis::readPacked(read.text(0), m_analysis))
            return {};
        m_answer.isAnalysed = true;
        m_answer.method = m_analysis.method;
        for (const Claim& claim : m_analysis.claims)
            if (claim.drain < allDrains().size())
                m_answer.claims.push_back({.drain = std::string(allDrains()[claim.drain].id),
                                           .confidence = claim.confidence,
                                           .segment = claim.segment,
                                           .tokens = claim.tokens,
                                           .money = Money(claim.money)});
        return {};
    }

    Result<> assignSegments()
    {
        std::vector<analysis::PlacedBlock> placed;
        for (const std::size_t i : m_prompt) {
            const PromptBlock& block = m_answer.blocks[i];
            placed.push_back({block.role, block.kind, block.message});
        }
        std::vector<Segment> segments(placed.size());
        analysis::assignSegments(placed, segments);
        // The analysis knows documents that the prompt passes off as what the user says.
        const auto context = static_cast<std::size_t>(Segment::Context);
        if (m_answer.isAnalysed && m_analysis.segments[context] > 0 &&
            std::find(segments.begin(), segments.end(), Segment::Context) == segments.end()) {
            TRY(findDocuments(placed));
            analysis::assignSegments(placed, segments);
        }
        for (std::size_t i = 0; i < segments.size(); ++i)
            m_answer.blocks[m_prompt[i]].segment = segments[i];
        return {};
    }

    /// A text of the user is a document if some retriever answered just that: of equal length and counters. Those of
    /// its trace are looked at first, and only where none fits all of the workspace, once; shorter ones are words that
    /// anybody may say.
    Result<> findDocuments(std::vector<analysis::PlacedBlock>& placed)
    {
        store::Statement own = TRY(m_database.prepare("SELECT counters FROM block WHERE id = ? AND bytes >= 80"));
        std::multimap<std::string, std::size_t> sought; // by counters
        for (std::size_t i = 0; i < placed.size(); ++i) {
            if (placed[i].role != BlockRole::User || placed[i].kind != BlockKind::Text)
                continue;
            TRY(own.bind(m_answer.blocks[m_prompt[i]].block));
            if (TRY(own.next()))
                sought.emplace(std::string(own.text(0)), i);
            own.reset();
        }
        if (sought.empty())
            return {};
        bool isFound = false;
        const auto mark = [&](const store::Statement& document) { // of its bytes and counters
            const auto [first, end] = sought.equal_range(std::string(document.text(1)));
            for (auto at = first; at != end; ++at)
                if (m_answer.blocks[m_prompt[at->second]].bytes == document.integer(0)) {
                    placed[at->second].kind = BlockKind::Document;
                    isFound = true;
                }
        };
        const auto kind = static_cast<std::int64_t>(BlockKind::Document);
        store::Statement ofTrace = TRY(m_database.prepare("SELECT blocks FROM observation WHERE trace = (SELECT trace "
                                                          "FROM call WHERE id = ?) AND blocks IS NOT NULL LIMIT 2000"));
        store::Statement document =
            TRY(m_database.prepare("SELECT bytes, counters FROM block WHERE id = ? AND kind = ? AND bytes >= 80"));
        TRY(ofTrace.bind(m_call));
        std::set<std::int64_t> seen;
        while (TRY(ofTrace.next()))
            for (const auto& occurrence :
                 store::readOccurrences(ofTrace.text(0)).value_or(std::vector<store::BlockOccurrence>())) {
                if (!seen.insert(occurrence.block).second)
                    continue;
                TRY(document.bind(occurrence.block, kind));
                if (TRY(document.next()))
                    mark(document);
                document.reset();
            }
        if (isFound)
            return {};
        store::Statement all =
            TRY(m_database.prepare("SELECT bytes, counters FROM block WHERE kind = ? AND bytes >= 80"));
        TRY(all.bind(kind));
        while (TRY(all.next()))
            mark(all);
        return {};
    }

    Result<> estimateBlocks()
    {
        analysis::ModelWeights weights = analysis::familyWeights(m_answer.call.model);
        store::Statement fitted = TRY(m_database.prepare("SELECT token_weights.packed FROM token_weights "
                                                         "JOIN name ON name.id = token_weights.model "
                                                         "WHERE name.value = ?"));
        TRY(fitted.bind(m_answer.call.model));
        if (TRY(fitted.next()))
            if (analysis::ModelWeights known; analysis::readPacked(fitted.text(0), known))
                weights = known;
        store::Statement counters = TRY(m_database.prepare("SELECT counters FROM block WHERE id = ?"));
        m_estimates.resize(m_answer.blocks.size());
        for (std::size_t i = 0; i < m_estimates.size(); ++i) {
            const PromptBlock& block = m_answer.blocks[i];
            TRY(counters.bind(block.block));
            if (TRY(counters.next()))
                m_estimates[i] = analysis::tokensOfBlock(weights, block.kind, counters.text(0));
            counters.reset();
        }
        return {};
    }

    void shareOut(Segment segment, TokenCount total, const std::vector<std::size_t>& blocks)
    {
        std::vector<double> estimates;
        std::vector<std::size_t> places;
        double known = 0;
        for (const std::size_t i : blocks)
            if (m_answer.blocks[i].segment == segment) {
                places.push_back(i);
                estimates.push_back(m_estimates[i]);
                known += m_estimates[i];
            }
        // Framing is *other*; so is all that the blocks of a prompt cannot explain.
        const bool hasRest = places.empty() || segment == Segment::Other;
        if (hasRest)
            estimates.push_back(std::max(0.0, static_cast<double>(total) - known));
        std::vector<std::uint32_t> tokens(estimates.size());
        if (estimates.empty())
            return;
        analysis::splitLargestRemainder(estimates, static_cast<std::uint32_t>(total), tokens);
        for (std::size_t i = 0; i < places.size(); ++i)
            m_answer.blocks[places[i]].tokens = tokens[i];
        if (hasRest && tokens.back() > 0)
            m_answer.unlogged.push_back(
                {.isOutput = segment >= Segment::Output, .segment = segment, .tokens = tokens.back()});
    }

    Result<> priceBlocks()
    {
        store::Statement price = TRY(m_database.prepare(
            "SELECT price.input, price.output, price.cache_read, price.cache_write_5m, price.cache_write_1h, "
            "price.audio FROM call JOIN origin ON origin.id = call.origin JOIN price ON price.id = origin.price "
            "WHERE call.id = ? AND call.cost IS NOT NULL"));
        TRY(price.bind(m_call));
        const bool isPriced = TRY(price.next());
        const Usage& usage = m_answer.call.usage;
        const TokenCount audio = usage.audioInput.value_or(0);
        std::vector<PricedRange> ranges;
        TokenCount at = 0;
        const auto add = [&](std::optional<TokenCount> tokens, int column, bool isCached = false) {
            at += tokens.value_or(0);
            ranges.push_back({at, isPriced ? price.integer(column) : 0, isCached});
        };
        add(usage.cacheRead, 2, true);
        add(usage.cacheWrite1h, 4);
        add(usage.cacheWrite5m, 3);
        add(std::max<TokenCount>(0, usage.uncachedInput.value_or(0) - audio), 0);
        add(audio, 5);
        TokenCount begin = 0;
        const auto priceInput = [&](PromptBlock& block) {
            if (!block.tokens)
                return;
            const TokenCount end = begin + *block.tokens;
            std::int64_t money = 0;
            TokenCount from = begin;
            for (const PricedRange& range : ranges) {
                const TokenCount to = std::min(end, range.end);
                if (to <= from)
                    continue;
                money += (to - from) * range.rate;
                block.cached += range.isCached ? to - from : 0;
                from = to;
            }
            begin = end;
            if (isPriced)
                block.cost = Money(money);
        };
        for (const std::size_t i : m_prompt)
            priceInput(m_answer.blocks[i]);
        for (PromptBlock& block : m_answer.unlogged)
            if (!block.isOutput)
                priceInput(block);
        const auto priceOutput = [&](PromptBlock& block) {
            if (block.isOutput && block.tokens && isPriced)
                block.cost = Money(*block.tokens * price.integer(1));
        };
        for (PromptBlock& block : m_answer.blocks)
            priceOutput(block);
        for (PromptBlock& block : m_answer.unlogged)
            priceOutput(block);
        return {};
    }

    const store::Workspace& m_workspace;
    const store::Database& m_database;
    PromptAnswer& m_answer;
    std::int64_t m_call;
    analysis::CallAnalysis m_analysis;
    std::vector<std::size_t> m_prompt, m_output; ///< places of blocks
    std::vector<double> m_estimates;             ///< by block
};

} // namespace

Result<> weigh(const store::Workspace& workspace, PromptAnswer& answer)
{
    return Weighing(workspace, answer).weigh();
}

} // namespace plumbline::queries
