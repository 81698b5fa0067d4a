// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "model/sample/settlement.h"

using namespace plumbline;
using namespace plumbline::sample;

namespace {

SharedText words(TokenCount tokens, char letter = 'a')
{
    std::string text;
    for (TokenCount i = 0; i < tokens; ++i)
        text.append(i ? " " : "") += letter;
    return sharedText(std::move(text));
}

SampleBlock block(TokenCount tokens, char letter = 'a')
{
    return {.text = words(tokens, letter)};
}

SampleSpan callOf(const ModelFacts& model, std::int64_t seconds, std::vector<SampleBlock> input)
{
    SampleSpan call;
    call.kind = SpanKind::Llm;
    call.start = Timestamp(seconds * 1'000'000);
    call.firstToken = Timestamp(seconds * 1'000'000 + 500'000);
    call.end = Timestamp(seconds * 1'000'000 + 900'000);
    call.requestModel = model.name;
    call.model = model.answered;
    call.input = std::move(input);
    call.output = {block(40)};
    return call;
}

/// `debug-payload: uncached 1, read 2, written 3, output 4, reasoning 5` of each drain.
QStringList plantedIn(const SampleSpan& call)
{
    QStringList lines;
    for (const PlantedWaste& planted : call.planted)
        lines << QStringLiteral("%1: uncached %2, read %3, written %4, output %5, reasoning %6")
                     .arg(QString::fromStdString(std::string(idOf(planted.drain))))
                     .arg(planted.tokens.uncachedInput)
                     .arg(planted.tokens.cacheRead)
                     .arg(planted.tokens.cacheWrite)
                     .arg(planted.tokens.visibleOutput)
                     .arg(planted.tokens.reasoning);
    return lines;
}

} // namespace

class SettlementTest : public QObject
{
    Q_OBJECT

private slots:
    void aTokenBelongsToTheFirstDrainOfTheLedger()
    {
        SampleSpan call = callOf(gpt54, 0, {block(100)});
        call.input[0].claims = {{SampleDrain::ResentHistory, 100, "old"}, {SampleDrain::DebugPayload, 30, "pretty"}};
        settle(call, {});
        QCOMPARE(
            plantedIn(call),
            (QStringList{QStringLiteral("debug-payload: uncached 30, read 0, written 0, output 0, reasoning 0"),
                         QStringLiteral("resent-history: uncached 70, read 0, written 0, output 0, reasoning 0")}));
    }

    void thePlaceInThePromptDecidesTheBucket()
    {
        SampleSpan call = callOf(claudeSonnet, 0, {block(20), block(100)});
        call.input[1].claims = {{SampleDrain::ResentHistory, 50, "old"}};
        settle(call, {.read = 80, .written = 20, .stableRead = 80});
        QCOMPARE(
            plantedIn(call),
            (QStringList{QStringLiteral("resent-history: uncached 20, read 10, written 20, output 0, reasoning 0")}));
    }

    void aWholeCallLeavesNothingToOthers()
    {
        SampleSpan call = callOf(gpt54, 0, {block(100)});
        call.reasoning = 7;
        call.input[0].claims = {{SampleDrain::ResentHistory, 100, "old"}};
        call.claims = {{.drain = SampleDrain::OversizedModel, .extent = CallClaim::Extent::Affected},
                       {.drain = SampleDrain::FailedCalls},
                       {.drain = SampleDrain::AgentLoops}};
        settle(call, {});
        QCOMPARE(
            plantedIn(call),
            (QStringList{QStringLiteral("failed-calls: uncached 100, read 0, written 0, output 40, reasoning 7")}));
    }

    void priceDrainsAffectWhatNobodyClaims()
    {
        SampleSpan call = callOf(gpt54, 0, {block(100)});
        call.input[0].claims = {{SampleDrain::DebugPayload, 30, "pretty"}};
        call.claims = {{SampleDrain::OversizedModel, CallClaim::Extent::Affected, 0, "small task"},
                       {SampleDrain::VerboseOutput, CallClaim::Extent::Answer, 25, "long"}};
        settle(call, {});
        QCOMPARE(
            plantedIn(call),
            (QStringList{QStringLiteral("debug-payload: uncached 30, read 0, written 0, output 0, reasoning 0"),
                         QStringLiteral("verbose-output: uncached 0, read 0, written 0, output 25, reasoning 0"),
                         QStringLiteral("oversized-model: uncached 70, read 0, written 0, output 15, reasoning 0")}));
    }

    void aMissIsWhatAStablePromptWouldHaveRead()
    {
        PromptCaches caches;
        const auto stamped = [](std::int64_t seconds, char stamp) {
            SampleSpan call = callOf(gpt54, seconds, {block(1'200), block(50, static_cast<char>('k' + seconds % 5))});
            call.input[0].stable = call.input[0].text;
            call.input[0].text = sharedText(std::string(1, stamp) + " " + call.input[0].stable->text);
            return call;
        };
        QCOMPARE(caches.bill(stamped(0, 'x'), "production").stableRead, 0);
        const CacheOutcome second = caches.bill(stamped(10, 'y'), "production");
        QCOMPARE(second.read, 0);
        QCOMPARE(second.stableRead, 1'152); // 1,201 tokens in steps of 128
    }

    void aPrefixIsReadWhileItLives_data()
    {
        QTest::addColumn<int>("tokens");
        QTest::addColumn<int>("seconds");
        QTest::addColumn<bool>("isRead");
        QTest::newRow("just long enough") << 1'024 << 10 << true;
        QTest::newRow("a token too short") << 1'023 << 10 << false;
        QTest::newRow("just in time") << 2'000 << 300 << true;
        QTest::newRow("a second too late") << 2'000 << 301 << false;
        QTest::newRow("before the first answer began") << 2'000 << 0 << false;
    }
    void aPrefixIsReadWhileItLives()
    {
        QFETCH(int, tokens);
        QFETCH(int, seconds);
        QFETCH(bool, isRead);
        PromptCaches caches;
        (void)caches.bill(callOf(gpt54, 0, {block(tokens)}), "production");
        const SampleSpan again = callOf(gpt54, seconds, {block(tokens)});
        QCOMPARE(caches.bill(again, "production").read, isRead ? tokens / 128 * 128 : 0);
        QCOMPARE(caches.bill(callOf(gpt54, seconds, {block(tokens, 'b')}), "production").read, 0);
        QCOMPARE(caches.bill(callOf(gpt54Mini, seconds, {block(tokens)}), "production").read, 0);
    }

    void breakpointsAreWrittenAndFoundAgainByLongerPrompts()
    {
        PromptCaches caches;
        SampleSpan first = callOf(claudeSonnet, 0, {block(1'500), block(80, 'b'), block(20, 'c')});
        first.input[1].hasCacheControl = true;
        const CacheOutcome wrote = caches.bill(first, "production");
        QCOMPARE(wrote.read, 0);
        QCOMPARE(wrote.written, 1'580); // what stands behind the mark is not written
        SampleSpan second = callOf(claudeSonnet, 60, {block(1'500), block(80, 'b'), block(20, 'c'), block(30, 'd')});
        second.input[3].hasCacheControl = true;
        const CacheOutcome grown = caches.bill(second, "production");
        QCOMPARE(grown.read, 1'580);
        QCOMPARE(grown.written, 50);
        second.input[3].hasCacheControl = false;
        second.start = Timestamp(90'000'000);
        QCOMPARE(caches.bill(second, "production").read, 0); // without a mark nothing is looked up
        QCOMPARE(caches.bill(first, "staging").read, 0);
    }
};

QTEST_APPLESS_MAIN(SettlementTest)
#include "settlement_test.moc"
