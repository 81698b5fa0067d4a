// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plain_world.h"

using namespace plumbline;
using namespace plumbline::simulation;
using plumbline::test::outcomeOf;
using plumbline::test::PlainWorld;
using plumbline::test::settingOf;

/// The cache replay against what is worked out by hand (drains-and-simulation.md §0, §2.2 and §3.2).
class CacheTest : public QObject
{
    Q_OBJECT

private slots:
    void historyAndCachesTogether_data();
    void historyAndCachesTogether();
    void aPromptBelowTheMinimumMayBeDearer_data();
    void aPromptBelowTheMinimumMayBeDearer();
    void trimmingHasACliff();
    void aBeginningLivesForItsTime_data();
    void aBeginningLivesForItsTime();
    void callsAtTheSameTimeReadNothing();
    void splittingABlockChangesNothing();
    void openAiCountsInStepsAndWritesForFree();
    void cachesAreOfAModelAndAFeature();
    void whatChangesGoesToTheEndAndIsNotCached();
    void whileASliderMovesCachesStayAsTheyWere();
    void theFitIsOfWhatWasBilled();

private:
    static bool tellsOfTheMinimum(const Outcome& outcome)
    {
        return std::any_of(outcome.risks.begin(), outcome.risks.end(), [](const Risk& risk) {
            return risk.message().find("below the provider's cache minimum") != std::string::npos;
        });
    }
    /// A conversation of sixty turns of 400 tokens, a minute apart, behind 2,000 tokens of instructions.
    static std::shared_ptr<const World> conversation()
    {
        PlainWorld world;
        for (std::uint32_t turn = 1; turn <= 60; ++turn) {
            std::vector<PlainWorld::Piece> prompt{{.block = 0, .tokens = 2000, .segment = Segment::System}};
            for (std::uint32_t of = 1; of <= turn; ++of)
                prompt.push_back({.block = of,
                                  .tokens = 400,
                                  .segment = of == turn ? Segment::User : Segment::History,
                                  .turn = static_cast<std::uint16_t>(turn - of)});
            world.add(60 * turn, prompt);
        }
        return world.finish();
    }
    static double shareOf(const std::vector<Setting>& settings)
    {
        Replay replay(conversation());
        return outcomeOf(replay, settings).after.cost.dollars() / replay.before().cost.dollars();
    }
    static std::vector<PlainWorld::Piece> prefix(std::uint32_t tokens, std::uint32_t block = 0)
    {
        return {{.block = block, .tokens = tokens, .segment = Segment::System}};
    }
};

void CacheTest::historyAndCachesTogether_data()
{
    QTest::addColumn<QString>("policy"); // empty: all of it is sent
    QTest::addColumn<QString>("until");  // empty: nothing is cached
    QTest::addColumn<double>("percent"); // of the bill without either
    QTest::newRow("all, cached") << QString() << QStringLiteral("the prompt") << 13.5;
    QTest::newRow("sliding, cached") << QStringLiteral("sliding") << QStringLiteral("the prompt") << 31.8;
    QTest::newRow("sliding, the fixed part cached")
        << QStringLiteral("sliding") << QStringLiteral("the fixed part") << 27.7;
    QTest::newRow("sliding") << QStringLiteral("sliding") << QString() << 40.1;
    QTest::newRow("chunked, cached") << QStringLiteral("chunked") << QStringLiteral("the prompt") << 8.9;
}

void CacheTest::historyAndCachesTogether()
{
    QFETCH(QString, policy);
    QFETCH(QString, until);
    QFETCH(double, percent);
    std::vector<Setting> settings;
    if (!policy.isEmpty()) // ten turns with the one at hand
        settings.push_back(settingOf("history-policy", {{"turns", 9.0}, {"policy", policy.toStdString()}}));
    if (!until.isEmpty())
        settings.push_back(settingOf("prompt-caching", {{"until", until.toStdString()}}));
    QCOMPARE(std::round(shareOf(settings) * 1000) / 10, percent);
}

void CacheTest::aPromptBelowTheMinimumMayBeDearer_data()
{
    QTest::addColumn<int>("hits"); // of ten calls
    QTest::addColumn<double>("share");
    QTest::newRow("half of them read") << 5 << 605.0 / 900;
    QTest::newRow("seven of ten read") << 7 << 407.0 / 900;
}

/// The cookbook's case: 900 tokens are never cached, 1,100 are.
void CacheTest::aPromptBelowTheMinimumMayBeDearer()
{
    QFETCH(int, hits);
    QFETCH(double, share);
    PlainWorld world(100, 10, 100); // nothing is asked for writing
    const int cold = 10 - hits;
    for (int group = 0, made = 0; group < cold; ++group)
        // One finds nothing, those that follow within the minute do.
        for (int i = 0, size = 1 + hits / cold + (group < hits % cold); i < size && made < 10; ++i, ++made)
            world.add(group * 3600 + i * 10, prefix(1100));
    Replay replay(world.finish());
    QCOMPARE(replay.before().calls, 10);
    const Outcome outcome = outcomeOf(replay, {settingOf("prompt-caching")});
    constexpr double short900 = 900 * 100 * 10 * 1e-12;
    QCOMPARE(outcome.after.cost.dollars() / short900, share);
}

