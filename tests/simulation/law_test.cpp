// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plain_world.h"

#include <random>

#include "model/simulation/uncertainty.h"
#include "support/lever_stack.h"
#include "support/true_world.h"

using namespace plumbline;
using namespace plumbline::simulation;
using plumbline::test::everything;
using plumbline::test::outcomeOf;
using plumbline::test::settingOf;
using plumbline::test::trueWorld;
using plumbline::test::TrueWorld;

/// What must hold of every replay, whatever the calls (drains-and-simulation.md §6).
class LawTest : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const World> m_world, m_uncached;

    static LeverUse neutral(const Lever& lever)
    {
        LeverUse use{.lever = std::string(lever.id)};
        for (const LeverParameter& parameter : lever.parameters)
            if (!parameter.isText && !std::isnan(parameter.neutral)) {
                if (parameter.words.empty())
                    use.parameters[std::string(parameter.id)] = parameter.neutral;
                else
                    use.parameters[std::string(parameter.id)] =
                        std::string(parameter.words[static_cast<std::size_t>(parameter.neutral)]);
            }
        return use;
    }

private slots:
    void initTestCase()
    {
        m_world = trueWorld({.calls = 2500});
        m_uncached = trueWorld({.calls = 2500}, true);
    }
    void neutralIsIdentity_data()
    {
        QTest::addColumn<QString>("lever");
        for (const Lever& lever : allLevers())
            QTest::newRow(std::string(lever.id).c_str()) << QString::fromStdString(std::string(lever.id));
    }
    void neutralIsIdentity();
    void everyLeverDoesSomething_data() { neutralIsIdentity_data(); }
    void everyLeverDoesSomething();
    void stepsAddUp();
    void theOrderOfSettingsMeansNothing();
    void theOrderOfTracesMeansNothing();
    void twiceThePricesAreTwiceTheMoney();
    void withoutPricesNothingCosts();
    void oneWorldTwiceIsTwiceAsMuch();
    void moreIsNeverCheaperWithoutCaches_data();
    void moreIsNeverCheaperWithoutCaches();
    void pullingTwiceIsPullingOnce_data();
    void pullingTwiceIsPullingOnce();
    void aScopeHoldsItsCallsOnly();
    void aScopeOfAllCallsIsNone();
    void answersThatShrinkShrinkWhereTheyAreSentAgain();
    void whatALoopSaidIsInNoLaterPrompt();
    void theRangeHoldsTheSaving();
};

void LawTest::neutralIsIdentity()
{
    QFETCH(QString, lever);
    const Lever& of = *leverOf(lever.toStdString());
    Replay replay(m_world);
    MoneySum billed;
    for (const WorldCall& call : m_world->calls)
        billed += Money(call.cost);
    QVERIFY(replay.before().cost == billed);
    // At its neutral value; and not pulled at all.
    LeverUse off{.lever = std::string(of.id), .isOn = false};
    for (const LeverUse& use : {neutral(of), off}) {
        const Setting setting(of, use, nullptr);
        QVERIFY(setting.isNeutral());
        QVERIFY(outcomeOf(replay, {setting}).after == replay.before());
        // And applied all the same, past the engine that would leave it out.
        State state(*m_world);
        if (use.isOn)
            of.apply(*m_world, setting, state);
        QVERIFY(state.begin() == 0);
        QVERIFY(MoneySum::ofPicodollars(state.sums().cost) == replay.before().cost);
        for (std::uint32_t call = 0; call < m_world->calls.size(); ++call) {
            QVERIFY(state.tokens(call) == m_world->calls[call].tokens);
            QCOMPARE(state.ratesOf(call), m_world->calls[call].rates);
        }
    }
}

void LawTest::everyLeverDoesSomething()
{
    QFETCH(QString, lever);
    Replay replay(m_world);
    for (const Setting& setting : everything())
        if (setting.lever().id == lever.toStdString()) {
            QVERIFY(!setting.isNeutral());
            const Outcome outcome = outcomeOf(replay, {setting});
            // Layout alone changes no price, and nothing in these traces is a blank too many.
            const bool isSilent = lever == QStringLiteral("stable-prefix") || lever == QStringLiteral("strip-payload");
            QCOMPARE(outcome.after.cost == replay.before().cost, isSilent);
        }
}

