// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/analysed_sample.h"
#include "support/generations.h"

#include <algorithm>
#include <set>

#include "model/core/filter_expression.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// Traces, calls and prompts, as one looks through them.
class RequestsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void aListAddsUpToTheBreakdown_data();
    void aListAddsUpToTheBreakdown();
    void anyColumnSorts_data();
    void anyColumnSorts();
    void pagesFitTogether();
    void aCallIsFoundInAnyOrder();
    void tracesAddUp();
    void wrappersAreStepsAndNoCalls();
    void promptsAddUp();
    void aPromptForEveryCallIsNoListOfThousands();
    void aPromptIsSeenInAllData();

private:
    test::AnalysedSample m_sample;
};

void RequestsTest::initTestCase()
{
    m_sample.make();
    QVERIFY(m_sample.allCalls().size() >= 900);
}

void RequestsTest::aListAddsUpToTheBreakdown_data()
{
    QTest::addColumn<QString>("filter");
    QTest::newRow("all") << "";
    QTest::newRow("a feature") << "feature:support-chat";
    QTest::newRow("dear calls") << "cost>0.01";
    QTest::newRow("nothing") << "feature:none";
}

void RequestsTest::aListAddsUpToTheBreakdown()
{
    QFETCH(QString, filter);
    const Filter asked{.conditions = *conditionsFromExpression(filter.toStdString())};
    const Breakdown breakdown = *m_sample.queries().breakdown({.filter = asked, .wantsLedger = true}, StopToken());
    for (const RequestUnit unit : {RequestUnit::Traces, RequestUnit::Calls}) {
        const auto requests = m_sample.list(asked, unit);
        const auto order = *requests->ordered(RequestColumn::Time, true, StopToken());
        const auto rows = *requests->rows(order, 0, requests->size(), StopToken());
        QCOMPARE(rows.size(), requests->size());
        std::int64_t calls = 0, tokens = 0;
        MoneySum cost, waste;
        std::set<std::string> traces;
        for (const RequestRow& row : rows) {
            calls += row.calls;
            tokens += row.tokens().value_or(0);
            cost += row.cost.value_or(MoneySum());
            waste += row.waste.value_or(MoneySum());
            traces.insert(row.call.traceId);
        }
        QCOMPARE(calls, breakdown.total.calls);
        QCOMPARE(tokens, breakdown.total.tokens().value_or(0));
        QVERIFY(cost == breakdown.total.cost.value_or(MoneySum()));
        QVERIFY(waste == breakdown.totalLedger.value_or(LedgerSums()).waste);
        QCOMPARE(requests->total().calls, calls);
        QVERIFY(requests->total().cost.value_or(MoneySum()) == cost);
        if (unit == RequestUnit::Traces)
            QCOMPARE(traces.size(), rows.size());
    }
}

void RequestsTest::anyColumnSorts_data()
{
    QTest::addColumn<int>("column");
    for (int column = 0; column <= static_cast<int>(RequestColumn::Status); ++column)
        QTest::newRow(std::to_string(column).c_str()) << column;
}

