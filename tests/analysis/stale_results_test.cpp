// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <cmath>
#include <map>

#include <nlohmann/json.hpp>

#include "importers/text_import.h"
#include "model/analysis/analysis.h"
#include "model/sample/trace.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// An old result of a tool is certain waste where the same was asked again since: what stands behind it is newer.
class StaleResultsTest : public QObject
{
    Q_OBJECT

private:
    using Json = nlohmann::ordered_json;

    /// A page of prose; pages of other numbers share no text.
    static std::string page(int number, int sentences)
    {
        std::string text;
        for (int i = 0; i < sentences; ++i)
            text += "Line " + std::to_string(number * 1000 + i) + " of the page tells what is in store and when. ";
        return text;
    }

    /// Conversations in which a page is fetched and others after it. `asksAgain`: the first once more.
    struct Agent
    {
        std::string feature;
        bool asksAgain = false;
        std::string lines = {};
        TokenCount stale = 0; ///< of the first page beyond what is kept, in calls in which it is old

        Json messages = Json::array();
        TokenCount tokens = 0;
        int number = 0;

        /// Nine seconds apart.
        static std::string timeOf(int number)
        {
            const auto two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
            const int seconds = number * 9;
            return "2026-10-01T" + two(8 + seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60) +
                   "Z";
        }
        void say(Json message, const std::string& text)
        {
            tokens += countTokens(text);
            messages.push_back(std::move(message));
        }
        void call(int trace, const Json& output)
        {
            const std::string id = feature + std::to_string(++number);
            lines += Json{{"id", id},
                          {"traceId", feature + "-" + std::to_string(trace)},
                          {"type", "GENERATION"},
                          {"name", "step"},
                          {"startTime", timeOf(number)},
                          {"model", "gpt-4o-mini"},
                          {"metadata", {{"feature", feature}}},
                          {"input", {{"messages", messages}}},
                          {"output", output},
                          {"usageDetails", {{"input", tokens}, {"output", 20}}}}
                         .dump() +
                     "\n";
        }
        void play(int trace)
        {
            messages = Json::array();
            tokens = 0;
            const std::string system = "You look pages up for customers and tell them what these say.";
            const std::string question = "What is in store in town " + std::to_string(trace) + "?";
            say({{"role", "system"}, {"content", system}}, system);
            say({{"role", "user"}, {"content", question}}, question);
            const char* pages[] = {"a", "b", asksAgain ? "a" : "c"};
            for (int i = 0; i < 3; ++i) {
                const std::string id = "call" + std::to_string(i);
                const std::string arguments = std::string("{\"url\":\"") + pages[i] + "\"}";
                const Json asked{{"role", "assistant"},
                                 {"content", nullptr},
                                 {"tool_calls",
                                  {{{"id", id},
                                    {"type", "function"},
                                    {"function", {{"name", "fetch_page"}, {"arguments", arguments}}}}}}};
                call(trace, asked);
                say(asked, arguments);
                const std::string result = page(trace * 10 + i, i == 0 ? 160 : 8);
                say({{"role", "tool"}, {"tool_call_id", id}, {"content", result}}, result);
            }
            const std::string answer = "There are tents in store.";
            call(trace, {{"role", "assistant"}, {"content", answer}}); // the third with the first page: old
            say({{"role", "assistant"}, {"content", answer}}, answer);
            const std::string thanks = "And lamps?";
            say({{"role", "user"}, {"content", thanks}}, thanks);
            call(trace, {{"role", "assistant"}, {"content", answer}}); // the fourth
            constexpr TokenCount kept = 200;
            stale += 2 * (countTokens(page(trace * 10, 160)) - kept);
        }
    };

private slots:
    void whatWasAskedAgainIsCertainWaste()
    {
        TemporaryWorkspace workspace;
        Agent again{.feature = "again", .asksAgain = true}, other{.feature = "other"};
        for (int trace = 0; trace < 40; ++trace) {
            again.play(trace);
            other.play(trace);
        }
        {
            auto import =
                TextImport::begin(workspace.path(), "test", {.name = "agents"}, "langfuse-observations", StopToken());
            QVERIFY(import);
            QVERIFY(import->add(again.lines));
            QVERIFY(import->add(other.lines));
            QVERIFY(import->finish({}));
        }
        QVERIFY(Analysis::run(workspace.path(), {}, StopToken()));
        const auto answer =
            workspace.queries()->drains({.rows = {Dimension::Feature, {}}, .drain = "stale-tool-results"}, StopToken());
        QVERIFY(answer);
        std::map<std::pair<std::string, Confidence>, DrainCell> found;
        for (const DrainCell& cell : answer->cells)
            found[{answer->rows[cell.row], cell.confidence}] = cell;
        // Certain where the page was asked for again, in both calls that still carry the old one; elsewhere likely.
        const auto share = [&](const std::string& feature, Confidence confidence, TokenCount truth) {
            return static_cast<double>(found[{feature, confidence}].tokens) / static_cast<double>(truth);
        };
        QCOMPARE((found[{"again", Confidence::High}].calls), 80);
        QVERIFY2(std::abs(share("again", Confidence::High, again.stale) - 1) < 0.05,
                 std::to_string(share("again", Confidence::High, again.stale)).c_str());
        QCOMPARE((found[{"again", Confidence::Medium}].calls), 0);
        QCOMPARE((found[{"other", Confidence::High}].calls), 0);
        QVERIFY2(std::abs(share("other", Confidence::Medium, other.stale) - 1) < 0.05,
                 std::to_string(share("other", Confidence::Medium, other.stale)).c_str());
    }
};

QTEST_GUILESS_MAIN(StaleResultsTest)
#include "stale_results_test.moc"
