// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/live_recorder.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "model/core/time.h"
#include "model/record/recorder_state.h"
#include "model/record/report_json.h"
#include "model/record/settle.h"
#include "model/store/external_id.h"

namespace plumbline {

namespace {

constexpr std::string_view sourceDetail = "received by the collector";
/// What writer and settler remember is forgotten after so many rows, so that a collector's memory ends somewhere.
constexpr std::int64_t rowsUntilForgetting = 200'000;

/// A source of today that something came for.
struct LiveSource
{
    ImportReport report;
    bool hasChanged = false;

    void spread(const std::optional<Timestamp>& time) { reachTo(time, report.first, report.last); }
    void skip(std::string_view reason)
    {
        for (Skipped& known : report.skipped)
            if (known.reason == reason) {
                ++known.count;
                return;
            }
        // Reasons that quote what came are without end.
        constexpr std::size_t mostReasons = 100;
        if (report.skipped.size() < mostReasons)
            report.skipped.push_back({.reason = std::string(reason), .count = 1, .firstFile = "a post"});
    }
};

} // namespace

struct LiveRecorder::State
{
    Recorder recorder;
    Privacy privacy;
    std::int64_t day = 0;                                        ///< since 1970, of the sources at hand
    std::map<std::string, LiveSource, std::less<>> sources = {}; ///< by format
    LiveSource* source = nullptr;                                ///< of the record at hand
    std::optional<record::Settler> settler = {};
    std::int64_t rows = 0;
    Outcome outcome = {};

