// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/settle.h"

#include <algorithm>

#include "model/record/compose.h"
#include "model/record/feature_resolver.h"
#include "model/record/leaves.h"
#include "model/record/observation_reader.h"
#include "model/record/origins.h"
#include "model/record/pricing.h"
#include "model/record/roll_up.h"

namespace plumbline::record {

namespace {

/// A tree deeper than this is no tree of an application; walking up stops there.
constexpr int deepestWalk = 256;

constexpr std::string_view insertCallSql =
    "INSERT INTO call(id, trace, origin, user, session, attributes, started, latency, uncached, cache_read, "
    "cache_write_5m, cache_write_1h, visible, reasoning, audio, searches, cost, reported_cost) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

bool isCorrected(UsageRule rule)
{
    return rule == UsageRule::InputIncludedCache || rule == UsageRule::OutputIncludedReasoning ||
           rule == UsageRule::BothIncluded || rule == UsageRule::ReasoningFromTotal;
}

std::optional<std::int64_t> latencyOf(const Observation& span)
{
    if (!span.started || !span.ended || *span.ended < *span.started)
        return {};
    return *span.ended - *span.started;
}

unsigned flagsOf(const Observation& call, bool isLongContext)
{
    unsigned flags = call.flags & (UsageMayBeEstimated | PromptTruncated);
    if (isCorrected(call.rule))
        flags |= UsageCorrected;
    if (call.rule == UsageRule::Ambiguous)
        flags |= UsageAmbiguous;
    if (isLongContext)
        flags |= LongContext;
    return flags;
}

unsigned knownOf(const Observation& call, bool isPriced)
{
    const Usage& usage = call.usage;
    const std::pair<bool, unsigned> figures[] = {
        {usage.input().has_value(), KnowsInput},
        {usage.cacheRead.has_value(), KnowsCacheRead},
        {usage.cacheWrite().has_value(), KnowsCacheWrite},
        {usage.output().has_value(), KnowsOutput},
        {usage.reasoning.has_value(), KnowsReasoning},
        {isPriced, KnowsCost},
        {call.reportedCost.has_value(), KnowsReportedCost},
        {latencyOf(call).has_value(), KnowsLatency},
    };
    unsigned known = 0;
    for (const auto& [isKnown, bit] : figures)
        known |= isKnown ? bit : 0U;
    return known;
}

/// What a call has from the spans above it.
struct Surroundings
{
    Attribution attribution = {};
    NameId rootName = 0;
    NameId agent = 0;
    NameId tool = 0;
};

Surroundings surroundingsOf(const std::vector<Span>& spans, std::size_t call)
{
    Surroundings around{.attribution = spans[call].facts.attribution};
    auto at = static_cast<std::int32_t>(call);
    for (int steps = 0; at >= 0 && steps < deepestWalk; ++steps) {
        const Observation& span = spans[static_cast<std::size_t>(at)].facts;
        around.attribution.inherit(span.attribution);
        if (!around.agent && span.kind == SpanKind::Agent)
            around.agent = span.name;
        if (!around.tool && span.kind == SpanKind::Tool)
            around.tool = span.name;
        around.rootName = span.name;
        at = spans[static_cast<std::size_t>(at)].parent;
    }
    return around;
}

/// What the roots say, for leaves whose way up is broken: the earliest root first.
Attribution attributionOfRoots(const std::vector<Span>& spans)
{
    std::vector<const Observation*> roots;
    for (const Span& span : spans)
        if (span.parent < 0)
            roots.push_back(&span.facts);
    std::sort(roots.begin(), roots.end(), [](const Observation* a, const Observation* b) {
        return a->started != b->started ? a->started < b->started : a->span < b->span;
    });
    Attribution attribution;
    for (const Observation* root : roots)
        attribution.inherit(root->attribution);
    return attribution;
}

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
    store::Statement insertCall;
    store::Statement insertUnbilled;
    store::Statement oldCall;
    store::Statement deleteCall;
    store::Statement deleteUnbilled;
    std::int64_t calls = 0;
    std::vector<Observation> observations = {};

