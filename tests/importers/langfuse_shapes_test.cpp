// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <algorithm>

#include "support/langfuse_shapes.h"
#include "support/memory_sink.h"

using namespace plumbline;
using plumbline::test::MemorySink;
using plumbline::test::TemporaryWorkspace;
namespace scenario = plumbline::test::scenario;

namespace {

std::string byUser(const TemporaryWorkspace& workspace)
{
    return workspace.breakdown({Dimension::User, Dimension::Session, Dimension::Release});
}

/// What completes a story that lacks the facts of its trace.
std::string traceFacts()
{
    return "[" + scenario::trace() + "]";
}

void addShapes()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("format");
    for (const scenario::Shape& shape : scenario::shapes())
        QTest::newRow(shape.title) << QString::fromStdString(shape.name) << QByteArray::fromStdString(shape.bytes)
                                   << QString::fromLatin1(shape.format);
}

} // namespace

/// One story in every shape that Langfuse and its clients give it.
class LangfuseShapesTest : public QObject
{
    Q_OBJECT

private slots:
    void everyShapeGivesOneBreakdown_data() { addShapes(); }
    void everyShapeGivesOneBreakdown();
    void everyShapeIsRecognised_data() { addShapes(); }
    void everyShapeIsRecognised();
    void twoShapesOfOneStoryAreOneStory();
    void shapesWithoutTraceFactsAreCompletedByATracesFile();
    void noPrefixGivesHalfARecord_data() { addShapes(); }
    void noPrefixGivesHalfARecord();
    void anUpdateMayComeBeforeItsCreate();
    void totalsAreNoCalls_data();
    void totalsAreNoCalls();
    void scoresAreCountedOnceAndKept();
    void morePagesAreAnnounced();
    void aDownloadWithoutObservationsIsADownload_data();
    void aDownloadWithoutObservationsIsADownload();
};

void LangfuseShapesTest::everyShapeGivesOneBreakdown()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    const TemporaryWorkspace workspace;
    const auto file = workspace.write(name.toStdString(), bytes.toStdString());
    const auto report = workspace.import({file});
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QVERIFY2(report->skipped.empty(), report->skipped.empty() ? "" : report->skipped[0].reason.c_str());
    const std::vector<Dimension> byFeatureAndModel = {Dimension::Feature, Dimension::Model};
    QCOMPARE(workspace.breakdown(byFeatureAndModel), scenario::byFeatureAndModel);
    // And again.
    const auto again = workspace.import({file});
    QVERIFY(again);
    QCOMPARE(again->spans, std::uint64_t{0});
    QCOMPARE(workspace.breakdown(byFeatureAndModel), scenario::byFeatureAndModel);
}

void LangfuseShapesTest::everyShapeIsRecognised()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, format);
    const TemporaryWorkspace workspace;
    const auto file = workspace.write(name.toStdString(), bytes.toStdString());
    const auto opened = RecognisedFile::open(file, {});
    QVERIFY(opened);
    QCOMPARE(QString::fromUtf8(opened->format().id.data()), format);
    // Its surest format is one alone.
    auto reader = input::RecordReader::open(file);
    QVERIFY(reader);
    const auto found = reader->next();
    QVERIFY(found && *found && (*found)->record);
    json::Parser parser;
    const auto value = parser.parse((*found)->record->text);
    QVERIFY(value);
    Certainty surest = Certainty::No;
    int surestFormats = 0;
    for (const Format& candidate : allFormats()) {
        const Certainty certainty = candidate.sniff({(*found)->record->container, *value});
        if (certainty == surest && certainty != Certainty::No)
            ++surestFormats;
        if (certainty > surest) {
            surest = certainty;
            surestFormats = 1;
        }
    }
    QCOMPARE(surestFormats, 1);
    const auto previews = fileImportService()->preview({file}, StopToken());
    QVERIFY(previews);
    QCOMPARE(QString::fromStdString(previews->front().formatId), format);
}

void LangfuseShapesTest::twoShapesOfOneStoryAreOneStory()
{
    const auto shapes = scenario::shapes();
    // Every shape meets every other one, each in both orders.
    for (std::size_t first = 0; first < shapes.size(); ++first) {
        for (std::size_t second = 0; second < shapes.size(); ++second) {
            if (first == second || (first + second) % 3 != 0)
                continue;
            const TemporaryWorkspace workspace;
            for (const auto& shape : {shapes[first], shapes[second]})
                QVERIFY(workspace.import({workspace.write(shape.name, shape.bytes)}));
            const std::string answer = workspace.breakdown({Dimension::Feature, Dimension::Model});
            QVERIFY2(answer == scenario::byFeatureAndModel,
                     (std::string(shapes[first].title) + " then " + shapes[second].title + ":\n" + answer).c_str());
        }
    }
}

