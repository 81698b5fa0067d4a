// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <QRandomGenerator>

#include "model/analysis/analysis.h"
#include "model/record/live_recorder.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

namespace {

/// Everything a reader can see, as text.
std::string everything(const Queries& queries)
{
    std::string text;
    const StopToken stop;
    for (const Dimension dimension : {Dimension::Feature, Dimension::Model, Dimension::User, Dimension::Session,
                                      Dimension::Environment, Dimension::Step, Dimension::Day, Dimension::Hour}) {
        const auto answer = queries.breakdown({.by = {{dimension, {}}}, .wantsTotalPercentiles = true}, stop);
        if (!answer)
            return answer.error().text();
        std::vector<std::string> lines;
        for (const BreakdownRow& row : answer->rows) {
            const Measures& m = row.measures;
            lines.push_back(row.keys[0] + ": " + std::to_string(m.calls) + " " + std::to_string(m.callsWithoutUsage) +
                            " " + std::to_string(m.unpricedCalls) + " " + (m.input ? std::to_string(*m.input) : "?") +
                            " " + (m.output ? std::to_string(*m.output) : "?") + " " +
                            (m.cost ? decimalText(*m.cost) : "?") + " " + std::to_string(m.scoredCalls) + " " +
                            std::to_string(m.scoreSum) + "\n");
        }
        std::sort(lines.begin(), lines.end());
        for (const std::string& line : lines)
            text += line;
        const Completeness& c = answer->completeness;
        text += std::to_string(c.calls) + " " + std::to_string(c.wrapperSpans) + " " +
                std::to_string(c.otherWitnesses) + " " + std::to_string(c.hoursWithoutData) + " " +
                std::to_string(c.duplicatesDropped) + "\n";
    }
    // What is made of prompts is made once, and follows from then on.
    const auto prompts = queries.prompts({}, stop);
    if (!prompts)
        return prompts.error().text();
    text += std::to_string(prompts->callsWithout) + " without\n";
    for (const PromptRow& row : prompts->rows) {
        text += row.feature + " / " + row.step + ": " + std::to_string(row.figures.calls) + ",";
        for (const PromptVersion& version : row.versions)
            text += " " + std::to_string(version.number) + (version.isVolatile ? "~" : "") + "x" +
                    std::to_string(version.variants) + " " + std::to_string(version.figures.calls);
        std::vector<std::string> tools;
        for (const OfferedTool& tool : row.tools)
            tools.push_back(tool.name + " " + std::to_string(tool.offered) + " " + std::to_string(tool.called) +
                            (tool.wasCalledElsewhere ? " elsewhere" : ""));
        std::sort(tools.begin(), tools.end());
        for (const std::string& tool : tools)
            text += "; " + tool;
        for (const ToolSetVersion& set : row.toolSets)
            text += "; set " + std::to_string(set.tools) + " " + std::to_string(set.calls) + " +" +
                    std::to_string(set.added.size()) + " -" + std::to_string(set.removed.size());
        text += "\n";
    }
    return text;
}

/// Spans that come, come again with more, and are the same call as another.
class Traffic
{
public:
    explicit Traffic(quint32 seed) : m_generator(seed) {}

    Result<> send(LiveRecorder& recorder, int spans)
    {
        TRY(recorder.begin());
        for (int i = 0; i < spans; ++i) {
            const int trace = below(12);
            const int number = below(6);
            const std::string traceId = "trace-" + std::to_string(trace),
                              spanId = traceId + "-" + std::to_string(number),
                              parent = number == 0 ? "" : traceId + "-0", user = "user-" + std::to_string(below(4)),
                              feature = "feature-" + std::to_string(trace % 3),
                              model = trace % 2 ? "gpt-4o" : "gpt-4o-mini",
                              response = below(3) == 0 ? "chatcmpl-" + std::to_string(below(5)) : "";
            ObservedSpan span{.traceId = traceId,
                              .spanId = spanId,
                              .parentId = parent,
                              .kind = number == 0 ? SpanKind::Chain : SpanKind::Llm,
                              .isPartial = below(2) == 0,
                              .name = "step",
                              .start = Timestamp(1'788'000'000'000'000 + trace * 3'600'000'000 + number * 1'000'000),
                              .recordedAt = Timestamp(1'788'000'000'000'000 + m_sent * 1'000'000)};
            span.user = user;
            span.feature = feature;
            if (below(4) != 0) {
                span.model = model;
                span.responseId = response;
                span.usage.uncachedInput = 10 * (number + 1);
                span.usage.visibleOutput = 5;
            }
            const std::string instructions =
                "You are helper " + std::to_string(below(3)) +
                (below(2) ? " at 2026-10-0" + std::to_string(1 + below(9)) + "T10:00:00Z" : "");
            const std::string tool = "tool_" + std::to_string(below(3));
            if (below(3) != 0) {
                span.blocks.push_back({.role = BlockRole::System, .text = instructions});
                span.blocks.push_back({.kind = BlockKind::ToolDefinition, .toolName = tool, .text = "{}"});
                span.blocks.push_back({.role = BlockRole::User, .message = 1, .text = traceId});
                if (below(2))
                    span.blocks.push_back(
                        {.kind = BlockKind::ToolCall, .isOutput = true, .toolName = tool, .text = "{}"});
            }
            // The recorder looks at a record until the next one is started.
            const std::string record = "record " + std::to_string(m_sent++);
            TRY(recorder.startRecord(record, below(2) ? "one format" : "another"));
            TRY(recorder.add(span));
            if (below(5) == 0) {
                const std::string judged = "score " + std::to_string(m_sent++);
                TRY(recorder.startRecord(judged, "one format"));
                TRY(recorder.add(ObservedScore{
                    .scoreId = spanId, .traceId = traceId, .name = "quality", .value = double(below(100))}));
            }
        }
        TRY(recorder.commit());
        return {};
    }

private:
    int below(int end) { return static_cast<int>(m_generator.bounded(end)); }
    QRandomGenerator m_generator;
    std::int64_t m_sent = 0;
};

} // namespace

/// A reader that follows says what one says that opens the workspace anew.
class LiveTest : public QObject
{
    Q_OBJECT

private slots:
    void followingIsOpeningAnew_data();
    void followingIsOpeningAnew();
    void analysisInBetweenIsSeen();
    void anImportInBetweenIsSeen();
    void anotherFileOfThatNameIsAnotherWorkspace();
    void whatIsNoRecordIsSkippedByNoSource();
};

void LiveTest::followingIsOpeningAnew_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 8; ++seed)
        QTest::addRow("%u", seed) << seed;
}

