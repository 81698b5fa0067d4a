// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/world_builder.h"

#include <algorithm>
#include <cmath>

#include "model/analysis/drain.h"
#include "model/analysis/groups.h"
#include "model/analysis/mixed.h"
#include "model/analysis/repeats.h"
#include "model/analysis/scope_failures.h"

namespace plumbline::simulation {

namespace {

using analysis::Scope;
using analysis::ScopeBlock;
using analysis::ScopeCall;

/// What a drain's claim makes true of a call.
std::uint16_t flagOf(std::uint8_t drain)
{
    const std::string_view id = allDrains()[drain].id;
    constexpr std::pair<std::string_view, std::uint16_t> flags[] = {{"failed-calls", Failed},
                                                                    {"agent-loops", Repeats},
                                                                    {"near-duplicates", Similar},
                                                                    {"batchable-calls", Waits},
                                                                    {"oversized-model", Simple}};
    for (const auto& [of, flag] : flags)
        if (id == of)
            return flag;
    return 0;
}

bool isConversation(Segment segment)
{
    return segment == Segment::History || segment == Segment::User || segment == Segment::Context ||
           segment == Segment::ToolResult;
}

/// Of a block in a trace or a session. One step of mixed() alone would tell neither from the other.
std::uint64_t keyOf(std::uint64_t conversation, std::uint32_t block)
{
    return analysis::mixed(analysis::mixed(1, conversation), block + std::uint64_t{1});
}

std::uint16_t flagsOf(const ScopeCall& call, const analysis::Scope& scope)
{
    std::uint16_t flags = 0;
    const auto set = [&](bool is, CallFlag flag) { flags |= is ? flag : 0; };
    set(call.hasUsage, HasUsage);
    set(call.finish == analysis::Finish::Cancelled, Cancelled);
    set(call.finish == analysis::Finish::Length, CutOff);
    set(call.isEmbedding, Embeds);
    set(call.ended > call.started, KnowsLatency);
    if (const PricedModel* const priced = scope.models.at(call.model).priced)
        for (const PriceRow& row : priced->rows)
            set(row.terms.longContext && call.input() > row.terms.longContext->over, LongContext);
    return flags;
}

} // namespace

Result<std::uint32_t> WorldBuilder::modelOf(const Scope& scope, const ScopeCall& call)
{
    const analysis::ModelFacts& facts = scope.models.at(call.model);
    const auto [known, isNew] =
        m_models.emplace(std::pair(facts.name, facts.priced), static_cast<std::uint32_t>(m_world.models.size()));
    if (isNew)
        m_world.models.push_back({.name = facts.name,
                                  .priced = facts.priced,
                                  .provider = facts.provider,
                                  .cacheMinimum = facts.cacheMinimum});
    return known->second;
}

Result<std::uint32_t> WorldBuilder::environmentOf(std::uint32_t name)
{
    const auto [known, isNew] = m_environments.emplace(name, static_cast<std::uint32_t>(m_world.environments.size()));
    if (isNew)
        m_world.environments.push_back(name ? TRY(m_nameOf(name)) : std::string());
    return known->second;
}

std::uint32_t WorldBuilder::ratesOf(const BucketRates& rates)
{
    const auto [known, isNew] = m_rates.emplace(rates, static_cast<std::uint32_t>(m_world.rates.size()));
    if (isNew)
        m_world.rates.push_back(rates);
    return known->second;
}

/// How often each tool is offered and called, in all of the feature's calls: also in those that are not replayed.
void WorldBuilder::addTools(const Scope& scope)
{
    m_tools.clear();
    const auto toolOf = [&](std::uint32_t name) -> WorldTool& {
        const auto [known, isNew] = m_tools.emplace(name, static_cast<std::uint16_t>(m_world.tools.size()));
        if (isNew) {
            const auto text = scope.tools.find(name);
            m_world.tools.push_back({.name = text == scope.tools.end() ? std::string() : text->second});
        }
        return m_world.tools[known->second];
    };
    for (const ScopeBlock& block : scope.blocks)
        if (block.kind == BlockKind::ToolResult && block.tool)
            toolOf(block.tool); // it may be neither offered nor called in any of these calls
    for (const ScopeCall& call : scope.calls) {
        for (std::uint32_t part = call.parts; part + 1 < call.partsEnd; ++part)
            if (const ScopeBlock& block = scope.blocks[scope.parts[part].block];
                block.kind == BlockKind::ToolDefinition && block.tool)
                ++toolOf(block.tool).offers;
        for (std::uint32_t output = call.outputs; output < call.outputsEnd; ++output)
            if (const ScopeBlock& block = scope.blocks[scope.outputs[output]];
                block.kind == BlockKind::ToolCall && block.tool)
                ++toolOf(block.tool).calls;
    }
}

void WorldBuilder::addPart(const Scope& scope, const ScopeCall& from, const analysis::Part& part, std::uint16_t turn,
                           WorldCall& call)
{
    const auto place = static_cast<std::uint32_t>(m_world.parts.size());
    WorldPart of{.segment = static_cast<std::uint8_t>(part.segment)};
    if (part.block != none) {
        const ScopeBlock& block = scope.blocks[part.block];
        of.block = static_cast<std::uint32_t>(m_firstBlock + part.block);
        of.turn = isConversation(part.segment) ? turn : 0;
        if (block.kind == BlockKind::ToolDefinition && block.tool) {
            of.flags |= IsDefinition;
            of.order = m_tools.at(block.tool);
        } else if (part.segment == Segment::ToolResult) {
            of.order = m_sent[keyOf(static_cast<std::uint64_t>(call.trace), of.block)]++;
        } else if (part.segment == Segment::Context) {
            for (std::uint32_t before = call.parts; before < place; ++before)
                if (m_world.parts[before].block == of.block && m_world.parts[before].of() == Segment::Context)
                    of.flags |= IsCopy;
        }
        if (const TextFacts* const facts = scope.factsOf(part.block)) {
            if (facts->stable)
                m_world.changing[of.block] =
                    static_cast<float>(std::clamp(analysis::shareOf(scope, from, part, facts->changing), 0.0, 1.0));
            const double share = analysis::shareOf(scope, from, part, facts->lossless) +
                                 analysis::shareOf(scope, from, part, facts->ballast);
            const auto ballast = static_cast<std::uint32_t>(std::lround(part.tokens * std::min(1.0, share)));
            if (static_cast<double>(ballast) >= drainOf("debug-payload")->thresholds[0].value)
                m_world.payload.push_back(
                    {.part = place, .call = static_cast<std::uint32_t>(m_world.calls.size()), .tokens = ballast});
        }
    }
    m_world.parts.push_back(of);
    m_world.partTokens.push_back(part.tokens);
}

void WorldBuilder::addPrompt(const Scope& scope, const ScopeCall& from, WorldCall& call)
{
    std::vector<std::uint16_t> userMessages;
    for (std::uint32_t part = from.parts; part < from.partsEnd; ++part) {
        const analysis::Part& of = scope.parts[part];
        if (of.block != none && scope.blocks[of.block].role == BlockRole::User &&
            (of.segment == Segment::History || of.segment == Segment::User) &&
            (userMessages.empty() || userMessages.back() != of.message))
            userMessages.push_back(of.message);
    }
    call.parts = static_cast<std::uint32_t>(m_world.parts.size());
    for (std::uint32_t part = from.parts; part < from.partsEnd; ++part) {
        const auto behind =
            userMessages.end() - std::upper_bound(userMessages.begin(), userMessages.end(), scope.parts[part].message);
        addPart(scope, from, scope.parts[part], static_cast<std::uint16_t>(behind), call);
    }
    call.partsEnd = static_cast<std::uint32_t>(m_world.parts.size());
    layOutBuckets(call);
}

/// A prompt is read from the cache from its beginning on, then written to it, then neither.
void WorldBuilder::layOutBuckets(WorldCall& call)
{
    const auto ends = World::boundaries(call);
    call.mixed = static_cast<std::uint32_t>(m_world.mixed.size());
    std::uint32_t begin = 0;
    for (std::uint32_t part = call.parts; part < call.partsEnd; ++part) {
        const std::uint32_t end = begin + m_world.partTokens[part];
        std::uint8_t bucket = 0;
        while (bucket < analysis::Audio && ends[bucket] <= begin)
            ++bucket;
        WorldPart& of = m_world.parts[part];
        of.bucket = end <= ends[bucket] || begin == end ? bucket : mixedBucket;
        if (of.bucket == mixedBucket) {
            auto& split = m_world.mixed.emplace_back(MixedPart{.part = part}).tokens;
            for (std::uint32_t at = begin; bucket < analysis::inputBucketCount && at < end; ++bucket) {
                const std::uint32_t until = std::min(end, std::max(at, ends[bucket]));
                split[bucket] = until - at;
                at = until;
            }
        }
        begin = end;
    }
}

/// How often answers use the documents of a rank: of a step by a model, the first of a query has rank 0.
void WorldBuilder::weighDocuments(const Scope& scope, const std::vector<std::uint32_t>& places)
{
    constexpr std::int64_t fewestCalls = 30; // that had a document of the rank
    struct Rank
    {
        std::int64_t offered = 0, used = 0;
    };
    // Documents of a call with their places among all of it, and their ranks; a copy has none.
    const auto forDocuments = [&](std::uint32_t place, auto visit) {
        std::uint16_t turn = 0;
        std::size_t document = 0, rank = 0;
        for (std::uint32_t part = m_world.calls[place].parts; part < m_world.calls[place].partsEnd; ++part) {
            WorldPart& of = m_world.parts[part];
            if (of.of() != Segment::Context)
                continue;
            if (std::exchange(turn, of.turn) != of.turn)
                rank = 0;
            if (!(of.flags & IsCopy))
                visit(of, document, rank++);
            ++document;
        }
    };
    for (const auto& [group, calls] : analysis::byStepAndModel(scope)) {
        std::vector<Rank> ranks;
        for (const std::size_t i : calls) {
            const ScopeCall& call = scope.calls[i];
            constexpr std::size_t mostDocuments = 64; // bits of `used`
            if (places[i] == none || !call.wasRead)
                continue;
            forDocuments(places[i], [&](const WorldPart&, std::size_t document, std::size_t rank) {
                ranks.resize(std::max(ranks.size(), rank + 1));
                ranks[rank].offered += document < mostDocuments;
                ranks[rank].used += document < mostDocuments && (call.used >> document & 1);
            });
        }
        for (const std::size_t i : calls)
            if (places[i] != none)
                forDocuments(places[i], [&](WorldPart& of, std::size_t, std::size_t rank) {
                    const bool isKnown = rank < ranks.size() && ranks[rank].offered >= fewestCalls;
                    of.order = isKnown ? static_cast<std::uint16_t>(1000 * ranks[rank].used / ranks[rank].offered)
                                       : unknownUse;
                });
    }
}

/// Where answers are sent again: by the next call of the session, or of the trace, that has the same block.
void WorldBuilder::linkAnswers(const Scope& scope, const std::vector<std::uint32_t>& places)
{
    // Calls by conversation and block: an agent that loops says the same many times.
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> answered;
    std::unordered_map<std::uint32_t, std::size_t> times; // that a block stands in a prompt; that it was met
    std::vector<std::vector<std::uint32_t>> resent(scope.calls.size());
    const auto answerIn = [&](const ScopeCall& call, std::uint32_t block) {
        const std::uint64_t conversation =
            call.session ? std::uint64_t{call.session} << 32 : static_cast<std::uint64_t>(call.trace);
        return keyOf(conversation, block);
    };
    for (std::uint32_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        const auto forAnswers = [&](auto visit) {
            for (std::uint32_t part = call.parts; part < call.partsEnd && places[i] != none; ++part)
                if (const std::uint32_t block = scope.parts[part].block;
                    block != none && scope.blocks[block].role == BlockRole::Assistant)
                    visit(block, part);
        };
        times.clear();
        forAnswers([&](std::uint32_t block, std::uint32_t) { ++times[block]; });
        // The last time that it stands there is its last answer, the time before that the one before.
        forAnswers([&](std::uint32_t block, std::uint32_t part) {
            const std::size_t left = times[block]--;
            const auto origins = answered.find(answerIn(call, block));
            if (origins == answered.end())
                return;
            const std::size_t count = origins->second.size();
            resent[origins->second[count - std::min(left, count)]].push_back(m_world.calls[places[i]].parts +
                                                                             (part - call.parts));
        });
        for (std::uint32_t output = call.outputs; output < call.outputsEnd; ++output) {
            std::vector<std::uint32_t>& origins = answered[answerIn(call, scope.outputs[output])];
            if (origins.empty() || origins.back() != i)
                origins.push_back(i);
        }
    }
    for (std::uint32_t i = 0; i < scope.calls.size(); ++i) {
        if (places[i] == none)
            continue;
        WorldCall& call = m_world.calls[places[i]];
        call.resent = static_cast<std::uint32_t>(m_world.resent.size());
        m_world.resent.insert(m_world.resent.end(), resent[i].begin(), resent[i].end());
        call.resentEnd = static_cast<std::uint32_t>(m_world.resent.size());
    }
}

void WorldBuilder::findRepeats(const Scope& scope, const std::vector<std::uint32_t>& places)
{
    std::unordered_map<std::uint64_t, std::uint32_t> lastOf;
    for (std::uint32_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        if (places[i] == none || call.isEmbedding || !call.hasUsage || call.finish == analysis::Finish::Cancelled ||
            m_world.calls[places[i]].is(Failed))
            continue;
        const std::uint64_t signature = analysis::signatureOf(scope, call);
        if (signature == 0)
            continue;
        const auto [known, isNew] = lastOf.emplace(signature, i);
        if (isNew)
            continue;
        if (analysis::repeatConfidence(scope, scope.calls[known->second], call))
            m_world.calls[places[i]].answers = places[known->second];
        known->second = i;
    }
}

Result<> WorldBuilder::add(const Scope& scope, const std::string& feature,
                           const std::vector<analysis::CallClaim>& claims, const Selects& selects)
{
    m_firstBlock = m_world.stable.size();
    addTools(scope);
    for (const ScopeBlock& block : scope.blocks) {
        m_world.stable.push_back(block.facts == none ? 0 : scope.facts[block.facts].stable);
        m_world.changing.push_back(0);
        const auto tool = m_tools.find(block.tool);
        m_world.blockTools.push_back(block.tool && tool != m_tools.end() ? tool->second : none);
    }
    m_sent.clear();
    const auto featurePlace = static_cast<std::uint32_t>(m_world.features.size());
    m_world.features.push_back(feature);
    std::vector<std::uint32_t> places(scope.calls.size(), none);
    auto claim = claims.begin();
    for (std::uint32_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& from = scope.calls[i];
        const auto first = claim;
        while (claim != claims.end() && claim->call == i)
            ++claim;
        if (!selects(from.id))
            continue;
        places[i] = static_cast<std::uint32_t>(m_world.calls.size());
        WorldCall call{.id = from.id,
                       .started = from.started,
                       .latency = from.ended - from.started,
                       .cost = from.cost,
                       .fixed = from.cost,
                       .trace = from.trace,
                       .tokens = from.tokens,
                       .feature = featurePlace,
                       .model = TRY(modelOf(scope, from)),
                       .environment = TRY(environmentOf(from.environment)),
                       .session = from.session,
                       .day = m_dayOf(from.started),
                       .flags = flagsOf(from, scope)};
        if (from.rates != none) {
            for (std::size_t bucket = 0; bucket < analysis::BucketCount; ++bucket)
                call.fixed -= std::int64_t{from.tokens[bucket]} * scope.rates[from.rates][bucket];
            if (call.fixed >= 0)
                call.rates = ratesOf(scope.rates[from.rates]);
            else
                call.fixed = from.cost;
        }
        for (auto of = first; of != claim; ++of) {
            call.flags |= flagOf(of->claim.drain);
            const bool isWaste =
                allDrains()[of->claim.drain].isQuantity() &&
                (of->claim.confidence == Confidence::High || of->claim.confidence == Confidence::Medium);
            if (isWaste)
                m_world.waste.push_back({.call = places[i], .segment = of->claim.segment, .tokens = of->claim.tokens});
        }
        addPrompt(scope, from, call);
        m_world.calls.push_back(call);
    }
    m_world.book = scope.book;
    weighDocuments(scope, places);
    linkAnswers(scope, places);
    findRepeats(scope, places);
    return {};
}

World WorldBuilder::finish() &&
{
    m_world.layOut();
    return std::move(m_world);
}

} // namespace plumbline::simulation
