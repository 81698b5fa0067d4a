// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <random>

#include <zlib.h>
#include <zstd.h>

#include "importers/detect.h"
#include "importers/format.h"
#include "model/record/recorder.h"
#include "support/langfuse_scenario.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;
namespace scenario = plumbline::test::scenario;

namespace {

std::string answerOf(const TemporaryWorkspace& workspace)
{
    return workspace.breakdown({Dimension::Feature, Dimension::Model});
}

std::string gzipped(const std::string& text)
{
    z_stream stream = {};
    deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string zstdPacked(const std::string& text)
{
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
}

/// The story as a table: every cell quoted, dates with quotes of their own, as the exporter writes them; before
/// v3.157 every string like that.
std::string csv(bool allStringsQuoted)
{
    const QStringList columns = {"id",        "traceId", "startTime", "endTime",  "parentObservationId", "type",
                                 "name",      "level",   "metadata",  "model",    "usageDetails",        "costDetails",
                                 "totalCost", "input",   "output",    "updatedAt"};
    const auto cell = [](QString text) { return '"' + text.replace('"', QStringLiteral("\"\"")) + '"'; };
    QStringList header;
    for (const QString& column : columns)
        header.append(cell(column));
    QString table = header.join(',') + '\n';
    for (const std::string& row : scenario::observations()) {
        const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(row)).object();
        QStringList cells;
        for (const QString& column : columns) {
            const QJsonValue value = object.value(column);
            QString text;
            if (value.isString()) {
                text = value.toString();
                if (allStringsQuoted || column.endsWith(QStringLiteral("Time")) ||
                    column == QStringLiteral("updatedAt"))
                    text = '"' + text + '"';
            } else if (value.isObject()) {
                text = QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
            } else if (value.isArray()) {
                text = QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
            } else if (value.isDouble()) {
                text = QString::number(value.toDouble(), 'g', 17);
            } else if (allStringsQuoted) {
                text = QStringLiteral("\"\"");
            }
            cells.append(cell(text));
        }
        table += cells.join(',') + '\n';
    }
    return table.toStdString();
}

class MemorySink : public RecordSink
{
public:
    std::vector<std::string> spans;
    int skipped = 0;

    Result<> add(const ObservedSpan& span) override
    {
        std::string text(span.spanId);
        text += " " + std::string(span.name) + " " + std::string(span.model);
        for (const auto& [name, tokens] : span.reportedUsage)
            text += " " + std::string(name) + "=" + std::to_string(tokens);
        for (const ObservedBlock& block : span.blocks)
            text += " [" + std::string(block.text) + "]";
        spans.push_back(std::move(text));
        return {};
    }
    Result<> add(const ObservedTrace&) override { return {}; }
    Result<> add(const ObservedBillLine&) override { return {}; }
    Result<> add(const ObservedScore&) override { return {}; }
    void skip(std::string_view) override { ++skipped; }
    void note(std::string_view) override {}
};

/// Reads a file into memory as far as it goes.
std::vector<std::string> spansIn(const std::filesystem::path& path)
{
    MemorySink sink;
    auto file = RecognisedFile::open(path, {});
    if (!file)
        return {};
    const auto reader = file->format().reader();
    json::Parser parser;
    for (;;) {
        const auto found = file->next();
        if (!found || !*found)
            return sink.spans;
        if (!(*found)->record)
            continue;
        if (const auto value = parser.parse((*found)->record->text))
            (void)reader->read(*(*found)->record, *value, sink);
    }
}

} // namespace

class LangfuseImportTest : public QObject
{
    Q_OBJECT

private slots:
    void everyShapeOfOneStoryGivesOneBreakdown_data();
    void everyShapeOfOneStoryGivesOneBreakdown();
    void importingTwiceChangesNothing();
    void filesInAnyOrderAndOverlappingGiveTheSameAnswer();
    void splitAtAnyRecordGivesTheSameAnswer();
    void aTracesExportCompletesObservationsInAnyOrder();
    void noTruncationGivesHalfARecord_data();
    void noTruncationGivesHalfARecord();
    void aTruncatedFileIsImportedAsFarAsItGoesAndSaysSo();
    void badRecordsAreCountedWithReasonAndPosition();
    void badFilesAreRefusedWithTheirReason_data();
    void badFilesAreRefusedWithTheirReason();
    void unknownUsageIsNotZero();
    void metadataPrivacyKeepsNoBlocksAndDigestsNoBodies();
    void removingASourceKeepsWhatAnotherBrought();
    void cancelLeavesNothingVisible();
};