void LiveTest::followingIsOpeningAnew()
{
    QFETCH(quint32, seed);
    const TemporaryWorkspace workspace;
    Traffic traffic(seed);
    auto recorder = LiveRecorder::open(workspace.path(), "a test", Privacy::Bodies);
    QVERIFY(recorder);
    QVERIFY(traffic.send(*recorder, 5));
    auto following = workspace.queries();
    QVERIFY(following);
    for (int batch = 0; batch < 40; ++batch) {
        QVERIFY(traffic.send(*recorder, 1 + batch % 7));
        if (batch % 3 == 1)
            continue; // some looks are at several batches
        const auto newest = following->refreshed(StopToken());
        QVERIFY(newest);
        QVERIFY(!newest->isSameSnapshot(*following));
        following = *newest;
        QCOMPARE(QString::fromStdString(everything(*following)),
                 QString::fromStdString(everything(*workspace.queries())));
    }
    QVERIFY(following->refreshed(StopToken())->isSameSnapshot(*following));
}

/// An analysis finds out which texts hold times: what was made of the prompts before follows.
void LiveTest::analysisInBetweenIsSeen()
{
    const TemporaryWorkspace workspace;
    Traffic traffic(7);
    const auto send = [&] {
        auto recorder = LiveRecorder::open(workspace.path(), "a test", Privacy::Bodies);
        return recorder && traffic.send(*recorder, 60);
    };
    QVERIFY(send());
    auto following = *workspace.queries();
    const std::string before = everything(following);
    QCOMPARE(before.find('~'), std::string::npos);
    QVERIFY(Analysis::run(workspace.path(), {}, StopToken()));
    following = *following.refreshed(StopToken());
    QVERIFY(everything(following).find('~') != std::string::npos);
    QCOMPARE(everything(following), everything(*workspace.queries()));
    QVERIFY(send());
    following = *following.refreshed(StopToken());
    QCOMPARE(everything(following), everything(*workspace.queries()));
}

void LiveTest::anImportInBetweenIsSeen()
{
    const TemporaryWorkspace workspace;
    Traffic traffic(99);
    const auto send = [&] {
        auto recorder = LiveRecorder::open(workspace.path(), "a test", Privacy::Bodies);
        return recorder && traffic.send(*recorder, 9);
    };
    QVERIFY(send());
    auto following = workspace.queries();
    const auto file =
        workspace.write("x.jsonl", "{\"id\":\"a\",\"traceId\":\"t\",\"type\":\"GENERATION\",\"startTime\":"
                                   "\"2026-09-01T00:00:00Z\",\"usageDetails\":{\"input\":1,\"output\":1}}\n");
    QVERIFY(workspace.import({file}));
    QVERIFY(send());
    following = *following->refreshed(StopToken());
    QCOMPARE(everything(*following), everything(*workspace.queries()));
    QVERIFY(everything(*following).find("unallocated") != std::string::npos);
}

void LiveTest::anotherFileOfThatNameIsAnotherWorkspace()
{
    const TemporaryWorkspace workspace, other;
    const auto send = [](const TemporaryWorkspace& where, quint32 seed, int batches) {
        Traffic traffic(seed);
        auto recorder = LiveRecorder::open(where.path(), "a test", Privacy::Bodies);
        for (int i = 0; i < batches && recorder; ++i)
            if (!traffic.send(*recorder, 5))
                return false;
        return recorder.has_value();
    };
    QVERIFY(send(workspace, 1, 3));
    QVERIFY(send(other, 2, 6));
    const auto following = workspace.queries();
    std::filesystem::remove(workspace.path());
    std::filesystem::rename(other.path(), workspace.path());
    QCOMPARE(everything(*following->refreshed(StopToken())), everything(*workspace.queries()));
}

void LiveTest::whatIsNoRecordIsSkippedByNoSource()
{
    const TemporaryWorkspace workspace;
    {
        auto recorder = LiveRecorder::open(workspace.path(), "a test", Privacy::Bodies);
        QVERIFY(recorder && recorder->begin());
        QVERIFY(recorder->startRecord("a", "one format"));
        recorder->skip("half of it");
        recorder->endRecord();
        recorder->skip("another post, refused whole");
        QVERIFY(recorder->commit());
    }
    const auto sources = workspace.queries()->sources(StopToken());
    QVERIFY(sources);
    QCOMPARE(sources->size(), std::size_t{1});
    QCOMPARE((*sources)[0].report.skippedRecords(), std::uint64_t{1});
    QCOMPARE((*sources)[0].report.skipped[0].reason, std::string("half of it"));
}

QTEST_GUILESS_MAIN(LiveTest)
#include "live_test.moc"