void RequestsTest::anyColumnSorts()
{
    QFETCH(int, column);
    const auto by = static_cast<RequestColumn>(column);
    // As a text: numbers padded, so that texts and numbers sort alike; empty is unknown.
    const auto keyOf = [&](const RequestRow& row) -> std::string {
        const auto padded = [](std::int64_t number) {
            const std::string digits = std::to_string(number);
            return std::string(20 - digits.size(), '0') + digits;
        };
        const auto ifKnown = [&](const auto& value) { return value ? padded(*value) : std::string(); };
        const auto money = [&](const std::optional<MoneySum>& sum) {
            return sum ? padded(static_cast<std::int64_t>(sum->picodollars())) : std::string();
        };
        switch (by) {
        case RequestColumn::Time:
            return padded(row.call.start.microseconds());
        case RequestColumn::Feature:
            return row.call.feature == missingValue(Dimension::Feature) ? "" : row.call.feature;
        case RequestColumn::Model:
            return row.call.model;
        case RequestColumn::Step:
            return row.call.step;
        case RequestColumn::User:
            return row.call.user;
        case RequestColumn::Session:
            return row.call.session;
        case RequestColumn::Environment:
            return row.call.environment;
        case RequestColumn::Calls:
            return padded(row.calls);
        case RequestColumn::Tokens:
            return ifKnown(row.tokens());
        case RequestColumn::Input:
            return ifKnown(row.input);
        case RequestColumn::Output:
            return ifKnown(row.output);
        case RequestColumn::Cost:
            return money(row.cost);
        case RequestColumn::Waste:
            return money(row.waste);
        case RequestColumn::Latency:
            return ifKnown(row.latency);
        case RequestColumn::Status:
            return row.status == SpanStatus::Unknown ? "" : padded(static_cast<std::int64_t>(row.status));
        case RequestColumn::Metadata:
        case RequestColumn::Trace:
            break; // by its key, and by what no row shows
        }
        return {};
    };
    for (const RequestUnit unit : {RequestUnit::Traces, RequestUnit::Calls})
        for (const bool isDescending : {false, true}) {
            const auto requests = m_sample.list({}, unit);
            const auto order = *requests->ordered(by, isDescending, StopToken());
            const auto rows = *requests->rows(order, 0, requests->size(), StopToken());
            std::vector<std::string> keys;
            for (const RequestRow& row : rows)
                keys.push_back(keyOf(row));
            std::vector<std::string> wanted = keys;
            std::sort(wanted.begin(), wanted.end(), [&](const std::string& a, const std::string& b) {
                if (a.empty() || b.empty())
                    return !a.empty() && b.empty();
                return isDescending ? b < a : a < b;
            });
            QCOMPARE(keys, wanted);
            std::set<std::int64_t> ids;
            for (const RequestRow& row : rows)
                ids.insert(static_cast<std::int64_t>(row.call.id));
            QCOMPARE(ids.size(), rows.size());
        }
}

void RequestsTest::pagesFitTogether()
{
    const auto requests = m_sample.list({}, RequestUnit::Calls);
    const auto order = *requests->ordered(RequestColumn::Cost, true, StopToken());
    const auto all = *requests->rows(order, 0, requests->size(), StopToken());
    std::size_t at = 0;
    for (std::size_t first = 0; first < requests->size() + 200; first += 64) {
        const std::vector<RequestRow> page = *requests->rows(order, first, 64, StopToken());
        for (const RequestRow& row : page)
            QCOMPARE(row.call.id, all[at++].call.id);
    }
    QCOMPARE(at, all.size());
}

void RequestsTest::aCallIsFoundInAnyOrder()
{
    const Filter filter{.conditions = *conditionsFromExpression("feature:support-chat")};
    for (const RequestUnit unit : {RequestUnit::Traces, RequestUnit::Calls}) {
        const auto requests = m_sample.list(filter, unit);
        const auto order = *requests->ordered(RequestColumn::Latency, true, StopToken());
        const auto rows = *requests->rows(order, 0, requests->size(), StopToken());
        for (std::size_t row = 0; row < rows.size(); row += 17)
            QCOMPARE(requests->rowOf(order, rows[row].call.id), row);
        QCOMPARE(requests->rowOf(order, CallId(-1)), requests->size());
    }
    const auto other =
        m_sample.list({.conditions = *conditionsFromExpression("-feature:support-chat")}, RequestUnit::Calls);
    const auto order = *other->ordered(RequestColumn::Time, false, StopToken());
    const auto outside = m_sample.list(filter, RequestUnit::Calls);
    QCOMPARE(outside->rowOf(*outside->ordered(RequestColumn::Time, false, StopToken()),
                            (*other->rows(order, 0, 1, StopToken()))[0].call.id),
             outside->size());
}

void RequestsTest::tracesAddUp()
{
    MoneySum cost;
    std::int64_t calls = 0;
    const auto requests = m_sample.list({}, RequestUnit::Traces);
    const auto order = *requests->ordered(RequestColumn::Time, false, StopToken());
    const std::vector<RequestRow> rows = *requests->rows(order, 0, requests->size(), StopToken());
    for (const RequestRow& row : rows) {
        const auto trace = m_sample.queries().traceOf(row.call.id, StopToken());
        QVERIFY2(trace, trace ? "" : trace.error().text().c_str());
        QCOMPARE(trace->traceId, row.call.traceId);
        QCOMPARE(trace->calls, row.calls);
        QVERIFY(trace->cost == row.cost);
        QVERIFY(trace->tokens == row.tokens());
        cost += trace->cost.value_or(MoneySum());
        calls += trace->calls;
        std::int64_t own = 0;
        for (std::size_t i = 0; i < trace->steps.size(); ++i) {
            const TraceStep& step = trace->steps[i];
            own += step.call.has_value();
            QCOMPARE(step.call.has_value(), step.billing == StepBilling::Billed);
            QVERIFY(step.parent < static_cast<std::int32_t>(i)); // parents first
            QCOMPARE(step.depth, step.parent < 0 ? 0 : trace->steps[static_cast<std::size_t>(step.parent)].depth + 1);
        }
        QCOMPARE(own, trace->calls);
    }
    const Breakdown breakdown = *m_sample.queries().breakdown({}, StopToken());
    QVERIFY(cost == *breakdown.total.cost);
    QCOMPARE(calls, breakdown.total.calls);
}

