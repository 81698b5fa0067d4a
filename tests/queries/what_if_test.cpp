// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/places.h"
#include "support/sample_import.h"

#include <QProcess>

#include <nlohmann/json.hpp>

#include "model/analysis/analysis.h"
#include "model/queries/policy_json.h"
#include "model/queries/scenario_policy.h"
#include "model/simulation/lever.h"
#include "model/simulation/saved_scenarios.h"
#include "model/simulation/scenario_json.h"
#include "model/store/workspace.h"
#include "support/generations.h"
#include "support/workspace.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// What-if from files to answers: real imports, estimated tokens, filters, scenarios that are kept, the command line.
class WhatIfTest : public QObject
{
    Q_OBJECT

private:
    TemporaryWorkspace m_workspace;
    std::optional<Queries> m_queries;

    std::shared_ptr<WhatIf> whatIf(const Filter& filter = {}) const
    {
        auto laidOut = m_queries->whatIf(filter, {}, StopToken());
        if (!laidOut)
            qFatal("%s", laidOut.error().text().c_str());
        return *laidOut;
    }
    static WhatIfAnswer simulated(WhatIf& whatIf, const std::vector<LeverUse>& levers,
                                  WhatIfDetail detail = WhatIfDetail::Usual)
    {
        auto answer = whatIf.simulate(levers, detail, StopToken());
        if (!answer)
            qFatal("%s", answer.error().text().c_str());
        return *answer;
    }
    QByteArray run(const QStringList& arguments, int expected = 0) const
    {
        QProcess program;
        program.start(test::program(), arguments);
        if (!program.waitForFinished(60'000) || program.exitCode() != expected)
            qFatal("%d: %s", program.exitCode(), program.readAllStandardError().constData());
        return expected == 0 ? program.readAllStandardOutput() : program.readAllStandardError();
    }
    QString store() const { return QString::fromStdString(m_workspace.path().string()); }

private slots:
    void initTestCase()
    {
        test::importSample(m_workspace.path(), {.calls = 4000, .months = 2});
        QVERIFY(Analysis::run(m_workspace.path(), {}, StopToken()));
        m_queries = *m_workspace.queries();
    }
    void nothingPulledIsTheBill();
    void callsWithoutUsageAreNoZeros();
    void aFilterSelectsWhatIsReplayed();
    void theChangeAtTheSourceWithinTheTolerance_data();
    void theChangeAtTheSourceWithinTheTolerance();
    void leversHaveScopes();
    void fullDetailSaysHowFarItMayBeOff();
    void aPlanIsSuggestedByRisk();
    void scenariosAreKept();
    void whatWasPromisedIsMeasured();
    void aScenarioIsAPolicy();
    void theCommandLineSaysTheSame();
};

void WhatIfTest::nothingPulledIsTheBill()
{
    const auto bill = m_queries->breakdown({}, StopToken());
    const WhatIfAnswer answer = simulated(*whatIf(), {});
    QVERIFY(answer.before.cost == *bill->total.cost);
    QVERIFY(answer.after == answer.before);
    QVERIFY(answer.steps.empty());
    QVERIFY(answer.before.wasteRatio && *answer.before.wasteRatio > 0.05);
    QVERIFY(answer.before.p50 && answer.before.p95 && *answer.before.p50 < *answer.before.p95);
    // The same percentiles as everywhere.
    const auto percentiles = m_queries->breakdown({.wantsTotalPercentiles = true}, StopToken());
    QCOMPARE(*answer.before.p95 * 1000, static_cast<double>(*percentiles->totalPercentiles.latencyP95));
}

/// Tokens of a call are the mean of those that say them.
void WhatIfTest::callsWithoutUsageAreNoZeros()
{
    const TemporaryWorkspace workspace;
    const std::string silent = R"({"id":"s9","traceId":"t9","type":"GENERATION","model":"gpt-4o-mini","level":"ERROR",)"
                               R"("startTime":"2026-08-20T10:00:00Z"})";
    QVERIFY(workspace.import({workspace.write("a.jsonl", test::lineOf({.number = 1, .input = 1000}) +
                                                             test::lineOf({.number = 2, .input = 3000}) + silent)}));
    QVERIFY(Analysis::run(workspace.path(), {}, StopToken()));
    const Queries queries = *workspace.queries();
    const std::shared_ptr<WhatIf> laidOut = *queries.whatIf({}, {}, StopToken());
    const WhatIfAnswer answer = simulated(*laidOut, {});
    QCOMPARE(answer.before.calls, std::int64_t{3});
    QCOMPARE(answer.before.callsWithUsage, std::int64_t{2});
    QCOMPARE(answer.before.input, TokenCount{4000});
}

void WhatIfTest::aFilterSelectsWhatIsReplayed()
{
    const Condition feature{.of = {Dimension::Feature, {}}, .values = {"support-chat", "doc-search"}};
    const Filter filter{.conditions = {feature}};
    const auto bill = m_queries->breakdown({.filter = filter}, StopToken());
    const WhatIfAnswer answer = simulated(*whatIf(filter), {{.lever = "trim-system-prompt"}});
    QVERIFY(answer.before.cost == *bill->total.cost);
    QCOMPARE(answer.before.calls, bill->total.calls);
    QCOMPARE(answer.features.size(), std::size_t{2});
    MoneySum before, after, steps;
    for (const WhatIfFeature& of : answer.features) {
        before += of.before;
        after += of.after;
    }
    for (const WhatIfStep& step : answer.steps)
        steps += step.saving;
    QVERIFY(before == answer.before.cost && after == answer.after.cost);
    QVERIFY(before - after == steps);
}

void WhatIfTest::theChangeAtTheSourceWithinTheTolerance_data()
{
    QTest::addColumn<QString>("drain");
    QTest::newRow("documents") << QStringLiteral("over-retrieval");
    QTest::newRow("history") << QStringLiteral("resent-history");
    QTest::newRow("identical calls") << QStringLiteral("duplicate-calls");
    QTest::newRow("tools") << QStringLiteral("unused-tools");
    QTest::newRow("model") << QStringLiteral("oversized-model");
}

/// The planted company, replayed without its waste, against the company that never had it. Tokens of parts are
/// estimated here, so that what is saved may be off by a twentieth.
void WhatIfTest::theChangeAtTheSourceWithinTheTolerance()
{
    QFETCH(QString, drain);
    const std::map<std::string, LeverUse> levers = {
        {"over-retrieval", {.lever = "fewer-documents", .parameters = {{"documents", 4.0}}}},
        {"resent-history", {.lever = "history-policy", .parameters = {{"turns", 3.0}}}},
        {"duplicate-calls", {.lever = "reuse-answers", .parameters = {{"hours", 48.0}}}},
        {"unused-tools", {.lever = "drop-tools", .parameters = {{"offers", 20.0}}}},
        {"oversized-model",
         {.lever = "route-model", .parameters = {{"to", "gpt-5.4-nano"}, {"which", "simple"}, {"share", 100.0}}}}};
    SampleOptions clean = SampleOptions::withoutDrains();
    clean.calls = 3000;
    SampleOptions wasteful = clean;
    wasteful.drainIntensity[drain.toStdString()] = 0.6;
    TemporaryWorkspace with, without;
    test::importSample(with.path(), wasteful);
    test::importSample(without.path(), clean);
    QVERIFY(Analysis::run(with.path(), {}, StopToken()));
    const auto replayed = with.queries()->whatIf({}, {}, StopToken());
    QVERIFY(replayed);
    const WhatIfAnswer answer = simulated(**replayed, {levers.at(drain.toStdString())});
    const auto source = without.queries()->breakdown({}, StopToken());
    auto planted = static_cast<double>(answer.before.input - *source->total.input);
    auto saved = static_cast<double>(answer.before.input - answer.after.input);
    if (drain == QStringLiteral("oversized-model")) { // as many tokens, of another price: millionths of a dollar
        planted = (answer.before.cost - *source->total.cost).dollars() * 1e6;
        saved = (answer.before.cost - answer.after.cost).dollars() * 1e6;
    }
    QVERIFY2(planted > 50'000, qPrintable(QString::number(planted)));
    QVERIFY2(std::abs(saved - planted) < planted * 0.05,
             qPrintable(QStringLiteral("%1 instead of %2").arg(saved).arg(planted)));
}

void WhatIfTest::leversHaveScopes()
{
    const auto all = whatIf();
    const Condition chat{.of = {Dimension::Feature, {}}, .values = {"support-chat"}};
    const WhatIfAnswer answer =
        simulated(*all, {{.lever = "cap-output", .scope = {chat}, .parameters = {{"tokens", 50.0}}}});
    QVERIFY(answer.after.cost < answer.before.cost);
    for (const WhatIfFeature& feature : answer.features)
        QCOMPARE(feature.before == feature.after, feature.feature != "support-chat");
    const Condition model{.of = {Dimension::Model, {}}, .values = {"nobody's"}};
    QVERIFY(simulated(*all, {{.lever = "cap-output", .scope = {model}, .parameters = {{"tokens", 50.0}}}}).after.cost ==
            answer.before.cost);
}

void WhatIfTest::fullDetailSaysHowFarItMayBeOff()
{
    const WhatIfAnswer answer = simulated(
        *whatIf(), {{.lever = "fewer-documents"}, {.lever = "trim-system-prompt"}, {.lever = "prompt-caching"}},
        WhatIfDetail::Full);
    const MoneySum saving = answer.before.cost - answer.after.cost;
    QVERIFY(answer.range);
    QVERIFY(answer.range->low < saving && saving < answer.range->high);
    QVERIFY(answer.range->lowest <= saving && saving <= answer.range->highest);
    QVERIFY(answer.range->lowest < answer.range->highest);
    QVERIFY(answer.range->attribution > MoneySum());
    QVERIFY(!answer.range->assumptions.empty());
    MoneySum alone, together;
    for (const WhatIfStep& step : answer.steps) {
        QVERIFY(step.alone);
        alone += *step.alone;
        together += step.saving;
    }
    QVERIFY(*answer.interaction == together - alone);
    QVERIFY(*answer.interaction != MoneySum());
}

void WhatIfTest::aPlanIsSuggestedByRisk()
{
    const auto all = whatIf();
    MoneySum before;
    for (const char* worst : {"none", "low", "medium", "high"}) {
        const auto plan = all->suggest(worst, StopToken());
        QVERIFY(plan);
        std::vector<LeverUse> levers;
        for (const SuggestedLever& lever : *plan) {
            QVERIFY(leverOf(lever.use.lever)->risk <= *riskClassFromId(worst));
            levers.push_back(lever.use);
        }
        const WhatIfAnswer answer = simulated(*all, levers);
        const MoneySum saving = answer.before.cost - answer.after.cost;
        QVERIFY(saving >= before);
        before = saving;
    }
    QVERIFY(before > MoneySum());
    QVERIFY(!all->suggest("reckless", StopToken()));
}

void WhatIfTest::scenariosAreKept()
{
    auto workspace = store::Workspace::open(m_workspace.path(), store::OpenMode::ReadWrite);
    SavedScenario saved{.scenario = {.name = "plan", .levers = {{.lever = "batch"}}},
                        .saved = Timestamp(1'700'000'000'000'000),
                        .promised = MoneySum::ofPicodollars(-1'500'000'000'001)};
    QVERIFY(saveScenario(*workspace, saved));
    QVERIFY(*savedScenarios(*workspace) == std::vector{saved});
    saved.since = Timestamp(1'700'000'000'000'001);
    QVERIFY(saveScenario(*workspace, saved));
    QVERIFY(*savedScenarios(*workspace) == std::vector{saved});
    QVERIFY(!saveScenario(*workspace, {}));
    // Importing again changes none of what is the user's.
    QVERIFY(m_workspace.import({m_workspace.write("none.jsonl", "{\"traceId\":\"t\",\"id\":\"s\",\"type\":\"SPAN\","
                                                                "\"startTime\":\"2026-10-01T00:00:00Z\"}\n")}));
    QCOMPARE(savedScenarios(*workspace)->size(), std::size_t{1});
    QVERIFY(removeScenario(*workspace, "plan"));
    QVERIFY(savedScenarios(*workspace)->empty());
}

/// A team that says it kept fewer documents from the middle of the month on, and did.
void WhatIfTest::whatWasPromisedIsMeasured()
{
    TemporaryWorkspace workspace;
    const auto call = [](int day, int tokens) {
        return QStringLiteral("{\"id\":\"s%1\",\"traceId\":\"t%1\",\"traceName\":\"chat\",\"type\":\"GENERATION\","
                              "\"model\":\"gpt-4o-mini\",\"startTime\":\"2026-10-%1T10:00:00Z\",\"usageDetails\":"
                              "{\"input\":%2,\"output\":0}}\n")
            .arg(day, 2, 10, QLatin1Char('0'))
            .arg(tokens)
            .toStdString();
    };
    std::string lines;
    for (int day = 1; day <= 20; ++day)
        lines += call(day, day <= 10 ? 1'000'000 : 400'000); // $0.15, then $0.06
    QVERIFY(workspace.import({workspace.write("calls.jsonl", lines)}));
    auto opened = store::Workspace::open(workspace.path(), store::OpenMode::ReadWrite);
    const auto since = parseTimestamp("2026-10-11");
    QVERIFY(saveScenario(*opened, {.scenario = {.name = "fewer"}, .since = since}));
    const auto rows = workspace.queries()->scenarios(StopToken());
    QVERIFY(rows);
    QVERIFY(rows->at(0).realised);
    // Ten calls that cost nine cents less each, in the nine and a half days to the last one.
    const double days = 9.0 + 10.0 / 24;
    const double expected = 10 * 0.09 / days * 30;
    QVERIFY(std::abs(rows->at(0).realised->dollars() - expected) < 0.001);
    // What grew meanwhile elsewhere has nothing to do with a lever in one feature.
    std::string others;
    for (int day = 1; day <= 20; ++day)
        others += QString::fromStdString(call(day, day * 100'000))
                      .replace(QStringLiteral("chat"), QStringLiteral("search"))
                      .replace(QStringLiteral("\"t"), QStringLiteral("\"u"))
                      .toStdString();
    QVERIFY(workspace.import({workspace.write("others.jsonl", others)}));
    const auto realised = [&](const std::vector<Condition>& scope) {
        saveScenario(*opened, {.scenario = {.name = "fewer", .levers = {{.lever = "cap-output", .scope = scope}}},
                               .since = since});
        return workspace.queries()->scenarios(StopToken())->at(0).realised->dollars();
    };
    QVERIFY(realised({}) < 0);
    QVERIFY(std::abs(realised({{.of = {Dimension::Feature, {}}, .values = {"chat"}}}) - expected) < 0.001);
}

void WhatIfTest::aScenarioIsAPolicy()
{
    const auto where = [](Dimension dimension, std::vector<std::string> values) {
        return std::vector<Condition>{{.of = {dimension, {}}, .values = std::move(values)}};
    };
    const Scenario scenario{.name = "plan",
                            .levers = {{.lever = "history-policy",
                                        .scope = where(Dimension::Feature, {"support-chat"}),
                                        .parameters = {{"turns", 6.0}}},
                                       {.lever = "fewer-documents", .parameters = {{"documents", 4.0}}},
                                       {.lever = "cap-output", .isOn = false},
                                       // On calls that no feature names.
                                       {.lever = "cap-output",
                                        .scope = where(Dimension::Environment, {"staging"}),
                                        .parameters = {{"tokens", 300.0}}},
                                       // What a policy cannot say, and what changes nothing.
                                       {.lever = "cap-output", .parameters = {{"tokens", 32000.0}, {"shorter", 30.0}}},
                                       {.lever = "batch"}}};
    const auto policy = policyFromJson(policyJsonOf(scenario));
    QVERIFY2(policy, policy ? "" : policy.error().text().c_str());
    QCOMPARE(policy->rules.size(), std::size_t{3});
    const PolicyLimit documents{.figure = PolicyFigure::Documents, .most = 4};
    const PolicyLimit turns{.figure = PolicyFigure::HistoryTurns, .most = 6};
    QVERIFY(policy->rules[0].features.empty() && policy->rules[0].where.empty());
    QVERIFY(policy->rules[0].limits == std::vector<PolicyLimit>{documents});
    // The documents of every feature are limited: also of the one with a rule of its own.
    QVERIFY(policy->rules[1].features == std::vector<std::string>{"support-chat"});
    QVERIFY(policy->rules[1].limits == (std::vector<PolicyLimit>{turns, documents}) ||
            policy->rules[1].limits == (std::vector<PolicyLimit>{documents, turns}));
    QVERIFY(policy->rules[2].features.empty());
    QVERIFY(policy->rules[2].where == where(Dimension::Environment, {"staging"}));
    QVERIFY(policy->rules[2].limits == (std::vector<PolicyLimit>{{.figure = PolicyFigure::OutputTokens, .most = 300}}));
}

void WhatIfTest::theCommandLineSaysTheSame()
{
    const std::vector<LeverUse> levers{{.lever = "remove-failures"}, {.lever = "fewer-documents"}};
    const auto file = m_workspace.write("plan.json", toJson({.name = "plan", .levers = levers}));
    const QString scenario = QString::fromStdString(file.string());
    const auto json = nlohmann::json::parse(run({QStringLiteral("simulate"), QStringLiteral("--store"), store(),
                                                 QStringLiteral("--scenario"), scenario, QStringLiteral("--json")})
                                                .toStdString());
    const WhatIfAnswer answer = simulated(*whatIf(), levers);
    QCOMPARE(json["before"]["cost_usd"].get<std::string>(), decimalText(answer.before.cost));
    QCOMPARE(json["after"]["cost_usd"].get<std::string>(), decimalText(answer.after.cost));
    QCOMPARE(json["after"]["input_tokens"].get<TokenCount>(), answer.after.input);
    MoneySum steps;
    for (const auto& step : json["steps"])
        steps += *moneyFromDecimal(step["saving_usd"].get<std::string>());
    QVERIFY(steps == answer.before.cost - answer.after.cost);
    for (const char* key : {"calls", "input_tokens", "output_tokens", "cost_usd", "latency_p95_ms", "waste_ratio"})
        QVERIFY(json["before"].contains(key) && json["after"].contains(key));
    QVERIFY(json["range"].is_object() && json["risks"].is_array());
    const auto cost = [&](const char* name) { return std::stod(json["projection"][name].get<std::string>()); };
    const int days = json["projection"]["days"].get<int>();
    QVERIFY(days > 0);
    QVERIFY(std::abs(cost("month_before_usd") - answer.before.cost.dollars() * 30 / days) < 1e-9);
    QVERIFY(std::abs(cost("month_after_usd") - answer.after.cost.dollars() * 30 / days) < 1e-9);
    // What nobody has a price for costs nobody knows what.
    const TemporaryWorkspace unpriced;
    QVERIFY(unpriced.import({unpriced.write("a.jsonl", R"({"timestamp":"2026-11-10T10:00:00Z","model":"house-model-7",)"
                                                       R"("input_tokens":1000,"output_tokens":100})"
                                                       "\n")}));
    const QStringList ofUnpriced{QStringLiteral("simulate"), QStringLiteral("--store"),
                                 QString::fromStdString(unpriced.path().string()), QStringLiteral("--scenario"),
                                 scenario};
    const auto unknown = nlohmann::json::parse(run(ofUnpriced + QStringList{QStringLiteral("--json")}).toStdString());
    QVERIFY(unknown["before"]["cost_usd"].is_null() && unknown["steps"][0]["saving_usd"].is_null());
    QCOMPARE(unknown["unpriced_calls"].get<int>(), 1);
    QCOMPARE(unknown["calls_without_usage"].get<int>(), 0);
    QVERIFY(!run(ofUnpriced).contains("$0"));
    // A route leads somewhere.
    const auto nowhere = m_workspace.write(
        "nowhere.json", R"({"plumbline_scenario":1,"levers":[{"id":"route-model","parameters":{"to":""}}]})");
    QVERIFY(run({QStringLiteral("simulate"), QStringLiteral("--store"), store(), QStringLiteral("--scenario"),
                 QString::fromStdString(nowhere.string())},
                2)
                .contains("names no model"));
    // A wrong file is named, with the entry.
    const auto wrong = m_workspace.write("wrong.json", "{\"plumbline_scenario\":1,\"levers\":[{\"id\":\"magic\"}]}");
    const QByteArray says = run({QStringLiteral("simulate"), QStringLiteral("--store"), store(),
                                 QStringLiteral("--scenario"), QString::fromStdString(wrong.string())},
                                2);
    QVERIFY2(says.contains("wrong.json") && says.contains("magic"), says.constData());
    QVERIFY(run({QStringLiteral("simulate"), QStringLiteral("levers")}).contains("history-policy"));
    // A suggested plan is a scenario file.
    const QByteArray plan =
        run({QStringLiteral("simulate"), QStringLiteral("--store"), store(), QStringLiteral("--suggest"),
             QStringLiteral("low"), QStringLiteral("--scenario-file")});
    QVERIFY(scenarioFromJson(plan.toStdString()));
}

QTEST_GUILESS_MAIN(WhatIfTest)
#include "what_if_test.moc"
