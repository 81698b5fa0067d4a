// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "model/simulation/scenario_json.h"

using namespace plumbline;

/// Scenarios as files: what is written is read, and what is wrong is named.
class ScenarioFileTest : public QObject
{
    Q_OBJECT

private slots:
    void scenariosAreFiles();
    void wrongScenariosAreNamed_data();
    void wrongScenariosAreNamed();
};

void ScenarioFileTest::scenariosAreFiles()
{
    const Scenario scenario{
        .name = "Q4 savings plan",
        .filter = {{.of = {Dimension::Environment, {}}, .values = {"production"}}},
        .levers = {
            {.lever = "history-policy",
             .scope = {{.of = {Dimension::Feature, {}}, .isExcluded = true, .values = {"a", "b"}}},
             .parameters = {{"policy", "chunked"}, {"turns", 6.0}}},
            {.lever = "route-model", .isOn = false, .parameters = {{"to", "claude-haiku-4-5"}, {"share", 35.0}}}}};
    const auto read = scenarioFromJson(toJson(scenario));
    QVERIFY2(read, read ? "" : read.error().text().c_str());
    QVERIFY(*read == scenario);
    // A share is a fraction to many: 0.35 are 35 %, and 35 are as well.
    const auto fraction = scenarioFromJson(
        R"({"plumbline_scenario": 1, "levers": [{"id": "route-model", "parameters": {"to": "m", "share": 0.35}}]})");
    QVERIFY2(fraction, fraction ? "" : fraction.error().text().c_str());
    QCOMPARE(std::get<double>(fraction->levers.at(0).parameters.at("share")), 35.0);
}

void ScenarioFileTest::wrongScenariosAreNamed_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QString& levers, const char* says) {
        QTest::newRow(name) << QStringLiteral("{\"plumbline_scenario\":1,\"levers\":[%1]}").arg(levers)
                            << QString::fromLatin1(says);
    };
    QTest::newRow("no JSON") << QStringLiteral("{") << QStringLiteral("not valid JSON");
    QTest::newRow("no version") << QStringLiteral("{}") << QStringLiteral("plumbline_scenario");
    QTest::newRow("unknown entry") << QStringLiteral("{\"plumbline_scenario\":1,\"lever\":[]}")
                                   << QStringLiteral("\"lever\"");
    row("no lever", QStringLiteral("{}"), "lever 1");
    row("unknown lever", QStringLiteral("{\"id\":\"magic\"}"), "'magic'");
    row("unknown parameter", QStringLiteral("{\"id\":\"batch\",\"parameters\":{\"size\":3}}"),
        "batch: there is no parameter 'size'");
    row("out of range", QStringLiteral("{\"id\":\"batch\",\"parameters\":{\"share\":120}}"),
        "batch: share is 0 to 100, not 120");
    row("another kind", QStringLiteral("{\"id\":\"batch\",\"parameters\":{\"share\":\"all\"}}"),
        "batch: share is a number");
    row("another word", QStringLiteral("{\"id\":\"history-policy\",\"parameters\":{\"policy\":\"fold\"}}"),
        "sliding, chunked, summary");
    row("a word as number", QStringLiteral("{\"id\":\"history-policy\",\"parameters\":{\"policy\":1}}"), "one of");
    row("unknown dimension", QStringLiteral("{\"id\":\"batch\",\"scope\":{\"colour\":[\"red\"]}}"), "colour");
    row("no whole number", QStringLiteral("{\"id\":\"fewer-documents\",\"parameters\":{\"documents\":2.5}}"),
        "whole number");
    row("beyond all numbers", QStringLiteral("{\"id\":\"batch\",\"parameters\":{\"share\":1e400}}"), "not valid JSON");
    row("twice", QStringLiteral("{\"id\":\"batch\"},{\"id\":\"stop-loops\"},{\"id\":\"batch\"}"), "lever 3 (batch)");
    QTest::newRow("another version") << QStringLiteral("{\"plumbline_scenario\":2}") << QStringLiteral("is 1, not 2");
    row("on is no truth", QStringLiteral("{\"id\":\"batch\",\"on\":1}"), "true or false");
}

void ScenarioFileTest::wrongScenariosAreNamed()
{
    QFETCH(QString, json);
    QFETCH(QString, says);
    const auto scenario = scenarioFromJson(json.toStdString());
    QVERIFY(!scenario);
    const QString reason = QString::fromStdString(scenario.error().text());
    QVERIFY2(reason.contains(says), qPrintable(reason));
}

QTEST_GUILESS_MAIN(ScenarioFileTest)
#include "scenario_file_test.moc"
