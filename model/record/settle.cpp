// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/settle.h"

#include <algorithm>

#include "model/record/call_facts.h"
#include "model/record/compose.h"
#include "model/record/feature_resolver.h"
#include "model/record/leaves.h"
#include "model/record/observation_reader.h"
#include "model/record/origins.h"
#include "model/record/pricing.h"
#include "model/record/roll_up.h"
#include "model/record/surroundings.h"
#include "model/record/witnesses.h"
#include "model/store/row_batch.h"
#include "model/store/schema.h"

namespace plumbline::record {

namespace {

constexpr std::string_view callColumns =
    "id, trace, origin, user, session, attributes, response, started, latency, uncached, cache_read, cache_write_5m, "
    "cache_write_1h, visible, reasoning, audio, searches, cost, reported_cost";

constexpr std::string_view anyTraceFactSql = "SELECT count(*) FROM (SELECT 1 FROM trace_fact LIMIT 1)";

} // namespace

struct Settler::State
{
    store::Workspace* workspace;
    std::unique_ptr<store::NameWriter> names;
    CallPricer pricer;
    FeatureResolver features;
    DailyRollUp rollUp;
    OriginWriter origins;
    bool hasTraceFacts;
    store::Statement traceFacts;
    store::Statement traceObservations;
    store::RowBatch newCalls;
    store::Statement insertUnbilled;
    store::Statement oldCall;
    store::Statement deleteCall;
    store::Statement deleteUnbilled;
    store::Statement deleteAnalysis;
    Witnesses witnesses;
    std::int64_t calls = 0;
    std::vector<std::int64_t> alsoSettled = {};
    std::vector<Observation> observations = {};