    Result<Attribution> factsOf(std::int64_t trace);
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
    CallPricer pricer = TRY(CallPricer::open(workspace, *names, TRY(priceBookOf(workspace))));
    FeatureResolver features = TRY(FeatureResolver::open(workspace, *names, std::move(rules)));
    return Settler(std::make_unique<State>(State{
        .workspace = &workspace,
        .names = std::move(names),
        .pricer = std::move(pricer),
        .features = std::move(features),
        .rollUp = DailyRollUp(TRY(workspace.calendar())),
        .origins = TRY(OriginWriter::open(database)),
        .hasTraceFacts = TRY(database.integer("SELECT count(*) FROM (SELECT 1 FROM trace_fact LIMIT 1)")) != 0,
        .traceFacts = TRY(database.prepare(
            "SELECT name, environment, release, user, session, feature, tags, attributes FROM trace_fact "
            "WHERE trace = ? ORDER BY recorded DESC, content DESC")),
        .traceObservations = TRY(database.prepare(selectObservations("WHERE trace = ? ORDER BY id"))),
        .insertCall = TRY(database.prepare(insertCallSql)),
        .insertUnbilled = TRY(database.prepare(
            "INSERT OR REPLACE INTO unbilled(observation, trace, started, reason, tokens) VALUES(?, ?, ?, ?, ?)")),
        .oldCall = TRY(database.prepare(
            "SELECT started, feature, model, provider, environment, status, price, cost, uncached, cache_read, "
            "cache_write_5m, cache_write_1h, visible, reasoning, audio, searches "
            "FROM call JOIN origin ON origin.id = call.origin WHERE call.id = ?")),
        .deleteCall = TRY(database.prepare("DELETE FROM call WHERE id = ?")),
        .deleteUnbilled = TRY(database.prepare("DELETE FROM unbilled WHERE observation = ?")),
    }));
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
    const PricedCall priced = TRY(pricer.price(call));
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
    store::Statement& insert = insertCall;
    const auto bindId = [&](int parameter, std::int64_t id) {
        if (id)
            insert.bindAt(parameter, id);
    };
    insert.clear();
    insert.bindAt(1, call.id);
    insert.bindAt(2, trace);
    insert.bindAt(3, origin);
    bindId(4, attribution.user);
    bindId(5, attribution.session);
    bindId(6, attribution.attributes);
    insert.bindAt(7, started);
    if (const auto latency = latencyOf(call))
        insert.bindAt(8, *latency);
    bindUsage(insert, 9, call.usage);
    if (priced.cost)
        insert.bindAt(17, priced.cost->picodollars());
    if (call.reportedCost)
        insert.bindAt(18, call.reportedCost->picodollars());
    TRY(insert.next());
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

Result<> Settler::takeOut(std::int64_t trace)
{
    State& state = *m_state;
    std::vector<std::int64_t> ids;
    TRY(state.traceObservations.bind(trace));
    while (TRY(state.traceObservations.next()))
        ids.push_back(state.traceObservations.integer(0));
    state.traceObservations.reset();
    for (const std::int64_t id : ids) {
        store::Statement& old = state.oldCall;
        TRY(old.bind(id));
        if (TRY(old.next())) {
            RollUpCall call{.started = old.integer(0),
                            .feature = old.integer(1),
                            .model = old.integer(2),
                            .provider = old.integer(3),
                            .environment = old.integer(4),
                            .isError = old.integer(5) == static_cast<std::int64_t>(SpanStatus::Error),
                            .isPriced = !old.isNull(6),
                            .usage = readUsage(old, 8)};
            if (const auto cost = old.optionalInteger(7))
                call.cost = Money(*cost);
            old.reset();
            state.rollUp.takeOut(call);
            TRY(state.deleteCall.run(id));
        }
        old.reset();
        TRY(state.deleteUnbilled.run(id));
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
    return state.settleObservations(current);
}

Result<> Settler::settleAll(const ProgressSink& progress, const StopToken& stop)
{
    TRY(m_state->workspace->database().execute(
        "DELETE FROM call; DELETE FROM origin; DELETE FROM unbilled; DELETE FROM daily;"));
    return settleNew({}, progress, stop);
}

Result<std::int64_t> Settler::finish()
{
    TRY(m_state->rollUp.write(m_state->workspace->database()));
    return m_state->calls;
}

} // namespace plumbline::record
