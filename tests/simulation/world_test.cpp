// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plain_world.h"

#include "model/analysis/drain.h"
#include "model/simulation/world_builder.h"

using namespace plumbline;
using namespace plumbline::simulation;
using plumbline::test::outcomeOf;
using plumbline::test::settingOf;

/// What a world is made of: how often answers use documents of a rank, and where answers are sent again.
class WorldTest : public QObject
{
    Q_OBJECT

private:
    static constexpr int documents = 4;
    static constexpr std::uint32_t documentTokens = 100;

    /// Calls with four documents each, the last a copy of the first: answers use the first always, the second in every
    /// second call, the third in none.
    static std::shared_ptr<const World> world(int calls, bool wereRead = true, bool hasFourth = false)
    {
        analysis::Scope scope;
        scope.rates.push_back({10, 200, 125, 100, 100, 500, 500});
        scope.models.emplace(1, analysis::ModelFacts{.name = "claude-sonnet-4-5", .provider = "anthropic"});
        for (int i = 0; i < calls; ++i) {
            analysis::ScopeCall call{.id = i + 1,
                                     .trace = i + 1,
                                     .started = std::int64_t{i} * 60'000'000,
                                     .ended = std::int64_t{i} * 60'000'000 + 1,
                                     .used = i % 2 ? 0b0001U : 0b0011U,
                                     .model = 1,
                                     .rates = 0,
                                     .parts = static_cast<std::uint32_t>(scope.parts.size()),
                                     .hasUsage = true,
                                     .wasRead = wereRead};
            for (int document = 0; document < documents; ++document) {
                const bool isCopy = document == documents - 1;
                if (!isCopy)
                    scope.blocks.push_back({.id = static_cast<std::int64_t>(scope.blocks.size()) + 1,
                                            .role = BlockRole::User,
                                            .kind = BlockKind::Document});
                scope.parts.push_back({.block = static_cast<std::uint32_t>(scope.blocks.size()) - (isCopy ? 3 : 1),
                                       .tokens = documentTokens,
                                       .segment = Segment::Context});
            }
            if (hasFourth && i == 0) {
                scope.blocks.push_back({.id = 100'000, .role = BlockRole::User, .kind = BlockKind::Document});
                scope.parts.push_back({.block = static_cast<std::uint32_t>(scope.blocks.size()) - 1,
                                       .tokens = documentTokens,
                                       .segment = Segment::Context});
            }
            scope.parts.push_back({});
            call.partsEnd = static_cast<std::uint32_t>(scope.parts.size());
            call.tokens[analysis::Uncached] = (call.partsEnd - call.parts - 1) * documentTokens;
            call.cost = std::int64_t{call.tokens[analysis::Uncached]} * 100;
            scope.calls.push_back(call);
        }
        WorldBuilder builder([](std::uint32_t) -> Result<std::string> { return std::string(); },
                             [](std::int64_t) { return 0; });
        if (!builder.add(scope, "faq", {}, [](std::int64_t) { return true; }))
            qFatal("no world");
        return std::make_shared<const World>(std::move(builder).finish());
    }
    /// An agent that takes one step three times and then ends: prompts hold what it said as often as it said it, or
    /// once where its program keeps no repetitions.
    static std::shared_ptr<const World> loop(bool keepsRepetitions)
    {
        analysis::Scope scope;
        scope.rates.push_back({10, 200, 125, 100, 100, 500, 500});
        scope.models.emplace(1, analysis::ModelFacts{.name = "claude-sonnet-4-5", .provider = "anthropic"});
        scope.blocks = {{.id = 1, .role = BlockRole::System},
                        {.id = 2, .role = BlockRole::Assistant, .kind = BlockKind::ToolCall},
                        {.id = 3, .role = BlockRole::Tool, .kind = BlockKind::ToolResult}};
        std::vector<analysis::CallClaim> claims;
        for (std::uint32_t i = 0; i < 4; ++i) {
            analysis::ScopeCall call{.id = i + 1,
                                     .trace = 7,
                                     .started = std::int64_t{i} * 60'000'000,
                                     .ended = std::int64_t{i} * 60'000'000 + 1,
                                     .model = 1,
                                     .rates = 0,
                                     .parts = static_cast<std::uint32_t>(scope.parts.size()),
                                     .outputs = static_cast<std::uint32_t>(scope.outputs.size()),
                                     .hasUsage = true};
            scope.parts.push_back({.block = 0, .tokens = 500, .segment = Segment::System});
            for (std::uint32_t step = 0; step < (keepsRepetitions ? i : std::min(i, 1U)); ++step) {
                scope.parts.push_back({.block = 1, .tokens = 30, .segment = Segment::History});
                scope.parts.push_back({.block = 2, .tokens = 200, .segment = Segment::ToolResult});
            }
            scope.parts.push_back({});
            call.partsEnd = static_cast<std::uint32_t>(scope.parts.size());
            for (std::uint32_t part = call.parts; part < call.partsEnd; ++part)
                call.tokens[analysis::Uncached] += scope.parts[part].tokens;
            call.tokens[analysis::Visible] = 30;
            call.cost = call.tokens[analysis::Uncached] * 100 + 30 * 500;
            if (i < 3)
                scope.outputs.push_back(1);
            call.outputsEnd = static_cast<std::uint32_t>(scope.outputs.size());
            scope.calls.push_back(call);
            if (i == 1 || i == 2)
                claims.push_back({.call = i, .claim = {.drain = *drainNumberOf("agent-loops")}});
        }
        WorldBuilder builder([](std::uint32_t) -> Result<std::string> { return std::string(); },
                             [](std::int64_t) { return 0; });
        if (!builder.add(scope, "agent", claims, [](std::int64_t) { return true; }))
            qFatal("no world");
        return std::make_shared<const World>(std::move(builder).finish());
    }
    static TokenCount leftOf(const std::shared_ptr<const World>& world, double use, const char* copies,
                             double most = 64)
    {
        Replay replay(world);
        return outcomeOf(replay, {settingOf("fewer-documents",
                                            {{"documents", most}, {"use", use}, {"copies", std::string(copies)}})})
            .after.input;
    }

private slots:
    void ranksThatAnswersUseTooSeldomStayOut_data()
    {
        QTest::addColumn<double>("use");
        QTest::addColumn<int>("kept"); // documents of a call, the copy with them
        QTest::newRow("any") << 0.0 << 4;
        QTest::newRow("one in a hundred") << 1.0 << 3;
        QTest::newRow("half of them") << 50.0 << 3;
        QTest::newRow("more than half") << 50.1 << 2;
        QTest::newRow("all of them") << 100.0 << 2;
    }
    void ranksThatAnswersUseTooSeldomStayOut()
    {
        QFETCH(double, use);
        QFETCH(int, kept);
        constexpr int calls = 40;
        const auto all = world(calls);
        QCOMPARE(leftOf(all, use, "keep"), TokenCount{calls * kept * documentTokens});
        QCOMPARE(leftOf(all, use, "drop"), TokenCount{calls * (kept - 1) * documentTokens});
        // Fewer at most, and by use: what either leaves out is out.
        QCOMPARE(leftOf(all, use, "drop", 1), TokenCount{calls * documentTokens});
    }
    void whatALoopSaidIsLeftOnce()
    {
        for (const bool keepsRepetitions : {true, false}) {
            Replay replay(loop(keepsRepetitions));
            QCOMPARE(replay.before().input, TokenCount{4 * 500 + (keepsRepetitions ? 1 + 2 + 3 : 3) * 230});
            const Outcome outcome = outcomeOf(replay, {settingOf("stop-loops")});
            QCOMPARE(outcome.after.calls, std::int64_t{2});
            QCOMPARE(outcome.after.input, TokenCount{500 + 500 + 230});
        }
    }
    /// The n-th time it stands there is the n-th call's: shorter, it is shorter there.
    void eachRepetitionIsItsOwnAnswer()
    {
        const auto world = loop(true);
        for (std::uint32_t call = 0; call < 3; ++call) {
            const WorldCall& of = world->calls[call];
            QCOMPARE(of.resentEnd - of.resent, 3 - call); // in each prompt behind it
            for (std::uint32_t at = of.resent; at < of.resentEnd; ++at) {
                const std::uint32_t part = world->resent[at];
                QCOMPARE(part - world->calls[world->partCalls[part]].parts, 1 + 2 * call);
            }
        }
    }
    /// One call has a document of a rank that no other has: its answer alone says nothing of the rank.
    void aRankOfOneCallIsNotJudged()
    {
        constexpr int calls = 40;
        const auto few = world(calls), more = world(calls, true, true);
        const TokenCount fourth = documentTokens;
        QCOMPARE(leftOf(more, 1, "drop"), leftOf(few, 1, "drop") + fourth);
    }
    void whatIsNotKnownStaysIn()
    {
        QCOMPARE(leftOf(world(29), 100, "keep"), TokenCount{29 * documents * documentTokens}); // too few
        QCOMPARE(leftOf(world(40, false), 100, "keep"), TokenCount{40 * documents * documentTokens});
    }
};

QTEST_GUILESS_MAIN(WorldTest)
#include "world_test.moc"
