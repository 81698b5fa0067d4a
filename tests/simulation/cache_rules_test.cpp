// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plain_world.h"

using namespace plumbline;
using namespace plumbline::simulation;
using plumbline::test::outcomeOf;
using plumbline::test::PlainWorld;
using plumbline::test::settingOf;

/// What is set of a cache: how long it keeps, what writing costs, where it may end and from where on it begins.
class CacheRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void aLifetimeOfAnyLength();
    void aWriteCostsWhatIsSaid();
    void breakpointsAreFoundTwentyBlocksBack_data();
    void breakpointsAreFoundTwentyBlocksBack();
    void theMostUsefulBreakpointsComeFirst();
    void theShortestPrefixCanBeSet();

private:
    static std::vector<PlainWorld::Piece> prefix(std::uint32_t tokens, std::uint32_t block = 0)
    {
        return {{.block = block, .tokens = tokens, .segment = Segment::System}};
    }
};

void CacheRulesTest::aLifetimeOfAnyLength()
{
    const auto costOf = [](int pause, double minutes) {
        PlainWorld world;
        world.add(0, prefix(2000));
        world.add(pause, prefix(2000));
        Replay replay(world.finish());
        return outcomeOf(replay, {settingOf("prompt-caching", {{"lifetime", "other"}, {"minutes", minutes}})})
            .after.cost;
    };
    constexpr int write = 2000 * 125, hourWrite = 2000 * 200, read = 2000 * 10;
    QVERIFY(costOf(30 * 60, 30) == MoneySum(Money(write + read)));
    QVERIFY(costOf(30 * 60 + 1, 30) == MoneySum(Money(2 * write)));
    QVERIFY(costOf(60, 1) == MoneySum(Money(write + read)));
    QVERIFY(costOf(61, 1) == MoneySum(Money(2 * write)));
    // From an hour on it is written at the price of an hour.
    QVERIFY(costOf(86'000, 1440) == MoneySum(Money(hourWrite + read)));
}

void CacheRulesTest::aWriteCostsWhatIsSaid()
{
    PlainWorld world;
    world.add(0, prefix(2000));
    world.add(10, prefix(2000));
    Replay replay(world.finish());
    const auto costAt = [&](double percent) {
        return outcomeOf(replay, {settingOf("prompt-caching", {{"write_price", percent}})}).after.cost;
    };
    QVERIFY(costAt(0) == MoneySum(Money(2000 * 125 + 2000 * 10)));
    QVERIFY(costAt(150) == MoneySum(Money(2000 * 150 + 2000 * 10)));
    // A write at the price of input is none: it is billed as input.
    QVERIFY(costAt(100) == MoneySum(Money(2000 * 100 + 2000 * 10)));
}

void CacheRulesTest::breakpointsAreFoundTwentyBlocksBack_data()
{
    QTest::addColumn<int>("added"); // blocks since the call before
    QTest::addColumn<int>("breakpoints");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("nineteen, one breakpoint") << 19 << 1 << true;
    QTest::newRow("twenty, one breakpoint") << 20 << 1 << false;
    QTest::newRow("twenty, found by the provider") << 20 << 0 << true;
}

/// A conversation that grows by so many blocks at once: the end of the call before lies that far back.
void CacheRulesTest::breakpointsAreFoundTwentyBlocksBack()
{
    QFETCH(int, added);
    QFETCH(int, breakpoints);
    QFETCH(bool, isRead);
    PlainWorld world;
    std::vector<PlainWorld::Piece> prompt = {{.block = 0, .tokens = 2000, .segment = Segment::History}};
    world.add(0, prompt);
    for (int i = 0; i < added; ++i)
        prompt.push_back({.block = 1U + static_cast<std::uint32_t>(i), .tokens = 10, .segment = Segment::History});
    world.add(10, prompt);
    Replay replay(world.finish());
    const Outcome outcome =
        outcomeOf(replay, {settingOf("prompt-caching", {{"breakpoints", static_cast<double>(breakpoints)}})});
    const std::int64_t second = isRead ? 2000 * 10 + added * 10 * 125 : (2000 + added * 10) * 125;
    QVERIFY(outcome.after.cost == MoneySum(Money(2000 * 125 + second)));
}

/// Other words behind the same tools and instructions: the end alone is found by nobody.
void CacheRulesTest::theMostUsefulBreakpointsComeFirst()
{
    const auto prompt = [](std::uint32_t system, std::uint32_t question) {
        return std::vector<PlainWorld::Piece>{{.block = 0, .tokens = 2000, .segment = Segment::Tools},
                                              {.block = system, .tokens = 1000, .segment = Segment::System},
                                              {.block = question, .tokens = 100}};
    };
    PlainWorld world;
    world.add(0, prompt(1, 10));
    world.add(10, prompt(1, 11)); // another question
    world.add(20, prompt(2, 12)); // other instructions as well
    Replay replay(world.finish());
    const auto costWith = [&](double breakpoints) {
        return outcomeOf(replay, {settingOf("prompt-caching", {{"breakpoints", breakpoints}})}).after.cost;
    };
    constexpr std::int64_t whole = 3100 * 125, question = 3000 * 10 + 100 * 125, tools = 2000 * 10 + 1100 * 125;
    QVERIFY(costWith(1) == MoneySum(Money(3 * whole)));
    QVERIFY(costWith(2) == MoneySum(Money(whole + question + whole)));
    QVERIFY(costWith(3) == MoneySum(Money(whole + question + tools)));
    QVERIFY(costWith(4) == costWith(3));
    QVERIFY(costWith(0) == costWith(3));
}

void CacheRulesTest::theShortestPrefixCanBeSet()
{
    PlainWorld world; // of a model that caches from 1,024 tokens on
    for (int i = 0; i < 4; ++i)
        world.add(i * 10, prefix(600));
    Replay replay(world.finish());
    const auto costAt = [&](double minimum) {
        return outcomeOf(replay, {settingOf("prompt-caching", {{"minimum", minimum}})}).after.cost;
    };
    QVERIFY(costAt(0) == replay.before().cost);
    QVERIFY(costAt(601) == replay.before().cost);
    QVERIFY(costAt(600) < replay.before().cost);
}

QTEST_GUILESS_MAIN(CacheRulesTest)
#include "cache_rules_test.moc"
