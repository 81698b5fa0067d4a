// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <map>
#include <set>

#include "tests/sample/generated.h"

using namespace plumbline;
using namespace plumbline::test;

class GenerateTest : public QObject
{
    Q_OBJECT

private slots:
    void theSameSeedGivesTheSameBytes()
    {
        const SampleOptions options{.seed = 7, .calls = 400};
        const std::string bytes = written(generated(options), SampleFormat::Langfuse);
        QVERIFY(bytes.size() > 100'000);
        QVERIFY(bytes == written(generated(options), SampleFormat::Langfuse));
        const SampleOptions otherSeed{.seed = 8, .calls = 400};
        QVERIFY(bytes != written(generated(otherSeed), SampleFormat::Langfuse));
        std::set<std::string> ids;
        for (const SampleTrace& trace : generated(options))
            ids.insert(trace.traceId);
        for (const SampleTrace& trace : generated(otherSeed))
            QVERIFY2(ids.insert(trace.traceId).second, "traces of different seeds share an id");
    }

    void theBytesAreThoseOfEveryMachine()
    {
        // Of the first call and the sum of all: a change of any draw shows here, and must be meant.
        SampleOptions options = SampleOptions::withoutDrains();
        options.calls = 500;
        const auto traces = generated(options);
        std::uint64_t hash = 0;
        for (const SampleTrace& trace : traces)
            for (const SampleSpan& span : trace.spans)
                for (const SampleBlock& block : span.output)
                    hash = hash * 31 + block.text->hash;
        QCOMPARE(hash, expectedHash);
    }

    void thereAreAsManyCallsAsWanted_data()
    {
        QTest::addColumn<qlonglong>("calls");
        QTest::newRow("a thousand") << 1'000LL;
        QTest::newRow("twenty thousand") << 20'000LL;
    }
    void thereAreAsManyCallsAsWanted()
    {
        QFETCH(qlonglong, calls);
        SampleOptions options = SampleOptions::withoutDrains();
        options.calls = calls;
        const double made = static_cast<double>(truthOf(generated(options)).total().calls);
        QVERIFY2(std::abs(made / static_cast<double>(calls) - 1) < (calls < 10'000 ? 0.1 : 0.03),
                 qPrintable(QString::number(made)));
    }

    void tracesAndSpansComeInTheOrderOfTheirStart()
    {
        const SampleOptions options{.calls = 3'000};
        const Period period = options.period();
        Timestamp last = period.first;
        for (const SampleTrace& trace : generated(options)) {
            QVERIFY(trace.spans.front().start >= last);
            last = trace.spans.front().start;
            QVERIFY(trace.spans.front().parentId.empty());
            std::map<std::string, const SampleSpan*> before;
            for (const SampleSpan& span : trace.spans) {
                QVERIFY(span.start <= span.end);
                QVERIFY(period.contains(span.start) && period.contains(span.end));
                if (&span != &trace.spans.front()) {
                    QVERIFY2(before.count(span.parentId), "a child stands before its parent");
                    QVERIFY(before[span.parentId]->start <= span.start);
                    QVERIFY(before[span.parentId]->end >= span.end);
                }
                if (span.firstToken)
                    QVERIFY(span.start <= *span.firstToken && *span.firstToken <= span.end);
                before[span.spanId] = &span;
            }
            QCOMPARE(before.size(), trace.spans.size());
        }
    }

    void usageIsTheSumOfItsParts()
    {
        int calls = 0;
        for (const SampleTrace& trace : generated({.calls = 3'000})) {
            for (const SampleSpan& span : trace.spans) {
                if (!span.isCall() || !span.isBilled) {
                    QVERIFY(!span.usage.isKnown());
                    continue;
                }
                ++calls;
                QCOMPARE(span.usage.input().value(), tokensIn(span.input));
                for (const SampleBlock& block : span.input)
                    QCOMPARE(block.text->tokens, countTokens(block.text->text));
                QVERIFY(span.usage.uncachedInput.value() >= 0);
                QCOMPARE(span.usage.visibleOutput.value_or(0), tokensIn(span.output));
                QCOMPARE(span.usage.reasoning.value_or(0), span.reasoning);
                // What providers with automatic caches report comes in their steps.
                if (span.provider == "openai")
                    QCOMPARE(span.usage.cacheRead.value_or(0) % 128, 0);
            }
        }
        QVERIFY(calls > 3'000);
    }

    void aFewFeaturesMakeMostOfTheSpend()
    {
        std::map<std::string_view, double> dollars;
        const SampleTruth truth = truthOf(generated({.calls = 8'000}));
        for (const auto& [cell, spend] : truth.spend())
            dollars[cell.feature] += spend.cost.dollars();
        QCOMPARE(dollars.size(), 11u);
        std::multiset<double, std::greater<>> largest;
        for (const auto& [feature, sum] : dollars)
            largest.insert(sum);
        const double perCall = truth.total().cost.dollars() / static_cast<double>(truth.total().calls);
        QVERIFY2(perCall > 0.004 && perCall < 0.05, qPrintable(QString::number(perCall)));
        auto next = largest.begin();
        const double four = *next++ + *next++ + *next++ + *next++;
        QVERIFY(four > 0.7 * truth.total().cost.dollars());
    }

    void sessionsReadTheirBeginningsFromTheCache()
    {
        std::map<std::string, TokenCount> readBySession;
        for (const SampleTrace& trace : generated({.calls = 2'000}))
            for (const SampleSpan& span : trace.spans)
                if (span.isCall() && !trace.session.empty())
                    readBySession[trace.session] += span.usage.cacheRead.value_or(0);
        int withReads = 0;
        for (const auto& [session, read] : readBySession)
            withReads += read > 0;
        QVERIFY(withReads * 10 > static_cast<int>(readBySession.size()) * 8);
    }

    void aStopAndASinksErrorEndIt()
    {
        const StopToken stop;
        int taken = 0;
        const auto stopped = generate(
            SampleOptions{.calls = 5'000},
            [&](const SampleTrace&) -> Result<> {
                if (++taken == 10)
                    stop.requestStop();
                return {};
            },
            stop);
        QVERIFY(!stopped && stopped.error().kind == ErrorKind::Cancelled);
        QVERIFY(taken < 1'000);
        const auto full = generate(
            SampleOptions{.calls = 5'000},
            [](const SampleTrace&) -> Result<> { return fail(ErrorKind::DiskFull, "no space"); }, StopToken());
        QVERIFY(!full && full.error().kind == ErrorKind::DiskFull);
    }

    void tokensAreCountedAsDefined_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qlonglong>("tokens");
        QTest::newRow("nothing") << QByteArray("") << 0LL;
        QTest::newRow("short words") << QByteArray("the returned parcel") << 4LL; // `returned` has eight letters
        QTest::newRow("a long word") << QByteArray("internationalization") << 4LL;
        QTest::newRow("digits") << QByteArray("1234567") << 3LL;
        QTest::newRow("signs") << QByteArray("{\"a\":1}") << 5LL;
        QTest::newRow("indentation costs") << QByteArray("a\n    b") << 4LL;
    }
    void tokensAreCountedAsDefined()
    {
        QFETCH(QByteArray, text);
        QFETCH(qlonglong, tokens);
        QCOMPARE(countTokens(std::string_view(text.constData(), text.size())), tokens);
    }

private:
    static constexpr std::uint64_t expectedHash = 12'872'262'680'344'425'244u;
};

QTEST_APPLESS_MAIN(GenerateTest)
#include "generate_test.moc"
