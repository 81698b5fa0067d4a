// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "model/simulation/replay.h"
#include "support/true_world.h"

using namespace plumbline;
using namespace plumbline::simulation;
using plumbline::test::trueWorld;

/// Simulating a lever equals generating the data with the change made at its source (drains-and-simulation.md §6, 8).
class SourceTest : public QObject
{
    Q_OBJECT

private slots:
    void aLeverIsTheChangeAtTheSource_data();
    void aLeverIsTheChangeAtTheSource();
    void aCapOnAnswersIsTheChangeAtTheSource();

private:
    static Setting setting(std::string_view lever, std::map<std::string, LeverValue> parameters)
    {
        const LeverUse use{.lever = std::string(lever), .parameters = std::move(parameters)};
        if (const auto is = checked(use); !is)
            qFatal("%s", is.error().text().c_str());
        return Setting(*leverOf(lever), use, nullptr);
    }
};

void SourceTest::aLeverIsTheChangeAtTheSource_data()
{
    QTest::addColumn<QString>("drain"); // planted, and at the source not
    QTest::newRow("identical calls") << QStringLiteral("duplicate-calls");
    QTest::newRow("failures") << QStringLiteral("failed-calls");
    QTest::newRow("copies of documents") << QStringLiteral("duplicate-documents");
    QTest::newRow("documents") << QStringLiteral("over-retrieval");
    QTest::newRow("tools") << QStringLiteral("unused-tools");
    QTest::newRow("history") << QStringLiteral("resent-history");
    QTest::newRow("embeddings") << QStringLiteral("repeated-embeddings");
    QTest::newRow("loops") << QStringLiteral("agent-loops");
    QTest::newRow("model") << QStringLiteral("oversized-model");
}

void SourceTest::aLeverIsTheChangeAtTheSource()
{
    QFETCH(QString, drain);
    const std::map<std::string, Setting> levers = {
        {"duplicate-calls", setting("reuse-answers", {{"hours", 48.0}})},
        {"failed-calls", setting("remove-failures", {})},
        {"duplicate-documents", setting("fewer-documents", {{"documents", 64.0}})},
        {"over-retrieval", setting("fewer-documents", {{"documents", 4.0}})},
        {"unused-tools", setting("drop-tools", {{"offers", 20.0}})},
        {"resent-history", setting("history-policy", {{"turns", 3.0}})},
        {"repeated-embeddings", setting("reuse-embeddings", {})},
        {"agent-loops", setting("stop-loops", {})},
        {"oversized-model", setting("route-model", {{"to", "gpt-5.4-nano"}, {"share", 100.0}, {"which", "simple"}})},
    };
    SampleOptions clean = SampleOptions::withoutDrains();
    clean.calls = 3000;
    SampleOptions planted = clean;
    planted.drainIntensity[drain.toStdString()] = 0.6;
    const auto source = trueWorld(clean, true), world = trueWorld(planted, true);
    Replay expected(source), replay(world);
    QVERIFY(replay.before().cost != expected.before().cost);
    const auto outcome = replay.run({levers.at(drain.toStdString())}, Replay::Detail::Money, StopToken());
    QVERIFY(outcome);
    QCOMPARE(outcome->after.calls, expected.before().calls);
    QCOMPARE(outcome->after.input, expected.before().input);
    QCOMPARE(outcome->after.output, expected.before().output);
    QCOMPARE(world->features, source->features);
    for (std::size_t i = 0; i < world->features.size(); ++i)
        QVERIFY2(outcome->after.features[i] == expected.before().features[i], world->features[i].c_str());
    QVERIFY(outcome->after.cost == expected.before().cost);
    QVERIFY(replay.before().cost - outcome->after.cost == outcome->steps.at(0).saving);
}

namespace {

/// Ends every answer at so many tokens, and what later requests of its conversation send of it again.
class ShortAnswers
{
public:
    explicit ShortAnswers(TokenCount most) : m_most(most) {}

    void operator()(SampleTrace& trace)
    {
        std::map<std::uint64_t, SharedText>& known = m_known[trace.session.empty() ? trace.traceId : trace.session];
        for (SampleSpan& span : trace.spans) {
            if (!span.isCall() || !span.usage.isKnown())
                continue;
            for (SampleBlock& block : span.input)
                if (const auto cut = known.find(block.text->hash);
                    cut != known.end() && block.role == BlockRole::Assistant) {
                    *span.usage.uncachedInput -= block.text->tokens - cut->second->tokens;
                    block.text = cut->second;
                }
            if (span.output.size() != 1 || span.output[0].text->tokens <= m_most)
                continue;
            SampleText shorter = *span.output[0].text;
            shorter.tokens = m_most;
            shorter.hash ^= 1;
            *span.usage.visibleOutput -= span.output[0].text->tokens - m_most;
            const auto cut = std::make_shared<const SampleText>(std::move(shorter));
            known[std::exchange(span.output[0].text, cut)->hash] = cut;
            ++answers;
        }
    }
    int answers = 0; ///< that were cut

private:
    TokenCount m_most;
    std::map<std::string, std::map<std::uint64_t, SharedText>> m_known; ///< by conversation, then by the whole text
};

} // namespace

void SourceTest::aCapOnAnswersIsTheChangeAtTheSource()
{
    constexpr TokenCount most = 120;
    SampleOptions options = SampleOptions::withoutDrains();
    options.calls = 3000;
    options.drainIntensity["resent-history"] = 0.6;
    ShortAnswers shortAnswers(most);
    const auto source = trueWorld(options, true, std::ref(shortAnswers)), world = trueWorld(options, true);
    QVERIFY(shortAnswers.answers > 100);
    Replay expected(source), replay(world);
    QVERIFY(expected.before().input < replay.before().input);
    const auto outcome = replay.run({setting("cap-output", {{"tokens", static_cast<double>(most)}})},
                                    Replay::Detail::Money, StopToken());
    QVERIFY(outcome);
    QCOMPARE(outcome->after.output, expected.before().output);
    QCOMPARE(outcome->after.input, expected.before().input);
    for (std::size_t i = 0; i < world->features.size(); ++i)
        QVERIFY2(outcome->after.features[i] == expected.before().features[i], world->features[i].c_str());
    QVERIFY(outcome->after.cost == expected.before().cost);
}

QTEST_GUILESS_MAIN(SourceTest)
#include "source_test.moc"
