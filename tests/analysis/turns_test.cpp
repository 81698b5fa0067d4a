// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <algorithm>

#include "importers/text_import.h"
#include "model/analysis/analysis.h"
#include "model/record/recorder.h"
#include "model/sample/sample.h"
#include "model/sample/writers.h"
#include "model/store/recorder_lock.h"
#include "model/store/stale_scopes.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// An analysis has the workspace only while it writes: what others record meanwhile is neither lost nor mistaken.
class TurnsTest : public QObject
{
    Q_OBJECT

private:
    std::vector<std::string> m_lines; ///< of the sample company, one a trace

    /// The n-th third of the company, a source of its own.
    void importThird(const std::filesystem::path& path, std::size_t third) const
    {
        auto import =
            TextImport::begin(path, "test", {.name = "third " + std::to_string(third)}, "langfuse-events", StopToken());
        QVERIFY2(import, import ? "" : import.error().text().c_str());
        for (std::size_t i = third; i < m_lines.size(); i += 3) {
            std::string line = m_lines[i];
            QVERIFY(import->add(line));
        }
        QVERIFY(import->finish({}));
    }
    static DrainsAnswer drains(const TemporaryWorkspace& workspace)
    {
        const auto queries = workspace.queries();
        auto answer = queries->drains({.rows = {Dimension::Feature, {}}, .wantsBeside = true}, StopToken());
        if (!answer)
            qFatal("cannot ask");
        return *answer;
    }
    static std::int64_t count(const TemporaryWorkspace& workspace, std::string_view from)
    {
        const auto database = store::Database::open(workspace.path(), store::OpenMode::ReadOnly);
        return *database->integer("SELECT count(*) FROM " + std::string(from));
    }

private slots:
    void initTestCase()
    {
        QVERIFY(generate(
            SampleOptions{.calls = 1500},
            [&](const SampleTrace& trace) -> Result<> {
                append(m_lines.emplace_back(), trace, SampleFormat::Langfuse);
                return {};
            },
            StopToken()));
    }
    void callsThatChangeMeanwhileAreLeftForTheNextTime();
    void whatIsAnalysedIsNotAnalysedAgain();
    void nothingToDoNeedsNoTurn();
};

void TurnsTest::callsThatChangeMeanwhileAreLeftForTheNextTime()
{
    const TemporaryWorkspace workspace;
    importThird(workspace.path(), 0);
    importThird(workspace.path(), 1);
    bool isDone = false;
    const auto outcome = Analysis::run(
        workspace.path(),
        [&](const Progress& progress) {
            if (progress.what != "keeping what drains were found" || std::exchange(isDone, true))
                return;
            // A feature was read and is about to be written. Ids of the calls that go are given to those that come.
            {
                auto recorder = Recorder::open(workspace.path(), "a test");
                QVERIFY2(recorder, recorder ? "" : recorder.error().text().c_str());
                QVERIFY(recorder->removeImport(2, {}, StopToken()));
            }
            importThird(workspace.path(), 2);
        },
        StopToken());
    QVERIFY2(outcome, outcome ? "" : outcome.error().text().c_str());
    QVERIFY(isDone);
    const DrainsAnswer between = drains(workspace);
    QVERIFY(between.total.callsWaiting > 0);
    QVERIFY(between.total.callsWaiting < between.total.calls);
    // In that feature those that came wait, whatever was known of calls that had their ids; in others none does.
    const TemporaryWorkspace alone;
    importThird(alone.path(), 2);
    const DrainsAnswer came = drains(alone);
    for (std::size_t row = 0; row < between.rows.size(); ++row) {
        const LedgerSums& ledger = between.rowLedgers[row];
        QVERIFY(ledger.useful() >= MoneySum());
        if (ledger.callsWaiting == 0)
            continue;
        const auto same = std::find(came.rows.begin(), came.rows.end(), between.rows[row]);
        QVERIFY(same != came.rows.end());
        QCOMPARE(ledger.callsWaiting, came.rowLedgers[static_cast<std::size_t>(same - came.rows.begin())].calls);
    }
    QCOMPARE(count(workspace, "stale_scope"), 1);
    QCOMPARE(count(workspace, "call_analysis WHERE call NOT IN (SELECT id FROM call)"), 0);
    // The next time all of it, as if nothing had happened.
    QVERIFY(Analysis::run(workspace.path(), {}, StopToken()));
    const DrainsAnswer after = drains(workspace);
    QCOMPARE(after.total.callsWaiting, 0);
    QCOMPARE(count(workspace, "stale_scope"), 0);
    {
        const auto database = store::Database::open(workspace.path(), store::OpenMode::ReadWrite);
        QVERIFY(database->execute("DELETE FROM call_analysis; DELETE FROM daily_waste; DELETE FROM finding"));
        QVERIFY(store::markAllStale(*database));
    }
    QVERIFY(Analysis::run(workspace.path(), {}, StopToken()));
    const DrainsAnswer anew = drains(workspace);
    QVERIFY(anew.total == after.total);
    QVERIFY(anew.rowLedgers == after.rowLedgers);
    QCOMPARE(anew.cells.size(), after.cells.size());
    for (std::size_t i = 0; i < anew.cells.size(); ++i)
        QVERIFY(anew.cells[i].money == after.cells[i].money && anew.cells[i].tokens == after.cells[i].tokens);
}

void TurnsTest::whatIsAnalysedIsNotAnalysedAgain()
{
    const TemporaryWorkspace workspace;
    importThird(workspace.path(), 0);
    Analysis::Outcome inner;
    bool isDone = false;
    const auto outcome = Analysis::run(
        workspace.path(),
        [&](const Progress& progress) {
            if (progress.what != "keeping what drains were found" || std::exchange(isDone, true))
                return;
            // Another program does the same at the same time, and is faster.
            const auto other = Analysis::run(workspace.path(), {}, StopToken());
            QVERIFY(other);
            inner = *other;
        },
        StopToken());
    QVERIFY(outcome);
    QVERIFY(inner.scopes > 1);
    QCOMPARE(outcome->scopes, 1); // the one it had read already
    QCOMPARE(drains(workspace).total.callsWaiting, 0);
}

void TurnsTest::nothingToDoNeedsNoTurn()
{
    const TemporaryWorkspace workspace;
    importThird(workspace.path(), 0);
    {
        const auto lock = store::RecorderLock::acquire(workspace.path(), "an import");
        QVERIFY(lock);
        QCOMPARE(Analysis::run(workspace.path(), {}, StopToken()).error().kind, ErrorKind::Locked);
    }
    QVERIFY(Analysis::run(workspace.path(), {}, StopToken()));
    const auto lock = store::RecorderLock::acquire(workspace.path(), "an import");
    QVERIFY(lock);
    const auto outcome = Analysis::run(workspace.path(), {}, StopToken());
    QVERIFY(outcome);
    QCOMPARE(outcome->scopes, 0);
}

QTEST_GUILESS_MAIN(TurnsTest)
#include "turns_test.moc"
