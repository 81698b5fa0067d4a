// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plain_world.h"

#include <random>

#include "support/sanitized.h"
#include "support/token_oracle.h"
#include "support/true_world.h"

using namespace plumbline;
using namespace plumbline::simulation;
using plumbline::test::outcomeOf;
using plumbline::test::settingOf;
using plumbline::test::TokenOracle;
using plumbline::test::trueWorld;

/// Random levers on few calls, against a simulator that counts tokens one by one.
class OracleTest : public QObject
{
    Q_OBJECT

private slots:
    void tokenByToken_data()
    {
        QTest::addColumn<int>("seed");
        constexpr int seeds = test::isSanitized ? 24 : 120;
        for (int seed = 1; seed <= seeds; ++seed)
            QTest::addRow("%d", seed) << seed;
    }
    void tokenByToken();

private:
    /// What the generator makes too seldom for so few calls.
    template <class Any>
    static void makeOdd(World& world, Any any);
};

template <class Any>
void OracleTest::makeOdd(World& world, Any any)
{
    std::uint32_t embedded = none;
    for (WorldCall& call : world.calls) {
        for (std::uint32_t part = call.parts; part < call.partsEnd && call.is(Embeds); ++part) {
            std::uint32_t& block = world.parts[part].block;
            if (block != none && embedded != none && any(1) == 1)
                block = embedded; // half of the texts were embedded before
            else if (block != none)
                embedded = block;
        }
        // Some answers take so long that the next calls do not find what is written for them.
        if (any(4) == 0)
            call.latency = any(600) * 1'000'000LL;
        call.flags |= any(5) == 0 ? CutOff : CallFlag{};
        // Some steps were taken before, and what they said stands twice in later prompts.
        if (call.resent < call.resentEnd && any(5) == 0) {
            call.flags |= Repeats;
            for (std::uint32_t at = call.resent; at < call.resentEnd; ++at)
                if (const std::uint32_t said = world.resent[at];
                    said > world.calls[world.partCalls[said]].parts && any(2) > 0)
                    world.parts[said - 1].block = world.parts[said].block;
        }
        for (std::uint32_t part = call.parts; part < call.partsEnd; ++part)
            if (any(9) == 0)
                world.payload.push_back(
                    {.part = part,
                     .call = static_cast<std::uint32_t>(&call - world.calls.data()),
                     .tokens = static_cast<std::uint32_t>(any(static_cast<int>(world.partTokens[part])))});
    }
    // Prices that leave something to round.
    for (BucketRates& rates : world.rates)
        for (std::int64_t& rate : rates)
            rate += rate > 0 ? any(9) : 0;
    for (WorldCall& call : world.calls)
        if (call.rates != none) {
            call.cost = call.fixed;
            for (std::size_t bucket = 0; bucket < call.tokens.size(); ++bucket)
                call.cost += call.tokens[bucket] * world.rates[call.rates][bucket];
        }
    world.layOut();
}