    Recorder::State& base() { return *recorder.m_state; }
    const store::Database& database() { return base().database(); }
    Result<> openWriter(std::int64_t now);
    /// The source of today, made if there is none yet.
    Result<LiveSource*> sourceOf(std::string_view format);
};

LiveRecorder::LiveRecorder(std::unique_ptr<State> state) : m_state(std::move(state)) {}
LiveRecorder::LiveRecorder(LiveRecorder&&) noexcept = default;
LiveRecorder& LiveRecorder::operator=(LiveRecorder&&) noexcept = default;

LiveRecorder::~LiveRecorder()
{
    if (!m_state)
        return;
    Recorder::State& base = m_state->base();
    m_state->settler.reset();
    base.forgetImport(); // rolls back what is not committed
    // What the log holds goes into the file, so that a copy of the one file is a copy of the workspace.
    (void)base.database().execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<LiveRecorder> LiveRecorder::open(const std::filesystem::path& workspace, const std::string& purpose,
                                        Privacy privacy)
{
    auto state =
        std::make_unique<State>(State{.recorder = TRY(Recorder::open(workspace, purpose)), .privacy = privacy});
    // A collector runs for days and hardly reads: what it maps would count as its memory as the workspace grows.
    TRY(state->database().execute("PRAGMA mmap_size = 0"));
    return LiveRecorder(std::move(state));
}

Result<> LiveRecorder::State::openWriter(std::int64_t now)
{
    settler.reset();
    base().writer.reset();
    sources.clear();
    base().writer.emplace(
        TRY(record::ObservationWriter::open(base().workspace, 0, privacy, record::textReader, false)));
    settler.emplace(TRY(record::Settler::open(base().workspace)));
    TRY(record::openLiveNotes(database()));
    day = now / microsecondsPerDay;
    rows = 0;
    return {};
}

Result<LiveSource*> LiveRecorder::State::sourceOf(std::string_view format)
{
    if (const auto known = sources.find(format); known != sources.end())
        return &known->second;
    const std::string name = "Live, " + isoText(Timestamp(day * microsecondsPerDay)).substr(0, 10);
    LiveSource found;
    store::Statement known =
        TRY(database().prepare("SELECT id, report FROM import WHERE name = ? AND detail = ? AND format = ? AND "
                               "privacy = ? AND finished IS NOT NULL"));
    TRY(known.bind(name, sourceDetail, format, static_cast<std::int64_t>(privacy)));
    if (TRY(known.next())) {
        found.report = record::reportFromJson(known.text(1));
        found.report.import = known.integer(0);
    }
    known.reset();
    if (found.report.import == 0) {
        // Finished from the start: each batch shows with its own commit.
        TRY(TRY(database().prepare("INSERT INTO import(name, detail, format, privacy, started, finished, floors) "
                                   "VALUES(?, ?, ?, ?, ?, ?, '{}')"))
                .run(name, sourceDetail, format, static_cast<std::int64_t>(privacy), currentTime().microseconds(),
                     currentTime().microseconds()));
        found.report.import = database().lastInsertId();
        found.report.formats = {std::string(format)};
    }
    return &sources.emplace(format, std::move(found)).first->second;
}

Result<> LiveRecorder::begin()
{
    State& state = *m_state;
    state.base().transaction.emplace(TRY(store::Transaction::begin(state.database())));
    const std::int64_t now = currentTime().microseconds();
    if (!state.settler || now / microsecondsPerDay != state.day || state.rows > rowsUntilForgetting)
        TRY(state.openWriter(now));
    state.outcome = {};
    return {};
}

Result<> LiveRecorder::startRecord(std::string_view raw, std::string_view format)
{
    State& state = *m_state;
    state.source = TRY(state.sourceOf(format));
    state.source->hasChanged = true;
    ++state.source->report.records;
    state.source->report.bytes += raw.size();
    state.base().writer->changeImport(state.source->report.import);
    state.base().writer->startRecord(raw);
    return {};
}

void LiveRecorder::endRecord()
{
    m_state->source = nullptr;
}

void LiveRecorder::skip(std::string_view reason)
{
    if (m_state->source)
        m_state->source->skip(reason);
}

Result<> LiveRecorder::add(const ObservedSpan& span)
{
    State& state = *m_state;
    const bool isNew = TRY(state.base().writer->add(span));
    ++(isNew ? state.outcome.spans : state.outcome.duplicates);
    ++(isNew ? state.source->report.spans : state.source->report.duplicates);
    state.source->spread(span.start);
    return {};
}

Result<> LiveRecorder::add(const ObservedTrace& trace)
{
    State& state = *m_state;
    const bool isNew = TRY(state.base().writer->add(trace));
    ++(isNew ? state.outcome.traces : state.outcome.duplicates);
    ++(isNew ? state.source->report.traces : state.source->report.duplicates);
    return {};
}

Result<> LiveRecorder::add(const ObservedScore& score)
{
    State& state = *m_state;
    const bool isNew = TRY(state.base().writer->add(score));
    ++(isNew ? state.outcome.scores : state.outcome.duplicates);
    ++(isNew ? state.source->report.scores : state.source->report.duplicates);
    return {};
}

Result<LiveRecorder::Outcome> LiveRecorder::commit()
{
    State& state = *m_state;
    record::ObservationWriter& writer = *state.base().writer;
    state.rows += writer.rowsSinceCommit();
    TRY(writer.flush());
    const record::Recorded recorded = writer.takeBatch();
    TRY(state.settler->begin());
    for (const std::int64_t trace : recorded.olderTraces) {
        TRY(state.settler->takeOut(trace));
        TRY(state.settler->settle(trace));
    }
    std::vector<std::int64_t> changed = recorded.olderTraces;
    for (std::int64_t trace = recorded.traceFloor + 1; trace <= recorded.lastTrace; ++trace) {
        TRY(state.settler->settle(trace));
        changed.push_back(trace);
    }
    TRY(state.settler->finish());
    store::Statement& report = *TRY(state.database().kept("UPDATE import SET finished = ?, report = ? WHERE id = ?"));
    for (auto& [format, source] : state.sources)
        if (std::exchange(source.hasChanged, false))
            TRY(report.run(currentTime().microseconds(), record::toJson(source.report), source.report.import));
    const std::vector<std::int64_t>& others = state.settler->alsoSettled();
    changed.insert(changed.end(), others.begin(), others.end());
    std::sort(changed.begin(), changed.end());
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    TRY(record::countLiveRevision(state.database(), changed));
    TRY(state.base().transaction->commit());
    state.base().transaction.reset();
    state.source = nullptr;
    return state.outcome;
}

Result<std::string> LiveRecorder::traceOfSpan(std::string_view span)
{
    // Spans are found by their traces: without one, those that came last are looked through.
    store::Statement& query =
        *TRY(m_state->database().kept("SELECT external FROM trace WHERE id = (SELECT trace FROM observation WHERE id > "
                                      "(SELECT max(id) FROM observation) - 100000 AND span = ? ORDER BY id DESC)"));
    const std::string packed = store::packedId(span);
    TRY(query.bind(store::Blob{packed}));
    const Result<bool> isKnown = query.next();
    std::string trace = isKnown && *isKnown ? store::unpackedId(query.text(0)) : std::string();
    query.reset();
    if (!isKnown)
        return tl::unexpected(isKnown.error());
    return trace;
}

std::uint64_t LiveRecorder::digestOf(std::string_view text) const
{
    constexpr std::uint64_t salt = 0x72656461637465; // keeps these digests apart from those the workspace stores
    return m_state->recorder.m_state->workspace.hasher().hash64(text, salt);
}

std::string LiveRecorder::pseudonymOf(std::string_view text) const
{
    constexpr char digits[] = "0123456789abcdef";
    std::uint64_t digest = digestOf(text);
    std::string word(8, '0');
    for (char& digit : word) {
        digit = digits[digest & 15U];
        digest >>= 4U;
    }
    return word;
}

} // namespace plumbline
