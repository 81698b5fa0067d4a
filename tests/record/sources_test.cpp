// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/story.h"

#include <algorithm>
#include <random>

#include "model/store/blocks.h"
#include "model/store/workspace.h"

using namespace plumbline;
using namespace plumbline::test;

/// Sources come and go, and leave nothing behind that is theirs alone.
class SourcesTest : public QObject
{
    Q_OBJECT

private slots:
    void removingEverySourceButOneLeavesThatOne();
    void theRollUpIsARecountAfterEveryStep();
    void scoresStayWithTheirTraceWhenItsSourceGoes();
    void aScoreThatCameTwiceCountsOnce();
    void whatIsDiscardedWasNeverThere();
    void whatIsNotFinishedIsInvisible();
    void privacyDecidesWhatIsKept();
    void pruningTakesOldSourcesOnly();
    void aSourceThatIsNotThereIsNotFound();
    void whatWasCancelledBeforeItsEndIsNotDone();
};

void SourcesTest::removingEverySourceButOneLeavesThatOne()
{
    for (unsigned seed = 0; seed < 4; ++seed) {
        const auto lines = someLines(10 + seed);
        // Three sources that overlap.
        std::vector<std::string> parts(3);
        std::mt19937 random(seed);
        for (const std::string& line : lines)
            for (unsigned part = 0, kept = 1 + random() % 7; part < 3; ++part)
                if (kept & 1U << part)
                    parts[part] += line + "\n";
        std::vector<std::string> alone;
        for (const std::string& part : parts) {
            const TemporaryWorkspace workspace;
            QVERIFY(Story(workspace).record(part));
            alone.push_back(calls(workspace));
        }
        for (std::size_t left = 0; left < 3; ++left) {
            const TemporaryWorkspace workspace;
            const Story story(workspace);
            for (const std::string& part : parts)
                QVERIFY(story.record(part));
            const std::string whole = calls(workspace);
            for (std::size_t part = 0; part < 3; ++part)
                if (part != left)
                    QVERIFY(story.remove(static_cast<std::int64_t>(part) + 1));
            QCOMPARE(calls(workspace), alone[left]);
            QCOMPARE(rollUp(workspace), recount(workspace));
            for (const std::string& part : parts)
                QVERIFY(story.record(part));
            QCOMPARE(calls(workspace), whole);
        }
    }
}

void SourcesTest::theRollUpIsARecountAfterEveryStep()
{
    const TemporaryWorkspace workspace;
    const Story story(workspace);
    std::vector<std::int64_t> imports;
    std::mt19937 random(99);
    for (unsigned step = 0; step < 12; ++step) {
        if (!imports.empty() && random() % 3 == 0) {
            const std::size_t which = random() % imports.size();
            QVERIFY(story.remove(imports[which]));
            imports.erase(imports.begin() + static_cast<std::ptrdiff_t>(which));
        } else {
            auto lines = someLines(step % 4);
            std::shuffle(lines.begin(), lines.end(), random);
            lines.resize(lines.size() / 2);
            const auto report = story.record(joined(lines));
            QVERIFY(report);
            imports.push_back(report->import);
        }
        QCOMPARE(rollUp(workspace), recount(workspace));
    }
    for (const std::int64_t import : imports)
        QVERIFY(story.remove(import));
    QCOMPARE(rollUp(workspace) + calls(workspace), std::string());
    QCOMPARE(answerOf(workspace,
                      "SELECT count(*) FROM observation UNION ALL SELECT count(*) FROM trace UNION ALL SELECT "
                      "count(*) FROM also_seen UNION ALL SELECT count(*) FROM unbilled"),
             std::string("0\n0\n0\n0\n"));
}

void SourcesTest::scoresStayWithTheirTraceWhenItsSourceGoes()
{
    // The trace's row was deleted and its number given to another trace, which then had the scores.
    const TemporaryWorkspace workspace;
    const Story story(workspace);
    QVERIFY(story.record("t/a llm name=a in=1 out=1\n"));
    QVERIFY(story.record("score t/a helpful 1 s1\n"));
    QVERIFY(story.remove(1));
    QVERIFY(story.record("u/b llm name=b in=1 out=1\n"));
    QCOMPARE(workspace.queries()->breakdown({}, StopToken())->total.scoredCalls, std::int64_t{0});
    QVERIFY(story.record("t/a llm name=a in=1 out=1\n"));
    QCOMPARE(workspace.queries()->breakdown({}, StopToken())->total.scoredCalls, std::int64_t{1});
}

