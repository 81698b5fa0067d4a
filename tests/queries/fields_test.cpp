// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/analysed_sample.h"
#include "support/generations.h"

#include <QRegularExpression>

#include <algorithm>

#include "model/core/ascii.h"
#include "model/core/filter_expression.h"
#include "model/record/recorder.h"
#include "model/store/text_index.h"

using namespace plumbline;
using plumbline::test::lineOf;
using plumbline::test::TemporaryWorkspace;

/// What calls are only filtered by: amounts, drains, parts of names, words of prompts.
class FieldsTest : public QObject
{
    Q_OBJECT

private slots:
    void keysOfMetadataAreColumns();
    void whatIsNoFiniteNumberIsATextAmongOthers();
    void initTestCase();
    void fieldsAgreeWithLookingAtEveryCall_data();
    void fieldsAgreeWithLookingAtEveryCall();
    void wordsAgreeWithReadingEveryPrompt_data();
    void wordsAgreeWithReadingEveryPrompt();
    void textsThatMayNotBeShownAreNotFound();
    void textsOfARemovedSourceAreForgotten();
    void textsThatCameSinceDoNotHinderTheSearch();
    void partsOfStandInsAreNoParts();
    void whatIsUnknownCanBeAskedFor();
    void anAnswerAloneHasNoCost();

private:
    test::AnalysedSample m_sample;
};

void FieldsTest::initTestCase()
{
    m_sample.make();
}

void FieldsTest::fieldsAgreeWithLookingAtEveryCall_data()
{
    QTest::addColumn<QString>("expression");
    for (const char* expression :
         {"cost>0.01", "cost<=0.01", "-cost>0.01", "tokens>=5k", "input<200", "output>300", "cached>0", "latency<2s",
          "waste>0.001", "drain:resent-history", "-drain:resent-history", "drain:unused-tools,cache-misses",
          "drain~cache", "model~mini", "-model~MINI", "feature~support"})
        QTest::newRow(expression) << expression;
}

void FieldsTest::fieldsAgreeWithLookingAtEveryCall()
{
    QFETCH(QString, expression);
    const std::vector<Condition> conditions = *conditionsFromExpression(expression.toStdString());
    const Condition& condition = conditions[0];
    const auto holds = [&](const CallRow& call) {
        const auto compare = [&](std::optional<std::int64_t> amount) {
            const std::int64_t bound =
                isFigure(condition.of.dimension) ? *amountFrom(condition.of.dimension, condition.values[0]) : 0;
            return amount && (condition.match == Match::More     ? *amount > bound
                              : condition.match == Match::OrMore ? *amount >= bound
                              : condition.match == Match::Less   ? *amount < bound
                                                                 : *amount <= bound);
        };
        const auto isPart = [&](const std::string& text) {
            return lowerCase(text).find(lowerCase(condition.values[0])) != std::string::npos;
        };
        switch (condition.of.dimension) {
        case Dimension::Cost:
            return compare(call.cost ? std::optional(call.cost->picodollars()) : std::nullopt);
        case Dimension::Tokens:
            return compare(call.usage.input().value_or(0) + call.usage.output().value_or(0));
        case Dimension::InputTokens:
            return compare(call.usage.input());
        case Dimension::OutputTokens:
            return compare(call.usage.output());
        case Dimension::CachedTokens:
            return compare(call.usage.cacheRead);
        case Dimension::Latency:
            return compare(call.latency);
        case Dimension::Waste:
            return compare(static_cast<std::int64_t>(call.ledger->waste.picodollars()));
        case Dimension::Model:
            return isPart(call.model);
        case Dimension::Feature:
            return isPart(call.feature);
        default:
            break;
        }
        const PromptAnswer prompt = *m_sample.queries().promptOf(call.id, StopToken());
        return std::any_of(prompt.claims.begin(), prompt.claims.end(), [&](const SegmentClaim& claim) {
            return std::any_of(condition.values.begin(), condition.values.end(), [&](const std::string& value) {
                return condition.match == Match::Contains ? claim.drain.find(value) != std::string::npos
                                                          : claim.drain == value;
            });
        });
    };
    std::size_t wanted = 0;
    const std::vector<CallRow> calls = m_sample.allCalls();
    for (const CallRow& call : calls)
        wanted += holds(call) != condition.isExcluded;
    QCOMPARE(m_sample.list({.conditions = conditions}, RequestUnit::Calls)->size(), wanted);
    QVERIFY(wanted > 0 && wanted < m_sample.allCalls().size());
}

