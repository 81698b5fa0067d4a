// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plain_world.h"

#include <random>

#include "support/lever_stack.h"
#include "support/true_world.h"

using namespace plumbline;
using namespace plumbline::simulation;
using plumbline::test::everything;
using plumbline::test::outcomeOf;
using plumbline::test::settingOf;
using plumbline::test::trueWorld;

/// Levers on top of one another, moved, doubled and driven to their ends.
class StackTest : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const World> m_world;

private slots:
    void initTestCase()
    {
        World world = *trueWorld({.calls = 2500});
        for (WorldCall& call : world.calls) { // something of each that no token explains
            call.fixed += 1'000'003;
            call.cost += 1'000'003;
        }
        m_world = std::make_shared<const World>(std::move(world));
    }
    void whatMovedBeforeMeansNothing();
    void bucketsHoldWhatPartsHold_data();
    void bucketsHoldWhatPartsHold();
    void ofTwoRoutesTheLastCounts();
    void anotherTokenizerMakesNoWaste();
    void aCascadePaysForWhatItTriesInVain();
    void aLeverTwiceHasTwoSteps();
    void hardwareBeyondAllMeasureCostsWhatItCosts();
};

/// A hand moves one lever, then another, takes one out and puts it back: as if each had been the first move.
void StackTest::whatMovedBeforeMeansNothing()
{
    Replay replay(m_world);
    std::vector<Setting> settings = everything();
    std::minstd_rand random(5);
    for (int move = 0; move < 60; ++move) {
        const std::size_t at = random() % settings.size();
        if (move % 7 == 0 && settings.size() > 3)
            settings.erase(settings.begin() + static_cast<std::ptrdiff_t>(at));
        for (int again = 0; again < 2; ++again) { // the same lever, twice
            Setting& moved = settings[at % settings.size()];
            const LeverParameter& parameter = moved.lever().parameters.front();
            if (parameter.words.empty() && !parameter.isText)
                moved = moved.with(parameter.id, parameter.least + (parameter.most - parameter.least) *
                                                                       static_cast<double>(random() % 100) / 100);
            Replay fresh(m_world);
            QVERIFY(outcomeOf(replay, settings) == outcomeOf(fresh, settings));
        }
    }
}

void StackTest::bucketsHoldWhatPartsHold_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 40; ++seed)
        QTest::addRow("%d", seed) << seed;
}

/// After every lever of a random stack, extremes among them: each token of a prompt in one bucket, each cost its
/// tokens. Routing a trimmed prompt below a model's cache minimum once made billions of tokens of it.
void StackTest::bucketsHoldWhatPartsHold()
{
    QFETCH(int, seed);
    std::minstd_rand random(static_cast<std::uint_fast32_t>(seed));
    State state(*m_world);
    for (const Lever& lever : allLevers()) {
        LeverUse use{.lever = std::string(lever.id)};
        for (const LeverParameter& parameter : lever.parameters) {
            const double share = std::array{0.0, 1.0, 0.55, static_cast<double>(random() % 100) / 100}[random() % 4];
            if (!parameter.words.empty())
                use.parameters[std::string(parameter.id)] =
                    std::string(parameter.words[random() % parameter.words.size()]);
            else if (parameter.id == "to")
                use.parameters["to"] = std::array{"gpt-4o", "claude-haiku-4-5", "gemini-2.5-flash"}[random() % 3];
            else if (!parameter.isText)
                use.parameters[std::string(parameter.id)] =
                    std::round(parameter.least + (parameter.most - parameter.least) * share * share * share);
        }
        // Each is pulled in half of the stacks: a removed call shows nothing.
        if (random() % 2 == 0 || !checked(use))
            continue;
        lever.apply(*m_world, Setting(lever, use, nullptr), state);
        (void)state.begin();
        MoneySum::Integer cost = 0;
        for (std::uint32_t i = 0; i < m_world->calls.size(); ++i) {
            const WorldCall& call = m_world->calls[i];
            std::int64_t parts = 0;
            for (std::uint32_t part = call.parts; part < call.partsEnd; ++part)
                parts += state.partTokens(part);
            QVERIFY2(parts == state.inputOf(i), lever.id.data());
            if (state.isRemoved(i))
                continue;
            std::int64_t explained = call.fixed;
            if (state.ratesOf(i) != none)
                for (std::size_t bucket = 0; bucket < analysis::BucketCount; ++bucket)
                    explained += std::int64_t{state.tokens(i)[bucket]} * state.ratesAt(state.ratesOf(i))[bucket];
            cost += explained;
        }
        for (const SideCost& side : state.sides())
            cost += side.money;
        QVERIFY2(cost == state.sums().cost, lever.id.data());
    }
}

