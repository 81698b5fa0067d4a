// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/recorder.h"

#include <algorithm>

#include "model/record/recorder_state.h"
#include "model/record/report_json.h"
#include "model/record/settle.h"
#include "model/record/unused_blocks.h"
#include "model/store/schema.h"

namespace plumbline {

namespace {

using record::countRevision;
using store::Database;
using store::Statement;
using store::Transaction;

/// Rows between two commits: the log stays small, and a commit costs little beside them.
constexpr std::int64_t rowsPerCommit = 100'000;
/// What a record takes in an export, roughly: to compare an import with what is there before it is read.
constexpr std::uint64_t bytesPerRecord = 2'000;

/// Tables whose rows an import adds; by their ids above a floor it is discarded.
constexpr std::string_view flooredTables[] = {"observation",   "trace_fact", "score",      "trace",
                                              "attribute_set", "block",      "body_group", "bill_line"};

Result<std::int64_t> highestId(const Database& database, std::string_view table)
{
    return database.integer("SELECT coalesce(max(id), 0) FROM " + std::string(table));
}

/// Takes out everything an unfinished import added.
Result<> discardImport(const Database& database, std::int64_t import, const std::string& floors)
{
    Transaction transaction = TRY(Transaction::begin(database));
    for (const std::string_view table : flooredTables) {
        Statement floor = TRY(database.prepare("SELECT json_extract(?, '$." + std::string(table) + "')"));
        TRY(floor.bind(floors));
        if (!TRY(floor.next()) || floor.isNull(0))
            return fail(ErrorKind::Database,
                        "the workspace file is damaged: an unfinished import does not say where it began");
        const std::int64_t id = floor.integer(0);
        floor.reset();
        TRY(TRY(database.prepare("DELETE FROM " + std::string(table) + " WHERE id > ?")).run(id));
    }
    TRY(TRY(database.prepare("DELETE FROM also_seen WHERE import = ?")).run(import));
    TRY(TRY(database.prepare("DELETE FROM import WHERE id = ?")).run(import));
    return transaction.commit();
}

Result<> discardUnfinished(const Database& database)
{
    Statement unfinished =
        TRY(database.prepare("SELECT id, floors FROM import WHERE finished IS NULL ORDER BY id DESC"));
    std::vector<std::pair<std::int64_t, std::string>> imports;
    while (TRY(unfinished.next()))
        imports.emplace_back(unfinished.integer(0), unfinished.text(1));
    unfinished.reset();
    for (const auto& [import, floors] : imports)
        TRY(discardImport(database, import, floors));
    return {};
}

} // namespace

Recorder::Recorder(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Recorder::Recorder(Recorder&&) noexcept = default;
Recorder& Recorder::operator=(Recorder&&) noexcept = default;

Recorder::~Recorder()
{
    if (m_state && m_state->import != 0)
        (void)discard();
}

Result<Recorder> Recorder::open(const std::filesystem::path& path, const std::string& purpose)
{
    // A path that cannot be a workspace is refused before a lock file is left beside it.
    bool isNew = false;
    {
        const auto existing = Database::open(path, store::OpenMode::Create);
        if (!existing)
            return tl::unexpected(existing.error());
        // Where another program makes the file right now its lock tells which.
        if (auto fits = store::checkVersion(*existing);
            !fits && fits.error().kind != ErrorKind::Unsupported && fits.error().kind != ErrorKind::Locked) {
            isNew = TRY(existing->integer("SELECT count(*) FROM sqlite_schema")) == 0;
            if (!isNew)
                return tl::unexpected(std::move(fits).error());
        }
    }
    store::RecorderLock lock = TRY(store::RecorderLock::acquire(path, purpose));
    store::Workspace workspace = TRY(store::Workspace::open(path, store::OpenMode::ReadWrite));
    TRY(discardUnfinished(workspace.database()));
    TRY(store::createIndexes(workspace.database()));
    return Recorder(
        std::make_unique<State>(State{.lock = std::move(lock), .workspace = std::move(workspace), .isNew = isNew}));
}

Result<> Recorder::begin(const ImportSetup& setup, const StopToken& stop)
{
    State& state = *m_state;
    const Database& database = state.database();
    state.stop = stop;
    state.workspace.database().interruptOn(stop);

    state.floors = "{";
    for (const std::string_view table : flooredTables)
        state.floors += (state.floors.size() > 1 ? ",\"" : "\"") + std::string(table) +
                        "\":" + std::to_string(TRY(highestId(database, table)));
    state.floors += "}";
    TRY(TRY(database.prepare("INSERT INTO import(name, detail, privacy, started, floors) VALUES(?, ?, ?, ?, ?)"))
            .run(setup.name, setup.detail, static_cast<std::int64_t>(setup.privacy), currentTime().microseconds(),
                 state.floors));
    state.import = database.lastInsertId();

    const auto rows = static_cast<std::uint64_t>(TRY(highestId(database, "observation")));
    const bool isBulk = setup.expectedBytes / bytesPerRecord >= rows;
    if (state.isNew)
        store::leaveLog(database);
    state.transaction.emplace(TRY(Transaction::begin(database)));
    state.writer.emplace(
        TRY(record::ObservationWriter::open(state.workspace, state.import, setup.privacy, record::textReader, isBulk)));
    return {};
}

void Recorder::startFile()
{
    m_state->writer->startFile();
}

void Recorder::startRecord(std::string_view raw)
{
    m_state->writer->startRecord(raw);
}

Result<> Recorder::add(const ObservedSpan& span)
{
    TRY(m_state->writer->add(span));
    return m_state->writer->rowsSinceCommit() >= rowsPerCommit ? commit() : Result<>();
}

Result<> Recorder::add(const ObservedTrace& trace)
{
    TRY(m_state->writer->add(trace));
    return m_state->writer->rowsSinceCommit() >= rowsPerCommit ? commit() : Result<>();
}

Result<> Recorder::add(const ObservedScore& score)
{
    TRY(m_state->writer->add(score));
    return {};
}

Result<> Recorder::add(const ObservedBillLine& line)
{
    return m_state->writer->add(line);
}

Result<> Recorder::commit()
{
    State& state = *m_state;
    TRY(state.stop.check());
    TRY(state.writer->flush());
    TRY(state.transaction->commit());
    state.transaction.reset();
    state.transaction.emplace(TRY(Transaction::begin(state.database())));
    return {};
}

Result<ImportReport> Recorder::finish(ImportReport report, const ProgressSink& progress)
{
    State& state = *m_state;
    TRY(commit());
    const record::Recorded recorded = TRY(state.writer->finish());
    record::Settler settler = TRY(record::Settler::open(state.workspace));
    for (const std::int64_t trace : recorded.olderTraces) {
        TRY(state.stop.check());
        TRY(settler.takeOut(trace));
        TRY(settler.settle(trace));
    }
    TRY(settler.settleNew({.floor = recorded.traceFloor,
                           .observationFloor = recorded.observationFloor,
                           .cameTraceByTrace = recorded.cameTraceByTrace},
                          progress, state.stop));
    report.import = state.import;
    report.calls = static_cast<std::uint64_t>(TRY(settler.finish()));
    report.spans = recorded.spans;
    report.traces = recorded.traces;
    report.scores = recorded.scores;
    report.billLines = recorded.billLines;
    report.duplicates = recorded.duplicates;
    report.first = recorded.first;
    report.last = recorded.last;
    std::string formats;
    for (const std::string& format : report.formats)
        formats += (formats.empty() ? "" : ", ") + format;
    TRY(TRY(state.database().prepare("UPDATE import SET finished = ?, format = ?, report = ? WHERE id = ?"))
            .run(currentTime().microseconds(), formats, record::toJson(report), state.import));
    TRY(countRevision(state.database()));
    TRY(state.stop.check());
    TRY(state.transaction->commit());
    // From here on it is imported, whatever fails.
    const bool hadLog = !state.isNew;
    state.forgetImport();
    // What the log holds goes into the file, so that a copy of the one file is a copy of the workspace.
    if (hadLog)
        TRY(state.database().execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    return report;
}

Result<> Recorder::discard()
{
    State& state = *m_state;
    if (state.import == 0)
        return {};
    const std::int64_t import = std::exchange(state.import, 0);
    state.forgetImport(); // rolls back what is not committed
    state.workspace.database().interruptOn(StopToken());
    TRY(discardImport(state.database(), import, state.floors));
    return store::createIndexes(state.database());
}

Result<> Recorder::removeImport(std::int64_t import, const ProgressSink& progress, const StopToken& stop)
{
    State& state = *m_state;
    const Database& database = state.database();
    state.workspace.database().interruptOn(stop);
    Transaction transaction = TRY(Transaction::begin(database));
    Statement known = TRY(database.prepare("SELECT 1 FROM import WHERE id = ? AND finished IS NOT NULL"));
    TRY(known.bind(import));
    if (!TRY(known.next()))
        return fail(ErrorKind::NotFound, "there is no source " + std::to_string(import));
    known.reset();

    std::vector<std::int64_t> touched;
    Statement traces = TRY(database.prepare("SELECT DISTINCT trace FROM observation WHERE import = ?1 UNION "
                                            "SELECT DISTINCT trace FROM trace_fact WHERE import = ?1"));
    TRY(traces.bind(import));
    while (TRY(traces.next()))
        touched.push_back(traces.integer(0));
    traces.reset();

    record::Settler settler = TRY(record::Settler::open(state.workspace));
    for (const std::int64_t trace : touched) {
        TRY(stop.check());
        TRY(settler.takeOut(trace));
    }
    // What another import brought as well goes over to it; the rest goes.
    for (const std::string_view statement :
         {"UPDATE observation SET import = (SELECT min(also_seen.import) FROM also_seen WHERE also_seen.observation = "
          "observation.id) "
          "WHERE import = ?1 AND id IN (SELECT observation FROM also_seen)",
          "DELETE FROM also_seen WHERE import = ?1 OR EXISTS (SELECT 1 FROM observation WHERE observation.id = "
          "also_seen.observation "
          "AND observation.import = also_seen.import)",
          "DELETE FROM observation WHERE import = ?1", "DELETE FROM trace_fact WHERE import = ?1",
          "DELETE FROM score WHERE import = ?1", "DELETE FROM bill_line WHERE import = ?1",
          "DELETE FROM trace WHERE id NOT IN (SELECT trace FROM observation) AND id NOT IN (SELECT trace FROM "
          "trace_fact) AND id NOT IN (SELECT trace FROM score WHERE trace IS NOT NULL)",
          "DELETE FROM origin WHERE import = ?1", "DELETE FROM import WHERE id = ?1"}) {
        Statement step = TRY(database.prepare(statement));
        if (statement.find("?1") == std::string_view::npos)
            TRY(step.run());
        else
            TRY(step.run(import));
    }
    std::uint64_t done = 0;
    for (const std::int64_t trace : touched) {
        TRY(stop.check());
        TRY(settler.settle(trace));
        if (++done % 1024 == 0 && progress)
            progress({.what = "settling", .done = done, .total = touched.size()});
    }
    TRY(settler.finish());
    TRY(record::dropUnusedBlocks(state.workspace));
    TRY(countRevision(database));
    TRY(stop.check());
    return transaction.commit();
}

Result<std::int64_t> Recorder::prune(Timestamp before, const ProgressSink& progress, const StopToken& stop)
{
    std::vector<std::int64_t> old;
    {
        Statement query = TRY(m_state->database().prepare(
            "SELECT id FROM import WHERE finished IS NOT NULL AND EXISTS (SELECT 1 FROM observation WHERE "
            "observation.import = import.id) "
            "AND NOT EXISTS (SELECT 1 FROM observation WHERE observation.import = import.id "
            "AND observation.happened >= ?)"));
        TRY(query.bind(before.microseconds()));
        while (TRY(query.next()))
            old.push_back(query.integer(0));
    }
    for (const std::int64_t import : old)
        TRY(removeImport(import, progress, stop));
    return static_cast<std::int64_t>(old.size());
}

Result<> Recorder::change(std::initializer_list<Setting> settings, const ProgressSink& progress, const StopToken& stop)
{
    State& state = *m_state;
    state.workspace.database().interruptOn(stop);
    Transaction transaction = TRY(Transaction::begin(state.database()));
    for (const Setting& setting : settings)
        TRY(state.workspace.setSetting(setting.key, setting.value));
    record::Settler settler = TRY(record::Settler::open(state.workspace));
    TRY(settler.settleAll(progress, stop));
    TRY(settler.finish());
    TRY(countRevision(state.database()));
    TRY(stop.check());
    return transaction.commit();
}

} // namespace plumbline
