// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/sample_import.h"
#include "support/workspace.h"

#include <algorithm>

#include "model/queries/daily_answers.h"
#include "model/record/recorder.h"
#include "model/store/database.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// Figures foot, whichever way they are asked for.
class SumsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void rowsAddUpToTheTotalInEveryGrouping_data();
    void rowsAddUpToTheTotalInEveryGrouping();
    void tagsOverlapAndSaySo();
    void theRollUpEqualsARecount();
    void theRollUpAnswersAsTheCallsDo_data();
    void theRollUpAnswersAsTheCallsDo();
    void explainedLinesAddUpToTheCost();
    void percentilesAreByNearestRank();
    void excludedAndIncludedAreEverything();
    void aBaselineKeepsRowsThatAreGone();
    void theTopFifthComesFirst();
    void twoHalvesReadAtOnceAreTheWhole();

private:
    Breakdown ask(const BreakdownQuestion& question) const { return *m_queries->breakdown(question, StopToken()); }

    TemporaryWorkspace m_workspace;
    std::optional<Queries> m_queries;
};

void SumsTest::initTestCase()
{
    test::importSample(m_workspace.path(), {.calls = 3000});
    // Half-hour time zone: days begin where no hour of UTC does.
    {
        auto recorder = Recorder::open(m_workspace.path(), "test");
        QVERIFY(recorder);
        QVERIFY(recorder->change({{"time_zone", "Asia/Kolkata"}}, {}, StopToken()));
    }
    auto queries = m_workspace.queries();
    QVERIFY(queries);
    m_queries = *std::move(queries);
    QVERIFY(ask({}).total.calls > 2500);
}

void SumsTest::rowsAddUpToTheTotalInEveryGrouping_data()
{
    QTest::addColumn<QString>("by");
    for (const Dimension dimension : allDimensions())
        if (dimension != Dimension::Tag)
            QTest::newRow(idOf({dimension, {}}).c_str()) << QString::fromStdString(idOf({dimension, {}}));
    for (const char* by : {"feature,model,day", "metadata.tenant", "user,session", "feature,hour"})
        QTest::newRow(by) << by;
}

void SumsTest::rowsAddUpToTheTotalInEveryGrouping()
{
    QFETCH(QString, by);
    BreakdownQuestion question;
    for (const QString& id : by.split(','))
        question.by.push_back(*dimensionFromId(id.toStdString()));
    const Breakdown answer = ask(question);
    Measures sum;
    for (const BreakdownRow& row : answer.rows)
        sum += row.measures;
    const Measures total = ask({}).total;
    QCOMPARE(sum.calls, total.calls);
    QCOMPARE(sum.input, total.input);
    QCOMPARE(sum.output, total.output);
    QVERIFY(sum.cost == total.cost);
    QVERIFY(sum.reportedCost == total.reportedCost);
    QVERIFY(!answer.rowsOverlap);
}

void SumsTest::tagsOverlapAndSaySo()
{
    BreakdownQuestion question;
    question.by = {{Dimension::Tag, {}}};
    const Breakdown answer = ask(question);
    QVERIFY(answer.rowsOverlap);
    QCOMPARE(answer.total.calls, ask({}).total.calls);
    std::int64_t calls = 0;
    for (const BreakdownRow& row : answer.rows)
        calls += row.measures.calls;
    QVERIFY(calls > answer.total.calls);
}

void SumsTest::theRollUpEqualsARecount()
{
    BreakdownQuestion question;
    question.by = {{Dimension::Day, {}}};
    const auto database = store::Database::open(m_workspace.path(), store::OpenMode::ReadOnly);
    QVERIFY(database);
    auto daily = database->prepare("SELECT sum(calls), sum(uncached + cache_read + cache_write), sum(cost_dollars), "
                                   "sum(cost_picodollars) FROM daily "
                                   "WHERE day = ?");
    QVERIFY(daily);
    const Breakdown answer = ask(question);
    QVERIFY(answer.rows.size() > 60);
    for (const BreakdownRow& row : answer.rows) {
        QVERIFY(daily->bind(*parseDate(row.keys[0])));
        QVERIFY(*daily->next());
        QCOMPARE(daily->integer(0), row.measures.calls);
        QCOMPARE(daily->integer(1), row.measures.input.value_or(0));
        const auto cost =
            MoneySum::ofPicodollars(MoneySum::Integer{daily->integer(2)} * 1'000'000'000'000 + daily->integer(3));
        QVERIFY(cost == row.measures.cost.value_or(MoneySum()));
        daily->reset();
    }
}

