// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "model/analysis/request_settings.h"
#include "model/analysis/split.h"
#include "model/prices/price_book.h"
#include "model/sample/sample.h"
#include "model/simulation/world_builder.h"

namespace plumbline::test {

/// A world of generated traces with their true tokens, block by block, and their true labels: nothing is estimated and
/// nothing detected.
class TrueWorld
{
public:
    /// `cachesNothing`: all input is billed as if no provider had a cache.
    explicit TrueWorld(bool cachesNothing = false) : m_cachesNothing(cachesNothing) {}

    void add(const SampleTrace& trace)
    {
        Feature& feature = m_features[std::string(trace.feature)];
        for (const SampleSpan& span : trace.spans)
            if (span.isCall() && span.isBilled)
                addCall(feature, trace, span);
    }

    simulation::World finish()
    {
        simulation::WorldBuilder builder([this](std::uint32_t name) -> Result<std::string> { return m_names[name]; },
                                         [](std::int64_t time) {
                                             return static_cast<std::int32_t>(
                                                 floorDivide(time, std::int64_t{86'400'000'000}));
                                         });
        for (auto& [name, feature] : m_features)
            if (!builder.add(feature.scope, name, claimsOf(feature), [](std::int64_t) { return true; }))
                qFatal("no world");
        return std::move(builder).finish();
    }

private:
    struct Feature
    {
        analysis::Scope scope = {};
        std::map<std::string, std::uint32_t> blocks = {};
        std::map<std::int64_t, std::vector<analysis::CallClaim>> claims = {}; ///< by call's id
    };

    std::uint32_t nameOf(std::string_view text)
    {
        const auto [known, isNew] = m_nameOf.emplace(text, static_cast<std::uint32_t>(m_names.size()));
        if (isNew)
            m_names.emplace_back(text);
        return known->second;
    }
    std::uint32_t blockOf(Feature& feature, const SampleBlock& from)
    {
        const std::string key = std::to_string(from.text->hash) + ' ' + std::to_string(static_cast<int>(from.role)) +
                                ' ' + std::to_string(static_cast<int>(from.kind));
        const auto [known, isNew] =
            feature.blocks.emplace(key, static_cast<std::uint32_t>(feature.scope.blocks.size()));
        if (isNew) {
            feature.scope.blocks.push_back({.id = ++m_lastBlock,
                                            .bytes = static_cast<std::uint32_t>(from.text->text.size()),
                                            .role = from.role,
                                            .kind = from.kind,
                                            .tool = from.toolName.empty() ? 0 : nameOf(from.toolName)});
            if (from.stable) {
                feature.scope.blocks.back().facts = static_cast<std::uint32_t>(feature.scope.facts.size());
                feature.scope.facts.emplace_back().stable = from.stable->hash | 1;
            }
        }
        return known->second;
    }
    void addModel(analysis::Scope& scope, const SampleSpan& span, analysis::ScopeCall& call)
    {
        call.model = nameOf(span.model);
        const PricedModel* const priced = m_book->find(span.model, span.provider);
        if (!priced)
            qFatal("no price of %s", std::string(span.model).c_str());
        analysis::ModelFacts facts{.name = std::string(span.model), .provider = priced->provider, .priced = priced};
        if (priced->promptCacheMinTokens)
            facts.cacheMinimum = *priced->promptCacheMinTokens;
        scope.models.emplace(call.model, facts);
        const auto price = m_book->price(*priced, {.start = span.start, .totalInput = call.input()});
        call.rates = static_cast<std::uint32_t>(scope.rates.size());
        scope.rates.push_back(analysis::byBucket(price->rates));
        for (std::size_t bucket = 0; bucket < analysis::BucketCount; ++bucket)
            call.cost += std::int64_t{call.tokens[bucket]} * scope.rates.back()[bucket];
    }
    void addCall(Feature& feature, const SampleTrace& trace, const SampleSpan& span)
    {
        analysis::Scope& scope = feature.scope;
        scope.book = m_book;
        const SampleTokens tokens = tokensOf(span.usage);
        analysis::ScopeCall call{.id = ++m_lastCall,
                                 .trace = static_cast<std::int64_t>(nameOf(trace.traceId)),
                                 .started = span.start.microseconds(),
                                 .ended = span.end.microseconds(),
                                 .session = trace.session.empty() ? 0 : nameOf(trace.session),
                                 .user = trace.user.empty() ? 0 : nameOf(trace.user),
                                 .step = nameOf(span.name),
                                 .environment = nameOf(trace.environment),
                                 .status = span.status,
                                 .isEmbedding = span.kind == SpanKind::Embedding,
                                 .hasUsage = span.usage.isKnown()};
        if (span.temperaturePercent)
            call.temperature = static_cast<float>(*span.temperaturePercent) / 100;
        if (span.finishReason == "length" || span.finishReason == "max_tokens")
            call.finish = analysis::Finish::Length;
        for (const PlantedWaste& planted : span.planted)
            if (planted.drain == SampleDrain::AbandonedOutput)
                call.finish = analysis::Finish::Cancelled;
        const auto count = [](TokenCount of) { return static_cast<std::uint32_t>(of); };
        call.tokens = {count(tokens.cacheRead),     0, count(tokens.cacheWrite),
                       count(tokens.uncachedInput), 0, count(tokens.visibleOutput),
                       count(tokens.reasoning)};
        if (m_cachesNothing)
            call.tokens = {0, 0, 0, call.input(), 0, call.tokens[analysis::Visible], call.tokens[analysis::Thinking]};
        addModel(scope, span, call);
        call.parts = static_cast<std::uint32_t>(scope.parts.size());
        std::vector<analysis::PlacedBlock> placed;
        for (const SampleBlock& block : span.input) {
            const std::uint32_t place = blockOf(feature, block);
            scope.parts.push_back({.block = place, .tokens = count(block.text->tokens), .message = block.message});
            placed.push_back({block.role, block.kind, block.message});
            if (scope.blocks[place].tool)
                scope.tools.emplace(scope.blocks[place].tool, std::string(block.toolName));
        }
        std::vector<Segment> segments(placed.size());
        if (!placed.empty())
            analysis::assignSegments(placed, segments);
        for (std::size_t i = 0; i < segments.size(); ++i)
            scope.parts[call.parts + i].segment = segments[i];
        scope.parts.push_back({}); // what nobody logged: nothing
        call.partsEnd = static_cast<std::uint32_t>(scope.parts.size());
        call.outputs = static_cast<std::uint32_t>(scope.outputs.size());
        for (const SampleBlock& block : span.output)
            scope.outputs.push_back(blockOf(feature, block));
        call.outputsEnd = static_cast<std::uint32_t>(scope.outputs.size());
        for (const PlantedWaste& planted : span.planted)
            if (const auto drain = drainNumberOf(idOf(planted.drain)))
                feature.claims[call.id].push_back(
                    {.claim = {.drain = *drain, .tokens = count(planted.tokens.total())}});
        scope.calls.push_back(call);
    }
    static std::vector<analysis::CallClaim> claimsOf(Feature& feature)
    {
        auto& calls = feature.scope.calls;
        std::stable_sort(calls.begin(), calls.end(),
                         [](const auto& a, const auto& b) { return a.started < b.started; });
        std::vector<analysis::CallClaim> claims;
        for (std::uint32_t i = 0; i < calls.size(); ++i)
            for (analysis::CallClaim claim : feature.claims[calls[i].id]) {
                claim.call = i;
                claims.push_back(claim);
            }
        return claims;
    }

    bool m_cachesNothing;
    std::shared_ptr<const PriceBook> m_book = std::make_shared<PriceBook>(*PriceBook::builtIn());
    std::map<std::string, Feature> m_features;
    std::map<std::string, std::uint32_t, std::less<>> m_nameOf{{"", 0}};
    std::vector<std::string> m_names{""};
    std::int64_t m_lastBlock = 0, m_lastCall = 0;
};

/// `change`: what is otherwise at the source of each trace.
inline std::shared_ptr<const simulation::World> trueWorld(const SampleOptions& options, bool cachesNothing = false,
                                                          const std::function<void(SampleTrace&)>& change = {})
{
    TrueWorld world(cachesNothing);
    if (!generate(
            options,
            [&](const SampleTrace& generated) -> Result<> {
                SampleTrace trace = generated;
                if (change)
                    change(trace);
                world.add(trace);
                return {};
            },
            StopToken()))
        qFatal("cannot generate");
    return std::make_shared<const simulation::World>(world.finish());
}

} // namespace plumbline::test
