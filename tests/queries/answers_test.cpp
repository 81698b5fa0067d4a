// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/generations.h"
#include "support/workspace.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace plumbline;
using plumbline::test::lineOf;
using plumbline::test::TemporaryWorkspace;
using plumbline::test::twoCalls;

/// Answers of small workspaces against figures made by hand.
class AnswersTest : public QObject
{
    Q_OBJECT

private slots:
    void aCallWithoutModelIsAmongTheUnpriced();
    void costAndLatencyPercentilesAreByNearestRank();
    void seriesAddUpToTheTotal();
    void binsHoldEveryCall();
    void windowShareIsInputOverTheModelsWindow();
    void vanishedRowsStayWithTheirBaseline();
    void callsAreOrderedAndCounted();
    void callsAreFoundAsPeopleNameThem();
    void moreThanFourDimensionsAreRefused();
    void askingAgainWithoutAChangeIsTheSameSnapshot();
    void cancelledQuestionsSayNothing();

private:
    static Result<Breakdown> ask(const TemporaryWorkspace& workspace, const BreakdownQuestion& question)
    {
        const auto queries = workspace.queries();
        if (!queries)
            return tl::unexpected(queries.error());
        return queries->breakdown(question, StopToken());
    }
};

void AnswersTest::costAndLatencyPercentilesAreByNearestRank()
{
    for (const int calls : {1, 2, 19, 20, 21, 100}) {
        const TemporaryWorkspace workspace;
        std::vector<int> inputs(static_cast<std::size_t>(calls));
        for (int i = 0; i < calls; ++i)
            inputs[static_cast<std::size_t>(i)] = 1 + i * 7;
        std::shuffle(inputs.begin(), inputs.end(), std::mt19937(5));
        std::string text;
        for (int i = 0; i < calls; ++i) {
            const int input = inputs[static_cast<std::size_t>(i)];
            char end[80];
            std::snprintf(end, sizeof end, ",\"endTime\":\"2026-08-20T10:00:00.%03dZ\"", input);
            text += lineOf({.number = i, .members = end, .input = input, .output = 0});
        }
        QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
        BreakdownQuestion question;
        question.wantsPercentiles = true;
        question.by = {{Dimension::Model, {}}};
        const auto answer = ask(workspace, question);
        QVERIFY(answer);
        const auto rank = [&](int percent) {
            return std::int64_t{1 + 7 * ((calls * percent + 99) / 100 - 1)}; // of what is sorted
        };
        QVERIFY(answer->totalPercentiles == answer->rows[0].percentiles);
        const Percentiles& got = answer->totalPercentiles;
        QCOMPARE(*got.tokensP50, rank(50));
        QCOMPARE(*got.tokensP95, rank(95));
        QCOMPARE(got.costP50->picodollars(), rank(50) * 150'000);
        QCOMPARE(got.costP95->picodollars(), rank(95) * 150'000);
        QCOMPARE(*got.latencyP50, rank(50) * 1000);
        QCOMPARE(*got.latencyP95, rank(95) * 1000);
    }
}

void AnswersTest::seriesAddUpToTheTotal()
{
    const TemporaryWorkspace workspace;
    std::string text;
    for (int i = 0; i < 60; ++i)
        text += lineOf({.number = i,
                        .time = "2026-0" + std::to_string(1 + i % 9) + "-1" + std::to_string(i % 10) + "T10:00:00Z",
                        .members = ",\"userId\":\"u" + std::to_string(i % 11) + "\"",
                        .input = 1 + i});
    QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
    const auto queries = workspace.queries();
    QVERIFY(queries);
    for (const Dimension step : {Dimension::Day, Dimension::Week, Dimension::Month, Dimension::Hour}) {
        for (const std::size_t top : {0, 1, 5, 10, 50}) {
            const auto answer = queries->series({.by = {Dimension::User, {}}, .step = step, .top = top}, StopToken());
            QVERIFY(answer);
            QCOMPARE(answer->steps.size(), answer->labels.size());
            Measures sum;
            std::size_t members = 0;
            for (const Series& series : answer->series) {
                QCOMPARE(series.points.size(), answer->steps.size());
                members += series.members;
                for (const Measures& point : series.points)
                    sum += point;
            }
            QCOMPARE(members, std::size_t{11});
            QCOMPARE(sum.calls, std::int64_t{60});
            QVERIFY(sum.cost == queries->breakdown({}, StopToken())->total.cost);
            for (std::size_t i = 1; i < answer->steps.size(); ++i)
                QCOMPARE(answer->steps[i] - answer->steps[i - 1], step == Dimension::Week ? 7 : 1);
        }
    }
    QCOMPARE(queries->series({.step = Dimension::Model}, StopToken()).error().kind, ErrorKind::Usage);
}

void AnswersTest::binsHoldEveryCall()
{
    for (const int calls : {1, 2, 50}) {
        const TemporaryWorkspace workspace;
        std::string text;
        for (int i = 0; i < calls; ++i)
            text += lineOf({.number = i, .input = i * i * 13});
        QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
        for (const std::size_t bins : {1, 2, 24}) {
            const auto answer = workspace.queries()->distribution({.bins = bins}, StopToken());
            QVERIFY(answer);
            QVERIFY(answer->binWidth > 0 && answer->bins.size() <= bins && !answer->bins.empty());
            std::int64_t held = 0;
            for (const Measures& bin : answer->bins)
                held += bin.calls;
            QCOMPARE(held, std::int64_t{calls});
        }
        QVERIFY(workspace.queries()->distribution({.bins = 0}, StopToken())->bins.empty());
    }
}

void AnswersTest::windowShareIsInputOverTheModelsWindow()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import(
        {workspace.write("a.jsonl", lineOf({.number = 1, .input = 64'000}) + lineOf({.number = 2, .input = 32'000}))}));
    const Measures total = ask(workspace, {})->total;
    // gpt-4o-mini takes 128,000 tokens.
    QCOMPARE(total.callsWithWindow, std::int64_t{2});
    QVERIFY(std::abs(total.windowShareSum - 0.75) < 1e-6);
}