void SumsTest::theRollUpAnswersAsTheCallsDo_data()
{
    QTest::addColumn<Dimension>("by");
    for (const Dimension by : {Dimension::Feature, Dimension::Model, Dimension::Provider, Dimension::Environment})
        QTest::newRow(idOf({by, {}}).c_str()) << by;
}

void SumsTest::theRollUpAnswersAsTheCallsDo()
{
    QFETCH(Dimension, by);
    const auto daily = DailyAnswers::open(m_workspace.path(), StopToken());
    QVERIFY(daily);
    const ReportingCalendar& calendar = m_queries->calendar();
    const Period october = calendar.month(2026 * 12 + 9);
    const Period september = calendar.month(2026 * 12 + 8);
    // The same days, so that what opens a workspace is the same.
    QCOMPARE(calendar.localHour(daily->extent()->first) / 24, calendar.localHour(m_queries->extent()->first) / 24);
    QCOMPARE(calendar.localHour(daily->extent()->end) / 24, calendar.localHour(m_queries->extent()->end) / 24);

    const auto told = daily->breakdown(by, october, september);
    QVERIFY(told);
    const Breakdown answer =
        ask({.filter = {.period = october}, .by = {{by, {}}}, .baseline = Filter{.period = september}});
    const auto textOf = [](const std::vector<std::string>& keys, const Measures& measures, double share, double sum) {
        return QString("%1: %2 calls, %3 unknown, %4 unpriced, %5 in, %6 out, $%7, %8 %9")
            .arg(QString::fromStdString(keys.empty() ? "total" : keys.front()))
            .arg(measures.calls)
            .arg(measures.callsWithoutUsage)
            .arg(measures.unpricedCalls)
            .arg(measures.input.value_or(-1))
            .arg(measures.output.value_or(-1))
            .arg(QString::fromStdString(measures.cost ? decimalText(*measures.cost) : "?"))
            .arg(share)
            .arg(sum);
    };
    const auto linesOf = [&](const Breakdown& breakdown) {
        QStringList lines = {textOf({}, breakdown.total, 0, 0), textOf({}, *breakdown.totalBaseline, 0, 0)};
        for (const BreakdownRow& row : breakdown.rows) {
            lines += textOf(row.keys, row.measures, row.costShare, row.cumulativeShare);
            lines += textOf(row.keys, *row.baseline, row.isTop20, 0);
        }
        return lines;
    };
    QCOMPARE(linesOf(*told), linesOf(answer));

    const auto days = daily->series(by, october, 2);
    const auto series = m_queries->series({{.period = october}, {by, {}}, Dimension::Day, 2}, StopToken());
    QVERIFY(days && series);
    QVERIFY(days->steps == series->steps);
    QVERIFY(days->labels == series->labels);
    QCOMPARE(days->series.size(), series->series.size());
    for (std::size_t i = 0; i < series->series.size(); ++i) {
        QCOMPARE(days->series[i].key, series->series[i].key);
        QCOMPARE(days->series[i].members, series->series[i].members);
        for (std::size_t day = 0; day < series->steps.size(); ++day)
            QVERIFY(days->series[i].points[day].cost.value_or(MoneySum()) ==
                    series->series[i].points[day].cost.value_or(MoneySum()));
    }
}

void SumsTest::explainedLinesAddUpToTheCost()
{
    const auto calls = m_queries->calls({}, CallOrder::Costliest, 50, StopToken());
    QVERIFY(calls);
    QCOMPARE(calls->rows.size(), std::size_t{50});
    for (const CallRow& call : calls->rows) {
        const auto answer = m_queries->explain(call.id, StopToken());
        QVERIFY(answer);
        MoneySum sum;
        for (const CostLineAnswer& line : answer->lines)
            sum += line.cost;
        QVERIFY(call.cost);
        QVERIFY(sum == MoneySum(*call.cost));
        QVERIFY(!answer->priceRow.empty());
    }
}

