// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/story.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace plumbline;
using namespace plumbline::test;

/// Observations become calls, whatever came first.
class SettleTest : public QObject
{
    Q_OBJECT

private slots:
    void theFirstRuleThatHoldsNamesTheFeature_data();
    void theFirstRuleThatHoldsNamesTheFeature();
    void whatASpanLacksItHasFromTheNearestAbove();
    void factsOfATraceCompleteItInAnyOrder();
    void changedRulesMoveCalls();
    void anyPartitionAndOrderGivesTheSameCalls();
    void importingAgainChangesNothing();
    void aKeyHasItsOwnDiscount();
};

void SettleTest::theFirstRuleThatHoldsNamesTheFeature_data()
{
    QTest::addColumn<QString>("rules");
    QTest::addColumn<QString>("lines");
    QTest::addColumn<QString>("feature");
    const auto row = [](const char* title, const char* rules, const char* lines, const char* feature) {
        QTest::newRow(title) << QString::fromUtf8(rules) << QString::fromUtf8(lines) << QString::fromUtf8(feature);
    };
    row("attribute before trace name", "", "t/a llm name=x feature=chat trace-name=turn in=1 out=1", "chat");
    row("trace name before root name", "", "t/a llm name=x trace-name=turn in=1 out=1", "turn");
    row("root name", "", "t/r other name=root\nt/a < r llm name=x in=1 out=1", "root");
    row("an SDK's root name says nothing", "", "t/r other name=ai.generateText\nt/a < r llm name=x prompt=p in=1 out=1",
        "p");
    row("service last", "", "t/a llm name=ai.x service=api in=1 out=1", "api");
    row("nothing", "", "t/a llm name=ai.x in=1 out=1", "unallocated");
    row("equals", "user = ann -> anns\nfeature is set\n", "t/a llm name=x feature=chat user=ann in=1 out=1", "anns");
    row("equals something else", "user = bob -> bobs\nfeature is set\n",
        "t/a llm name=x feature=chat user=ann in=1 out=1", "chat");
    row("a pattern", "model ~ gpt-* -> openai\n", "t/a llm name=x model=gpt-4o in=1 out=1", "openai");
    row("a tag", "tag ~ night* -> batch\n", "t/a llm name=x tags=[\"day\",\"nightly\"] in=1 out=1", "batch");
    row("metadata", "metadata.tenant = acme -> acmes\n", "t/a llm name=x meta={\"tenant\":\"acme\"} in=1 out=1",
        "acmes");
    row("metadata that is a number", "metadata.n is set\n", "t/a llm name=x meta={\"n\":7} in=1 out=1", "7");
    row("a root name named by a rule", "root-name = ai.generateText -> sdk\n",
        "t/a llm name=ai.generateText in=1 out=1", "sdk");
    row("the agent above", "agent is set\n", "t/r agent name=planner\nt/a < r llm name=x in=1 out=1", "planner");
    row("the step", "step ~ *-judge -> quality\n", "t/a llm name=my-judge in=1 out=1", "quality");
}

void SettleTest::theFirstRuleThatHoldsNamesTheFeature()
{
    QFETCH(QString, rules);
    QFETCH(QString, lines);
    QFETCH(QString, feature);
    const TemporaryWorkspace workspace;
    const Story story(workspace);
    if (!rules.isEmpty()) {
        QVERIFY(Recorder::open(workspace.path(), "test"));
        QVERIFY(story.change("feature_rules", rules.toStdString()));
    }
    const auto report = story.record(lines.toStdString());
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QCOMPARE(QString::fromStdString(features(workspace)).trimmed().section(' ', 1), feature);
}

void SettleTest::whatASpanLacksItHasFromTheNearestAbove()
{
    const TemporaryWorkspace workspace;
    QVERIFY(Story(workspace).record("t/r other name=r feature=far user=ann session=s1\n"
                                    "t/m < r agent name=m feature=near\n"
                                    "t/a < m llm name=a in=1 out=1\n"
                                    "t/b < m llm name=b feature=own user=bob in=1 out=1\n"
                                    "t/c < gone llm name=c in=1 out=1\n"));
    // The last one's way up is broken: it takes what the roots say.
    QCOMPARE(
        answerOf(workspace, "SELECT step || ' ' || feature || ' ' || user || ' ' || session FROM calls ORDER BY 1"),
        std::string("a near ann s1\nb own bob s1\nc far ann s1\n"));
}

void SettleTest::factsOfATraceCompleteItInAnyOrder()
{
    std::vector<std::string> parts = {"t/r other name=r", "t/a < r llm name=a in=1 out=1",
                                      "t facts user=ann session=s1 feature=chat"};
    std::sort(parts.begin(), parts.end());
    do {
        const TemporaryWorkspace workspace;
        for (const std::string& part : parts)
            QVERIFY(Story(workspace).record(part));
        QCOMPARE(
            answerOf(workspace, "SELECT step || ' ' || feature || ' ' || user || ' ' || session FROM calls ORDER BY 1"),
            std::string("a chat ann s1\n"));
    } while (std::next_permutation(parts.begin(), parts.end()));
}

