// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <algorithm>

#include "model/record/compose.h"
#include "model/record/leaves.h"

using namespace plumbline;
using namespace plumbline::record;

namespace {

/// `kind span < parent input/output`, `-` for no usage; a line each. The span's letter is its digest.
std::vector<Observation> observationsFrom(const std::string& text)
{
    std::vector<Observation> observations;
    for (const QString& line : QString::fromStdString(text).split('\n', Qt::SkipEmptyParts)) {
        const QStringList words = line.simplified().split(' ');
        Observation observation{.id = static_cast<std::int64_t>(observations.size()) + 1, .import = 1};
        const QString kinds = QStringLiteral("other llm embedding retriever tool agent chain event");
        observation.kind = static_cast<SpanKind>(kinds.split(' ').indexOf(words[0]));
        observation.span = words[1][0].unicode();
        qsizetype at = 2;
        if (words.value(2) == QStringLiteral("<")) {
            observation.parent = words[3][0].unicode();
            at = 4;
        }
        if (const QString usage = words.value(at); usage.contains('/')) {
            observation.usage.uncachedInput = usage.section('/', 0, 0).toLongLong();
            observation.usage.visibleOutput = usage.section('/', 1, 1).toLongLong();
        }
        observation.content = observation.span * 1000 + static_cast<std::uint64_t>(observation.id);
        observations.push_back(observation);
    }
    return observations;
}

/// `A billed, B wrapper`: spans that are anything, in the order of their letters.
std::string billingText(std::vector<Observation> observations)
{
    const std::vector<Span> spans = compose(observations);
    const std::vector<Billing> billing = decideBilling(spans);
    std::string text;
    for (std::size_t i = 0; i < spans.size(); ++i) {
        if (billing[i] == Billing::NotACall)
            continue;
        constexpr const char* names[] = {"", "billed", "wrapper", "witness"};
        text += (text.empty() ? "" : ", ") + std::string(1, static_cast<char>(spans[i].facts.span)) + " " +
                names[static_cast<std::size_t>(billing[i])];
    }
    return text;
}

/// Everything that composing says, to compare.
std::string factsText(std::vector<Observation> observations)
{
    std::string text;
    const auto number = [](const std::optional<std::int64_t>& value) {
        return value ? std::to_string(*value) : std::string("-");
    };
    for (const Span& span : compose(observations)) {
        const Observation& facts = span.facts;
        text += std::to_string(facts.id) + " import " + std::to_string(facts.import) + " span " +
                std::to_string(facts.span) + " parent " + std::to_string(span.parent) + " status " +
                std::to_string(static_cast<int>(facts.status)) + " start " + number(facts.started) + " end " +
                number(facts.ended) + " model " + std::to_string(facts.model) + " in " + number(facts.usage.input()) +
                " out " + number(facts.usage.output()) + " user " + std::to_string(facts.attribution.user) + " flags " +
                std::to_string(facts.flags) + "\n";
    }
    return text;
}

} // namespace

/// Spans out of witnesses, and who of them is billed.
class ComposeTest : public QObject
{
    Q_OBJECT

private slots:
    void theOrderOfWitnessesDoesNotMatter();
    void theLaterWitnessHoldsAndTheOlderFillsIn();
    void usageIsTakenWholeFromWhoKnowsMost();
    void theLowestIdStays();
    void aRootNamedAsItsTraceIsTheOtherRoot_data();
    void aRootNamedAsItsTraceIsTheOtherRoot();
    void ofTwoRootsThatBeganWithItNobodyKnowsWhich();
    void circlesOfParentsAreCut_data();
    void circlesOfParentsAreCut();
    void leavesAreBilled_data();
    void leavesAreBilled();
    void billingDoesNotDependOnOrder();
};

void ComposeTest::theOrderOfWitnessesDoesNotMatter()
{
    auto witnesses = observationsFrom("llm A < B 10/1\n llm A < B\n agent B\n llm A 10/2\n llm C < A\n");
    witnesses[0].recorded = 5;
    witnesses[1].recorded = 7;
    witnesses[1].model = 3;
    witnesses[1].status = SpanStatus::Ok;
    witnesses[1].flags = IsPartial;
    witnesses[3].model = 4;
    witnesses[3].recorded = 5;
    witnesses[3].status = SpanStatus::Error;
    witnesses[3].started = 100;
    witnesses[0].started = 50;
    witnesses[1].ended = 90;
    witnesses[0].attribution.user = 8;
    witnesses[3].attribution.user = 9;
    std::sort(witnesses.begin(), witnesses.end(),
              [](const Observation& a, const Observation& b) { return a.id < b.id; });
    const std::string expected = factsText(witnesses);
    int orders = 0;
    do {
        QCOMPARE(factsText(witnesses), expected);
        ++orders;
    } while (std::next_permutation(witnesses.begin(), witnesses.end(),
                                   [](const Observation& a, const Observation& b) { return a.id < b.id; }));
    QCOMPARE(orders, 120);
}