void RequestsTest::wrappersAreStepsAndNoCalls()
{
    const TemporaryWorkspace workspace;
    const std::string usage = ",\"usageDetails\":{\"input\":100,\"output\":10},\"model\":\"gpt-4o-mini\"";
    QVERIFY(workspace.import({workspace.write(
        "a.jsonl",
        "{\"id\":\"root\",\"traceId\":\"t\",\"type\":\"AGENT\",\"name\":\"agent\",\"startTime\":"
        "\"2026-08-20T10:00:00Z\",\"endTime\":\"2026-08-20T10:00:09Z\"" +
            usage +
            "}\n"
            "{\"id\":\"b\",\"traceId\":\"t\",\"parentObservationId\":\"root\",\"type\":\"GENERATION\",\"name\":"
            "\"second\","
            "\"startTime\":\"2026-08-20T10:00:05Z\",\"model\":\"nobody-knows\",\"usageDetails\":{\"input\":7,"
            "\"output\":1}}\n"
            "{\"id\":\"a\",\"traceId\":\"t\",\"parentObservationId\":\"root\",\"type\":\"GENERATION\",\"name\":"
            "\"first\","
            "\"startTime\":\"2026-08-20T10:00:01Z\",\"endTime\":\"2026-08-20T10:00:04Z\",\"level\":\"ERROR\","
            "\"statusMessage\":\"overloaded\"" +
            usage + "}\n")}));
    const Queries queries = *workspace.queries();
    const TraceAnswer trace = *queries.traceOf(*queries.callNamed("a", StopToken()), StopToken());
    QCOMPARE(trace.steps.size(), std::size_t{3});
    QCOMPARE(trace.steps[0].name, std::string("agent"));
    QCOMPARE(trace.steps[1].name, std::string("first"));
    QCOMPARE(trace.steps[2].name, std::string("second"));
    QCOMPARE(trace.steps[0].billing, StepBilling::Wrapper);
    QVERIFY(!trace.steps[0].call);
    QCOMPARE(*trace.steps[0].claimedTokens, TokenCount{110});
    QCOMPARE(trace.steps[1].statusMessage, std::string("overloaded"));
    QCOMPARE(trace.steps[1].status, SpanStatus::Error);
    QCOMPARE(*trace.steps[0].allTokens, TokenCount{118});
    QCOMPARE(trace.steps[0].calls, std::int64_t{2});
    QCOMPARE(trace.steps[0].unpricedCalls, std::int64_t{1});
    QVERIFY(!trace.steps[2].cost && !trace.steps[2].allCost);
    QVERIFY(trace.steps[0].allCost == MoneySum(*trace.steps[1].cost));
    QCOMPARE(trace.end->microseconds() - trace.start->microseconds(), std::int64_t{9'000'000});
}

void RequestsTest::promptsAddUp()
{
    std::int64_t looked = 0, withCache = 0, withClaims = 0;
    const std::vector<CallRow> calls = m_sample.allCalls();
    for (const CallRow& call : calls) {
        const auto prompt = m_sample.queries().promptOf(call.id, StopToken());
        QVERIFY2(prompt, prompt ? "" : prompt.error().text().c_str());
        QVERIFY(prompt->isAnalysed);
        std::array<TokenCount, segmentCount> segments = {};
        TokenCount input = 0, output = 0, cached = 0;
        MoneySum cost;
        for (const auto* blocks : {&prompt->blocks, &prompt->unlogged})
            for (const PromptBlock& block : *blocks) {
                (block.isOutput ? output : input) += block.tokens.value_or(0);
                segments[static_cast<std::size_t>(block.segment)] += block.tokens.value_or(0);
                cached += block.cached;
                QVERIFY(block.cached <= block.tokens.value_or(0));
                if (block.cost)
                    cost += *block.cost;
            }
        QCOMPARE(input, call.usage.input().value_or(0));
        QCOMPARE(output, call.usage.output().value_or(0));
        QCOMPARE(cached, call.usage.cacheRead.value_or(0));
        if (call.cost)
            QVERIFY2(cost == *call.cost, (decimalText(cost) + " of " + decimalText(*call.cost)).c_str());
        // The segments are the ledger's.
        for (std::size_t i = 0; i < inputSegmentCount; ++i)
            QCOMPARE(segments[i], call.ledger->segments[i]);
        MoneySum waste;
        for (const SegmentClaim& claim : prompt->claims)
            if (claim.confidence == Confidence::High || claim.confidence == Confidence::Medium)
                waste += claim.money;
        QVERIFY(waste == call.ledger->waste);
        ++looked;
        withCache += cached > 0;
        withClaims += !prompt->claims.empty();
    }
    QVERIFY(looked > 0 && withCache > 0 && withClaims > 0);
}

