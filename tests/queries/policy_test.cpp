// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/places.h"
#include "support/sample_import.h"
#include "support/workspace.h"

#include <QProcess>

#include <algorithm>
#include <fstream>

#include "importers/text_import.h"
#include "model/analysis/analysis.h"
#include "model/queries/policy_json.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// A policy is read, checked against calls and suggested from them.
class PolicyTest : public QObject
{
    Q_OBJECT

private:
    TemporaryWorkspace m_workspace;
    std::optional<Queries> m_queries;
    Policy m_suggested;

    PolicyAnswer check(const std::string& text) const
    {
        const auto policy = policyFromJson(text);
        if (!policy)
            qFatal("%s", policy.error().text().c_str());
        return *m_queries->check(*policy, {}, StopToken());
    }
    static const PolicyCheck& lineOf(const PolicyAnswer& answer, const std::string& feature, const std::string& limit)
    {
        for (const PolicyCheck& line : answer.checks)
            if (line.feature == feature && line.limit == limit)
                return line;
        qFatal("no check of %s", limit.c_str());
    }
    std::vector<CallRow> callsOf(const std::string& feature) const
    {
        return m_queries
            ->calls({.conditions = {{.of = {Dimension::Feature, {}}, .values = {feature}}}}, CallOrder::Newest, 100'000,
                    StopToken())
            ->rows;
    }

private slots:
    void initTestCase()
    {
        test::importSample(m_workspace.path(), {.calls = 2000});
        QVERIFY(Analysis::run(m_workspace.path(), {}, StopToken()));
        m_queries = *Queries::open(m_workspace.path(), {}, StopToken());
        m_suggested = *m_queries->suggestPolicy({}, StopToken());
    }