void SettleTest::changedRulesMoveCalls()
{
    const TemporaryWorkspace workspace;
    const Story story(workspace);
    QVERIFY(story.record(joined(someLines(3))));
    const std::string before = calls(workspace);
    QVERIFY(story.change("feature_rules", "model = gpt-4o -> big\n"));
    QVERIFY(calls(workspace) != before);
    QVERIFY(features(workspace).find(" big\n") != std::string::npos);
    QCOMPARE(rollUp(workspace), recount(workspace));
    QVERIFY(story.change("feature_rules", textOf(defaultFeatureRules())));
    QCOMPARE(calls(workspace), before);
    QVERIFY(!story.change("feature_rules", "nonsense"));
    QCOMPARE(calls(workspace), before);
}

void SettleTest::anyPartitionAndOrderGivesTheSameCalls()
{
    for (unsigned seed = 0; seed < 6; ++seed) {
        auto lines = someLines(seed);
        const TemporaryWorkspace whole;
        QVERIFY(Story(whole).record(joined(lines)));
        const std::string expected = calls(whole);
        QVERIFY(std::count(expected.begin(), expected.end(), '\n') > 20);
        std::mt19937 random(seed);
        std::shuffle(lines.begin(), lines.end(), random);
        const TemporaryWorkspace parts;
        for (std::size_t begin = 0; begin < lines.size();) {
            const std::size_t end = std::min(lines.size(), begin + 1 + random() % 40);
            // Halves overlap.
            const std::size_t from = begin > 3 ? begin - 3 : 0;
            QVERIFY(Story(parts).record(joined({lines.begin() + static_cast<std::ptrdiff_t>(from),
                                                lines.begin() + static_cast<std::ptrdiff_t>(end)})));
            begin = end;
        }
        QCOMPARE(calls(parts), expected);
        QCOMPARE(rollUp(parts), recount(parts));
    }
}

/// A discount for one API key is taken off the calls whose metadata name it, and off no other.
void SettleTest::aKeyHasItsOwnDiscount()
{
    const TemporaryWorkspace workspace;
    const Story story(workspace);
    const auto call = [](const char* trace, const char* metadata) {
        return std::string(trace) + "/x llm name=x model=gpt-4o feature=" + trace + " in=1000000 out=0" + metadata +
               "\n";
    };
    const auto report = story.record(
        call("a", " meta={\"key_alias\":\"batch\"}") + call("b", " meta={\"metadata.user_api_key_alias\":\"batch\"}") +
        call("c", " meta={\"key_alias\":\"web\"}") + call("d", " meta={\"job\":\"batch\"}") + call("e", ""));
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    // 2.5 dollars a million tokens; ten percent off for all, and sixty for one key.
    QVERIFY(story.change("price_overrides", R"({"discounts": [{"provider": "openai", "percent": "10"},
                                                {"api_key": "batch", "percent": "60"}]})"));
    const Queries queries = *workspace.queries();
    const Breakdown answer = *queries.breakdown({.by = {{Dimension::Feature, {}}}}, StopToken());
    std::map<std::string, std::string> costs;
    for (const BreakdownRow& row : answer.rows)
        costs[row.keys[0]] = decimalText(*row.measures.cost);
    QCOMPARE(costs,
             (std::map<std::string, std::string>{{"a", "1"}, {"b", "1"}, {"c", "2.25"}, {"d", "2.25"}, {"e", "2.25"}}));
    // Each dollar says by which price.
    std::set<std::string> prices;
    const CallList calls = *queries.calls({}, CallOrder::Newest, 10, StopToken());
    for (const CallRow& row : calls.rows)
        prices.insert(row.feature + ": " + queries.explain(row.id, StopToken())->priceRow);
    QVERIFY(prices.size() == 5);
    for (const std::string& price : prices)
        QCOMPARE(price.find(" · key batch") != std::string::npos, price[0] == 'a' || price[0] == 'b');
}

void SettleTest::importingAgainChangesNothing()
{
    const TemporaryWorkspace workspace;
    const std::string lines = joined(someLines(5));
    QVERIFY(Story(workspace).record(lines));
    const std::string before = calls(workspace) + rollUp(workspace);
    const auto again = Story(workspace).record(lines);
    QVERIFY(again);
    QCOMPARE(again->spans, std::uint64_t{0});
    QVERIFY(again->duplicates > 60);
    QCOMPARE(calls(workspace) + rollUp(workspace), before);
}

QTEST_GUILESS_MAIN(SettleTest)
#include "settle_test.moc"