void RequestsTest::aPromptForEveryCallIsNoListOfThousands()
{
    const TemporaryWorkspace workspace;
    std::string lines;
    constexpr int calls = 450;
    for (int number = 0; number < calls; ++number) {
        const std::string name(static_cast<std::size_t>(number % 26 + 1), static_cast<char>('a' + number / 26));
        lines += test::lineOf({.number = number,
                               .members = ",\"input\":[{\"role\":\"system\",\"content\":\"You help " + name +
                                          ".\"},{\"role\":\"user\",\"content\":\"hello\"}]"});
    }
    QVERIFY(workspace.import({workspace.write("a.jsonl", lines)}));
    QVERIFY(Analysis::run(workspace.path(), {}, StopToken()));
    const Queries queries = *workspace.queries();
    const auto answer = queries.prompts({}, StopToken());
    QVERIFY(answer);
    QCOMPARE(answer->rows.size(), std::size_t{1});
    const PromptRow& prompt = answer->rows[0];
    QCOMPARE(prompt.versions.size(), std::size_t{200});
    QVERIFY(prompt.versions[0].isOlder && !prompt.versions[1].isOlder);
    std::int64_t counted = 0;
    TokenCount tokens = 0;
    for (const PromptVersion& version : prompt.versions) {
        counted += version.figures.calls;
        tokens += version.figures.tokens;
    }
    QCOMPARE(counted, std::int64_t{calls});
    QCOMPARE(tokens, prompt.figures.tokens);
    QCOMPARE(prompt.versions[0].variants, std::int64_t{calls - 199});
}

/// When a text was first and last sent does not depend on the month one looks at.
void RequestsTest::aPromptIsSeenInAllData()
{
    const TemporaryWorkspace workspace;
    const auto sent = [](int number, const char* time, const char* text) {
        return test::lineOf({.number = number,
                             .time = time,
                             .members = std::string(",\"input\":[{\"role\":\"system\",\"content\":\"") + text +
                                        "\"},{\"role\":\"user\",\"content\":\"hello\"}]"});
    };
    QVERIFY(workspace.import({workspace.write("a.jsonl", sent(1, "2026-06-03T10:00:00Z", "You help.") +
                                                             sent(2, "2026-08-20T10:00:00Z", "You help.") +
                                                             sent(3, "2026-08-21T10:00:00Z", "You do not.") +
                                                             sent(4, "2026-09-09T10:00:00Z", "You help."))}));
    QVERIFY(Analysis::run(workspace.path(), {}, StopToken()));
    const auto answer = workspace.queries()->prompts(
        {.filter = {.period = Period{*parseTimestamp("2026-08-01"), *parseTimestamp("2026-09-01")}}}, StopToken());
    QVERIFY(answer);
    QCOMPARE(answer->rows.size(), std::size_t{1});
    const PromptRow& prompt = answer->rows[0];
    QCOMPARE(prompt.figures.calls, std::int64_t{2});
    QCOMPARE(prompt.versions.size(), std::size_t{2});
    QVERIFY(prompt.versions[0].figures.firstSeen == parseTimestamp("2026-06-03T10:00:00Z"));
    QVERIFY(prompt.versions[0].figures.lastSeen == parseTimestamp("2026-09-09T10:00:00Z"));
    QVERIFY(prompt.versions[1].figures.firstSeen == parseTimestamp("2026-08-21T10:00:00Z"));
    QVERIFY(prompt.versions[1].figures.lastSeen == parseTimestamp("2026-08-21T10:00:00Z"));
    QVERIFY(prompt.figures.firstSeen == parseTimestamp("2026-06-03T10:00:00Z"));
}

QTEST_APPLESS_MAIN(RequestsTest)
#include "requests_test.moc"