void LawTest::stepsAddUp()
{
    Replay replay(m_world);
    const Outcome outcome = outcomeOf(replay, everything());
    QCOMPARE(outcome.steps.size(), allLevers().size());
    MoneySum sum, features, days;
    for (std::size_t i = 0; i < outcome.steps.size(); ++i) {
        QVERIFY(outcome.steps[i].lever == allLevers()[i].id);
        sum += outcome.steps[i].saving;
    }
    QVERIFY(replay.before().cost - outcome.after.cost == sum);
    for (const MoneySum of : outcome.after.features)
        features += of;
    for (const MoneySum of : outcome.after.days)
        days += of;
    QVERIFY(features == outcome.after.cost);
    QVERIFY(days == outcome.after.cost);
    // A replay leaves nothing behind.
    QVERIFY(outcomeOf(replay, {}).after == replay.before());
    QVERIFY(outcomeOf(replay, everything()) == outcome);
}

void LawTest::theOrderOfSettingsMeansNothing()
{
    Replay replay(m_world);
    std::vector<Setting> settings = everything();
    const Outcome expected = outcomeOf(replay, settings);
    std::minstd_rand random(7);
    for (int round = 0; round < 3; ++round) {
        std::shuffle(settings.begin(), settings.end(), random);
        const Outcome outcome = outcomeOf(replay, settings);
        QVERIFY(outcome.after == expected.after);
        for (std::size_t i = 0; i < expected.steps.size(); ++i)
            QVERIFY(outcome.steps[i].saving == expected.steps[i].saving &&
                    settings[outcome.steps[i].place].lever().id == expected.steps[i].lever);
    }
}

void LawTest::theOrderOfTracesMeansNothing()
{
    std::vector<SampleTrace> traces;
    QVERIFY(generate(
        SampleOptions{.calls = 800},
        [&](const SampleTrace& trace) -> Result<> {
            traces.push_back(trace);
            return {};
        },
        StopToken()));
    const auto worldOf = [&] {
        TrueWorld world;
        for (const SampleTrace& trace : traces)
            world.add(trace);
        return std::make_shared<const World>(world.finish());
    };
    Replay replay(worldOf());
    const Outcome expected = outcomeOf(replay, everything());
    std::minstd_rand random(11);
    std::shuffle(traces.begin(), traces.end(), random);
    Replay shuffled(worldOf());
    const Outcome outcome = outcomeOf(shuffled, everything());
    for (std::size_t i = 0; i < expected.steps.size(); ++i)
        QVERIFY2(outcome.steps[i] == expected.steps[i], expected.steps[i].lever.c_str());
    QVERIFY(outcome.after.cost == expected.after.cost);
    QCOMPARE(outcome.after.input, expected.after.input);
}

void LawTest::twiceThePricesAreTwiceTheMoney()
{
    World dear = *m_world;
    for (BucketRates& rates : dear.rates)
        for (std::int64_t& rate : rates)
            rate *= 2;
    for (WorldCall& call : dear.calls) {
        call.cost *= 2;
        call.fixed *= 2;
    }
    // Without those that look into the price book, which is the same.
    std::vector<Setting> settings = everything();
    std::erase_if(settings, [](const Setting& setting) {
        return setting.lever().id == "route-model" || setting.lever().id == "batch" ||
               setting.lever().id == "own-hardware" || setting.lever().id == "reuse-similar" ||
               setting.lever().id == "price-change"; // rounds a rate
    });
    Replay replay(m_world), twice(std::make_shared<const World>(std::move(dear)));
    const Outcome once = outcomeOf(replay, settings), outcome = outcomeOf(twice, settings);
    QVERIFY(outcome.after.cost == once.after.cost + once.after.cost);
    for (std::size_t i = 0; i < once.steps.size(); ++i)
        QVERIFY(outcome.steps[i].saving == once.steps[i].saving + once.steps[i].saving);
}