void AnswersTest::vanishedRowsStayWithTheirBaseline()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write(
        "a.jsonl", lineOf({.number = 1, .time = "2026-07-10T10:00:00Z", .members = ",\"userId\":\"gone\""}) +
                       lineOf({.number = 2, .time = "2026-07-10T10:00:00Z", .members = ",\"userId\":\"stays\""}) +
                       lineOf({.number = 3, .time = "2026-08-10T10:00:00Z", .members = ",\"userId\":\"stays\""}) +
                       lineOf({.number = 4, .time = "2026-08-10T10:00:00Z", .members = ",\"userId\":\"new\""}))}));
    BreakdownQuestion question;
    question.by = {{Dimension::User, {}}};
    question.filter.period = ReportingCalendar().month(2026 * 12 + 7);
    question.baseline = Filter{.period = ReportingCalendar().month(2026 * 12 + 6)};
    const auto answer = ask(workspace, question);
    QVERIFY(answer);
    QStringList rows;
    for (const BreakdownRow& row : answer->rows)
        rows.append(QString::fromStdString(row.keys[0] + " " + std::to_string(row.baseline->calls) + " " +
                                           std::to_string(row.measures.calls)));
    rows.sort();
    QCOMPARE(rows.join(QStringLiteral(", ")), QStringLiteral("gone 1 0, new 0 1, stays 1 1"));
    QCOMPARE(answer->total.calls, std::int64_t{2});
    QCOMPARE(answer->totalBaseline->calls, std::int64_t{2});
}

