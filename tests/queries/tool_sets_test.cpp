// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "support/workspace.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// The sets of tools that the calls of a prompt were offered: each with what differs from the one before it.
class ToolSetsTest : public QObject
{
    Q_OBJECT

private:
    /// A call on a day of October with tools such as `search:finds things`.
    static std::string call(int day, const QStringList& tools)
    {
        QStringList definitions;
        for (const QString& tool : tools)
            definitions += QStringLiteral("{'type':'function','function':{'name':'%1','description':'%2'}}")
                               .arg(tool.section(u':', 0, 0), tool.section(u':', 1));
        std::string line =
            QStringLiteral("{'id':'c%1','traceId':'t%1','type':'GENERATION','name':'act','model':'gpt-4o',"
                           "'startTime':'2026-10-%1T10:00:00Z','input':{'messages':[{'role':'user',"
                           "'content':'go'}],'tools':[%2]},'output':'done','usageDetails':{'input':500,"
                           "'output':5}}\n")
                .arg(day, 2, 10, QChar(u'0'))
                .arg(definitions.join(u','))
                .toStdString();
        std::replace(line.begin(), line.end(), '\'', '"');
        return line;
    }
    static std::string join(const std::vector<std::string>& names)
    {
        std::string all;
        for (const std::string& name : names)
            all += (all.empty() ? "" : ",") + name;
        return all;
    }
    static std::string said(const ToolSetVersion& set)
    {
        return std::to_string(set.number) + ": " + std::to_string(set.tools) + " tools, " + std::to_string(set.calls) +
               " calls, +" + join(set.added) + " -" + join(set.removed) + " ~" + join(set.redefined) +
               (set.isReordered ? " reordered" : "");
    }

private slots:
    void eachSetSaysWhatIsNew()
    {
        const TemporaryWorkspace workspace;
        const QString search = QStringLiteral("search:finds"), mail = QStringLiteral("mail:sends"),
                      pay = QStringLiteral("pay:pays");
        QVERIFY(workspace.import({workspace.write(
            "calls.jsonl", call(1, {search, mail}) + call(2, {search, mail}) + call(3, {search, pay}) +
                               call(4, {pay, search}) + call(5, {pay, QStringLiteral("search:finds more")}))}));
        const auto queries = workspace.queries();
        const auto rowOf = [&](const Filter& filter) {
            return queries->prompts({.filter = filter}, StopToken())->rows.at(0);
        };
        const PromptRow row = rowOf({});
        std::vector<std::string> sets;
        for (const ToolSetVersion& set : row.toolSets)
            sets.push_back(said(set));
        QCOMPARE(QString::fromStdString(join(sets)),
                 QStringLiteral("1: 2 tools, 2 calls, + - ~,2: 2 tools, 1 calls, +pay -mail ~,"
                                "3: 2 tools, 1 calls, + - ~ reordered,4: 2 tools, 1 calls, + - ~search"));
        // When it was first seen is of all data; what it is called by follows the filter's sets.
        const auto time = [](const char* text) { return *parseTimestamp(text); };
        const PromptRow later = rowOf({.period = Period{time("2026-10-02T00:00:00Z"), time("2026-10-03T00:00:00Z")}});
        QCOMPARE(later.toolSets.size(), std::size_t{1});
        QVERIFY(later.toolSets[0].firstSeen == time("2026-10-01T10:00:00Z"));
        QVERIFY(later.toolSets[0].lastSeen == time("2026-10-02T10:00:00Z"));
        QCOMPARE(later.toolSets[0].calls, std::int64_t{1});
    }

    void callsAreAskedForByWhatTheyWereOffered()
    {
        const TemporaryWorkspace workspace;
        const QString search = QStringLiteral("search:finds"), mail = QStringLiteral("mail:sends");
        QVERIFY(workspace.import(
            {workspace.write("calls.jsonl", call(1, {search, mail}) + call(2, {search, mail}) +
                                                call(3, {mail, search}) + call(4, {search}) + call(5, {}))}));
        const auto queries = workspace.queries();
        const auto callsOf = [&](const Condition& condition) {
            std::string ids;
            const auto calls = queries->calls({.conditions = {condition}}, CallOrder::Newest, 10, StopToken());
            for (const CallRow& row : calls->rows)
                ids = std::to_string(
                          civilDate(static_cast<std::int32_t>(row.start.microseconds() / 86'400'000'000)).day) +
                      ids;
            return QString::fromStdString(ids);
        };
        const PromptRow row = queries->prompts({}, StopToken())->rows.at(0);
        QCOMPARE(row.toolSets.size(), std::size_t{3});
        const auto ofSet = [&](std::size_t i) {
            return callsOf({.of = {Dimension::ToolSet, {}}, .values = {row.toolSets[i].digest}});
        };
        QCOMPARE(ofSet(0), QStringLiteral("12"));
        QCOMPARE(ofSet(1), QStringLiteral("3")); // the same in another order is another set
        QCOMPARE(ofSet(2), QStringLiteral("4"));
        QCOMPARE(callsOf(*conditionFromText("tool-set=" + row.toolSets[0].digest + "," + row.toolSets[2].digest)),
                 QStringLiteral("124"));
        QCOMPARE(callsOf(*conditionFromText("tool-set=(none)")), QStringLiteral("5"));
        QCOMPARE(callsOf(*conditionFromText("offered-tool=mail")), QStringLiteral("123"));
        QCOMPARE(callsOf(*conditionFromText("offered-tool~SEA")), QStringLiteral("1234"));
        QCOMPARE(callsOf(*conditionFromText("offered-tool!=mail")), QStringLiteral("45"));
        QCOMPARE(callsOf(*conditionFromText("offered-tool=nobody's")), QString());
        QCOMPARE(callsOf(*conditionFromText("offered-tool~one")), QString()); // no part of (none)
        QVERIFY(!conditionFromText("tool-set~12"));
    }
};

QTEST_GUILESS_MAIN(ToolSetsTest)
#include "tool_sets_test.moc"