    void whatIsNoPolicyIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* text, const char* says) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(says);
        };
        row("nothing", "", "no JSON object");
        row("cut", R"j({"plumbline_policy": 1, "rules": [)j", "no JSON object");
        row("list", "[]", "no JSON object");
        row("newer", R"j({"plumbline_policy": 2, "rules": []})j", "newer program");
        row("scenario", R"j({"plumbline_scenario": 1})j", "no policy");
        row("no rules", R"j({"plumbline_policy": 1})j", "without rules");
        row("unknown member", R"j({"plumbline_policy": 1, "levers": []})j", "no 'levers'");
        row("unknown limit", R"j({"plumbline_policy": 1, "rules": [{"max_inptu_tokens": 5}]})j",
            "rules[0]: there is no limit 'max_inptu_tokens'");
        row("unknown segment", R"j({"plumbline_policy": 1, "rules": [{"max_segment_tokens": {"output": 5}}]})j",
            "no segment 'output'");
        row("text", R"j({"plumbline_policy": 1, "rules": [{"max_documents": "few"}]})j", "rules[0].max_documents");
        row("negative", R"j({"plumbline_policy": 1, "rules": [{"max_documents": -1}]})j", "rules[0].max_documents");
        row("share above 1", R"j({"plumbline_policy": 1, "rules": [{"max_waste_ratio": 12}]})j", "from 0 to 1");
        row("no limit", R"j({"plumbline_policy": 1, "rules": [{"feature": "chat"}]})j", "without a limit");
        row("twice", R"j({"plumbline_policy": 1, "rules": [{"feature": ["a"], "max_documents": 1},
                                                          {"feature": "a", "max_documents": 2}]})j",
            "rules[1]: 'a' has a rule already");
        row("two for all", R"j({"plumbline_policy": 1, "rules": [{"max_documents": 1}, {"max_documents": 2}]})j",
            "second rule of all other");
        row("conditions", R"j({"plumbline_policy": 1, "rules": [{"where": "nothing>1", "max_documents": 1}]})j",
            "rules[0].where: ");
        row("no conditions", R"j({"plumbline_policy": 1, "rules": [{"where": "", "max_documents": 1}]})j",
            "rules[0].where: a filter expression");
        row("no model", R"j({"plumbline_policy": 1, "rules": [{"models": []}]})j", "rules[0].models");
    }
    void whatIsNoPolicyIsRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const auto policy = policyFromJson(text.toStdString());
        QVERIFY(!policy);
        QVERIFY(policy.error().kind == ErrorKind::Malformed);
        QVERIFY2(QString::fromStdString(policy.error().text()).contains(says), policy.error().text().c_str());
    }

    void aPolicyIsReadAsItIsWritten()
    {
        QVERIFY(m_suggested.rules.size() > 5);
        const auto read = policyFromJson(toJson(m_suggested));
        QVERIFY2(read, read ? "" : read.error().text().c_str());
        QVERIFY(*read == m_suggested);
    }

    void whatWasSuggestedIsKept()
    {
        const auto answer = m_queries->check(m_suggested, {}, StopToken());
        QVERIFY(answer);
        QVERIFY(!answer->isBroken());
        QVERIFY(answer->withoutRule.empty());
        QVERIFY(answer->withoutCalls.empty());
        QVERIFY(answer->calls > 2000);
    }

    /// Counted here call by call, from what the list of calls says.
    void callsAboveALimitAreCounted()
    {
        const auto answer = check(R"j({"plumbline_policy": 1, "rules": [{"feature": "support-chat",
            "max_input_tokens": 3000, "max_output_tokens": 100, "max_cost_per_call_usd": "0.005"}]})j");
        std::int64_t input = 0, output = 0, cost = 0, longest = 0;
        for (const CallRow& call : callsOf("support-chat")) {
            input += call.usage.input().value_or(0) > 3000;
            output += call.usage.output().value_or(0) > 100;
            cost += call.cost && *call.cost > Money(5'000'000'000);
            longest = std::max<std::int64_t>(longest, call.usage.input().value_or(0));
        }
        QVERIFY(input > 0);
        QVERIFY(output > 0);
        QVERIFY(cost > 0);
        const PolicyCheck& line = lineOf(answer, "support-chat", "max_input_tokens");
        QCOMPARE(line.broken, input);
        QCOMPARE(line.worst, std::optional<double>(static_cast<double>(longest)));
        QCOMPARE(lineOf(answer, "support-chat", "max_output_tokens").broken, output);
        QCOMPARE(lineOf(answer, "support-chat", "max_cost_per_call_usd").broken, cost);
        QVERIFY(answer.isBroken());
        QVERIFY(answer.checks.front().isBroken);
        QVERIFY(!answer.checks.front().worstCall.empty());
        // Nobody made rules for the others.
        QVERIFY(answer.withoutRule.size() > 5);
    }

    void someMayBeAbove()
    {
        const std::string above = R"j("feature": "support-chat", "max_input_tokens": 3000)j";
        const auto strict = check(R"j({"plumbline_policy": 1, "rules": [{)j" + above + "}]}");
        const PolicyCheck& line = strict.checks.front();
        const double share = static_cast<double>(line.broken) / static_cast<double>(line.calls);
        const auto with = [&](double allowed) {
            return check(R"j({"plumbline_policy": 1, "rules": [{"allowed_share": )j" + std::to_string(allowed) + ", " +
                         above + "}]}");
        };
        QVERIFY(with(share - 0.01).isBroken());
        QVERIFY(!with(share + 0.01).isBroken());
    }

    /// Turns and documents are those the sample company plants: chats grow, searches bring documents.
    void turnsAndDocumentsAreKnown()
    {
        const auto answer = check(R"j({"plumbline_policy": 1, "rules": [{"feature": ["support-chat", "doc-search"],
            "max_history_turns": 0, "max_documents": 0, "max_segment_tokens": {"context": 0}}]})j");
        QVERIFY(lineOf(answer, "support-chat", "max_history_turns").worst > 5);
        QCOMPARE(lineOf(answer, "support-chat", "max_documents").broken, 0);
        QVERIFY(lineOf(answer, "doc-search", "max_documents").worst > 2);
        QCOMPARE(lineOf(answer, "doc-search", "max_history_turns").broken, 0);
        // A document in the prompt is tokens of context, and the other way round.
        QCOMPARE(lineOf(answer, "doc-search", "max_segment_tokens.context").broken,
                 lineOf(answer, "doc-search", "max_documents").broken);
    }

    /// Rules with conditions hold for the calls that meet them, besides the rule of the feature.
    void aRuleMayHaveConditions()
    {
        const auto users = m_queries->breakdown(
            {.filter = {.conditions = {*conditionFromText("feature=support-chat")}}, .by = {{Dimension::User, {}}}},
            StopToken());
        QVERIFY(users && users->rows.size() > 1);
        const std::string user = users->rows.back().keys.front();
        const std::int64_t calls = users->rows.back().measures.calls;
        const auto answer = check((R"j({"plumbline_policy": 1, "rules": [
            {"feature": "support-chat", "max_input_tokens": 1000000},
            {"feature": "support-chat", "where": "user=)j" +
                                   user + R"j(", "max_input_tokens": 0},
            {"where": "user=)j" + user +
                                   R"j(", "max_output_tokens": 0},
            {"where": "user=nobody", "max_output_tokens": 0}]})j")
                                      .c_str());
        std::int64_t besides = 0;
        for (const PolicyCheck& line : answer.checks) {
            if (line.where.empty()) {
                QVERIFY(!line.isBroken);
                QVERIFY(line.calls > calls);
                continue;
            }
            QCOMPARE(line.where, "user:" + user);
            if (line.limit == "max_input_tokens") {
                QCOMPARE(line.feature, "support-chat");
                QCOMPARE(line.calls, calls);
                QVERIFY(line.isBroken);
            }
            besides += line.feature == "support-chat";
        }
        QCOMPARE(besides, 2); // its own, and that of every feature
        QCOMPARE(answer.withoutCalls, std::vector<std::string>{"any feature where user:nobody"});
        QVERIFY(std::find(answer.withoutRule.begin(), answer.withoutRule.end(), "support-chat") ==
                answer.withoutRule.end());
    }

    void forbiddenModelsAreNamed()
    {
        const auto answer = check(R"j({"plumbline_policy": 1, "rules": [{"models": ["claude-*"]}]})j");
        const auto models = m_queries->breakdown({.by = {{Dimension::Model, {}}}}, StopToken());
        std::int64_t others = 0, broken = 0;
        for (const BreakdownRow& row : models->rows)
            others += row.keys.front().starts_with("claude-") ? 0 : row.measures.calls;
        for (const PolicyCheck& line : answer.checks) {
            broken += line.broken;
            QCOMPARE(line.isBroken, line.broken > 0);
            QVERIFY(!line.isBroken || !line.worstCall.starts_with("claude-"));
        }
        QVERIFY(others > 0);
        QCOMPARE(broken, others);
    }

    void theWasteRatioIsThatOfTheLedger()
    {
        const auto answer = check(R"j({"plumbline_policy": 1, "rules": [{"max_waste_ratio": 0.5}]})j");
        const auto rows = m_queries->breakdown({.by = {{Dimension::Feature, {}}}, .wantsLedger = true}, StopToken());
        for (const BreakdownRow& row : rows->rows)
            if (row.ledger->bill > MoneySum())
                QCOMPARE(lineOf(answer, row.keys.front(), "max_waste_ratio").worst,
                         std::optional(row.ledger->waste.dollars() / row.ledger->bill.dollars()));
    }

    /// What nobody knows breaks nothing, and is said.
    void whatIsUnknownBreaksNothing()
    {
        TemporaryWorkspace fresh;
        auto import = TextImport::begin(fresh.path(), "test", {.name = "one"}, "langfuse-observations", StopToken());
        QVERIFY(import);
        std::string record = R"j({"id":"a","traceId":"t","type":"GENERATION","startTime":"2026-10-01T10:00:00Z",
            "metadata":{"feature":"chat"},"model":"no-such-model","usageDetails":{"input":10,"output":1}})j";
        std::replace(record.begin(), record.end(), '\n', ' ');
        record += '\n';
        QVERIFY(import->add(record));
        QVERIFY(import->finish({}));
        const auto policy = policyFromJson(R"j({"plumbline_policy": 1, "rules": [{"max_history_turns": 0,
            "max_cost_per_call_usd": 0, "max_window_share": 0, "max_segment_tokens": {"system": 0}}]})j");
        const auto answer = Queries::open(fresh.path(), {}, StopToken())->check(*policy, {}, StopToken());
        QVERIFY(answer);
        QCOMPARE(answer->checks.size(), 4U);
        QVERIFY(!answer->isBroken());
        for (const PolicyCheck& line : answer->checks) {
            QCOMPARE(line.unknown, 1);
            QVERIFY(!line.worst);
        }
        QCOMPARE(answer->callsWaiting, 1);
        QVERIFY(answer->isIncomplete());
        // What needs no analysis is checked in full without one.
        const auto plain = policyFromJson(R"j({"plumbline_policy": 1, "rules": [{"max_input_tokens": 100}]})j");
        QVERIFY(!Queries::open(fresh.path(), {}, StopToken())->check(*plain, {}, StopToken())->isIncomplete());
    }

    /// A prompt larger than its model's window is a figure like any other.
    void promptsBeyondTheWindowAreSuggestedAsTheyAre()
    {
        TemporaryWorkspace fresh;
        std::string records;
        for (int i = 0; i < 100; ++i)
            records += "{\"id\":\"a" + std::to_string(i) + "\",\"traceId\":\"t" + std::to_string(i) +
                       "\",\"type\":\"GENERATION\",\"startTime\":\"2026-10-01T10:00:00Z\",\"model\":\"gpt-4-0613\","
                       "\"usageDetails\":{\"input\":" +
                       (i < 29 ? "20000" : "100") + ",\"output\":1}}\n";
        auto import = TextImport::begin(fresh.path(), "test", {.name = "one"}, "langfuse-observations", StopToken());
        QVERIFY(import);
        QVERIFY(import->add(records));
        QVERIFY(import->finish({}));
        const auto queries = Queries::open(fresh.path(), {}, StopToken());
        const auto policy = queries->suggestPolicy({}, StopToken());
        QVERIFY(policy);
        const auto read = policyFromJson(toJson(*policy));
        QVERIFY2(read, read ? "" : read.error().text().c_str());
        QVERIFY(!queries->check(*read, {}, StopToken())->isBroken());
        // 29 of 100 may be above where 0.29 is allowed; none of them less.
        const auto allows = [&](const char* share) {
            const auto rule = policyFromJson(R"j({"plumbline_policy": 1, "rules": [{"max_input_tokens": 1000,
                                             "allowed_share": )j" +
                                             std::string(share) + "}]}");
            return !queries->check(*rule, {}, StopToken())->isBroken();
        };
        QVERIFY(allows("0.29"));
        QVERIFY(!allows("0.28"));
    }

    /// The guard of a pipeline: 0 kept, 5 broken, 3 not all could be looked at, 1 a file that is no policy.
    void theExitCodeSaysIt()
    {
        const auto run = [&](const std::string& policy) {
            const std::string file = m_workspace.path().string() + ".json";
            std::ofstream(file) << policy;
            QProcess program;
            program.start(test::program(), {"check", "--store", QString::fromStdString(m_workspace.path().string()),
                                            "--policy", QString::fromStdString(file)});
            return program.waitForFinished(60'000) && program.exitStatus() == QProcess::NormalExit ? program.exitCode()
                                                                                                   : -1;
        };
        QCOMPARE(run(toJson(m_suggested)), 0);
        QCOMPARE(run(R"j({"plumbline_policy": 1, "rules": [{"max_output_tokens": 1}]})j"), 5);
        QCOMPARE(run("{}"), 1);
        // A name that nobody has guards nothing.
        QCOMPARE(run(R"j({"plumbline_policy": 1, "rules": [{"feature": "supprot-chat", "max_documents": 1}]})j"), 3);
    }
};

QTEST_GUILESS_MAIN(PolicyTest)
#include "policy_test.moc"