/// Calls that do not say a figure, and those that do.
void FieldsTest::whatIsUnknownCanBeAskedFor()
{
    const TemporaryWorkspace workspace;
    const std::string rest = R"(,"type":"GENERATION","startTime":"2026-08-20T10:00:00Z"})";
    QVERIFY(workspace.import({workspace.write(
        "a.jsonl",
        test::lineOf({.number = 1, .members = R"(,"endTime":"2026-08-20T10:00:02Z")"}) + test::lineOf({.number = 2}) +
            R"({"id":"s3","traceId":"t3","model":"gpt-4o-mini","level":"ERROR")" + rest + "\n" +
            R"({"id":"s4","traceId":"t4","model":"nobody-knows","usageDetails":{"input":5,"output":1})" + rest)}));
    const Queries queries = *workspace.queries();
    const auto found = [&](const char* expression) {
        return queries.breakdown({.filter = {.conditions = *conditionsFromExpression(expression)}}, StopToken())
            ->total.calls;
    };
    QCOMPARE(found("tokens:unknown"), std::int64_t{1});
    QCOMPARE(found("-tokens:unknown"), std::int64_t{3});
    QCOMPARE(found("input:unknown"), std::int64_t{1});
    QCOMPARE(found("cost:unknown"), std::int64_t{2});
    QCOMPARE(found("cost!=unknown"), std::int64_t{2});
    QCOMPARE(found("latency:unknown"), std::int64_t{3});
    QCOMPARE(found("waste:unknown"), std::int64_t{4}); // nobody has looked for it yet
    QCOMPARE(queries.status(StopToken())->completeness.callsWithoutUsage, found("tokens:unknown"));
    // Amounts are still no values: neither one of several, nor a part of one.
    for (const char* wrong : {"tokens:unknown,5", "tokens~unknown", "tokens>unknown", "tokens=5"})
        QVERIFY2(!conditionsFromExpression(wrong), wrong);
}

/// A call whose source counts its answer alone cost something that nobody knows.
void FieldsTest::anAnswerAloneHasNoCost()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import(
        {workspace.write("a.jsonl", test::lineOf({.number = 1}) +
                                        R"({"id":"half","traceId":"t2","model":"gpt-4o-mini","type":"GENERATION",)"
                                        R"("startTime":"2026-08-20T10:00:00Z","usageDetails":{"output":500}})")}));
    const Queries queries = *workspace.queries();
    const Measures total = queries.breakdown({}, StopToken())->total;
    QCOMPARE(total.calls, std::int64_t{2});
    QCOMPARE(total.callsWithoutUsage, std::int64_t{0});
    QCOMPARE(total.unpricedCalls, std::int64_t{1});
    const Measures known =
        queries.breakdown({.filter = {.conditions = *conditionsFromExpression("-cost:unknown")}}, StopToken())->total;
    QCOMPARE(known.calls, std::int64_t{1});
    QVERIFY(total.cost == known.cost);
    const CostExplanation why = *queries.explain(*queries.callNamed("half", StopToken()), StopToken());
    QVERIFY(!why.call.cost);
    QCOMPARE(why.whyNoCost, std::string("the source does not say how many input tokens it had"));
}

void FieldsTest::wordsAgreeWithReadingEveryPrompt_data()
{
    QTest::addColumn<QString>("words");
    for (const char* words : {"refund", "REFUND", "parcel", "order id", "you are", "zzzznever"})
        QTest::newRow(words) << words;
}