/// Where a prefix falls below the minimum, its calls lose what they read: trimmed by 43 % they do not, by 44 % they do.
void CacheTest::trimmingHasACliff()
{
    PlainWorld world;
    for (int i = 0; i < 40; ++i)
        world.add(i * 10, prefix(1800));
    for (std::size_t i = 1; i < world.world().calls.size(); ++i) { // as a provider bills it
        WorldCall& call = world.world().calls[i];
        call.tokens = {1800, 0, 0, 0, 0, 0, 0};
        call.cost = 1800 * 10;
        world.world().parts[call.parts].bucket = analysis::CacheRead;
    }
    Replay replay(world.finish());
    const auto trimmed = [&](double percent, bool isReplayed) {
        std::vector<Setting> settings{settingOf("trim-system-prompt", {{"percent", percent}})};
        if (isReplayed)
            settings.push_back(settingOf("prompt-caching"));
        return outcomeOf(replay, settings);
    };
    for (const bool isReplayed : {false, true}) {
        QVERIFY(trimmed(43, isReplayed).after.cost < replay.before().cost);
        const Outcome fallen = trimmed(44, isReplayed);
        QVERIFY(fallen.after.cost > replay.before().cost);
        QVERIFY(fallen.after.cost > trimmed(43, isReplayed).after.cost);
        QVERIFY(tellsOfTheMinimum(fallen));
    }
    QVERIFY(!tellsOfTheMinimum(trimmed(43, false)));
}

void CacheTest::aBeginningLivesForItsTime_data()
{
    QTest::addColumn<int>("pause");
    QTest::addColumn<int>("tokens");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("299 s") << 299 << 2000 << true;
    QTest::newRow("300 s") << 300 << 2000 << true;
    QTest::newRow("301 s") << 301 << 2000 << false;
    QTest::newRow("1,023 tokens") << 10 << 1023 << false;
    QTest::newRow("1,024 tokens") << 10 << 1024 << true;
    QTest::newRow("1,025 tokens") << 10 << 1025 << true;
}

void CacheTest::aBeginningLivesForItsTime()
{
    QFETCH(int, pause);
    QFETCH(int, tokens);
    QFETCH(bool, isRead);
    PlainWorld world;
    world.add(0, prefix(static_cast<std::uint32_t>(tokens)));
    world.add(pause, prefix(static_cast<std::uint32_t>(tokens)));
    Replay replay(world.finish());
    const Outcome outcome = outcomeOf(replay, {settingOf("prompt-caching")});
    const bool isWritten = tokens >= 1024;
    const std::int64_t first = tokens * (isWritten ? 125 : 100);
    QVERIFY(outcome.after.cost == MoneySum(Money(first + (isRead ? tokens * 10 : first))));
}

void CacheTest::callsAtTheSameTimeReadNothing()
{
    PlainWorld world;
    world.add(0, prefix(2000), 0, 5'000'000);
    world.add(3, prefix(2000)); // the first is not answered yet
    world.add(6, prefix(2000));
    Replay replay(world.finish());
    const Outcome outcome = outcomeOf(replay, {settingOf("prompt-caching")});
    QVERIFY(outcome.after.cost == MoneySum(Money(2 * 2000 * 125 + 2000 * 10)));
}

void CacheTest::splittingABlockChangesNothing()
{
    PlainWorld whole, split;
    for (int i = 0; i < 5; ++i) {
        whole.add(i * 10, {{.block = 0, .tokens = 3000, .segment = Segment::System},
                           {.block = 10U + static_cast<std::uint32_t>(i), .tokens = 50}});
        split.add(i * 10, {{.block = 0, .tokens = 1300, .segment = Segment::System},
                           {.block = 1, .tokens = 1700, .segment = Segment::System},
                           {.block = 10U + static_cast<std::uint32_t>(i), .tokens = 50}});
    }
    Replay one(whole.finish()), two(split.finish());
    QVERIFY(outcomeOf(one, {settingOf("prompt-caching")}).after.cost ==
            outcomeOf(two, {settingOf("prompt-caching")}).after.cost);
}

void CacheTest::openAiCountsInStepsAndWritesForFree()
{
    PlainWorld world(100, 10, 100);
    world.world().models[0].provider = "openai";
    for (int i = 0; i < 2; ++i)
        world.add(i * 10, prefix(1300));
    Replay replay(world.finish());
    const Outcome outcome = outcomeOf(replay, {settingOf("prompt-caching")});
    QVERIFY(outcome.after.cost == MoneySum(Money(1300 * 100 + 1280 * 10 + 20 * 100)));
}