void LangfuseShapesTest::shapesWithoutTraceFactsAreCompletedByATracesFile()
{
    const std::string expected = "user-42, sess-9, r1: calls 3, input 3038, read 1024, output 150, cost 0.00046396\n";
    for (const scenario::Shape& shape : scenario::shapes()) {
        const TemporaryWorkspace workspace;
        QVERIFY(workspace.import({workspace.write("traces.json", traceFacts())}));
        QVERIFY(workspace.import({workspace.write(shape.name, shape.bytes)}));
        QVERIFY2(byUser(workspace) == expected, (std::string(shape.title) + "\n" + byUser(workspace)).c_str());
    }
    // Those that hold them need no other file.
    for (const scenario::Shape& shape : scenario::shapes()) {
        const std::string_view format = shape.format;
        const bool holdsFacts = format == "langfuse-events" || format == "langfuse-trace-download" ||
                                format == "langfuse-ingestion" || std::string_view(shape.title) == "blob, enriched";
        if (!holdsFacts)
            continue;
        const TemporaryWorkspace workspace;
        QVERIFY(workspace.import({workspace.write(shape.name, shape.bytes)}));
        QVERIFY2(byUser(workspace) == expected, (std::string(shape.title) + "\n" + byUser(workspace)).c_str());
    }
}

void LangfuseShapesTest::noPrefixGivesHalfARecord()
{
    QFETCH(QByteArray, bytes);
    const TemporaryWorkspace workspace;
    const MemorySink whole = test::readIntoMemory(workspace.write("whole", bytes.toStdString()));
    QVERIFY(whole.spans >= 5);
    const auto file = workspace.write("part", bytes.toStdString());
    for (qsizetype size = bytes.size() - 1; size >= 0; --size) {
        std::filesystem::resize_file(file, static_cast<std::uintmax_t>(size));
        const MemorySink part = test::readIntoMemory(file);
        QVERIFY(part.read.size() <= whole.read.size());
        const auto [got, want] = std::mismatch(part.read.begin(), part.read.end(), whole.read.begin());
        QVERIFY2(got == part.read.end(),
                 qPrintable(QString::number(size) + '\n' +
                            QString::fromStdString(got == part.read.end() ? "" : *got + "\n" + *want)));
    }
}

void LangfuseShapesTest::anUpdateMayComeBeforeItsCreate()
{
    // Both name their trace: the batches may come in any order.
    std::vector<QJsonObject> creates;
    std::vector<QJsonObject> updates;
    for (const QJsonObject& row : scenario::rows()) {
        const auto events = scenario::ingestionEvents(row);
        creates.push_back(events[0]);
        updates.push_back(events[1]);
    }
    const auto batch = [](const std::vector<QJsonObject>& events) {
        return scenario::compact(QJsonObject{{QStringLiteral("batch"), scenario::arrayOf(events)}}).toStdString();
    };
    for (const bool updatesFirst : {true, false}) {
        const TemporaryWorkspace workspace;
        const auto first = workspace.write("1.json", batch(updatesFirst ? updates : creates));
        const auto second = workspace.write("2.json", batch(updatesFirst ? creates : updates));
        QVERIFY(workspace.import({first}));
        QVERIFY(workspace.import({second}));
        QCOMPARE(workspace.breakdown({Dimension::Feature, Dimension::Model}), scenario::byFeatureAndModel);
    }
}

void LangfuseShapesTest::totalsAreNoCalls_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("format");
    QTest::newRow("sessions") << QByteArray("[{\"id\":\"sess-9\",\"createdAt\":\"2026-08-20T10:00:00.120Z\","
                                            "\"userIds\":[\"user-42\"],\"countTraces\":1,\"sessionDuration\":4.3,"
                                            "\"inputTokens\":3038,\"outputTokens\":150,\"totalCost\":0.0004}]")
                              << "langfuse-sessions";
    QTest::newRow("manifest") << QByteArray("{\"version\":1,\"projectId\":\"p\",\"exportSource\":\"EVENTS\","
                                            "\"tables\":[\"scores\"],\"files\":[{\"key\":\"a.jsonl.gz\","
                                            "\"table\":\"scores\",\"rowCount\":0}]}")
                              << "langfuse-manifest";
    QTest::newRow("metrics") << QByteArray("{\"data\":[{\"providedModelName\":\"gpt-4o-mini\","
                                           "\"sum_totalCost\":12.5,\"sum_totalTokens\":\"8123456\"}]}")
                             << "langfuse-api";
    QTest::newRow("traces of old servers")
        << QByteArray("[{\"id\":\"t1\",\"timestamp\":\"2026-08-20T10:00:00.120Z\",\"name\":\"turn\","
                      "\"userId\":\"u\",\"sessionId\":null,\"bookmarked\":false,\"public\":false,"
                      "\"usage\":{\"promptTokens\":3038,\"completionTokens\":150,\"totalTokens\":3188},"
                      "\"totalCost\":0.0004}]")
        << "langfuse-traces";
}