void FieldsTest::wordsAgreeWithReadingEveryPrompt()
{
    QFETCH(QString, words);
    // Words one after another, the last of them perhaps only begun.
    QStringList parts;
    for (const QString& part : words.split(u' '))
        parts += QRegularExpression::escape(part);
    const QRegularExpression pattern(QStringLiteral("\\b") + parts.join(QStringLiteral("[^\\p{L}\\p{N}]+")),
                                     QRegularExpression::CaseInsensitiveOption |
                                         QRegularExpression::UseUnicodePropertiesOption);
    std::size_t wanted = 0;
    const std::vector<CallRow> calls = m_sample.allCalls();
    for (const CallRow& call : calls) {
        const PromptAnswer prompt = *m_sample.queries().promptOf(call.id, StopToken());
        wanted += std::any_of(prompt.blocks.begin(), prompt.blocks.end(), [&](const PromptBlock& block) {
            return block.text && pattern.match(QString::fromStdString(*block.text).replace(u'_', u' ')).hasMatch();
        });
    }
    const std::vector<Condition> conditions = {
        {.of = {Dimension::Text, {}}, .values = {words.toStdString()}, .match = Match::Contains}};
    QCOMPARE(m_sample.list({.conditions = conditions}, RequestUnit::Calls)->size(), wanted);
    QCOMPARE(wanted > 0, words != QStringLiteral("zzzznever"));
}

void FieldsTest::textsThatMayNotBeShownAreNotFound()
{
    const TemporaryWorkspace workspace;
    const std::string prompt = ",\"input\":[{\"role\":\"user\",\"content\":\"the secret is plumbago\"}]";
    QVERIFY(workspace.import({workspace.write("open.jsonl", lineOf({.number = 1, .members = prompt}))}));
    QVERIFY(workspace.import({workspace.write("closed.jsonl", lineOf({.number = 2, .members = prompt}))},
                             Privacy::Digests));
    const Filter filter{.conditions = *conditionsFromExpression("plumbago")};
    const Queries before = *workspace.queries();
    QCOMPARE(before.requests(filter, RequestUnit::Calls, StopToken()).error().kind, ErrorKind::Unsupported);
    QVERIFY(Analysis::indexTexts(workspace.path(), {}, StopToken()));
    const auto found = *before.requests(filter, RequestUnit::Calls, StopToken());
    QCOMPARE(found->size(), std::size_t{1});
    const auto order = *found->ordered(RequestColumn::Time, true, StopToken());
    QCOMPARE((*found->rows(order, 0, 1, StopToken()))[0].call.spanId, std::string("s1"));
}

void FieldsTest::textsOfARemovedSourceAreForgotten()
{
    const TemporaryWorkspace workspace;
    const auto said = [](const char* text) {
        return std::string(",\"input\":[{\"role\":\"user\",\"content\":\"") + text + "\"}]";
    };
    const auto count = [&](const char* word) {
        [&] { QVERIFY(Analysis::indexTexts(workspace.path(), {}, StopToken())); }();
        const Queries queries = *workspace.queries();
        return (*queries.requests({.conditions = *conditionsFromExpression(word)}, RequestUnit::Calls, StopToken()))
            ->size();
    };
    QVERIFY(workspace.import({workspace.write("a.jsonl", lineOf({.number = 1, .members = said("heliotrope")}))}));
    QCOMPARE(count("heliotrope"), std::size_t{1});
    {
        auto recorder = Recorder::open(workspace.path(), "test");
        QVERIFY(recorder);
        QVERIFY(recorder->removeImport(1, {}, StopToken()));
    }
    // Also while nothing is left: its words are in the file no longer.
    QVERIFY(Analysis::indexTexts(workspace.path(), {}, StopToken()));
    const auto opened = store::Workspace::open(workspace.path(), store::OpenMode::ReadOnly);
    QVERIFY(store::blocksWithText(*opened, "heliotrope", StopToken())->empty());
    QVERIFY(workspace.import({workspace.write("b.jsonl", lineOf({.number = 2, .members = said("periwinkle")}))}));
    // The new block bears the id of the one that is gone.
    QCOMPARE(count("periwinkle"), std::size_t{1});
    QCOMPARE(count("heliotrope"), std::size_t{0});
}

void FieldsTest::textsThatCameSinceDoNotHinderTheSearch()
{
    const TemporaryWorkspace workspace;
    const auto said = [](const char* text) {
        return std::string(",\"input\":[{\"role\":\"user\",\"content\":\"") + text + "\"}]";
    };
    QVERIFY(workspace.import({workspace.write("a.jsonl", lineOf({.number = 1, .members = said("heliotrope")}))}));
    QVERIFY(Analysis::indexTexts(workspace.path(), {}, StopToken()));
    QVERIFY(workspace.import({workspace.write("b.jsonl", lineOf({.number = 2, .members = said("heliotrope too")}))}));
    const Queries queries = *workspace.queries();
    const auto found =
        queries.requests({.conditions = *conditionsFromExpression("heliotrope")}, RequestUnit::Calls, StopToken());
    QVERIFY2(found, found ? "" : found.error().text().c_str());
    QCOMPARE((*found)->size(), std::size_t{1});
}

