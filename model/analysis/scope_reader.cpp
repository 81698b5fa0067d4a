// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/scope_reader.h"

#include <algorithm>
#include <unordered_map>

#include "model/analysis/block_table.h"
#include "model/analysis/document_use.h"
#include "model/analysis/prompt_reader.h"
#include "model/analysis/prompt_split.h"
#include "model/analysis/request_settings.h"
#include "model/analysis/scope_calls.h"
#include "model/analysis/scope_failures.h"
#include "model/store/names.h"

namespace plumbline::analysis {

struct ScopeReader::State
{
    const store::Workspace* workspace;
    std::shared_ptr<const PriceBook> book;
    store::NameReader names;
    PromptReader prompts;
    BlockTable blocks;
    store::Statement rates;
    std::unordered_map<std::int64_t, RequestSettings> settings = {}; ///< by name.id of the parameters
    std::unordered_map<std::int64_t, Finish> finishes = {};
    std::unordered_map<std::uint32_t, ModelWeights> weights = {};
    std::unordered_map<std::int64_t, float> scores = {}; ///< mean of a trace

    Result<std::uint32_t> ratesOf(std::int64_t price, Scope& scope,
                                  std::unordered_map<std::int64_t, std::uint32_t>& known);
    Result<const ModelWeights*> weightsOf(std::uint32_t model);
    Result<ModelFacts> factsOf(std::uint32_t model, std::uint32_t provider);
    Result<> readWitness(Scope& scope, ScopeCall& call, CallWitness& witness);
    Result<> readScores();
    Result<> readWeights();
    Result<CalibrationCall> calibrationCall(std::int64_t call, std::int64_t total, CallWitness& witness);
};

ScopeReader::ScopeReader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ScopeReader::ScopeReader(ScopeReader&&) noexcept = default;
ScopeReader& ScopeReader::operator=(ScopeReader&&) noexcept = default;
ScopeReader::~ScopeReader() = default;

Result<ScopeReader> ScopeReader::open(const store::Workspace& workspace, std::shared_ptr<const PriceBook> book)
{
    const store::Database& database = workspace.database();
    // One after another: what an expression that is left halfway has made is never destroyed.
    store::NameReader names = TRY(store::NameReader::open(database));
    PromptReader prompts = TRY(PromptReader::open(database));
    BlockTable blocks = TRY(BlockTable::open(database, workspace.hasher()));
    store::Statement rates = TRY(database.prepare(
        "SELECT cache_read, cache_write_1h, cache_write_5m, input, audio, output FROM price WHERE id = ?"));
    auto state = std::make_unique<State>(State{.workspace = &workspace,
                                               .book = std::move(book),
                                               .names = std::move(names),
                                               .prompts = std::move(prompts),
                                               .blocks = std::move(blocks),
                                               .rates = std::move(rates)});
    TRY(state->readScores());
    TRY(state->readWeights());
    return ScopeReader(std::move(state));
}

Result<> ScopeReader::State::readScores()
{
    store::Statement query = TRY(workspace->database().prepare(
        "SELECT trace, avg(value) FROM score WHERE trace IS NOT NULL AND value IS NOT NULL GROUP BY trace"));
    while (TRY(query.next()))
        scores.emplace(query.integer(0), static_cast<float>(query.real(1)));
    return {};
}

Result<> ScopeReader::State::readWeights()
{
    store::Statement query =
        TRY(workspace->database().prepare("SELECT model, method, calls, error, packed FROM token_weights"));
    while (TRY(query.next())) {
        ModelWeights known{
            .method = static_cast<SplitMethod>(query.integer(1)), .calls = query.integer(2), .error = query.real(3)};
        if (readPacked(query.text(4), known))
            weights.emplace(static_cast<std::uint32_t>(query.integer(0)), known);
    }
    return {};
}

Result<const ModelWeights*> ScopeReader::State::weightsOf(std::uint32_t model)
{
    const auto known = weights.find(model);
    if (known != weights.end())
        return &known->second;
    return &weights.emplace(model, familyWeights(TRY(names.textOf(model)))).first->second;
}

Result<ModelFacts> ScopeReader::State::factsOf(std::uint32_t model, std::uint32_t provider)
{
    ModelFacts facts{.name = TRY(names.textOf(model)), .provider = TRY(names.textOf(provider))};
    facts.priced = book->find(facts.name, facts.provider);
    if (facts.priced)
        facts.provider = facts.priced->provider; // as the house spells it
    if (facts.priced && facts.priced->promptCacheMinTokens)
        facts.cacheMinimum = *facts.priced->promptCacheMinTokens;
    return facts;
}

Result<std::uint32_t> ScopeReader::State::ratesOf(std::int64_t price, Scope& scope,
                                                  std::unordered_map<std::int64_t, std::uint32_t>& known)
{
    if (const auto place = known.find(price); place != known.end())
        return place->second;
    std::uint32_t place = none;
    TRY(rates.bind(price));
    if (TRY(rates.next())) {
        BucketRates of{};
        for (std::size_t bucket = 0; bucket <= Audio; ++bucket)
            of[bucket] = rates.integer(static_cast<int>(bucket));
        of[Visible] = of[Thinking] = rates.integer(5);
        place = static_cast<std::uint32_t>(scope.rates.size());
        scope.rates.push_back(of);
    }
    rates.reset();
    known.emplace(price, place);
    return place;
}

Result<> ScopeReader::State::readWitness(Scope& scope, ScopeCall& call, CallWitness& witness)
{
    TRY(prompts.read(call.id, witness));
    call.isEmbedding = witness.kind == SpanKind::Embedding;
    if (witness.parameters) {
        auto known = settings.find(witness.parameters);
        if (known == settings.end())
            known = settings
                        .emplace(witness.parameters,
                                 settingsFrom(TRY(names.textOf(witness.parameters)), workspace->hasher()))
                        .first;
        call.settings = known->second.digest;
        call.temperature = known->second.temperature;
    }
    if (witness.finish) {
        auto known = finishes.find(witness.finish);
        if (known == finishes.end())
            known = finishes.emplace(witness.finish, finishFrom(TRY(names.textOf(witness.finish)))).first;
        call.finish = known->second;
    }
    if (witness.isCancelled)
        call.finish = Finish::Cancelled;
    call.parts = static_cast<std::uint32_t>(scope.parts.size());
    call.outputs = static_cast<std::uint32_t>(scope.outputs.size());
    for (const store::BlockOccurrence& occurrence : witness.blocks) {
        const std::uint32_t place = TRY(blocks.placeOf(occurrence.block));
        if (place == none)
            continue;
        if (occurrence.isOutput)
            scope.outputs.push_back(place);
        else
            scope.parts.push_back(
                {.block = place, .message = occurrence.message, .rank = occurrence.documentRank.value_or(0xFFFF)});
    }
    // Framing of the provider, and what nobody logged.
    scope.parts.push_back({});
    call.partsEnd = static_cast<std::uint32_t>(scope.parts.size());
    call.outputsEnd = static_cast<std::uint32_t>(scope.outputs.size());
    return {};
}

Result<ReadScope> ScopeReader::read(std::int64_t feature, const StopToken& stop)
{
    State& state = *m_state;
    ReadScope read;
    Scope& scope = read.scope;
    scope.feature = feature;
    scope.book = state.book;
    state.blocks.begin(scope);
    std::unordered_map<std::int64_t, std::uint32_t> knownRates;
    ScopeCalls calls = TRY(ScopeCalls::of(state.workspace->database(), feature));
    while (TRY(calls.next())) {
        ScopeCall call = calls.call();
        if (const auto price = calls.price())
            call.rates = TRY(state.ratesOf(*price, scope, knownRates));
        if (const auto score = state.scores.find(call.trace); score != state.scores.end())
            call.score = score->second;
        if (!scope.models.contains(call.model))
            scope.models.emplace(call.model, TRY(state.factsOf(call.model, call.provider)));
        scope.spend += call.cost;
        scope.calls.push_back(call);
        if (scope.calls.size() % 4096 == 0)
            TRY(stop.check());
    }
    std::stable_sort(scope.calls.begin(), scope.calls.end(), [](const ScopeCall& a, const ScopeCall& b) {
        return a.started != b.started ? a.started < b.started : a.id < b.id;
    });
    CallWitness witness;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        if (i % 4096 == 0)
            TRY(stop.check());
        TRY(state.readWitness(scope, scope.calls[i], witness));
    }
    for (const ScopeBlock& block : scope.blocks)
        if (block.tool && !scope.tools.contains(block.tool))
            scope.tools.emplace(block.tool, TRY(state.names.textOf(block.tool)));
    read.methods = TRY(splitPrompts(scope, state.blocks, [&](std::uint32_t model) { return state.weightsOf(model); }));
    TRY(readFailures(state.workspace->database(), scope));
    TRY(readDocumentUse(state.workspace->database(), state.blocks, scope, stop));
    return read;
}