void SourcesTest::aScoreThatCameTwiceCountsOnce()
{
    const TemporaryWorkspace workspace;
    const Story story(workspace);
    QVERIFY(story.record("t/a llm name=a in=1 out=1\nscore t/a helpful 1 s1\nscore t/a helpful 0 s2\n"));
    QVERIFY(story.record("score t/a helpful 1 s1\n"));
    QCOMPARE(workspace.queries()->status(StopToken())->scores, std::int64_t{2});
    QCOMPARE(workspace.queries()->breakdown({}, StopToken())->total.scoreSum, 0.5);
    // Changed at the source: what came last holds.
    QVERIFY(story.record("score t/a helpful 0.5 s1\n"));
    QCOMPARE(workspace.queries()->breakdown({}, StopToken())->total.scoreSum, 0.25);
}

void SourcesTest::whatIsDiscardedWasNeverThere()
{
    const std::string lines = joined(someLines(7));
    const TemporaryWorkspace workspace;
    QVERIFY(Story(workspace).record("x/y llm name=y in=1 out=1\n"));
    const std::string everything =
        "SELECT (SELECT count(*) FROM observation) || ' ' || (SELECT count(*) FROM trace) || "
        "' ' || (SELECT count(*) FROM call) || ' ' || (SELECT count(*) FROM block) || ' ' "
        "|| (SELECT count(*) FROM score) || ' ' || (SELECT count(*) FROM import)";
    const std::string before = answerOf(workspace, everything) + calls(workspace) + rollUp(workspace);
    for (const bool isCommitted : {false, true}) {
        for (const bool isAsked : {false, true}) {
            auto recorder = Recorder::open(workspace.path(), "test");
            QVERIFY(recorder);
            QVERIFY(recorder->begin({.name = "lines", .expectedBytes = lines.size()}, StopToken()));
            QVERIFY(Story::addTo(*recorder, lines + "t0/z llm name=z body=hello in=1 out=1\nscore x/y good 1 s9\n"));
            if (isCommitted)
                QVERIFY(recorder->commit());
            if (isAsked)
                QVERIFY(recorder->discard());
        }
        QCOMPARE(answerOf(workspace, everything) + calls(workspace) + rollUp(workspace), before);
    }
    QVERIFY(Story(workspace).record(lines));
    QCOMPARE(rollUp(workspace), recount(workspace));
}

void SourcesTest::whatIsNotFinishedIsInvisible()
{
    const TemporaryWorkspace workspace;
    QVERIFY(Story(workspace).record("x/y llm name=y in=1 out=1\n"));
    const std::string before = workspace.breakdown({Dimension::Step});
    auto recorder = Recorder::open(workspace.path(), "test");
    QVERIFY(recorder);
    QVERIFY(recorder->begin({.name = "lines"}, StopToken()));
    QVERIFY(Story::addTo(*recorder, "x/y llm name=y in=7 out=7 recorded=2026-08-21\nscore x/y good 1 s9\n"));
    QVERIFY(recorder->commit());
    QCOMPARE(workspace.breakdown({Dimension::Step}), before);
    QCOMPARE(workspace.queries()->breakdown({}, StopToken())->total.scoredCalls, std::int64_t{0});
    QCOMPARE(workspace.queries()->sources(StopToken())->size(), std::size_t{1});
    QVERIFY(recorder->finish({}, {}));
    QVERIFY(workspace.breakdown({Dimension::Step}) != before);
    QCOMPARE(workspace.queries()->breakdown({}, StopToken())->total.scoredCalls, std::int64_t{1});
}