void FieldsTest::partsOfStandInsAreNoParts()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", lineOf({.number = 1, .members = ",\"userId\":\"nora\""}) +
                                                             lineOf({.number = 2}))}));
    const Queries queries = *workspace.queries();
    const auto count = [&](const char* expression) {
        return (*queries.requests({.conditions = *conditionsFromExpression(expression)}, RequestUnit::Calls,
                                  StopToken()))
            ->size();
    };
    QCOMPARE(count("user~no"), std::size_t{1}); // not (none)
    QCOMPARE(count("-user~no"), std::size_t{1});
    QCOMPARE(count("session~one"), std::size_t{0});
    QCOMPARE(count("user~(none)"), std::size_t{1});
}

void FieldsTest::keysOfMetadataAreColumns()
{
    const std::vector<std::string> keys = *m_sample.queries().metadataKeys(StopToken());
    QVERIFY(!keys.empty());
    const auto requests = m_sample.list({}, RequestUnit::Calls);
    std::size_t valued = 0;
    for (const std::string& key : keys)
        for (const bool isDescending : {false, true}) {
            const auto order = *requests->orderedByMetadata(key, isDescending, StopToken());
            std::vector<std::string> values;
            const auto rows = *requests->rows(order, 0, requests->size(), StopToken());
            for (const RequestRow& row : rows)
                values.push_back(metadataOf(row, key));
            const auto unknown = std::find(values.begin(), values.end(), std::string());
            QVERIFY(std::all_of(unknown, values.end(), [](const std::string& value) { return value.empty(); }));
            values.erase(unknown, values.end());
            valued += values.size();
            bool areNumbers = true;
            for (const std::string& value : values) {
                bool isNumber = false;
                (void)QString::fromStdString(value).toDouble(&isNumber);
                areNumbers &= isNumber;
            }
            QVERIFY(std::is_sorted(values.begin(), values.end(), [&](const std::string& a, const std::string& b) {
                const std::string& low = isDescending ? b : a;
                const std::string& high = isDescending ? a : b;
                return areNumbers ? std::stod(low) < std::stod(high) : low < high;
            }));
            // As many as a filter finds.
            const std::size_t missing =
                m_sample
                    .list({.conditions = {{.of = {Dimension::Metadata, key},
                                           .values = {std::string(missingValue(Dimension::Metadata))}}}},
                          RequestUnit::Calls)
                    ->size();
            QCOMPARE(values.size() + missing, requests->size());
        }
    QVERIFY(valued > 0);
}

void FieldsTest::whatIsNoFiniteNumberIsATextAmongOthers()
{
    const TemporaryWorkspace workspace;
    std::string lines;
    int number = 0;
    for (const auto& [build, size] : {std::pair("10", "10"), {"nan", "8"}, {"9", "9"}, {"inf", "1e1"}})
        lines +=
            lineOf({.number = ++number,
                    .members = std::string(",\"metadata\":{\"build\":\"") + build + "\",\"size\":\"" + size + "\"}"});
    QVERIFY(workspace.import({workspace.write("a.jsonl", lines)}));
    const Queries queries = *workspace.queries();
    const auto requests = *queries.requests({}, RequestUnit::Calls, StopToken());
    const auto inOrder = [&](const std::string& key) {
        std::string values;
        const auto order = *requests->orderedByMetadata(key, false, StopToken());
        const auto rows = *requests->rows(order, 0, 10, StopToken());
        for (const RequestRow& row : rows)
            values += metadataOf(row, key) + ' ';
        return values;
    };
    QCOMPARE(inOrder("build"), std::string("10 9 inf nan "));
    QCOMPARE(inOrder("size"), std::string("8 9 10 1e1 "));
}

QTEST_APPLESS_MAIN(FieldsTest)
#include "fields_test.moc"
