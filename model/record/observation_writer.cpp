// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/observation_writer.h"

#include <algorithm>
#include <functional>

#include "model/record/bill_writer.h"
#include "model/record/known_content.h"
#include "model/record/observation_facts.h"
#include "model/record/score_writer.h"
#include "model/record/span_names.h"
#include "model/store/external_id.h"
#include "model/store/row_batch.h"

namespace plumbline::record {

namespace {

using store::Blob;
using store::Statement;

/// What a record yields, as salt of its digest: the same bytes may hold a span and a trace.
enum class Yield : std::uint64_t
{
    Span = 1,
    Trace = 2,
    Score = 3,
    BillLine = 4,
};

/// Between two batches; within one all are remembered.
constexpr std::size_t mostRememberedFacts = 500'000;

constexpr std::string_view observationColumns = "id, import, content, trace, happened, response, span, facts, blocks";

std::optional<std::int64_t> microseconds(const std::optional<Timestamp>& time)
{
    return time ? std::optional<std::int64_t>(time->microseconds()) : std::nullopt;
}

/// What of a span needs no table; its names, parent and reported usage are to be filled in.
ObservationFacts factsOf(const ObservedSpan& span)
{
    return {.kind = span.kind,
            .status = span.status,
            .rule = span.usageRule,
            .flags = static_cast<std::uint8_t>(
                (span.isPartial ? IsPartial : 0U) | (span.usageMayBeEstimated ? UsageMayBeEstimated : 0U) |
                (span.isPromptTruncated ? PromptTruncated : 0U) | (span.isPiece ? IsPiece : 0U)),
            .started = microseconds(span.start),
            .ended = microseconds(span.end),
            .firstToken = microseconds(span.firstToken),
            .recorded = microseconds(span.recordedAt),
            .usage = span.usage,
            .reportedCost = span.reportedCost,
            .statusMessage = span.statusMessage,
            .response = span.responseId};
}

} // namespace

struct ObservationWriter::State
{
    const store::Workspace* workspace;
    std::int64_t import;
    Privacy privacy;
    std::unique_ptr<store::NameWriter> names;
    store::AttributeWriter attributes;
    SpanNames spanNames = {};
    store::BlockWriter blocks;
    KnownContent knownContent;
    store::KnownRows knownTraces;
    store::RowBatch newObservations;
    store::RowBatch newTraces;
    Statement insertAlsoSeen;
    Statement insertTraceFact;
    ScoreWriter scores;
    BillWriter bills;
    std::int64_t nextObservation;
    std::int64_t nextTrace;
    Recorded recorded;

    std::string_view raw = {};
    std::uint64_t ordinal = 0; ///< of what the record at hand yielded
    std::uint64_t rawDigest = 0, rawSalt = 0;
    std::int64_t rowsSinceCommit = 0;
    std::int64_t greatestNewTrace = 0;
    store::DigestMap facts = {}; ///< trace facts and scores of this import, to drop repeated ones
    std::string lastTraceId = {};
    std::int64_t lastTrace = 0;
    std::uint64_t traceKey = 0; ///< of packedTrace
    // Scratch, to allocate once:
    std::string packedTrace = {}, packedSpan = {}, packedParent = {}, usage = {}, occurrenceBytes = {},
                packedFacts = {};
    std::vector<store::BlockOccurrence> occurrences = {};