void SumsTest::percentilesAreByNearestRank()
{
    BreakdownQuestion question;
    question.wantsPercentiles = true;
    const Breakdown answer = ask(question);
    const auto calls = m_queries->calls({}, CallOrder::MostTokens, 1'000'000, StopToken());
    QVERIFY(calls);
    std::vector<TokenCount> tokens;
    for (const CallRow& call : calls->rows)
        if (call.usage.isKnown())
            tokens.push_back(call.usage.input().value_or(0) + call.usage.output().value_or(0));
    std::sort(tokens.begin(), tokens.end());
    const auto rank = [&](double share) {
        return tokens[static_cast<std::size_t>(std::ceil(share * static_cast<double>(tokens.size()))) - 1];
    };
    QCOMPARE(*answer.totalPercentiles.tokensP50, rank(0.50));
    QCOMPARE(*answer.totalPercentiles.tokensP95, rank(0.95));
}

void SumsTest::excludedAndIncludedAreEverything()
{
    for (const Dimension dimension :
         {Dimension::Feature, Dimension::Model, Dimension::User, Dimension::Tag, Dimension::Status, Dimension::Month}) {
        const auto values = m_queries->values({dimension, {}}, 1, StopToken());
        QVERIFY(values);
        BreakdownQuestion in;
        in.filter.conditions = {{{dimension, {}}, false, *values}};
        BreakdownQuestion out;
        out.filter.conditions = {{{dimension, {}}, true, *values}};
        const std::int64_t inside = ask(in).total.calls;
        QVERIFY(inside > 0);
        QCOMPARE(inside + ask(out).total.calls, ask({}).total.calls);
    }
}

void SumsTest::aBaselineKeepsRowsThatAreGone()
{
    BreakdownQuestion question;
    question.by = {{Dimension::Day, {}}};
    const ReportingCalendar& calendar = m_queries->calendar();
    question.filter.period = calendar.month(2026 * 12 + 9);
    question.baseline = Filter{.period = calendar.month(2026 * 12 + 8)};
    const Breakdown answer = ask(question);
    // No day is in both months: rows of the first have an empty baseline, those of the second are gone.
    std::int64_t now = 0;
    std::int64_t before = 0;
    for (const BreakdownRow& row : answer.rows) {
        now += row.measures.calls;
        before += row.baseline->calls;
        QVERIFY(row.measures.calls == 0 || row.baseline->calls == 0);
    }
    QCOMPARE(now, answer.total.calls);
    QCOMPARE(before, answer.totalBaseline->calls);
    QVERIFY(now > 0 && before > 0);
}

void SumsTest::theTopFifthComesFirst()
{
    BreakdownQuestion question;
    question.by = {{Dimension::User, {}}};
    const Breakdown answer = ask(question);
    const auto isTop = [](const BreakdownRow& row) { return row.isTop20; };
    const auto top = static_cast<std::size_t>(std::count_if(answer.rows.begin(), answer.rows.end(), isTop));
    QCOMPARE(top, (answer.rows.size() + 4) / 5);
    QVERIFY(std::is_partitioned(answer.rows.begin(), answer.rows.end(), isTop));
    QVERIFY(std::abs(answer.rows.back().cumulativeShare - 1) < 1e-9);
}

void SumsTest::twoHalvesReadAtOnceAreTheWhole()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", "{\"traceId\":\"t\",\"id\":\"a\",\"type\":\"GENERATION\","
                                                         "\"startTime\":\"2026-09-01T00:00:00Z\",\"usageDetails\":"
                                                         "{\"input\":1,\"output\":1}}\n")}));
    constexpr std::int64_t calls = 150'000; // so many that two connections read them
    QVERIFY(store::Database::open(workspace.path(), store::OpenMode::ReadWrite)
                ->execute("WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                          std::to_string(calls) +
                          ") INSERT INTO call(id, trace, origin, started, uncached, visible) "
                          "SELECT i, 1, 1, 1788220800000000 - i, i, 2 FROM n"));
    int ran = 0;
    const Beside counted = [&](const std::function<void()>& one, const std::function<void()>& other) {
        other();
        one();
        ++ran;
    };
    const auto queries = Queries::open(workspace.path(), {}, StopToken(), counted);
    QVERIFY(queries);
    QCOMPARE(ran, 1);
    const auto answer = queries->breakdown({.by = {{Dimension::Feature, {}}}}, StopToken());
    QVERIFY(answer);
    QCOMPARE(answer->total.calls, calls);
    QCOMPARE(answer->total.input.value(), calls * (calls + 1) / 2);
    QCOMPARE(answer->total.output.value(), 2 * calls - 1);
}

QTEST_GUILESS_MAIN(SumsTest)
#include "sums_test.moc"
