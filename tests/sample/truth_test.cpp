// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <map>

#include "tests/sample/generated.h"

using namespace plumbline;
using namespace plumbline::test;

namespace {

TokenCount weightOf(const SampleTruth& truth, std::string_view drain)
{
    const auto found = truth.drains().find(drain);
    if (found == truth.drains().end())
        return 0;
    // Truncated calls waste nothing: their number is all there is.
    return drain == "truncated-output" ? found->second.calls : found->second.tokens.total();
}

void addEveryDrain()
{
    QTest::addColumn<QByteArray>("drain");
    for (const SampleDrainFacts& facts : sampleDrains)
        QTest::newRow(facts.id.data()) << QByteArray(facts.id.data(), static_cast<int>(facts.id.size()));
}

} // namespace

class SampleTruthTest : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsPlantedAtIntensityZero()
    {
        SampleOptions options = SampleOptions::withoutDrains();
        options.calls = 4'000;
        options.hardNegatives = true;
        const SampleTruth truth = truthOf(generated(options));
        QVERIFY(truth.drains().empty());
        QVERIFY(!truth.hardNegatives().empty());
        options.hardNegatives = false;
        QVERIFY(truthOf(generated(options)).hardNegatives().empty());
    }

    void everyDrainIsPlantedByDefault()
    {
        const SampleTruth truth = truthOf(generated({.calls = 4'000}));
        for (const SampleDrainFacts& facts : sampleDrains)
            QVERIFY2(weightOf(truth, facts.id) > 0, facts.id.data());
        QCOMPARE(truth.drains().size(), sampleDrains.size());
    }

    void aDrainAlonePlantsNothingElse_data() { addEveryDrain(); }
    void aDrainAlonePlantsNothingElse()
    {
        QFETCH(QByteArray, drain);
        const SampleTruth truth = truthOf(generated(onlyPlanting(drain.toStdString(), 0.5, 3'000)));
        QCOMPARE(truth.drains().size(), 1u);
        QCOMPARE(truth.drains().begin()->first, std::string_view(drain.constData(), drain.size()));
    }

    void whatIsPlantedGrowsWithTheIntensity_data() { addEveryDrain(); }
    void whatIsPlantedGrowsWithTheIntensity()
    {
        QFETCH(QByteArray, drain);
        const auto weight = [&](double intensity) {
            return static_cast<double>(
                weightOf(truthOf(generated(onlyPlanting(drain.toStdString(), intensity, 6'000))), drain.toStdString()));
        };
        const double half = weight(0.5);
        const double full = weight(1.0);
        QVERIFY(half > 0);
        // Within what chance allows at this size.
        QVERIFY2(full > 1.5 * half && full < 2.7 * half, qPrintable(QString::number(full / half)));
    }

    /// The base of the evaluation: a drain at work must not disturb what has nothing to do with it.
    void aDrainLeavesTheOrdinaryCallsAsTheyAre_data() { addEveryDrain(); }
    void aDrainLeavesTheOrdinaryCallsAsTheyAre()
    {
        QFETCH(QByteArray, drain);
        struct Facts
        {
            TokenCount input = 0;
            TokenCount output = 0;
            bool isPlanted = false;
        };
        const auto callsOf = [](const SampleOptions& options) {
            std::map<std::string, Facts> calls;
            for (const SampleTrace& trace : generated(options))
                for (const SampleSpan& span : trace.spans)
                    if (span.isCall())
                        calls[span.spanId] = {tokensIn(span.input), tokensIn(span.output) + span.reasoning,
                                              !span.planted.empty()};
            return calls;
        };
        const auto without = callsOf(onlyPlanting(drain.toStdString(), 0, 2'000));
        const auto with = callsOf(onlyPlanting(drain.toStdString(), 0.4, 2'000));
        for (const auto& [id, facts] : without) {
            const auto found = with.find(id);
            QVERIFY2(found != with.end(), "an ordinary call is gone");
            if (found->second.isPlanted || drain == "stale-tool-results" || drain == "cache-misses")
                continue; // a long result is there before it is stale, and a time before it costs a read
            QCOMPARE(found->second.input, facts.input);
            QCOMPARE(found->second.output, facts.output);
        }
        for (const auto& [id, facts] : with)
            QVERIFY2(without.count(id) || facts.isPlanted, "a call more that no drain explains");
    }

    void quantityDrainsNeverShareAToken()
    {
        for (const SampleTrace& trace : generated({.calls = 4'000})) {
            for (const SampleSpan& span : trace.spans) {
                SampleTokens claimed;
                for (const PlantedWaste& planted : span.planted)
                    if (isQuantityDrain(planted.drain))
                        claimed += planted.tokens;
                const SampleTokens used = tokensOf(span.usage);
                QVERIFY(claimed.uncachedInput <= used.uncachedInput);
                QVERIFY(claimed.cacheRead <= used.cacheRead);
                QVERIFY(claimed.cacheWrite <= used.cacheWrite);
                QVERIFY(claimed.visibleOutput <= used.visibleOutput);
                QVERIFY(claimed.reasoning <= used.reasoning);
            }
        }
    }

    void itsSumsAreThoseOfTheSpans()
    {
        const auto traces = generated({.calls = 3'000});
        const SampleTruth truth = truthOf(traces);
        SampleTokens used;
        std::map<std::string_view, SampleTokens> planted;
        std::int64_t calls = 0;
        for (const SampleTrace& trace : traces)
            for (const SampleSpan& span : trace.spans) {
                calls += span.isCall();
                used += tokensOf(span.usage);
                for (const PlantedWaste& waste : span.planted)
                    planted[idOf(waste.drain)] += waste.tokens;
            }
        QCOMPARE(truth.total().calls, calls);
        QVERIFY(truth.total().tokens == used);
        for (const auto& [drain, tokens] : planted) {
            QVERIFY(truth.drains().at(drain).tokens == tokens);
            SampleTokens perCall;
            for (const PlantedCall& call : truth.drains().at(drain).perCall)
                perCall += call.tokens;
            QVERIFY(perCall == tokens);
        }
    }

    void trapsAreNoWaste()
    {
        const SampleOptions options = [] {
            SampleOptions traps = SampleOptions::withoutDrains();
            traps.calls = 8'000;
            traps.hardNegatives = true;
            return traps;
        }();
        const SampleTruth truth = truthOf(generated(options));
        for (const char* trap : {"polling", "pagination", "regenerate", "rare-tool", "self-consistency",
                                 "time-dependent", "unbilled-error"})
            QVERIFY2(truth.hardNegatives().count(trap), trap);
    }

    void toolsThatAreNotPlantedAreCalled()
    {
        std::map<std::string_view, int> offered;
        std::map<std::string_view, int> called;
        for (const SampleTrace& trace : generated({.calls = 6'000}))
            for (const SampleSpan& span : trace.spans) {
                if (span.kind == SpanKind::Tool)
                    ++called[span.name];
                for (const SampleBlock& block : span.input)
                    if (span.isCall() && block.kind == BlockKind::ToolDefinition && block.claims.empty())
                        ++offered[block.toolName];
            }
        QVERIFY(!offered.empty());
        for (const auto& [tool, offers] : offered)
            QVERIFY2(called[tool] > 0, tool.data());
    }
};

QTEST_APPLESS_MAIN(SampleTruthTest)
#include "truth_test.moc"