void LangfuseImportTest::everyShapeOfOneStoryGivesOneBreakdown_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* title, const std::string& bytes, const char* name) {
        QTest::newRow(title) << QByteArray::fromStdString(bytes) << name;
    };
    const std::string array = scenario::array();
    row("JSON lines", scenario::jsonl(), "a.jsonl");
    row("array", array, "a.json");
    row("pretty array", QJsonDocument::fromJson(QByteArray::fromStdString(array)).toJson().toStdString(), "a.json");
    row("API page", "{\"data\":" + array + ",\"meta\":{\"page\":1,\"limit\":50}}", "page.json");
    row("trace download", "{\"trace\":" + scenario::trace() + ",\"observations\":" + array + "}", "trace.json");
    row("server download", "{\"observations\":" + array + ",\"scores\":[]}", "trace.json");
    row("CSV", csv(false), "a.csv");
    row("CSV of old servers", csv(true), "a.csv");
    row("gzip", gzipped(scenario::jsonl()), "a.jsonl.gz");
    row("two gzip members", gzipped(scenario::jsonl()) + gzipped(scenario::jsonl()), "a.jsonl.gz");
    row("zstd", zstdPacked(array), "a.json.zst");
    row("BOM", "\xef\xbb\xbf" + scenario::jsonl(), "a.jsonl");
    std::string windows;
    for (const std::string& line : scenario::observations())
        windows += line + "\r\n";
    row("CRLF", windows, "a.jsonl");
}

void LangfuseImportTest::everyShapeOfOneStoryGivesOneBreakdown()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, name);
    const TemporaryWorkspace workspace;
    const auto report = workspace.import({workspace.write(name.toStdString(), bytes.toStdString())});
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QVERIFY(report->skipped.empty());
    QCOMPARE(answerOf(workspace), scenario::byFeatureAndModel);
}

void LangfuseImportTest::importingTwiceChangesNothing()
{
    const TemporaryWorkspace workspace;
    const auto file = workspace.write("a.jsonl", scenario::jsonl());
    QVERIFY(workspace.import({file}));
    const auto again = workspace.import({file});
    QVERIFY(again);
    QCOMPARE(again->duplicates, std::uint64_t{5});
    QCOMPARE(again->spans, std::uint64_t{0});
    QCOMPARE(answerOf(workspace), scenario::byFeatureAndModel);
}

void LangfuseImportTest::filesInAnyOrderAndOverlappingGiveTheSameAnswer()
{
    std::vector<int> order = {0, 1, 2};
    do {
        const TemporaryWorkspace workspace;
        const auto rows = scenario::observations();
        const std::filesystem::path files[] = {
            workspace.write("a.jsonl", rows[0] + "\n" + rows[3] + "\n" + rows[4] + "\n"),
            workspace.write("b.csv", csv(false)), workspace.write("c.json", "[" + rows[2] + "," + rows[1] + "]")};
        for (const int index : order)
            QVERIFY(workspace.import({files[index]}));
        QCOMPARE(answerOf(workspace), scenario::byFeatureAndModel);
    } while (std::next_permutation(order.begin(), order.end()));
}

void LangfuseImportTest::splitAtAnyRecordGivesTheSameAnswer()
{
    const auto rows = scenario::observations();
    for (std::size_t cut = 1; cut < rows.size(); ++cut) {
        const TemporaryWorkspace workspace;
        std::string first;
        std::string second;
        for (std::size_t i = 0; i < rows.size(); ++i)
            (i < cut ? first : second) += rows[i] + "\n";
        // The later half first: children come before their parents.
        QVERIFY(workspace.import({workspace.write("second.jsonl", second)}));
        QVERIFY(workspace.import({workspace.write("first.jsonl", first)}));
        QCOMPARE(answerOf(workspace), scenario::byFeatureAndModel);
    }
}