void CacheTest::cachesAreOfAModelAndAFeature()
{
    PlainWorld world;
    world.world().models.push_back(world.world().models[0]);
    world.world().features.emplace_back("other");
    world.world().environments.emplace_back("test");
    world.add(0, prefix(2000));
    world.add(10, prefix(2000)).model = 1;
    world.add(20, prefix(2000)).environment = 1;
    world.add(30, prefix(2000)).feature = 1;
    Replay replay(world.finish());
    QVERIFY(outcomeOf(replay, {settingOf("prompt-caching")}).after.cost == MoneySum(Money(4 * 2000 * 125)));
}

void CacheTest::whatChangesGoesToTheEndAndIsNotCached()
{
    PlainWorld world;
    for (std::uint32_t i = 0; i < 3; ++i)
        world.add(10 * i, prefix(2000, i)); // the time of day is in it
    const auto shared = world.finish();
    World laidOut = *shared;
    for (std::size_t block = 0; block < 3; ++block) {
        laidOut.stable[block] = 77;
        laidOut.changing[block] = 0.05F; // 100 tokens
    }
    Replay replay(std::make_shared<const World>(std::move(laidOut)));
    const Outcome outcome = outcomeOf(replay, {settingOf("stable-prefix"), settingOf("prompt-caching")});
    QVERIFY(outcome.after.cost == MoneySum(Money(1900 * 125 + 2 * 1900 * 10 + 3 * 100 * 100)));
    QVERIFY(outcomeOf(replay, {settingOf("prompt-caching")}).after.cost == MoneySum(Money(3 * 2000 * 125)));
}

/// Under the hand each call reads the share of its prompt that it read when the slider rested; then caches are
/// replayed.
void CacheTest::whileASliderMovesCachesStayAsTheyWere()
{
    const auto stack = [](double turns, double hits) {
        return std::vector<Setting>{settingOf("history-policy", {{"turns", turns}}),
                                    settingOf("prompt-caching", {{"hits", hits}})};
    };
    Replay replay(conversation()), other(conversation());
    const auto moved = [&](const std::vector<Setting>& settings) {
        return replay.run(settings, Replay::Detail::Money, StopToken())->after.cost;
    };
    const MoneySum rested = outcomeOf(replay, stack(60, 100)).after.cost;
    QVERIFY(moved(stack(60, 100)) == rested);
    // Fewer turns are cheaper with the caches as they are, and dearer in truth: a sliding window breaks them.
    QVERIFY(moved(stack(20, 100)) < rested);
    const MoneySum truth = outcomeOf(other, stack(20, 100)).after.cost;
    QVERIFY(truth > rested);
    QVERIFY(outcomeOf(replay, stack(20, 100)).after.cost == truth);
    QVERIFY(moved(stack(20, 100)) == truth);
    // The cache's own slider shows what it does.
    QVERIFY(moved(stack(20, 50)) == outcomeOf(other, stack(20, 50)).after.cost);
    // A price of writes of one's own goes along.
    const auto dear = [&](double turns) {
        return std::vector<Setting>{settingOf("history-policy", {{"turns", turns}}),
                                    settingOf("prompt-caching", {{"write_price", 300.0}})};
    };
    const MoneySum dearlyRested = outcomeOf(replay, dear(60)).after.cost;
    QVERIFY(moved(dear(60)) == dearlyRested);
    // Who grabs the slider again before it has come to rest still has what was known.
    StopToken stopped;
    stopped.requestStop();
    QVERIFY(!replay.run(dear(50), Replay::Detail::All, stopped));
    QVERIFY(replay.run(dear(60), Replay::Detail::Money, StopToken())->repeatsCaches);
    QVERIFY(!outcomeOf(replay, dear(60)).repeatsCaches);
    // What a lever behind the caches is laid on is kept: exactly, once it is asked for.
    std::vector<Setting> behind = stack(30, 100);
    behind.push_back(settingOf("price-change", {{"percent", -10.0}}));
    (void)moved(behind);
    behind.back() = settingOf("price-change", {{"percent", -20.0}});
    (void)moved(behind);
    QVERIFY(outcomeOf(replay, behind) == outcomeOf(other, behind));
}

void CacheTest::theFitIsOfWhatWasBilled()
{
    PlainWorld world;
    world.world().features.emplace_back("other");
    for (int i = 0; i < 4; ++i)
        world.add(i * 10, prefix(2000));
    for (int i = 0; i < 4; ++i)
        world.add(i * 10, prefix(2000, 1)).feature = 1;
    for (const std::size_t i : {1U, 3U}) { // half of what an ideal cache reads, and nothing of the other feature
        WorldCall& call = world.world().calls[i];
        call.tokens = {2000, 0, 0, 0, 0, 0, 0};
        call.cost = 2000 * 10;
        world.world().parts[call.parts].bucket = analysis::CacheRead;
    }
    Replay replay(world.finish());
    const auto fit = replay.cacheFit(settingOf("prompt-caching"), StopToken());
    QVERIFY(fit);
    QCOMPARE(fit->size(), std::size_t{1});
    QCOMPARE(fit->at(0).feature, 0U);
    QCOMPARE(fit->at(0).reported, TokenCount{4000});
    QCOMPARE(fit->at(0).predicted, TokenCount{6000});
}

QTEST_GUILESS_MAIN(CacheTest)
#include "cache_test.moc"