void ComposeTest::theLaterWitnessHoldsAndTheOlderFillsIn()
{
    auto witnesses = observationsFrom("llm A 10/1\n llm A 20/2\n");
    witnesses[0].recorded = 9;
    witnesses[0].model = 1;
    witnesses[1].recorded = 3;
    witnesses[1].model = 2;
    witnesses[1].name = 7;
    witnesses[1].started = 10;
    witnesses[0].started = 12;
    const std::vector<Span> spans = compose(witnesses);
    QCOMPARE(spans.size(), std::size_t{1});
    QCOMPARE(spans[0].facts.model, NameId{1});
    QCOMPARE(spans[0].facts.name, NameId{7});
    QCOMPARE(*spans[0].facts.usage.input(), TokenCount{10});
    // A start is told once, by the first.
    QCOMPARE(*spans[0].facts.started, std::int64_t{10});
    // A known time is later than an unknown one.
    auto unknown = observationsFrom("llm A 10/1\n llm A 20/2\n");
    unknown[0].recorded = 1;
    QCOMPARE(*compose(unknown)[0].facts.usage.input(), TokenCount{10});
}

void ComposeTest::usageIsTakenWholeFromWhoKnowsMost()
{
    auto witnesses = observationsFrom("llm A 10/1\n llm A 20/2\n");
    witnesses[0].recorded = 9;
    witnesses[1].recorded = 3;
    witnesses[1].usage.cacheRead = 5;
    const std::vector<Span> spans = compose(witnesses);
    // Never the input of the one and the cache of the other.
    QCOMPARE(*spans[0].facts.usage.input(), TokenCount{25});
    QCOMPARE(*spans[0].facts.usage.output(), TokenCount{2});
}

void ComposeTest::theLowestIdStays()
{
    auto witnesses = observationsFrom("llm A 10/1\n llm A 20/2\n");
    witnesses[0].import = 4;
    witnesses[1].import = 5;
    witnesses[1].recorded = 9;
    const std::vector<Span> spans = compose(witnesses);
    QCOMPARE(spans[0].facts.id, std::int64_t{1});
    QCOMPARE(spans[0].facts.import, std::int64_t{4});
}