void LangfuseImportTest::aTracesExportCompletesObservationsInAnyOrder()
{
    for (const bool tracesFirst : {true, false}) {
        const TemporaryWorkspace workspace;
        const auto observations = workspace.write("o.jsonl", scenario::jsonl());
        const auto traces = workspace.write("t.json", "[" + scenario::trace() + "]");
        QVERIFY(workspace.import({tracesFirst ? traces : observations}));
        QVERIFY(workspace.import({tracesFirst ? observations : traces}));
        QCOMPARE(workspace.breakdown({Dimension::User, Dimension::Session, Dimension::Release}),
                 std::string("user-42, sess-9, r1: calls 3, input 3038, read 1024, output 150, cost 0.00046396\n"));
        QCOMPARE(answerOf(workspace), scenario::byFeatureAndModel);
    }
}

void LangfuseImportTest::noTruncationGivesHalfARecord_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("lines") << QByteArray::fromStdString(scenario::jsonl());
    QTest::newRow("array") << QByteArray::fromStdString(scenario::array());
    QTest::newRow("download") << QByteArray::fromStdString("{\"trace\":" + scenario::trace() +
                                                           ",\"observations\":" + scenario::array() + "}");
    QTest::newRow("table") << QByteArray::fromStdString(csv(false));
    QTest::newRow("gzip") << QByteArray::fromStdString(gzipped(scenario::jsonl()));
}

void LangfuseImportTest::noTruncationGivesHalfARecord()
{
    QFETCH(QByteArray, bytes);
    const TemporaryWorkspace workspace;
    const std::vector<std::string> whole = spansIn(workspace.write("whole", bytes.toStdString()));
    QCOMPARE(whole.size(), std::size_t{5});
    for (qsizetype size = 0; size < bytes.size(); ++size) {
        const std::vector<std::string> part = spansIn(workspace.write("part", bytes.left(size).toStdString()));
        QVERIFY(part.size() <= whole.size());
        QVERIFY2(std::equal(part.begin(), part.end(), whole.begin()), qPrintable(QString::number(size)));
    }
}

void LangfuseImportTest::aTruncatedFileIsImportedAsFarAsItGoesAndSaysSo()
{
    const TemporaryWorkspace workspace;
    const std::string text = scenario::array();
    const auto report = workspace.import({workspace.write("cut.json", text.substr(0, text.size() - 100))});
    QVERIFY(report);
    QCOMPARE(report->spans, std::uint64_t{4});
    QCOMPARE(report->notes, std::vector<std::string>{
                                "cut.json, record 5: the file ends in the middle; what came before it is imported"});
}

void LangfuseImportTest::badRecordsAreCountedWithReasonAndPosition()
{
    const TemporaryWorkspace workspace;
    const std::string text =
        scenario::jsonl() + "{\"id\":1\n" + "{\"hello\":\"world\"}\n[1,2]\n" + "{\"broken\": NaN}\n";
    const auto report = workspace.import({workspace.write("mixed.jsonl", text)});
    QVERIFY(report);
    QCOMPARE(report->records, std::uint64_t{9});
    QCOMPARE(report->skippedRecords(), std::uint64_t{4});
    QCOMPARE(report->skipped[0].firstRecord, std::uint64_t{6});
    QCOMPARE(report->skipped[0].firstFile, std::string("mixed.jsonl"));
    QCOMPARE(answerOf(workspace), scenario::byFeatureAndModel);
}

