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

QTEST_GUILESS_MAIN(SourceTest)
#include "source_test.moc"
