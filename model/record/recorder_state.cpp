// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/recorder_state.h"

#include "model/prompts/text_counters.h"
#include "model/prompts/text_facts.h"

namespace plumbline::record {

namespace {

void countAndPack(std::string_view text, std::string& packed)
{
    appendEncoded(packed, countText(text));
}

void lookAndPack(std::string_view text, BlockRole role, BlockKind kind, std::string& packed)
{
    if (const TextFacts facts = textFactsOf(text, role, kind); !facts.isEmpty())
        appendPacked(packed, facts);
}

Result<> addOne(const store::Database& database)
{
    return TRY(database.kept("INSERT INTO setting(key, value) VALUES('revision', '1') "
                             "ON CONFLICT DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)"))
        ->run();
}

} // namespace

const store::TextReader textReader{.count = countAndPack, .look = lookAndPack};

Result<> countRevision(const store::Database& database)
{
    TRY(addOne(database));
    // Everything may be another: notes of live changes are of no more use.
    return TRY(database.kept("DELETE FROM setting WHERE key = ?"))->run(store::setting::liveSince);
}

Result<> openLiveNotes(const store::Database& database)
{
    return database.execute("CREATE TABLE IF NOT EXISTS live_change(revision INTEGER NOT NULL, trace INTEGER NOT NULL, "
                            "PRIMARY KEY(revision, trace)) STRICT, WITHOUT ROWID");
}

Result<> countLiveRevision(const store::Database& database, const std::vector<std::int64_t>& traces)
{
    // A reader that is so far behind reads everything.
    constexpr std::int64_t mostNotes = 50'000;
    store::Statement& since = *TRY(database.kept("SELECT 1 FROM setting WHERE key = ?"));
    TRY(since.bind(store::setting::liveSince));
    const bool hasNotes = TRY(since.next());
    since.reset();
    // To count them takes its time, too.
    constexpr std::int64_t countEvery = 64;
    store::Statement& revision =
        *TRY(database.kept("SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'revision'"));
    const bool isTime = TRY(revision.next()) && revision.integer(0) % countEvery == 0;
    revision.reset();
    const bool isFull = hasNotes && isTime && TRY(database.integer("SELECT count(*) FROM live_change")) > mostNotes;
    if (!hasNotes || isFull) {
        TRY(database.execute("DELETE FROM live_change"));
        TRY(TRY(database.kept(
                    "INSERT INTO setting(key, value) VALUES(?, coalesce((SELECT value FROM setting WHERE key = "
                    "'revision'), '0')) ON CONFLICT DO UPDATE SET value = excluded.value"))
                ->run(store::setting::liveSince));
    }
    TRY(addOne(database));
    store::Statement& note =
        *TRY(database.kept("INSERT INTO live_change(revision, trace) SELECT CAST(value AS INTEGER), ? FROM setting "
                           "WHERE key = 'revision'"));
    for (const std::int64_t trace : traces)
        TRY(note.run(trace));
    return {};
}

} // namespace plumbline::record