void OracleTest::tokenByToken()
{
    QFETCH(int, seed);
    std::minstd_rand random(static_cast<std::uint_fast32_t>(seed));
    const auto any = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
    // Prompts that lose what was cached of them below the provider's minimum are judged elsewhere: no minimum here.
    auto made = *trueWorld({.seed = static_cast<std::uint64_t>(seed % 6 + 1),
                            .calls = 150,
                            .drainIntensity = {{"abandoned-output", 0.9}}});
    for (WorldModel& model : made.models)
        model.cacheMinimum = 0;
    makeOdd(made, any);
    const auto world = std::make_shared<const World>(std::move(made));
    QVERIFY(world->calls.size() > 100);
    TokenOracle oracle(*world);
    std::vector<Setting> settings;
    const auto isPulled = [&] { return any(1) == 1; };
    if (isPulled()) {
        settings.push_back(settingOf("remove-failures"));
        oracle.removeFailures();
    }
    if (isPulled()) {
        const double hours = any(48);
        settings.push_back(settingOf("reuse-answers", {{"hours", hours}}));
        if (hours > 0)
            oracle.reuseAnswers(hours);
    }
    if (isPulled()) {
        const double days = any(3) * 0.02;
        settings.push_back(settingOf("reuse-embeddings", {{"days", days}}));
        if (days > 0)
            oracle.keepEmbeddings(days);
    }
    if (isPulled()) {
        settings.push_back(settingOf("stop-loops"));
        oracle.stopLoops();
    }
    if (isPulled()) {
        const double percent = any(100);
        settings.push_back(settingOf("cancel-early", {{"share", percent}}));
        oracle.endEarly(percent);
    }
    if (isPulled()) {
        const double percent = any(100);
        settings.push_back(settingOf("strip-payload", {{"share", percent}}));
        oracle.strip(percent);
    }
    if (isPulled()) {
        const double perThousand = any(50), offers = 20 + any(30);
        settings.push_back(settingOf("drop-tools", {{"rarer_than", perThousand}, {"offers", offers}}));
        oracle.dropTools(perThousand, offers);
    }
    if (isPulled()) {
        const int most = any(12);
        settings.push_back(settingOf("fewer-documents", {{"documents", static_cast<double>(most)}}));
        oracle.keepDocuments(static_cast<std::size_t>(most));
    }
    if (isPulled()) {
        const int most = any(600), after = any(3);
        settings.push_back(settingOf("trim-tool-results",
                                     {{"tokens", static_cast<double>(most)}, {"after", static_cast<double>(after)}}));
        oracle.trimResults(static_cast<std::uint32_t>(most), static_cast<std::uint16_t>(after));
    }
    if (isPulled()) {
        const int turns = any(8);
        settings.push_back(settingOf("history-policy", {{"turns", static_cast<double>(turns)}, {"policy", "sliding"}}));
        oracle.keepTurns(static_cast<std::uint32_t>(turns));
    }
    if (isPulled()) {
        const double percent = any(90);
        settings.push_back(settingOf("trim-system-prompt", {{"percent", percent}}));
        oracle.trimPrompt(percent);
    }
    if (isPulled()) {
        const int most = 1 + any(400);
        settings.push_back(settingOf("cap-output", {{"tokens", static_cast<double>(most)}}));
        oracle.capOutput(static_cast<std::uint32_t>(most));
    }
    if (isPulled()) {
        const double percent = any(100);
        settings.push_back(settingOf("raise-output-limit", {{"percent", percent}}));
        oracle.endAnswers(percent);
    }
    if (isPulled()) {
        const int most = any(1500);
        settings.push_back(settingOf("reasoning-budget", {{"tokens", static_cast<double>(most)}}));
        oracle.budgetThinking(static_cast<std::uint32_t>(most));
    }
    if (isPulled()) {
        const int minutes = 1 + any(90), minimum = any(1) * any(1500);
        const bool onlyFixedPart = any(1) == 1;
        settings.push_back(settingOf("prompt-caching", {{"lifetime", "other"},
                                                        {"minutes", static_cast<double>(minutes)},
                                                        {"minimum", static_cast<double>(minimum)},
                                                        {"until", onlyFixedPart ? "the fixed part" : "the prompt"}}));
        oracle.cache(minutes, static_cast<std::uint64_t>(minimum), onlyFixedPart);
    }
    if (isPulled()) {
        const double percent = any(120) - 60;
        settings.push_back(settingOf("price-change", {{"percent", percent}}));
        oracle.changePrices(percent);
    }
    Replay replay(world);
    const Outcome outcome = outcomeOf(replay, settings);
    QCOMPARE(outcome.after.input + outcome.after.output, oracle.tokens());
    QVERIFY(outcome.after.cost == oracle.cost());
}

QTEST_GUILESS_MAIN(OracleTest)
#include "oracle_test.moc"