void AnswersTest::callsAreOrderedAndCounted()
{
    const TemporaryWorkspace workspace;
    std::string text;
    for (int i = 0; i < 30; ++i)
        text += lineOf({.number = i,
                        .time = "2026-08-20T10:" + std::to_string(10 + i * 7 % 30) + ":00Z",
                        .input = i * 11 % 30,
                        .output = i * 13 % 30});
    QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
    const auto queries = workspace.queries();
    QVERIFY(queries);
    for (const CallOrder order : {CallOrder::Newest, CallOrder::Costliest, CallOrder::MostTokens, CallOrder::Slowest}) {
        const auto list = queries->calls({}, order, 10, StopToken());
        QVERIFY(list);
        QCOMPARE(list->rows.size(), std::size_t{10});
        QCOMPARE(list->total, std::int64_t{30});
        const auto tokens = [](const CallRow& row) {
            return row.usage.input().value_or(0) + row.usage.output().value_or(0);
        };
        for (std::size_t i = 1; i < list->rows.size(); ++i) {
            const CallRow& before = list->rows[i - 1];
            const CallRow& row = list->rows[i];
            if (order == CallOrder::Newest)
                QVERIFY(before.start >= row.start);
            if (order == CallOrder::Costliest)
                QVERIFY(before.cost >= row.cost);
            if (order == CallOrder::MostTokens)
                QVERIFY(tokens(before) >= tokens(row));
        }
    }
    QVERIFY(queries->calls({}, CallOrder::Newest, 0, StopToken())->rows.empty());
}

void AnswersTest::callsAreFoundAsPeopleNameThem()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoCalls(""))}));
    const auto queries = workspace.queries();
    QVERIFY(queries);
    const auto bySpan = queries->callNamed("s2", StopToken());
    QVERIFY(bySpan);
    QCOMPARE(queries->explain(*bySpan, StopToken())->call.traceId, std::string("t2"));
    QVERIFY(*queries->callNamed("t2", StopToken()) == *bySpan);
    QVERIFY(*queries->callNamed(std::to_string(static_cast<std::int64_t>(*bySpan)), StopToken()) == *bySpan);
    for (const char* unknown : {"", "s3", "999", "-1", "99999999999999999999", "' OR 1=1"})
        QCOMPARE(queries->callNamed(unknown, StopToken()).error().kind, ErrorKind::NotFound);
    QCOMPARE(queries->explain(CallId{4711}, StopToken()).error().kind, ErrorKind::NotFound);
}

void AnswersTest::moreThanFourDimensionsAreRefused()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoCalls(""))}));
    BreakdownQuestion question;
    for (const Dimension dimension :
         {Dimension::Model, Dimension::User, Dimension::Day, Dimension::Step, Dimension::Tag})
        question.by.push_back({dimension, {}});
    QCOMPARE(ask(workspace, question).error().kind, ErrorKind::Usage);
    question.by.pop_back();
    QVERIFY(ask(workspace, question));
}

void AnswersTest::askingAgainWithoutAChangeIsTheSameSnapshot()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoCalls(""))}));
    const auto queries = workspace.queries();
    QVERIFY(queries);
    QVERIFY(queries->refreshed(StopToken())->isSameSnapshot(*queries));
    QVERIFY(workspace.import({workspace.write("b.jsonl", lineOf({.number = 9}))}));
    const auto fresh = queries->refreshed(StopToken());
    QVERIFY(fresh);
    QVERIFY(!fresh->isSameSnapshot(*queries));
    QCOMPARE(fresh->breakdown({}, StopToken())->total.calls, std::int64_t{3});
    // The old one stays what it was.
    QCOMPARE(queries->breakdown({}, StopToken())->total.calls, std::int64_t{2});
}

void AnswersTest::cancelledQuestionsSayNothing()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", twoCalls(""))}));
    const auto queries = workspace.queries();
    QVERIFY(queries);
    const StopToken stop;
    stop.requestStop();
    QCOMPARE(queries->breakdown({}, stop).error().kind, ErrorKind::Cancelled);
}

void AnswersTest::aCallWithoutModelIsAmongTheUnpriced()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import(
        {workspace.write("a.jsonl", "{\"traceId\":\"t\",\"id\":\"a\",\"type\":\"GENERATION\",\"startTime\":"
                                    "\"2026-09-01T00:00:00Z\",\"usageDetails\":{\"input\":1,\"output\":1}}\n")}));
    const auto prices = workspace.queries()->prices(StopToken());
    QVERIFY(prices);
    QCOMPARE(prices->unpriced.size(), std::size_t{1});
    QCOMPARE(prices->unpriced[0].first, std::string("(none)"));
    QCOMPARE(prices->unpriced[0].second, std::int64_t{1});
}

QTEST_GUILESS_MAIN(AnswersTest)
#include "answers_test.moc"