void LangfuseShapesTest::totalsAreNoCalls()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, format);
    const TemporaryWorkspace workspace;
    const auto file = workspace.write("totals.json", bytes.toStdString());
    const auto previews = fileImportService()->preview({file}, StopToken());
    QVERIFY(previews);
    QCOMPARE(QString::fromStdString(previews->front().formatId), format);
    const auto report = workspace.import({file});
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QCOMPARE(report->calls, std::uint64_t{0});
    QCOMPARE(report->skippedRecords(), std::uint64_t{0});
    QCOMPARE(workspace.breakdown({Dimension::Model}), std::string());
    // Beside the story they change nothing.
    QVERIFY(workspace.import({workspace.write("o.jsonl", scenario::jsonl())}));
    QCOMPARE(workspace.breakdown({Dimension::Feature, Dimension::Model}), scenario::byFeatureAndModel);
}

void LangfuseShapesTest::scoresAreCountedOnceAndKept()
{
    const std::string scores =
        "[{\"id\":\"s1\",\"traceId\":\"t1\",\"observationId\":\"a4\",\"name\":\"helpful\",\"value\":1,"
        "\"dataType\":\"NUMERIC\",\"source\":\"API\",\"timestamp\":\"2026-08-20T11:00:00Z\"},"
        "{\"id\":\"s2\",\"traceId\":\"t1\",\"name\":\"tone\",\"stringValue\":\"kind\",\"value\":null,"
        "\"dataType\":\"CATEGORICAL\",\"source\":\"API\",\"timestamp\":\"2026-08-20T11:00:00Z\"}]";
    const TemporaryWorkspace workspace;
    const auto file = workspace.write("scores.json", scores);
    const auto report = workspace.import({file});
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QCOMPARE(report->formats, std::vector<std::string>{"Langfuse scores"});
    QCOMPARE(report->scores, std::uint64_t{2});
    QVERIFY(workspace.import({workspace.write("o.jsonl", scenario::jsonl())}));
    QVERIFY(workspace.import({file}));
    const auto queries = workspace.queries();
    QVERIFY(queries);
    QCOMPARE(queries->status(StopToken())->scores, std::int64_t{2});
    const auto total = queries->breakdown({}, StopToken())->total;
    // A score on one span speaks for the other calls of its trace as well.
    QCOMPARE(total.scoredCalls, std::int64_t{3});
    QCOMPARE(total.scoreSum, 3.0);
}

void LangfuseShapesTest::morePagesAreAnnounced()
{
    for (const scenario::Shape& shape : scenario::shapes()) {
        const bool hasMore = std::string_view(shape.title) == "API, second version";
        const TemporaryWorkspace workspace;
        const auto report = workspace.import({workspace.write(shape.name, shape.bytes)});
        QVERIFY(report);
        QVERIFY2(report->notes.empty() != hasMore, shape.title);
    }
}

void LangfuseShapesTest::aDownloadWithoutObservationsIsADownload_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("scores");
    const QByteArray trace = QByteArray::fromStdString(scenario::trace());
    const QByteArray score = "[{\"id\":\"s1\",\"traceId\":\"t1\",\"name\":\"helpful\",\"value\":1,"
                             "\"dataType\":\"NUMERIC\",\"source\":\"API\"}]";
    QTest::newRow("scores of the server's") << "{\"observations\":[],\"scores\":" + score + "}" << 1;
    QTest::newRow("trace alone") << "{\"trace\":" + trace + ",\"observations\":[],\"scores\":[]}" << 0;
    QTest::newRow("trace and scores") << "{\"observations\":[],\"scores\":" + score + ",\"trace\":" + trace + "}" << 1;
}

void LangfuseShapesTest::aDownloadWithoutObservationsIsADownload()
{
    // On one line it was taken for a line of JSON.
    QFETCH(QByteArray, bytes);
    QFETCH(int, scores);
    for (const QByteArray& shape : {bytes, QJsonDocument::fromJson(bytes).toJson()}) {
        const TemporaryWorkspace workspace;
        const auto report = workspace.import({workspace.write("t.json", shape.toStdString())});
        QVERIFY2(report, report ? "" : report.error().text().c_str());
        QCOMPARE(report->formats, std::vector<std::string>{"Langfuse trace download"});
        QCOMPARE(report->traces, std::uint64_t{bytes.contains("bookmarked") ? 1U : 0U});
        QCOMPARE(report->scores, static_cast<std::uint64_t>(scores));
        QCOMPARE(report->skippedRecords(), std::uint64_t{0});
        QVERIFY(workspace.import({workspace.write("o.jsonl", scenario::jsonl())}));
        QCOMPARE(byUser(workspace).starts_with("user-42, sess-9, r1: calls 3"), bytes.contains("bookmarked"));
    }
}

QTEST_GUILESS_MAIN(LangfuseShapesTest)
#include "langfuse_shapes_test.moc"