void SourcesTest::privacyDecidesWhatIsKept()
{
    const std::string line = "t/a llm name=a in=1 out=1 body=confidential\n";
    const auto kept = [](const TemporaryWorkspace& workspace) {
        return answerOf(workspace, "SELECT (SELECT count(*) FROM block) || ' ' || (SELECT count(*) FROM block WHERE "
                                   "body_group IS NOT NULL) || ' ' || (SELECT count(*) FROM observation WHERE blocks "
                                   "IS NOT NULL)");
    };
    for (const auto& [privacy, expected] : std::vector<std::pair<Privacy, const char*>>{
             {Privacy::Bodies, "1 1 1\n"}, {Privacy::Digests, "1 0 1\n"}, {Privacy::Metadata, "0 0 0\n"}}) {
        const TemporaryWorkspace workspace;
        QVERIFY(Story(workspace).record(line, privacy));
        QCOMPARE(kept(workspace), std::string(expected));
    }
    // Bodies that come later are taken; the call is one.
    const TemporaryWorkspace workspace;
    const Story story(workspace);
    QVERIFY(story.record(line, Privacy::Digests));
    QVERIFY(story.record(line, Privacy::Bodies));
    const auto database = store::Database::open(workspace.path(), store::OpenMode::ReadOnly);
    QVERIFY(database);
    auto bodies = store::BodyReader::open(*database);
    QVERIFY(bodies);
    const auto body = bodies->bodyOf(2); // a block without its body is another block
    QVERIFY(body && *body);
    QCOMPARE(**body, std::string("confidential"));
    QCOMPARE(workspace.breakdown({Dimension::Step}), std::string("a: calls 1, input 1, read ?, output 1, cost ?\n"));
    // And go with the source that brought them.
    QVERIFY(story.remove(2));
    QCOMPARE(kept(workspace), std::string("1 0 1\n"));
}

void SourcesTest::pruningTakesOldSourcesOnly()
{
    const TemporaryWorkspace workspace;
    const Story story(workspace);
    QVERIFY(story.record("t/a llm name=a in=1 out=1 at=2026-01-10\n"));
    QVERIFY(story.record("u/b llm name=b in=1 out=1 at=2026-01-10\nv/c llm name=c in=1 out=1 at=2026-05-10\n"));
    auto recorder = Recorder::open(workspace.path(), "test");
    QVERIFY(recorder);
    const auto pruned = recorder->prune(*parseTimestamp("2026-03-01"), {}, StopToken());
    QVERIFY(pruned);
    QCOMPARE(*pruned, std::int64_t{1});
    QCOMPARE(features(workspace), std::string("b b\nc c\n"));
    QCOMPARE(rollUp(workspace), recount(workspace));
}

void SourcesTest::aSourceThatIsNotThereIsNotFound()
{
    const TemporaryWorkspace workspace;
    QVERIFY(Story(workspace).record("t/a llm name=a in=1 out=1\n"));
    const std::string before = calls(workspace);
    QCOMPARE(Story(workspace).remove(17).error().kind, ErrorKind::NotFound);
    QCOMPARE(calls(workspace), before);
}

/// However little there is to do: whoever cancelled in time is not told that it was done.
void SourcesTest::whatWasCancelledBeforeItsEndIsNotDone()
{
    const TemporaryWorkspace workspace;
    QVERIFY(Story(workspace).record("t/a llm name=a in=1 out=1\n"));
    const std::string before = calls(workspace);
    auto recorder = Recorder::open(workspace.path(), "test");
    QVERIFY(recorder);
    const StopToken stopped;
    stopped.requestStop();
    const auto removed = recorder->removeImport(1, {}, stopped);
    QVERIFY(!removed);
    QCOMPARE(removed.error().kind, ErrorKind::Cancelled);
    const auto changed = recorder->change({{store::setting::priceOverrides, "{}"}}, {}, stopped);
    QVERIFY(!changed);
    QCOMPARE(changed.error().kind, ErrorKind::Cancelled);
    QCOMPARE(calls(workspace), before);
    const auto opened = store::Workspace::open(workspace.path(), store::OpenMode::ReadOnly);
    QVERIFY(opened);
    const auto kept = opened->setting(store::setting::priceOverrides);
    QVERIFY(kept);
    QVERIFY(!kept->has_value());
}

QTEST_GUILESS_MAIN(SourcesTest)
#include "sources_test.moc"
