// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generations.h"
#include "support/workspace.h"

#include <algorithm>

#include "model/record/recorder.h"

using namespace plumbline;
using plumbline::test::lineOf;
using plumbline::test::TemporaryWorkspace;
using plumbline::test::twoCalls;

/// Small workspaces, asked for exactly one thing.
class FiltersTest : public QObject
{
    Q_OBJECT

private slots:
    void everyDimensionFiltersByValueAndByItsLack_data();
    void everyDimensionFiltersByValueAndByItsLack();
    void unknownValuesMatchNothing();
    void conditionsAllHold();
    void periodsAreHalfOpen();
    void aBadMetadataKeyIsNoCrash();
    void hoursThatComeTwiceAreOneHour_data();
    void hoursThatComeTwiceAreOneHour();

private:
    static Result<Breakdown> ask(const TemporaryWorkspace& workspace, const BreakdownQuestion& question)
    {
        const auto queries = workspace.queries();
        if (!queries)
            return tl::unexpected(queries.error());
        return queries->breakdown(question, StopToken());
    }
    static std::int64_t count(const TemporaryWorkspace& workspace, std::initializer_list<const char*> conditions)
    {
        BreakdownQuestion question;
        for (const char* text : conditions)
            question.filter.conditions.push_back(*conditionFromText(text));
        return ask(workspace, question)->total.calls;
    }
};

void FiltersTest::everyDimensionFiltersByValueAndByItsLack_data()
{
    QTest::addColumn<QString>("members");
    QTest::addColumn<QString>("dimension");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("lack");
    const auto row = [](const char* members, const char* dimension, const char* value, const char* lack = "(none)") {
        QTest::newRow(dimension) << QString::fromUtf8(members) << dimension << value << lack;
    };
    row(",\"metadata\":{\"feature\":\"chat\"}", "feature", "chat", "unallocated");
    row(",\"environment\":\"production\"", "environment", "production");
    row(",\"name\":\"answer\"", "step", "answer");
    row(",\"userId\":\"ann\"", "user", "ann");
    row(",\"sessionId\":\"s1\"", "session", "s1");
    row(",\"tags\":[\"a\",\"b\"]", "tag", "b");
    row(",\"promptName\":\"greet\",\"promptVersion\":3", "prompt", "greet v3");
    row(",\"release\":\"r1\"", "release", "r1");
    row(",\"level\":\"ERROR\"", "status", "error", "unknown");
    row(",\"metadata\":{\"tenant\":\"acme\"}", "metadata.tenant", "acme");
    row(",\"metadata\":{\"plan\":{\"tier\":\"gold\"}}", "metadata.plan.tier", "gold");
    row(",\"metadata\":{\"n\":7}", "metadata.n", "7");
    row(",\"metadata\":{\"on\":true}", "metadata.on", "true");
}

void FiltersTest::everyDimensionFiltersByValueAndByItsLack()
{
    QFETCH(QString, members);
    QFETCH(QString, dimension);
    QFETCH(QString, value);
    QFETCH(QString, lack);
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoCalls(members.toStdString()))}));
    BreakdownQuestion question;
    question.by = {*dimensionFromId(dimension.toStdString())};
    const auto answer = ask(workspace, question);
    QVERIFY2(answer, answer ? "" : answer.error().text().c_str());
    std::vector<std::string> keys;
    for (const BreakdownRow& row : answer->rows)
        keys.push_back(row.keys[0]);
    QVERIFY(std::find(keys.begin(), keys.end(), value.toStdString()) != keys.end());
    // By whatever name the other call's first rule gives its feature.
    if (dimension != QStringLiteral("feature"))
        QVERIFY(std::find(keys.begin(), keys.end(), lack.toStdString()) != keys.end());
    for (const bool isExcluded : {false, true}) {
        for (const QString& asked : {value, lack}) {
            BreakdownQuestion filtered;
            filtered.filter.conditions = {{question.by[0], isExcluded, {asked.toStdString()}}};
            QCOMPARE(ask(workspace, filtered)->total.calls, std::int64_t{1});
        }
        BreakdownQuestion both;
        both.filter.conditions = {{question.by[0], isExcluded, {value.toStdString(), lack.toStdString()}}};
        QCOMPARE(ask(workspace, both)->total.calls, std::int64_t{isExcluded ? 0 : 2});
    }
}

void FiltersTest::unknownValuesMatchNothing()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoCalls(",\"userId\":\"ann\""))}));
    for (const char* condition : {"user=bob", "model=none", "day=2026-01-01", "day=nonsense", "metadata.no=x",
                                  "source=elsewhere", "status=fine", "tag=x", "user=A"}) {
        QCOMPARE(count(workspace, {condition}), std::int64_t{0});
        const QString excluded = QString::fromUtf8(condition).replace('=', QStringLiteral("!="));
        QCOMPARE(count(workspace, {excluded.toStdString().c_str()}), std::int64_t{2});
    }
    QCOMPARE(count(workspace, {"day=2026-08-20"}), std::int64_t{2});
    QCOMPARE(count(workspace, {"week=2026-08-17"}), std::int64_t{2});
    QCOMPARE(count(workspace, {"month=2026-08"}), std::int64_t{2});
    QCOMPARE(count(workspace, {"hour=2026-08-20 10:00"}), std::int64_t{2});
    QCOMPARE(count(workspace, {"source=a.jsonl #1"}), std::int64_t{2});
}