void LangfuseImportTest::badFilesAreRefusedWithTheirReason_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    QTest::newRow("empty") << QByteArray() << "an empty file";
    QTest::newRow("blanks") << QByteArray(" \n\n ") << "an empty file";
    QTest::newRow("binary") << QByteArray("\x7f"
                                          "ELF\0\0\0\0",
                                          8)
                            << "binary data, not text";
    QTest::newRow("UTF-16") << QByteArray("\xff\xfe[\0]\0", 6) << "UTF-16 text; save it as UTF-8";
    QTest::newRow("prose") << QByteArray("Dear customer") << "neither JSON nor a table with a header";
    QTest::newRow("other JSON") << QByteArray("[{\"a\":1}]")
                                << "no known format: neither trace ids with usage nor anything else Plumbline reads";
    QTest::newRow("no rows") << QByteArray("[]") << "an export without rows";
    QTest::newRow("deep") << QByteArray(100'000, '[') << "the file ends in the middle";
}

void LangfuseImportTest::badFilesAreRefusedWithTheirReason()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    const TemporaryWorkspace workspace;
    const auto report = workspace.import({workspace.write("bad.json", bytes.toStdString())});
    QVERIFY(!report);
    QCOMPARE(QString::fromStdString(report.error().reason), reason);
    QVERIFY(report.error().file.ends_with("bad.json"));
    QCOMPARE(answerOf(workspace), std::string());
}

void LangfuseImportTest::unknownUsageIsNotZero()
{
    const TemporaryWorkspace workspace;
    const std::string row =
        R"({"id":"x","traceId":"t","startTime":"2026-08-20T10:00:00Z","type":"GENERATION","model":"gpt-4o","usageDetails":{},"totalCost":0})";
    QVERIFY(workspace.import({workspace.write("a.jsonl", row + "\n")}));
    QCOMPARE(workspace.breakdown({Dimension::Model}),
             std::string("gpt-4o: calls 1, input ?, read ?, output ?, cost ?\n"));
}

void LangfuseImportTest::metadataPrivacyKeepsNoBlocksAndDigestsNoBodies()
{
    for (const Privacy privacy : {Privacy::Metadata, Privacy::Digests, Privacy::Bodies}) {
        const TemporaryWorkspace workspace;
        QVERIFY(workspace.import({workspace.write("a.jsonl", scenario::jsonl())}, privacy));
        const auto status = workspace.queries()->status(StopToken());
        QVERIFY(status);
        QCOMPARE(status->blocks > 0, privacy != Privacy::Metadata);
        QFile file(QString::fromStdString(workspace.path().string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        // Small bodies are packed but not scrambled by zstd: the words would be found.
        QCOMPARE(file.readAll().contains("Answer briefly."), privacy == Privacy::Bodies);
        QCOMPARE(answerOf(workspace), scenario::byFeatureAndModel);
    }
}

void LangfuseImportTest::removingASourceKeepsWhatAnotherBrought()
{
    const TemporaryWorkspace workspace;
    const auto rows = scenario::observations();
    QVERIFY(workspace.import({workspace.write("all.jsonl", scenario::jsonl())}));
    QVERIFY(workspace.import({workspace.write("some.jsonl", rows[0] + "\n" + rows[3] + "\n")}));
    {
        auto recorder = Recorder::open(workspace.path(), "test");
        QVERIFY(recorder);
        QVERIFY(recorder->removeImport(1, {}, StopToken()));
    }
    QCOMPARE(answerOf(workspace),
             std::string("support-chat, gpt-4o-mini: calls 1, input 1636, read 1024, output 96, cost 0.0002262\n"));
    QVERIFY(workspace.import({workspace.write("all.jsonl", scenario::jsonl())}));
    QCOMPARE(answerOf(workspace), scenario::byFeatureAndModel);
}

void LangfuseImportTest::cancelLeavesNothingVisible()
{
    const TemporaryWorkspace workspace;
    const StopToken stop;
    const auto file = workspace.write("a.jsonl", scenario::jsonl());
    const auto report = fileImportService()->import(
        workspace.path(), {.paths = {file}}, [&](const Progress&) { stop.requestStop(); }, stop);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Cancelled);
    QCOMPARE(answerOf(workspace), std::string());
    QVERIFY(workspace.import({file}));
    QCOMPARE(answerOf(workspace), scenario::byFeatureAndModel);
}

QTEST_GUILESS_MAIN(LangfuseImportTest)
#include "langfuse_import_test.moc"