void LawTest::withoutPricesNothingCosts()
{
    World free = *m_world;
    for (BucketRates& rates : free.rates)
        rates.fill(0);
    for (WorldCall& call : free.calls)
        call.cost = call.fixed = 0;
    std::vector<Setting> settings = everything();
    std::erase_if(settings, [](const Setting& setting) {
        return setting.lever().id == "route-model" || setting.lever().id == "own-hardware" ||
               setting.lever().id == "reuse-similar";
    });
    Replay replay(std::make_shared<const World>(std::move(free)));
    const Outcome outcome = outcomeOf(replay, settings);
    QVERIFY(outcome.after.cost == MoneySum());
    QVERIFY(outcome.after.input < replay.before().input);
}

/// Under other features: no cache is shared.
void LawTest::oneWorldTwiceIsTwiceAsMuch()
{
    TrueWorld world;
    QVERIFY(generate(
        SampleOptions{.calls = 1200},
        [&](const SampleTrace& trace) -> Result<> {
            world.add(trace);
            SampleTrace again = trace;
            static std::map<std::string, std::string> names;
            std::string& name = names[std::string(trace.feature)];
            name = std::string(trace.feature) + "-again";
            again.feature = name;
            world.add(again);
            return {};
        },
        StopToken()));
    Replay once(trueWorld({.calls = 1200})), twice(std::make_shared<const World>(world.finish()));
    std::vector<Setting> settings = everything();
    std::erase_if(settings,
                  [](const Setting& setting) { return setting.lever().id == "own-hardware"; }); // whole machines
    const Outcome one = outcomeOf(once, settings), two = outcomeOf(twice, settings);
    for (std::size_t i = 0; i < one.steps.size(); ++i)
        QVERIFY2(two.steps[i].saving == one.steps[i].saving + one.steps[i].saving, one.steps[i].lever.c_str());
    QVERIFY(two.after.cost == one.after.cost + one.after.cost);
    QCOMPARE(two.after.calls, 2 * one.after.calls);
    QCOMPARE(two.after.input, 2 * one.after.input);
}

void LawTest::moreIsNeverCheaperWithoutCaches_data()
{
    QTest::addColumn<QString>("lever");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QList<double>>("values"); // ascending: each leaves no less than the one before
    const auto row = [](const char* lever, const char* parameter, const QList<double>& values) {
        QTest::newRow(lever) << QString::fromLatin1(lever) << QString::fromLatin1(parameter) << values;
    };
    row("fewer-documents", "documents", {0, 1, 2, 4, 8, 12, 64});
    row("history-policy", "turns", {0, 1, 3, 6, 10, 60});
    row("cap-output", "tokens", {1, 50, 200, 800, 32000});
    row("reasoning-budget", "tokens", {0, 100, 1000, 64000});
    row("trim-tool-results", "tokens", {0, 100, 1000, 50000});
}

void LawTest::moreIsNeverCheaperWithoutCaches()
{
    QFETCH(QString, lever);
    QFETCH(QString, parameter);
    QFETCH(QList<double>, values);
    Replay replay(m_uncached);
    MoneySum before;
    bool isGrowing = false;
    for (const double value : values) {
        const Outcome outcome = outcomeOf(replay, {settingOf(lever.toStdString(), {{parameter.toStdString(), value}})});
        QVERIFY(outcome.after.cost >= before);
        isGrowing |= outcome.after.cost > before && before > MoneySum();
        before = outcome.after.cost;
    }
    QVERIFY(isGrowing);
}

void LawTest::pullingTwiceIsPullingOnce_data()
{
    QTest::addColumn<QString>("lever");
    for (const char* lever : {"remove-failures", "reuse-answers", "stop-loops", "drop-tools", "fewer-documents",
                              "trim-tool-results", "cap-output", "reasoning-budget", "prompt-caching"})
        QTest::newRow(lever) << QString::fromLatin1(lever);
}

void LawTest::pullingTwiceIsPullingOnce()
{
    QFETCH(QString, lever);
    Replay replay(m_world);
    const Setting setting = settingOf(lever.toStdString());
    const Outcome outcome = outcomeOf(replay, {setting, setting});
    QVERIFY(outcome.steps.at(1).saving == MoneySum());
    QVERIFY(outcome.after.cost == outcomeOf(replay, {setting}).after.cost);
}