void FiltersTest::conditionsAllHold()
{
    const TemporaryWorkspace workspace;
    std::string text;
    for (int i = 0; i < 8; ++i)
        text += lineOf({.number = i,
                        .members = std::string(i & 1 ? ",\"userId\":\"ann\"" : "") +
                                   (i & 2 ? ",\"release\":\"r1\"" : "") + (i & 4 ? ",\"tags\":[\"x\",\"y\"]" : "")});
    QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
    QCOMPARE(count(workspace, {"user=ann"}), std::int64_t{4});
    QCOMPARE(count(workspace, {"user=ann", "release=r1"}), std::int64_t{2});
    QCOMPARE(count(workspace, {"user=ann", "release=r1", "tag=x,y"}), std::int64_t{1});
    QCOMPARE(count(workspace, {"user!=ann", "tag!=y"}), std::int64_t{2});
    QCOMPARE(count(workspace, {"user=ann", "user!=ann"}), std::int64_t{0});
}

void FiltersTest::periodsAreHalfOpen()
{
    const TemporaryWorkspace workspace;
    QVERIFY(
        workspace.import({workspace.write("a.jsonl", lineOf({.number = 1, .time = "2026-08-20T10:00:00Z"}) +
                                                         lineOf({.number = 2, .time = "2026-08-20T10:00:00.000001Z"}) +
                                                         lineOf({.number = 3, .time = "2026-08-20T11:00:00Z"}))}));
    const auto inside = [&](const char* first, const char* end) {
        BreakdownQuestion question;
        question.filter.period = Period{*parseTimestamp(first), *parseTimestamp(end)};
        return ask(workspace, question)->total.calls;
    };
    QCOMPARE(inside("2026-08-20T10:00:00Z", "2026-08-20T11:00:00Z"), std::int64_t{2});
    QCOMPARE(inside("2026-08-20T10:00:00.000001Z", "2026-08-20T11:00:00.000001Z"), std::int64_t{2});
    QCOMPARE(inside("2026-08-20T10:00:00Z", "2026-08-20T10:00:00Z"), std::int64_t{0});
    QCOMPARE(inside("2026-08-21", "2026-08-20"), std::int64_t{0});
}

void FiltersTest::aBadMetadataKeyIsNoCrash()
{
    // nlohmann's dump throws for text that is not UTF-8, which a command line may hold.
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoCalls(",\"metadata\":{\"tenant\":\"acme\"}"))}));
    BreakdownQuestion question;
    question.by = {{Dimension::Metadata, "\xff\"'\\"}};
    const auto answer = ask(workspace, question);
    QVERIFY(answer);
    QCOMPARE(answer->rows.size(), std::size_t{1});
    QCOMPARE(answer->rows[0].keys[0], std::string("(none)"));
}

void FiltersTest::hoursThatComeTwiceAreOneHour_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("hours");
    QTest::newRow("UTC") << "UTC"
                         << "2026-10-24 23:00 1, 2026-10-25 00:00 2, 2026-10-25 01:00 2";
    QTest::newRow("Berlin") << "Europe/Berlin"
                            << "2026-10-25 01:00 1, 2026-10-25 02:00 4";
    QTest::newRow("Kolkata") << "Asia/Kolkata"
                             << "2026-10-25 05:00 2, 2026-10-25 06:00 2, 2026-10-25 07:00 1";
    // Two hours back: the last call's local hour is before that of others.
    QTest::newRow("Troll") << "Antarctica/Troll"
                           << "2026-10-25 01:00 3, 2026-10-25 02:00 2";
}

void FiltersTest::hoursThatComeTwiceAreOneHour()
{
    QFETCH(QString, zone);
    QFETCH(QString, hours);
    const TemporaryWorkspace workspace;
    std::string text;
    int number = 0;
    for (const char* time : {"2026-10-24T23:40:00Z", "2026-10-25T00:10:00Z", "2026-10-25T00:40:00Z",
                             "2026-10-25T01:10:00Z", "2026-10-25T01:40:00Z"})
        text += lineOf({.number = ++number, .time = time});
    QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
    auto recorder = Recorder::open(workspace.path(), "test");
    QVERIFY(recorder);
    QVERIFY(recorder->change({{"time_zone", zone.toStdString()}}, {}, StopToken()));
    BreakdownQuestion question;
    question.by = {{Dimension::Hour, {}}};
    const auto answer = ask(workspace, question);
    QVERIFY(answer);
    QStringList rows;
    for (const BreakdownRow& row : answer->rows)
        rows.append(QString::fromStdString(row.keys[0] + " " + std::to_string(row.measures.calls)));
    rows.sort();
    QCOMPARE(rows.join(QStringLiteral(", ")), hours);

    // A series goes by the same hours and loses none.
    const auto series = workspace.queries()->series({.step = Dimension::Hour}, StopToken());
    QVERIFY(series);
    std::int64_t calls = 0;
    for (const Series& one : series->series)
        for (const Measures& point : one.points)
            calls += point.calls;
    QCOMPARE(calls, std::int64_t{5});
}

QTEST_GUILESS_MAIN(FiltersTest)
#include "filters_test.moc"