    Result<Attribution> factsOf(std::int64_t trace);
    Result<> removeCall(std::int64_t id);
    Result<> settleObservations(std::int64_t trace);
    Result<> writeCall(std::int64_t trace, const std::vector<Span>& spans, std::size_t index,
                       const Attribution& traceWide);
};

Settler::Settler(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Settler::Settler(Settler&&) noexcept = default;
Settler& Settler::operator=(Settler&&) noexcept = default;
Settler::~Settler() = default;

Result<Settler> Settler::open(store::Workspace& workspace)
{
    const store::Database& database = workspace.database();
    auto names = std::make_unique<store::NameWriter>(TRY(store::NameWriter::open(workspace)));
    FeatureRules rules = defaultFeatureRules();
    if (const auto text = TRY(workspace.setting(store::setting::featureRules)))
        rules = TRY(featureRulesFromText(*text));
    CallPricer pricer = TRY(CallPricer::open(workspace, *names));
    FeatureResolver features = TRY(FeatureResolver::open(workspace, *names, std::move(rules)));
    return Settler(std::make_unique<State>(State{
        .workspace = &workspace,
        .names = std::move(names),
        .pricer = std::move(pricer),
        .features = std::move(features),
        .rollUp = DailyRollUp(TRY(workspace.calendar())),
        .origins = TRY(OriginWriter::open(database)),
        .hasTraceFacts = TRY(database.integer(anyTraceFactSql)) != 0,
        .traceFacts = TRY(database.prepare(
            "SELECT name, environment, release, user, session, feature, tags, attributes FROM trace_fact "
            "WHERE trace = ? ORDER BY recorded DESC, content DESC")),
        .traceObservations = TRY(database.prepare(selectObservations("WHERE trace = ? ORDER BY id"))),
        .newCalls = TRY(store::RowBatch::open(database, "call", callColumns)),
        .insertUnbilled = TRY(database.prepare(
            "INSERT OR REPLACE INTO unbilled(observation, trace, started, reason, tokens) VALUES(?, ?, ?, ?, ?)")),
        .oldCall = TRY(database.prepare(
            "SELECT started, feature, model, provider, environment, status, price, cost, uncached, cache_read, "
            "cache_write_5m, cache_write_1h, visible, reasoning, audio, searches, response "
            "FROM call JOIN origin ON origin.id = call.origin WHERE call.id = ?")),
        .deleteCall = TRY(database.prepare("DELETE FROM call WHERE id = ?")),
        .deleteUnbilled = TRY(database.prepare("DELETE FROM unbilled WHERE observation = ?")),
        .deleteAnalysis = TRY(database.prepare("DELETE FROM call_analysis WHERE call = ?")),
        .witnesses = TRY(Witnesses::open(database)),
    }));
}

Result<> Settler::begin()
{
    State& state = *m_state;
    state.calls = 0;
    state.alsoSettled.clear();
    if (state.hasTraceFacts)
        return {};
    store::Statement& any = *TRY(state.workspace->database().kept(anyTraceFactSql));
    state.hasTraceFacts = TRY(any.next()) && any.integer(0) != 0;
    any.reset();
    return {};
}

Result<Attribution> Settler::State::factsOf(std::int64_t trace)
{
    Attribution facts;
    if (!hasTraceFacts)
        return facts;
    TRY(traceFacts.bind(trace));
    while (TRY(traceFacts.next()))
        facts.inherit({.feature = traceFacts.integer(5),
                       .traceName = traceFacts.integer(0),
                       .environment = traceFacts.integer(1),
                       .release = traceFacts.integer(2),
                       .user = traceFacts.integer(3),
                       .session = traceFacts.integer(4),
                       .tags = traceFacts.integer(6),
                       .attributes = traceFacts.integer(7)});
    traceFacts.reset();
    return facts;
}

Result<> Settler::State::settleObservations(std::int64_t trace)
{
    if (observations.empty())
        return {};
    const std::vector<Span> spans = compose(observations);
    const std::vector<Billing> billing = decideBilling(spans);
    bool anyBilled = false;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        anyBilled |= billing[i] == Billing::Billed;
        if (billing[i] == Billing::Wrapper || billing[i] == Billing::OtherWitness) {
            const Observation& span = spans[i].facts;
            const std::optional<std::int64_t> tokens =
                span.usage.isKnown()
                    ? std::optional<std::int64_t>(span.usage.input().value_or(0) + span.usage.output().value_or(0))
                    : std::nullopt;
            TRY(insertUnbilled.run(span.id, trace, span.started, billing[i] == Billing::Wrapper ? 0 : 1, tokens));
        }
    }
    if (anyBilled) {
        Attribution traceWide = TRY(factsOf(trace));
        traceWide.inherit(attributionOfRoots(spans));
        for (std::size_t i = 0; i < spans.size(); ++i)
            if (billing[i] == Billing::Billed)
                TRY(writeCall(trace, spans, i, traceWide));
    }
    observations.clear();
    return {};
}

Result<> Settler::State::writeCall(std::int64_t trace, const std::vector<Span>& spans, std::size_t index,
                                   const Attribution& traceWide)
{
    const Observation& call = spans[index].facts;
    Surroundings around = surroundingsOf(spans, index);
    around.attribution.inherit(traceWide);
    const Attribution& attribution = around.attribution;
    const PricedCall priced = TRY(pricer.price(call, attribution.attributes));
    const FeatureDecision decision = TRY(features.resolve({.feature = attribution.feature,
                                                           .traceName = attribution.traceName,
                                                           .rootName = around.rootName,
                                                           .promptName = call.promptName,
                                                           .service = attribution.service,
                                                           .step = call.name,
                                                           .tags = attribution.tags,
                                                           .model = call.model,
                                                           .environment = attribution.environment,
                                                           .user = attribution.user,
                                                           .agent = around.agent,
                                                           .attributes = attribution.attributes}));
    const NameId provider = call.provider ? call.provider : priced.provider;
    const std::int64_t started = call.started.value_or(call.ended.value_or(call.recorded.value_or(0)));

    const std::int64_t origin = TRY(origins.idOf({.import = call.import,
                                                  .status = static_cast<std::int64_t>(call.status),
                                                  .flags = flagsOf(call, priced.isLongContext),
                                                  .rule = static_cast<std::int64_t>(call.rule),
                                                  .known = knownOf(call, priced.cost.has_value()),
                                                  .feature = decision.feature,
                                                  .featureRule = decision.rule + 1,
                                                  .model = call.model,
                                                  .provider = provider,
                                                  .environment = attribution.environment,
                                                  .step = call.name,
                                                  .agent = around.agent,
                                                  .tool = around.tool,
                                                  .tags = attribution.tags,
                                                  .promptName = call.promptName,
                                                  .promptVersion = call.promptVersion,
                                                  .release = attribution.release,
                                                  .price = priced.price}));
    const auto putId = [&](std::size_t column, std::int64_t id) {
        if (id)
            newCalls.put(column, id);
    };
    newCalls.start();
    newCalls.put(0, call.id);
    newCalls.put(1, trace);
    newCalls.put(2, origin);
    putId(3, attribution.user);
    putId(4, attribution.session);
    putId(5, attribution.attributes);
    putId(6, call.response);
    newCalls.put(7, started);
    newCalls.put(8, latencyOf(call));
    std::size_t column = 9;
    for (const std::optional<TokenCount>& bucket : bucketColumns(call.usage))
        newCalls.put(column++, bucket);
    if (priced.cost)
        newCalls.put(17, priced.cost->picodollars());
    if (call.reportedCost)
        newCalls.put(18, call.reportedCost->picodollars());
    if (call.response)
        witnesses.note(call.response);
    TRY(newCalls.end());
    ++calls;
    rollUp.put({.started = started,
                .feature = decision.feature,
                .model = call.model,
                .provider = provider,
                .environment = attribution.environment,
                .isError = call.status == SpanStatus::Error,
                .isPriced = priced.price != 0,
                .usage = call.usage,
                .cost = priced.cost});
    return {};
}

Result<> Settler::State::removeCall(std::int64_t id)
{
    TRY(oldCall.bind(id));
    if (!TRY(oldCall.next())) {
        oldCall.reset();
        return {};
    }
    RollUpCall call{.started = oldCall.integer(0),
                    .feature = oldCall.integer(1),
                    .model = oldCall.integer(2),
                    .provider = oldCall.integer(3),
                    .environment = oldCall.integer(4),
                    .isError = oldCall.integer(5) == static_cast<std::int64_t>(SpanStatus::Error),
                    .isPriced = !oldCall.isNull(6),
                    .usage = readUsage(oldCall, 8)};
    if (const auto cost = oldCall.optionalInteger(7))
        call.cost = Money(*cost);
    const std::int64_t response = oldCall.integer(16);
    oldCall.reset();
    if (response)
        witnesses.note(response);
    rollUp.takeOut(call);
    TRY(deleteAnalysis.run(id));
    return deleteCall.run(id);
}

Result<> Settler::takeOut(std::int64_t trace)
{
    State& state = *m_state;
    std::vector<std::int64_t> ids;
    TRY(state.traceObservations.bind(trace));
    while (TRY(state.traceObservations.next()))
        ids.push_back(state.traceObservations.integer(0));
    state.traceObservations.reset();
    for (const std::int64_t id : ids) {
        TRY(state.removeCall(id));
        TRY(state.deleteUnbilled.run(id));
        TRY(state.witnesses.forget(id));
    }
    return {};
}

Result<> Settler::settle(std::int64_t trace)
{
    State& state = *m_state;
    state.observations.clear();
    TRY(state.traceObservations.bind(trace));
    std::int64_t ignored = 0;
    while (TRY(state.traceObservations.next()))
        state.observations.push_back(TRY(readObservation(state.traceObservations, state.workspace->hasher(), ignored)));
    state.traceObservations.reset();
    return state.settleObservations(trace);
}

Result<> Settler::settleNew(const NewTraces& traces, const ProgressSink& progress, const StopToken& stop)
{
    State& state = *m_state;
    const store::Database& database = state.workspace->database();
    const std::int64_t total =
        TRY(database.integer("SELECT coalesce(max(id), 0) FROM observation")) - traces.observationFloor;
    store::Statement rows = TRY(database.prepare(selectObservations(
        traces.cameTraceByTrace ? "WHERE id > ? ORDER BY id" : "WHERE trace > ? ORDER BY trace, id")));
    TRY(rows.bind(traces.cameTraceByTrace ? traces.observationFloor : traces.floor));
    constexpr std::uint64_t reportEvery = 8192;
    constexpr std::int64_t many = 100'000; // an index is faster made at once than kept row by row
    if (total > many)
        TRY(state.witnesses.expectMany());
    std::uint64_t done = 0;
    std::int64_t current = 0;
    state.observations.clear();
    while (TRY(rows.next())) {
        std::int64_t trace = 0;
        Observation observation = TRY(readObservation(rows, state.workspace->hasher(), trace));
        if (trace <= traces.floor)
            continue; // an older trace: settled by itself
        if (trace != current) {
            TRY(state.settleObservations(current));
            current = trace;
        }
        state.observations.push_back(std::move(observation));
        if (++done % reportEvery == 0) {
            TRY(stop.check());
            if (progress)
                progress({.what = "settling",
                          .done = done,
                          .total = static_cast<std::uint64_t>(std::max<std::int64_t>(total, 0))});
        }
    }
    TRY(state.settleObservations(current));
    TRY(state.newCalls.flush());
    return store::createIndexes(database);
}

Result<> Settler::settleAll(const ProgressSink& progress, const StopToken& stop)
{
    TRY(m_state->workspace->database().execute(
        "DELETE FROM call; DELETE FROM origin; DELETE FROM unbilled; DELETE FROM other_witness; DELETE FROM daily; "
        "DELETE FROM call_analysis; DELETE FROM daily_waste; DELETE FROM stale_scope;"));
    return settleNew({}, progress, stop);
}

const std::vector<std::int64_t>& Settler::alsoSettled() const
{
    return m_state->alsoSettled;
}

Result<std::int64_t> Settler::finish()
{
    State& state = *m_state;
    TRY(state.newCalls.flush());
    // Calls that gave way to one that has changed or is gone are calls again, until all are compared.
    const std::vector<std::int64_t> toReturn = TRY(state.witnesses.tracesToReturn());
    for (const std::int64_t trace : toReturn)
        TRY(takeOut(trace));
    for (const std::int64_t trace : toReturn)
        TRY(settle(trace));
    TRY(state.newCalls.flush());
    state.alsoSettled.insert(state.alsoSettled.end(), toReturn.begin(), toReturn.end());
    for (const OtherWitness& other : TRY(state.witnesses.decide())) {
        TRY(state.removeCall(other.call));
        state.alsoSettled.push_back(other.trace);
        state.alsoSettled.push_back(other.billedTrace);
        TRY(state.insertUnbilled.run(other.call, other.trace, other.started, 1, other.tokens));
        TRY(state.witnesses.completeCost(other));
        --state.calls;
    }
    TRY(state.rollUp.write(state.workspace->database()));
    return state.calls;
}

} // namespace plumbline::record