void StackTest::ofTwoRoutesTheLastCounts()
{
    Replay replay(m_world);
    const auto route = [](const char* to) { return settingOf("route-model", {{"to", to}, {"share", 100.0}}); };
    const Outcome twice = outcomeOf(replay, {route("claude-haiku-4-5"), route("gpt-4o-mini")});
    const Outcome once = outcomeOf(replay, {route("gpt-4o-mini")});
    // But for rounding, twice instead of once.
    QVERIFY(std::abs(static_cast<double>(twice.after.output - once.after.output)) <
            static_cast<double>(once.after.output) * 0.005);
}

/// All of it in other tokens, waste and all: the share of waste stays what it was, but for rounding.
void StackTest::anotherTokenizerMakesNoWaste()
{
    World one = *m_world;
    for (WorldModel& model : one.models)
        model.name = "claude-3-haiku-20240307";
    Replay replay(std::make_shared<const World>(std::move(one)));
    const Outcome outcome = outcomeOf(replay, {settingOf("route-model", {{"to", "gpt-4o-mini"}, {"share", 100.0}})});
    QVERIFY(std::abs(static_cast<double>(outcome.after.input - replay.before().input)) >
            static_cast<double>(replay.before().input) * 0.02);
    QVERIFY(std::abs(*outcome.after.wasteRatio - *replay.before().wasteRatio) < 0.01);
}

void StackTest::aCascadePaysForWhatItTriesInVain()
{
    Replay replay(m_world);
    const Outcome outcome = outcomeOf(
        replay,
        {settingOf("route-model", {{"to", "gpt-5.4-nano"}, {"share", 100.0}, {"mode", "cascade"}, {"accept", 0.0}})});
    QVERIFY(outcome.after.cost > replay.before().cost);
    QVERIFY(outcome.after.input > replay.before().input && outcome.after.output > replay.before().output);
    QVERIFY(!outcome.after.latency);
    QVERIFY(outcome.risks.at(0).message().starts_with("Routing moves 0 of"));
}

void StackTest::aLeverTwiceHasTwoSteps()
{
    Replay replay(m_world);
    const auto only = [&](std::uint32_t feature) {
        auto calls = std::make_shared<std::vector<bool>>(m_world->calls.size());
        for (std::size_t i = 0; i < m_world->calls.size(); ++i)
            (*calls)[i] = m_world->calls[i].feature == feature;
        return settingOf("cap-output", {{"tokens", 20.0}}, calls);
    };
    const Setting last = only(static_cast<std::uint32_t>(m_world->features.size() - 1)), first = only(0);
    const Outcome outcome = outcomeOf(replay, {last, first});
    QCOMPARE(outcome.steps.at(0).place, std::size_t{0});
    QCOMPARE(outcome.steps.at(1).place, std::size_t{1});
    QVERIFY(outcome.steps[0].saving == outcomeOf(replay, {last}).steps.at(0).saving);
    QVERIFY(outcome.steps[1].saving == outcomeOf(replay, {first}).steps.at(0).saving);
}

void StackTest::hardwareBeyondAllMeasureCostsWhatItCosts()
{
    Replay replay(m_world);
    const Outcome outcome = outcomeOf(
        replay,
        {settingOf("own-hardware", {{"gpu_price", 200.0}, {"redundancy", 100.0}, {"operations", 1'000'000.0}})});
    // A hundred machines at least, for three months: 15.6 million a month.
    QVERIFY(outcome.after.cost.dollars() > 40e6);
    QVERIFY(outcome.steps.at(0).saving < MoneySum());
    QVERIFY(!outcome.after.latency);
}

QTEST_GUILESS_MAIN(StackTest)
#include "stack_test.moc"