Result<CalibrationCall> ScopeReader::State::calibrationCall(std::int64_t id, std::int64_t total, CallWitness& witness)
{
    TRY(prompts.read(id, witness));
    CalibrationCall call{.total = static_cast<double>(total)};
    std::uint32_t last = none;
    for (const store::BlockOccurrence& occurrence : witness.blocks) {
        if (occurrence.isOutput)
            continue;
        const std::uint32_t place = TRY(blocks.placeOf(occurrence.block));
        if (place == none)
            continue;
        const TextCounters& counters = blocks.countersOf(place);
        const bool isTool = blocks.blockAt(place).kind == BlockKind::ToolDefinition;
        for (std::size_t i = 0; i < textCounterCount; ++i)
            (isTool ? call.tools : call.text)[i] += counterValue(counters, i);
        call.messages += occurrence.message != last;
        last = occurrence.message;
        if (blocks.blockAt(place).kind == BlockKind::Media)
            call.total = 0; // what an image is worth stands in no text
    }
    return call;
}

Result<> ScopeReader::calibrateModels(const ProgressSink& progress, const StopToken& stop)
{
    State& state = *m_state;
    const store::Database& database = state.workspace->database();
    struct Model
    {
        std::int64_t id = 0, calls = 0;
    };
    std::vector<Model> models;
    store::Statement grouped = TRY(database.prepare(
        "SELECT model, sum(calls) FROM (SELECT origin.model, count(*) AS calls FROM call JOIN origin ON origin.id = "
        "call.origin GROUP BY call.origin) WHERE model IS NOT NULL GROUP BY model ORDER BY model"));
    while (TRY(grouped.next()))
        models.push_back({grouped.integer(0), grouped.integer(1)});
    store::Statement write = TRY(database.prepare("INSERT OR REPLACE INTO token_weights(model, method, calls, error, "
                                                  "packed) VALUES(?, ?, ?, ?, ?)"));
    // Spread over all of a model's calls, so that every feature and month has its say; chosen and ordered by what a
    // call is and not by its id, so that the order of imports changes no weight.
    store::Statement sample = TRY(database.prepare(
        "SELECT id, coalesce(uncached, 0) + coalesce(cache_read, 0) + coalesce(cache_write_5m, 0) + "
        "coalesce(cache_write_1h, 0) AS input FROM call WHERE origin IN (SELECT id FROM origin WHERE model = ?) AND "
        "uncached IS NOT NULL AND (started / 1000 * 31 + uncached) % ? = 0 "
        "ORDER BY started, input, visible, id LIMIT 600"));
    Scope scratch;
    state.blocks.begin(scratch);
    CallWitness witness;
    for (const Model& model : models) {
        TRY(stop.check());
        constexpr std::int64_t wanted = 400;
        const auto known = state.weights.find(static_cast<std::uint32_t>(model.id));
        const bool isEnough = known != state.weights.end() && known->second.method == SplitMethod::Calibrated &&
                              known->second.calls >= std::min<std::int64_t>(model.calls / 4, wanted / 2);
        if (isEnough)
            continue;
        if (progress)
            progress({.what = "calibrating token weights"});
        std::vector<CalibrationCall> calls;
        TRY(sample.bind(model.id, std::max<std::int64_t>(1, model.calls / wanted)));
        while (TRY(sample.next()))
            calls.push_back(TRY(state.calibrationCall(sample.integer(0), sample.integer(1), witness)));
        sample.reset();
        std::erase_if(calls, [](const CalibrationCall& call) { return call.messages == 0; });
        const ModelWeights fitted = calibrate(familyWeights(TRY(state.names.textOf(model.id))), std::move(calls));
        std::string packed;
        appendPacked(packed, fitted);
        TRY(write.run(model.id, static_cast<std::int64_t>(fitted.method), fitted.calls, fitted.error,
                      store::Blob{packed}));
        state.weights[static_cast<std::uint32_t>(model.id)] = fitted;
    }
    return {};
}

} // namespace plumbline::analysis