/// T is named as its trace and began at 5,000 µs.
void ComposeTest::aRootNamedAsItsTraceIsTheOtherRoot_data()
{
    QTest::addColumn<QString>("others");
    QTest::addColumn<qint64>("started"); // of the first other
    QTest::addColumn<QString>("billing");
    const auto row = [](const char* title, const char* others, qint64 started, const char* billing) {
        QTest::newRow(title) << QString::fromUtf8(others) << started << QString::fromUtf8(billing);
    };
    row("with it", "llm A 10/1\n", 5'999, "A billed");
    row("before it", "llm A 10/1\n", 4'001, "A billed");
    row("a millisecond later", "llm A 10/1\n", 6'000, "A billed, T billed");
    row("a child of another", "llm A < B 10/1\n", 5'000, "A billed, T billed");
    row("a child by another witness", "llm A 10/1\nllm A < B 10/1\n", 5'000, "A billed, T billed");
    row("children of both", "agent A\nllm B < A 3/1\nllm C < T 4/1\n", 5'000, "A wrapper, B billed, C billed");
}

void ComposeTest::aRootNamedAsItsTraceIsTheOtherRoot()
{
    QFETCH(QString, others);
    QFETCH(qint64, started);
    QFETCH(QString, billing);
    std::vector<Observation> observations = observationsFrom("llm T 10/1\n" + others.toStdString());
    observations[0].flags = NamedAsTrace;
    observations[0].started = 5'000;
    observations[1].started = started;
    QCOMPARE(QString::fromStdString(billingText(observations)), billing);
    std::reverse(observations.begin(), observations.end());
    QCOMPARE(QString::fromStdString(billingText(observations)), billing);
}

void ComposeTest::ofTwoRootsThatBeganWithItNobodyKnowsWhich()
{
    std::vector<Observation> observations = observationsFrom("llm T 10/1\nllm A 10/1\nllm B 10/1\n");
    observations[0].flags = NamedAsTrace;
    for (Observation& one : observations)
        one.started = 5'000;
    QCOMPARE(billingText(observations), std::string("A billed, B billed, T billed"));
}

void ComposeTest::circlesOfParentsAreCut_data()
{
    QTest::addColumn<QString>("spans");
    QTest::addColumn<int>("roots");
    QTest::newRow("itself, alone") << "llm A < A 1/1\n" << 1;
    QTest::newRow("itself") << "llm A < A 1/1\nllm B < A 1/1\n" << 1;
    QTest::newRow("two") << "llm A < B 1/1\nllm B < A 1/1\n" << 1;
    QTest::newRow("three and a tail") << "llm A < B 1/1\nllm B < C 1/1\nllm C < A 1/1\nllm D < A 1/1\n" << 1;
    QTest::newRow("two circles") << "llm A < B\nllm B < A\nllm C < D\nllm D < C\n" << 2;
    QTest::newRow("a parent that is not there") << "llm A < Z 1/1\nllm B < A 1/1\n" << 1;
}

void ComposeTest::circlesOfParentsAreCut()
{
    QFETCH(QString, spans);
    QFETCH(int, roots);
    auto observations = observationsFrom(spans.toStdString());
    const std::vector<Span> composed = compose(observations);
    QCOMPARE(std::count_if(composed.begin(), composed.end(), [](const Span& span) { return span.parent < 0; }),
             std::ptrdiff_t{roots});
    for (const Span& span : composed) {
        std::size_t steps = 0;
        for (std::int32_t at = span.parent; at >= 0; at = composed[static_cast<std::size_t>(at)].parent)
            QVERIFY(++steps <= composed.size());
    }
    QCOMPARE(decideBilling(composed).size(), composed.size());
}

void ComposeTest::leavesAreBilled_data()
{
    QTest::addColumn<QString>("spans");
    QTest::addColumn<QString>("billing");
    const auto row = [](const char* title, const char* spans, const char* billing) {
        QTest::newRow(title) << QString::fromUtf8(spans) << QString::fromUtf8(billing);
    };
    row("one call", "llm A 10/1\n", "A billed");
    row("an embedding", "embedding A 10/0\n", "A billed");
    row("an event is never billed", "event A 10/1\n", "");
    row("a plain span", "other A\n", "");
    row("a call without usage", "llm A\n", "A billed");
    row("an agent that repeats the sum", "agent A 30/3\nllm B < A 10/1\nllm C < A 20/2\n",
        "A wrapper, B billed, C billed");
    row("an agent whose figures differ", "agent A 99/9\nllm B < A 10/1\n", "A wrapper, B billed");
    row("an agent alone knows, over models", "agent A 30/3\nllm B < A\ntool C < A\nllm D < C\n",
        "A billed, B witness, D witness");
    row("an agent alone knows", "agent A 30/3\nother B < A\n", "A billed");
    row("a chain over a chain over a call", "chain A 10/1\nchain B < A 10/1\nllm C < B 10/1\n",
        "A wrapper, B wrapper, C billed");
    row("generations in one another", "llm A 10/1\nllm B < A 10/1\n", "A wrapper, B billed");
    row("nested, and the outer is an estimate", "llm A 12/2\nllm B < A 10/1\n", "A wrapper, B billed");
    row("three in one another", "llm A 10/1\nllm B < A 11/1\nllm C < B 12/1\n", "A wrapper, B wrapper, C billed");
    row("a tool between bills both", "llm A 100/10\ntool B < A\nllm C < B 7/1\n", "A billed, C billed");
    row("a tool between, but the outer repeats", "llm A 7/1\ntool B < A\nllm C < B 7/1\n", "A wrapper, C billed");
    row("a retriever between bills both", "llm A 100/10\nretriever B < A\nembedding C < B 7/0\n", "A billed, C billed");
    row("the child does not know its usage", "llm A 10/1\nllm B < A\n", "A billed, B witness");
    row("only the innermost of three knows", "llm A\nllm B < A\nllm C < B 10/1\n", "C billed");
    row("the middle of three knows", "llm A\nllm B < A 10/1\nllm C < B\n", "B billed, C witness");
    row("nobody knows", "llm A\nllm B < A\n", "B billed");
    row("outer without usage, tool between", "llm A\ntool B < A\nllm C < B 7/1\n", "A billed, C billed");
    row("a plain span between wraps", "llm A 10/1\nother B < A\nllm C < B 10/1\n", "A wrapper, C billed");
    row("two roots", "llm A 10/1\nllm B 20/2\n", "A billed, B billed");
    row("steps of one request", "llm A 30/3\nllm B < A 10/1\nllm C < A 20/2\n", "A wrapper, B billed, C billed");
    row("a tool's own model beside a step", "llm A 17/3\nllm B < A 10/1\ntool C < A\nllm D < C 5/1\n",
        "A wrapper, B billed, D billed");
    row("a parent that is not there", "llm B < Z 10/1\nllm C < Z 10/1\n", "B billed, C billed");
}

void ComposeTest::leavesAreBilled()
{
    QFETCH(QString, spans);
    QFETCH(QString, billing);
    QCOMPARE(QString::fromStdString(billingText(observationsFrom(spans.toStdString()))), billing);
}

void ComposeTest::billingDoesNotDependOnOrder()
{
    auto observations =
        observationsFrom("agent A 40/4\nllm B < A 30/3\nllm C < B 10/1\ntool D < B\nllm E < D 20/2\nllm F < A\n");
    const std::string expected = billingText(observations);
    QCOMPARE(expected, std::string("A wrapper, B wrapper, C billed, E billed, F billed"));
    const auto byId = [](const Observation& a, const Observation& b) { return a.id < b.id; };
    do
        QCOMPARE(billingText(observations), expected);
    while (std::next_permutation(observations.begin(), observations.end(), byId));
}

QTEST_APPLESS_MAIN(ComposeTest)
#include "compose_test.moc"
