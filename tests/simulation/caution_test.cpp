// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plain_world.h"

using namespace plumbline;
using namespace plumbline::simulation;
using plumbline::test::outcomeOf;
using plumbline::test::PlainWorld;
using plumbline::test::settingOf;

/// What a replay must not claim: a saving that caches eat, a time that nobody knows, a tool that was needed.
class CautionTest : public QObject
{
    Q_OBJECT

private slots:
    void ownHardwareCostsTheSameEveryDay();
    void aTimeThatNobodyKnowsDecidesNoPercentile();
    void aToolThatWasCalledIsNotDroppedUnasked();
    void aResultThatIsCutTakesWhatFollowsOutOfTheCache();
    void whoReadsWhatRemovedCallsWroteIsTold();
    void aMissIsNoShorterPrompt();
    void whatGoesWithALeverIsSaid();

private:
    static bool mentions(const Outcome& outcome, const std::string& text)
    {
        return std::any_of(outcome.risks.begin(), outcome.risks.end(),
                           [&](const Risk& risk) { return risk.message().find(text) != std::string::npos; });
    }
    static CallSet callsFrom(std::size_t first, std::size_t all)
    {
        std::vector<bool> calls(all);
        std::fill(calls.begin() + static_cast<std::ptrdiff_t>(first), calls.end(), true);
        return std::make_shared<const std::vector<bool>>(calls);
    }
};

void CautionTest::ownHardwareCostsTheSameEveryDay()
{
    PlainWorld plain;
    constexpr std::int64_t day = 86'400;
    for (const std::int64_t at : {std::int64_t{60}, day + 60, day + 120, 2 * day + 60})
        plain.add(at, {{.tokens = 1000}}, 100);
    plain.world().days = plain.world().periodDays = 3;
    Replay replay(plain.finish());
    const Outcome outcome = outcomeOf(replay, {settingOf("own-hardware")});
    QCOMPARE(outcome.after.days.size(), std::size_t{3});
    QVERIFY(outcome.after.days[0] > MoneySum());
    for (const MoneySum& of : outcome.after.days) // but for what a division by three leaves over
        QVERIFY(std::abs((of - outcome.after.days[0]).dollars()) < 1e-10);
}