    std::uint64_t contentOf(Yield yield)
    {
        const std::uint64_t salt = static_cast<std::uint64_t>(yield) | static_cast<std::uint64_t>(privacy) << 4;
        // A request of many spans is hashed once.
        if (ordinal == 0 || salt != rawSalt)
            rawDigest = workspace->hasher().hash64(raw, rawSalt = salt);
        const std::uint64_t place = ordinal++;
        if (place == 0)
            return rawDigest;
        const std::uint64_t both[] = {rawDigest, place};
        return workspace->hasher().hash64({reinterpret_cast<const char*>(both), sizeof both});
    }
    /// Asks memory for what is known of a trace, ahead of traceOf().
    void prepareTrace(std::string_view id);
    Result<std::int64_t> traceOf(std::string_view id);
    Recorded summary();
    Result<> writeBlocks(const std::vector<ObservedBlock>& observed);
};

ObservationWriter::ObservationWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ObservationWriter::ObservationWriter(ObservationWriter&&) noexcept = default;
ObservationWriter& ObservationWriter::operator=(ObservationWriter&&) noexcept = default;
ObservationWriter::~ObservationWriter() = default;

Result<ObservationWriter> ObservationWriter::open(const store::Workspace& workspace, std::int64_t import,
                                                  Privacy privacy, const store::TextReader& reader, bool isBulk)
{
    const store::Database& database = workspace.database();
    auto names = std::make_unique<store::NameWriter>(TRY(store::NameWriter::open(workspace, isBulk)));
    store::BlockWriter blocks = TRY(store::BlockWriter::open(workspace, *names, reader, isBulk));
    KnownContent knownContent = TRY(KnownContent::open(database, isBulk));
    store::KnownRows knownTraces =
        TRY(store::KnownRows::open(database,
                                   {.table = "trace",
                                    .key = "key",
                                    .number = "id",
                                    .indexName = "trace_key",
                                    .createIndex = "CREATE UNIQUE INDEX IF NOT EXISTS trace_key ON trace(key)"},
                                   isBulk));
    if (isBulk)
        TRY(database.execute("DROP INDEX IF EXISTS observation_trace"));
    Recorded recorded;
    recorded.observationFloor = TRY(database.integer("SELECT coalesce(max(id), 0) FROM observation"));
    recorded.traceFloor = TRY(database.integer("SELECT coalesce(max(id), 0) FROM trace"));
    store::NameWriter* const namesOfWriters = names.get();
    return ObservationWriter(std::make_unique<State>(State{
        .workspace = &workspace,
        .import = import,
        .privacy = privacy,
        .names = std::move(names),
        .attributes = TRY(store::AttributeWriter::open(workspace)),
        .blocks = std::move(blocks),
        .knownContent = std::move(knownContent),
        .knownTraces = std::move(knownTraces),
        .newObservations = TRY(store::RowBatch::open(database, "observation", observationColumns)),
        .newTraces = TRY(store::RowBatch::open(database, "trace", "id, key, external")),
        .insertAlsoSeen = TRY(database.prepare("INSERT OR IGNORE INTO also_seen(import, observation) VALUES(?, ?)")),
        .insertTraceFact = TRY(database.prepare(
            "INSERT INTO trace_fact(import, content, trace, started, recorded, name, environment, release, "
            "version, user, session, feature, tags, attributes, reported_input, reported_output, reported_cost) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
        .scores = TRY(ScoreWriter::open(workspace, *namesOfWriters)),
        .bills = TRY(BillWriter::open(workspace, import, *namesOfWriters)),
        .nextObservation = recorded.observationFloor + 1,
        .nextTrace = recorded.traceFloor + 1,
        .recorded = recorded,
    }));
}

void ObservationWriter::changeImport(std::int64_t import)
{
    m_state->import = import;
}

void ObservationWriter::startFile()
{
    m_state->bills.startFile();
}

void ObservationWriter::startRecord(std::string_view raw)
{
    m_state->raw = raw;
    m_state->ordinal = 0;
}

void ObservationWriter::State::prepareTrace(std::string_view id)
{
    if (lastTrace != 0 && id == lastTraceId)
        return;
    packedTrace.clear();
    store::appendPackedId(packedTrace, id);
    traceKey = store::keyOfId(workspace->hasher(), packedTrace);
    knownTraces.prefetch(traceKey);
    lastTraceId.assign(id);
    lastTrace = 0;
}

Result<std::int64_t> ObservationWriter::State::traceOf(std::string_view id)
{
    prepareTrace(id);
    if (lastTrace != 0)
        return lastTrace;
    if (knownTraces.isFull())
        TRY(newTraces.flush());
    if (const auto known = TRY(knownTraces.findOrRemember(traceKey, static_cast<std::uint64_t>(nextTrace))))
        return lastTrace = static_cast<std::int64_t>(*known);
    const std::int64_t trace = nextTrace++;
    newTraces.start();
    newTraces.put(0, trace);
    newTraces.put(1, traceKey);
    newTraces.put(2, Blob{packedTrace});
    TRY(newTraces.end());
    return lastTrace = trace;
}

Result<> ObservationWriter::State::writeBlocks(const std::vector<ObservedBlock>& observed)
{
    occurrences.clear();
    occurrenceBytes.clear();
    for (const ObservedBlock& block : observed)
        occurrences.push_back({.block = TRY(blocks.idOf(block, privacy)),
                               .message = block.message,
                               .isOutput = block.isOutput,
                               .documentRank = block.documentRank});
    store::appendOccurrences(occurrenceBytes, occurrences);
    return {};
}

Result<bool> ObservationWriter::add(const ObservedSpan& span)
{
    State& state = *m_state;
    const std::uint64_t content = state.contentOf(Yield::Span);
    state.knownContent.prefetch(content);
    state.prepareTrace(span.traceId);
    state.usage.clear();
    for (const auto& [part, tokens] : span.reportedUsage)
        appendReportedUsage(state.usage, TRY(state.names->idOf(part)), tokens);
    ObservationFacts facts = factsOf(span);
    facts.reportedUsage = state.usage;
    TRY(state.spanNames.put(span, *state.names, facts));
    facts.attribution.attributes = TRY(state.attributes.idOf(span.attributes));

    const std::int64_t trace = TRY(state.traceOf(span.traceId));
    if (trace <= state.recorded.traceFloor)
        TRY(state.knownContent.loadTrace(trace));
    if (const std::int64_t known = state.knownContent.findOrRemember(content, state.nextObservation)) {
        ++state.recorded.duplicates;
        if (known <= state.recorded.observationFloor)
            TRY(state.insertAlsoSeen.run(state.import, known));
        state.recorded.spread(span.start);
        return false;
    }
    if (trace <= state.recorded.traceFloor) {
        if (state.recorded.olderTraces.empty() || state.recorded.olderTraces.back() != trace)
            state.recorded.olderTraces.push_back(trace);
    } else {
        state.recorded.cameTraceByTrace &= trace >= state.greatestNewTrace;
        state.greatestNewTrace = std::max(state.greatestNewTrace, trace);
    }
    state.packedSpan.clear();
    state.packedParent.clear();
    store::appendPackedId(state.packedSpan, span.spanId);
    store::appendPackedId(state.packedParent, span.parentId);
    facts.parent = state.packedParent;
    if (state.packedParent.empty() && state.packedSpan == state.packedTrace)
        facts.flags |= NamedAsTrace;
    state.occurrenceBytes.clear();
    if (state.privacy != Privacy::Metadata && !span.blocks.empty())
        TRY(state.writeBlocks(span.blocks));
    state.packedFacts.clear();
    appendFacts(state.packedFacts, facts);

    store::RowBatch& row = state.newObservations;
    row.start();
    row.put(0, state.nextObservation);
    row.put(1, state.import);
    row.put(2, content);
    row.put(3, trace);
    row.put(4, facts.ended.value_or(facts.started.value_or(facts.recorded.value_or(0))));
    if (!span.responseId.empty())
        row.put(5, state.workspace->hasher().hash64(span.responseId));
    row.put(6, Blob{state.packedSpan});
    row.put(7, Blob{state.packedFacts});
    if (!state.occurrenceBytes.empty())
        row.put(8, Blob{state.occurrenceBytes});
    TRY(row.end());
    ++state.nextObservation;
    ++state.recorded.spans;
    ++state.rowsSinceCommit;
    state.recorded.spread(span.start);
    return true;
}

Result<bool> ObservationWriter::add(const ObservedTrace& observed)
{
    State& state = *m_state;
    const std::uint64_t content = state.contentOf(Yield::Trace);
    if (!state.facts.insert(content, 1)) {
        ++state.recorded.duplicates;
        return false;
    }
    const std::int64_t trace = TRY(state.traceOf(observed.traceId));
    if (trace <= state.recorded.traceFloor)
        state.recorded.olderTraces.push_back(trace);
    Statement& insert = state.insertTraceFact;
    insert.clear();
    insert.bindAt(1, state.import);
    insert.bindAt(2, content);
    insert.bindAt(3, trace);
    insert.bindAt(4, microseconds(observed.start));
    insert.bindAt(5, microseconds(observed.recordedAt));
    int parameter = 6;
    for (const std::string_view text : {observed.name, observed.environment, observed.release, observed.version,
                                        observed.user, observed.session, observed.feature, observed.tags}) {
        if (const std::int64_t id = TRY(state.names->idOf(text)))
            insert.bindAt(parameter, id);
        ++parameter;
    }
    const std::int64_t attributes = TRY(state.attributes.idOf(observed.attributes));
    if (attributes)
        insert.bindAt(parameter, attributes);
    insert.bindAt(parameter + 1, observed.reportedInput);
    insert.bindAt(parameter + 2, observed.reportedOutput);
    if (observed.reportedCost)
        insert.bindAt(parameter + 3, observed.reportedCost->picodollars());
    TRY(insert.next());
    ++state.recorded.traces;
    ++state.rowsSinceCommit;
    return true;
}

Result<bool> ObservationWriter::add(const ObservedScore& score)
{
    State& state = *m_state;
    const std::uint64_t content =
        score.scoreId.empty()
            ? state.contentOf(Yield::Score)
            : state.workspace->hasher().hash64(score.scoreId, static_cast<std::uint64_t>(Yield::Score));
    // The same score with another value is news.
    const std::uint64_t value = score.value ? std::hash<double>()(*score.value) : 0;
    if (!state.facts.insert(state.workspace->hasher().hash64(score.text, content ^ value), 1)) {
        ++state.recorded.duplicates;
        return false;
    }
    std::optional<std::int64_t> trace;
    if (!score.traceId.empty())
        trace = TRY(state.traceOf(score.traceId));
    TRY(state.scores.add(score, state.import, content, trace));
    ++state.recorded.scores;
    ++state.rowsSinceCommit;
    return true;
}

Result<> ObservationWriter::add(const ObservedBillLine& line)
{
    return m_state->bills.add(line, m_state->contentOf(Yield::BillLine), m_state->recorded);
}

std::int64_t ObservationWriter::rowsSinceCommit() const
{
    return m_state->rowsSinceCommit;
}

Result<> ObservationWriter::flush()
{
    State& state = *m_state;
    state.rowsSinceCommit = 0;
    TRY(state.newTraces.flush());
    TRY(state.newObservations.flush());
    return state.blocks.flush();
}

Recorded ObservationWriter::State::summary()
{
    std::vector<std::int64_t>& older = recorded.olderTraces;
    std::sort(older.begin(), older.end());
    older.erase(std::unique(older.begin(), older.end()), older.end());
    recorded.lastTrace = nextTrace - 1;
    return recorded;
}

Result<Recorded> ObservationWriter::finish()
{
    State& state = *m_state;
    TRY(flush());
    TRY(state.workspace->database().execute("CREATE INDEX IF NOT EXISTS observation_trace ON observation(trace)"));
    return state.summary();
}

Recorded ObservationWriter::takeBatch()
{
    State& state = *m_state;
    Recorded batch = state.summary();
    state.recorded = {.traceFloor = batch.lastTrace, .observationFloor = state.nextObservation - 1};
    state.greatestNewTrace = 0;
    if (state.facts.size() > mostRememberedFacts)
        state.facts.clear();
    return batch;
}

} // namespace plumbline::record