void LawTest::aScopeHoldsItsCallsOnly()
{
    Replay replay(m_world);
    auto calls = std::make_shared<std::vector<bool>>(m_world->calls.size());
    for (std::size_t i = 0; i < m_world->calls.size(); ++i)
        (*calls)[i] = m_world->calls[i].feature == 0;
    for (const Setting& setting : everything()) {
        if (setting.lever().id == "own-hardware")
            continue;
        const Outcome outcome = outcomeOf(replay, {Setting(setting.lever(), setting.use(), calls)});
        for (std::size_t feature = 1; feature < m_world->features.size(); ++feature)
            QVERIFY(outcome.after.features[feature] == replay.before().features[feature]);
    }
}

void LawTest::aScopeOfAllCallsIsNone()
{
    Replay replay(m_world);
    const auto calls = std::make_shared<std::vector<bool>>(m_world->calls.size(), true);
    std::vector<Setting> settings;
    for (const Setting& setting : everything())
        settings.emplace_back(setting.lever(), setting.use(), calls);
    QVERIFY(outcomeOf(replay, settings) == outcomeOf(replay, everything()));
}

void LawTest::answersThatShrinkShrinkWhereTheyAreSentAgain()
{
    Replay replay(m_uncached);
    const Outcome outcome = outcomeOf(replay, {settingOf("cap-output", {{"tokens", 20.0}})});
    TokenCount expected = 0; // input that later prompts lose, answer by answer
    for (const WorldCall& call : m_uncached->calls)
        if (const std::uint32_t visible = call.tokens[analysis::Visible]; visible > 20)
            for (std::uint32_t at = call.resent; at < call.resentEnd; ++at) {
                const std::uint32_t whole = m_uncached->partTokens[m_uncached->resent[at]];
                expected += whole - whole * 20 / visible;
            }
    QVERIFY(expected > 1000);
    QCOMPARE(replay.before().input - outcome.after.input, expected);
}

/// A step taken three times, and an answer behind them: what is left is what two calls less would have sent.
void LawTest::whatALoopSaidIsInNoLaterPrompt()
{
    using test::PlainWorld;
    PlainWorld world;
    std::vector<PlainWorld::Piece> prompt = {{.block = 0, .tokens = 500, .segment = Segment::System},
                                             {.block = 1, .tokens = 50}};
    std::vector<std::size_t> said; // where its answer stands, call by call
    for (int call = 0; call < 4; ++call) {
        world.add(10 * call, prompt, 30);
        said.push_back(prompt.size());
        prompt.push_back({.block = 2, .tokens = 30, .segment = Segment::History});
        prompt.push_back({.block = 3, .tokens = 200, .segment = Segment::ToolResult});
    }
    World& made = world.world();
    for (std::size_t call = 0; call < 4; ++call) {
        made.calls[call].resent = static_cast<std::uint32_t>(made.resent.size());
        for (std::size_t later = call + 1; later < 4; ++later)
            made.resent.push_back(made.calls[later].parts + static_cast<std::uint32_t>(said[call]));
        made.calls[call].resentEnd = static_cast<std::uint32_t>(made.resent.size());
    }
    made.calls[1].flags |= Repeats;
    made.calls[2].flags |= Repeats;
    Replay replay(world.finish());
    QCOMPARE(replay.before().input, TokenCount{4 * 550 + (1 + 2 + 3) * 230});
    const Outcome outcome = outcomeOf(replay, {settingOf("stop-loops")});
    QCOMPARE(outcome.after.calls, std::int64_t{2});
    QCOMPARE(outcome.after.input, TokenCount{550 + 550 + 230});
    QCOMPARE(outcome.after.output, TokenCount{60});
}

void LawTest::theRangeHoldsTheSaving()
{
    Replay replay(m_world);
    const std::vector<Setting> settings = everything();
    const Outcome outcome = outcomeOf(replay, settings);
    const MoneySum saving = replay.before().cost - outcome.after.cost;
    const MoneyRange range = resampledByDay(replay.before(), outcome.after);
    QVERIFY(range.low < saving && saving < range.high);
    QVERIFY(resampledByDay(replay.before(), outcome.after) == range);
    const auto effects = tornado(replay, settings, StopToken());
    QVERIFY(effects && effects->size() >= 3);
    // The same settings give the same outcome after all that.
    QVERIFY(outcomeOf(replay, settings) == outcome);
}

QTEST_GUILESS_MAIN(LawTest)
#include "law_test.moc"