void CautionTest::aTimeThatNobodyKnowsDecidesNoPercentile()
{
    PlainWorld plain;
    for (std::int64_t i = 0; i < 100; ++i)
        plain.add(60 * i, {{.tokens = 1000}}, 100, (i + 1) * 100'000);
    plain.world().days = plain.world().periodDays = 1;
    Replay replay(plain.finish());
    QCOMPARE(*replay.before().latency->p95, 9'500'000.0);
    // The ten slowest take another time now: nobody knows which one is in the middle, nor the slowest.
    const Outcome slowest = outcomeOf(replay, {settingOf("own-hardware", {}, callsFrom(90, 100))});
    QVERIFY(!slowest.after.latency); // the middle is 4.1 to 5 seconds
    const Outcome one = outcomeOf(replay, {settingOf("own-hardware", {}, callsFrom(99, 100))});
    QVERIFY(one.after.latency && one.after.latency->p95);
    QVERIFY(std::abs(*one.after.latency->p95 - 9'450'000) < 1); // between 9.4 and 9.5
}

void CautionTest::aToolThatWasCalledIsNotDroppedUnasked()
{
    const auto world = [] {
        PlainWorld plain;
        plain.add(60, {{.tokens = 500, .segment = Segment::Tools}, {.block = 1, .tokens = 100}});
        World& of = plain.world();
        of.tools = {{.name = "escalate", .offers = 1500, .calls = 1}};
        of.parts[0].flags = IsDefinition;
        of.parts[0].order = 0;
        return plain.finish();
    }();
    Replay replay(world);
    const Outcome unasked = outcomeOf(replay, {settingOf("drop-tools")});
    QVERIFY(unasked.after.cost == replay.before().cost);
    const Outcome asked = outcomeOf(replay, {settingOf("drop-tools", {{"rarer_than", 2.0}})});
    QVERIFY(asked.after.cost < replay.before().cost);
    QVERIFY(mentions(asked, "dropped 1 (escalate the first) were called, 1 times"));
}

void CautionTest::aResultThatIsCutTakesWhatFollowsOutOfTheCache()
{
    const auto world = [](std::uint16_t requestsBefore) {
        PlainWorld plain;
        WorldCall& call = plain.add(60, {{.tokens = 1000, .segment = Segment::ToolResult},
                                         {.block = 1, .tokens = 3000, .segment = Segment::History}});
        call.tokens = {4000, 0, 0, 0, 0, 0, 0};
        call.cost = 4000 * 10;
        for (WorldPart& part : plain.world().parts)
            part.bucket = analysis::CacheRead;
        plain.world().parts[0].order = requestsBefore;
        return plain.finish();
    };
    // Cut for the first time: the request before had another beginning.
    Replay first(world(2));
    QVERIFY(outcomeOf(first, {settingOf("trim-tool-results")}).after.cost == MoneySum::ofPicodollars(3200 * 100));
    // It was cut before: what was read from the cache is read, but shorter.
    Replay later(world(3));
    QVERIFY(outcomeOf(later, {settingOf("trim-tool-results")}).after.cost == MoneySum::ofPicodollars(3200 * 10));
    // Cut at once, no request had it whole.
    Replay atOnce(world(2));
    QVERIFY(outcomeOf(atOnce, {settingOf("trim-tool-results", {{"after", 0.0}})}).after.cost ==
            MoneySum::ofPicodollars(3200 * 10));
}

void CautionTest::whoReadsWhatRemovedCallsWroteIsTold()
{
    PlainWorld plain;
    WorldCall& call = plain.add(60, {{.tokens = 2000, .segment = Segment::System}});
    call.tokens = {0, 0, 2000, 0, 0, 0, 0};
    call.cost = 2000 * 125;
    call.flags |= Failed;
    plain.world().parts[0].bucket = analysis::CacheWrite5m;
    plain.add(120, {{.tokens = 2000, .segment = Segment::System}});
    Replay replay(plain.finish());
    const Outcome removed = outcomeOf(replay, {settingOf("remove-failures")});
    QCOMPARE(removed.orphanedWrites, TokenCount{2000});
    const Outcome replayed = outcomeOf(replay, {settingOf("remove-failures"), settingOf("prompt-caching")});
    QCOMPARE(replayed.orphanedWrites, TokenCount{0});
}

void CautionTest::aMissIsNoShorterPrompt()
{
    PlainWorld plain;
    WorldCall& call = plain.add(60, {{.tokens = 1400, .segment = Segment::System}});
    call.tokens = {1000, 0, 400, 0, 0, 0, 0};
    call.cost = 1000 * 10 + 400 * 125;
    const auto world = plain.finish();
    State state(*world);
    Tokens missed = state.tokens(0);
    missed[analysis::Uncached] += std::exchange(missed[analysis::CacheRead], 0);
    state.setBuckets(0, missed);
    state.begin();
    QCOMPARE(state.callsBelowMinimum(), std::int64_t{0});
    QCOMPARE(state.tokens(0)[analysis::CacheWrite5m], 400U);
    // Where the prompt itself is cut, it is.
    Tokens cut = state.tokens(0);
    cut[analysis::Uncached] = 0;
    state.setTokens(0, cut);
    state.begin();
    QCOMPARE(state.callsBelowMinimum(), std::int64_t{1});
}

void CautionTest::whatGoesWithALeverIsSaid()
{
    PlainWorld plain;
    plain.add(60, {{.tokens = 1000, .segment = Segment::System}, {.block = 1, .tokens = 500}}, 100);
    Replay replay(plain.finish());
    const char* const rule = "A rule that goes is no longer kept";
    QVERIFY(mentions(outcomeOf(replay, {settingOf("trim-system-prompt")}), rule));
    QVERIFY(!mentions(outcomeOf(replay, {settingOf("trim-system-prompt", {{"percent", 0.0}})}), rule));
    // A lever that reaches nothing: it has no call, or the tool's name is another.
    const char* const nobody = "“Trim the system prompt” is limited to calls of which there are none";
    QVERIFY(mentions(outcomeOf(replay, {settingOf("trim-system-prompt", {}, callsFrom(1, 1))}), nobody));
    QVERIFY(!mentions(outcomeOf(replay, {settingOf("trim-system-prompt", {}, callsFrom(0, 1))}), nobody));
    QVERIFY(mentions(outcomeOf(replay, {settingOf("trim-tool-results", {{"tool", "finder"}})}), "named finder"));
}

QTEST_GUILESS_MAIN(CautionTest)
#include "caution_test.moc"
