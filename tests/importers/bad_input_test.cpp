// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <random>

#include <sys/stat.h>
#include <unistd.h>

#include "model/record/recorder.h"
#include "model/store/database.h"
#include "support/langfuse_shapes.h"
#include "support/memory_sink.h"

using namespace plumbline;
using plumbline::test::MemorySink;
using plumbline::test::TemporaryWorkspace;
namespace scenario = plumbline::test::scenario;

namespace {

/// A generation with what is to be tried in it: further members, each with a comma before it.
std::string generation(const std::string& id, const std::string& members)
{
    return "{\"id\":\"" + id +
           "\",\"traceId\":\"t\",\"type\":\"GENERATION\",\"name\":\"call\",\"startTime\":\"2026-08-20T10:00:00Z\","
           "\"model\":\"gpt-4o-mini\"" +
           members + "}";
}

std::string usage(const std::string& map)
{
    return ",\"usageDetails\":" + map;
}

std::string byModel(const TemporaryWorkspace& workspace)
{
    return workspace.breakdown({Dimension::Model});
}

} // namespace

/// Files that are not what they should be: taken as far as they make sense, and said what and where it was not.
class BadInputTest : public QObject
{
    Q_OBJECT

private slots:
    void strangeFiguresAreUnknown_data();
    void strangeFiguresAreUnknown();
    void strangeRecordsAreTakenOrCounted_data();
    void strangeRecordsAreTakenOrCounted();
    void theFirstBadRecordIsNamed();
    void badFilesBesideGoodOnesAreListed();
    void missingFilesAreNamed();
    void unreadableFilesAndFoldersAreNamed();
    void anUnknownFormatIsAUsageError();
    void aFolderIsWalkedWithoutItsHiddenFiles();
    void aBrokenPackedFileGivesWhatCameBefore();
    void aLineOf300MegabytesIsSkipped();
    void brokenWorkspacesAreRefusedUnchanged_data();
    void brokenWorkspacesAreRefusedUnchanged();
    void noChangedByteBreaksTheReaders();
};

void BadInputTest::strangeFiguresAreUnknown_data()
{
    QTest::addColumn<QString>("members");
    QTest::addColumn<QString>("figures"); // of the one call
    const auto row = [](const char* title, const std::string& members, const char* figures) {
        QTest::newRow(title) << QString::fromStdString(members) << QString::fromUtf8(figures);
    };
    row("negative", usage("{\"input\":-5,\"output\":7}"), "input ?, read ?, output 7, cost ?");
    row("as text", usage("{\"input\":\"100\",\"output\":\"10\"}"), "input 100, read ?, output 10, cost 0.000021");
    row("whole decimals", usage("{\"input\":100.0,\"output\":1e1}"), "input 100, read ?, output 10, cost 0.000021");
    row("fractions", usage("{\"input\":100.5,\"output\":10}"), "input ?, read ?, output 10, cost ?");
    row("beyond int64", usage("{\"input\":99999999999999999999,\"output\":10}"), "input ?, read ?, output 10, cost ?");
    row("beyond any call", usage("{\"input\":5000000000,\"output\":10}"), "input ?, read ?, output 10, cost ?");
    row("beyond a double", usage("{\"input\":1,\"output\":1}") + ",\"totalCost\":1e308",
        "input 1, read ?, output 1, cost 0.00000075");
    row("booleans and null", usage("{\"input\":true,\"output\":null,\"total\":false}"),
        "input ?, read ?, output ?, cost ?");
    row("a list", usage("[1,2]"), "input ?, read ?, output ?, cost ?");
    row("a word", usage("\"lots\""), "input ?, read ?, output ?, cost ?");
    row("a map in a string", usage("\"{\\\"input\\\":100,\\\"output\\\":10}\""),
        "input 100, read ?, output 10, cost 0.000021");
    row("the last of two keys holds", usage("{\"input\":1,\"output\":1}") + usage("{\"input\":100,\"output\":10}"),
        "input 100, read ?, output 10, cost 0.000021");
    row("the sentinel", usage("{}") + ",\"totalTokens\":-1,\"totalCost\":-1", "input ?, read ?, output ?, cost ?");
    row("characters are no tokens", ",\"usage\":{\"input\":500,\"output\":20,\"unit\":\"CHARACTERS\"}",
        "input ?, read ?, output ?, cost ?");
}

void BadInputTest::strangeFiguresAreUnknown()
{
    QFETCH(QString, members);
    QFETCH(QString, figures);
    const TemporaryWorkspace workspace;
    const auto report = workspace.import({workspace.write("a.jsonl", generation("g", members.toStdString()) + "\n")});
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QCOMPARE(QString::fromStdString(byModel(workspace)), "gpt-4o-mini: calls 1, " + figures + "\n");
}

void BadInputTest::strangeRecordsAreTakenOrCounted_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("isTaken");
    const auto row = [](const char* title, const std::string& line, bool isTaken) {
        QTest::newRow(title) << QByteArray::fromStdString(line) << isTaken;
    };
    row("NaN", generation("g", usage("{\"input\":NaN}")), true);
    row("Infinity", generation("g", ",\"totalCost\":Infinity"), true);
    row("single quotes", "{'id':'g'}", false);
    row("a comma too many", generation("g", ",\"tags\":[1,]"), false);
    row("not UTF-8", generation("g", ",\"userId\":\"\xff\xfe\""), true);
    row("a lone surrogate", generation("g", ",\"userId\":\"\\ud800\""), true);
    row("a control byte", generation("g", ",\"userId\":\"\x01\""), true);
    row("an escaped zero", generation("g", ",\"userId\":\"a\\u0000b\""), true);
    row("depth", generation("g", ",\"metadata\":" + std::string(5000, '[') + std::string(5000, ']')), false);
    row("depth in a string", generation("g", ",\"input\":\"" + std::string(100'000, '[') + "\""), true);
    row("depth that is allowed", generation("g", ",\"input\":" + std::string(900, '[') + std::string(900, ']')), true);
    row("a thousand keys of metadata",
        generation("g",
                   [] {
                       std::string members = ",\"metadata\":{\"k\":1";
                       for (int i = 0; i < 1000; ++i)
                           members += ",\"k" + std::to_string(i) + "\":" + std::to_string(i);
                       return members + "}";
                   }()),
        true);
    row("a megabyte of one name", generation("g", ",\"userId\":\"" + std::string(1 << 20, 'x') + "\""), true);
    row("no start", "{\"id\":\"g\",\"traceId\":\"t\",\"type\":\"GENERATION\",\"usageDetails\":{}}", false);
    row("an impossible start",
        "{\"id\":\"g\",\"traceId\":\"t\",\"type\":\"GENERATION\",\"startTime\":\"2026-02-30T00:00:00Z\"}", false);
    row("an empty trace id",
        "{\"id\":\"g\",\"traceId\":\"\",\"type\":\"GENERATION\",\"startTime\":\"2026-08-20T10:00:00Z\"}", false);
    row("ends before it starts", generation("g", ",\"endTime\":\"2026-08-19T10:00:00Z\""), true);
    row("its own parent", generation("g", ",\"parentObservationId\":\"g\""), true);
    row("a type of tomorrow", generation("g", usage("{\"input\":1,\"output\":1}") + ",\"type\":\"WORKFLOW\""), true);
    // Python writes integers of any length: the call is not lost for one of them.
    row("an integer of thirty digits",
        generation("g", ",\"input\":{\"n\":-123456789012345678901234567890,\"s\":\"\\\"9\"}"), true);
    row("a number beyond a double", generation("g", ",\"metadata\":{\"n\":1e400,\"m\":[1E+999]}"), true);
    row("a number that is none", generation("g", ",\"metadata\":{\"n\":012345678901234567890}"), false);
    row("a number cut short", generation("g", ",\"metadata\":{\"n\":1.,\"m\":123456789012345678901234567890}"), false);
    row("a list", "[1,2,3]", false);
    row("a number", "17", false);
    row("null", "null", false);
}

void BadInputTest::strangeRecordsAreTakenOrCounted()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, isTaken);
    const TemporaryWorkspace workspace;
    const std::string good = generation("first", usage("{\"input\":1,\"output\":1}"));
    const std::string last = generation("last", usage("{\"input\":1,\"output\":1}"));
    const auto report =
        workspace.import({workspace.write("a.jsonl", good + "\n" + line.toStdString() + "\n" + last + "\n")});
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QCOMPARE(report->records, std::uint64_t{3});
    QCOMPARE(report->spans, std::uint64_t{isTaken ? 3U : 2U});
    QCOMPARE(report->skippedRecords(), std::uint64_t{isTaken ? 0U : 1U});
    if (!isTaken) {
        QCOMPARE(report->skipped[0].firstRecord, std::uint64_t{2});
        QCOMPARE(report->skipped[0].firstFile, std::string("a.jsonl"));
        QVERIFY(!report->skipped[0].reason.empty());
    }
    const auto queries = workspace.queries();
    QVERIFY(queries);
    QCOMPARE(queries->breakdown({}, StopToken())->total.calls, std::int64_t{isTaken ? 3 : 2});
}

void BadInputTest::theFirstBadRecordIsNamed()
{
    const TemporaryWorkspace workspace;
    const auto report = workspace.import(
        {workspace.write("a.jsonl", scenario::jsonl()),
         workspace.write("b.jsonl", scenario::observations()[0] + "\n{\"x\":1}\n{\"x\":2}\n{broken\n")});
    QVERIFY(report);
    QCOMPARE(report->skipped.size(), std::size_t{2});
    QCOMPARE(report->skipped[0].count, std::uint64_t{2});
    QCOMPARE(report->skipped[0].firstFile, std::string("b.jsonl"));
    QCOMPARE(report->skipped[0].firstRecord, std::uint64_t{2});
    QCOMPARE(report->skipped[1].firstRecord, std::uint64_t{4});
}

void BadInputTest::badFilesBesideGoodOnesAreListed()
{
    const TemporaryWorkspace workspace;
    const auto report = workspace.import({workspace.write("bad.json", "Dear customer"),
                                          workspace.write("good.jsonl", scenario::jsonl()),
                                          workspace.write("other.json", "[{\"a\":1}]")});
    QVERIFY(report);
    QCOMPARE(report->files, std::uint64_t{1});
    QCOMPARE(report->failedFiles.size(), std::size_t{2});
    QVERIFY(report->failedFiles[0].file.ends_with("bad.json"));
    QCOMPARE(report->failedFiles[0].kind, ErrorKind::Malformed);
    QVERIFY(report->failedFiles[1].file.ends_with("other.json"));
    QCOMPARE(report->failedFiles[1].kind, ErrorKind::Unsupported);
    QCOMPARE(workspace.breakdown({Dimension::Feature, Dimension::Model}), scenario::byFeatureAndModel);
}

void BadInputTest::missingFilesAreNamed()
{
    const TemporaryWorkspace workspace;
    const auto report = workspace.import({workspace.folder() / "nowhere.json"});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::NotFound);
    QVERIFY(report.error().text().find("nowhere.json") != std::string::npos);
}

void BadInputTest::unreadableFilesAndFoldersAreNamed()
{
    if (geteuid() == 0)
        QSKIP("root may read everything");
    const TemporaryWorkspace workspace;
    const auto file = workspace.write("locked.json", scenario::jsonl());
    QCOMPARE(chmod(file.c_str(), 0), 0);
    const auto report = workspace.import({file});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Unreadable);
    QVERIFY(report.error().text().find("locked.json") != std::string::npos);
    const auto folder = workspace.folder() / "locked";
    std::filesystem::create_directory(folder);
    QCOMPARE(chmod(folder.c_str(), 0), 0);
    QCOMPARE(filesUnder({folder}).error().kind, ErrorKind::Unreadable);
    const auto inside = fileImportService()->import(
        folder / "a.plumb", {.paths = {workspace.write("a.jsonl", scenario::jsonl())}}, {}, StopToken());
    QVERIFY(!inside);
    QCOMPARE(chmod(folder.c_str(), 0700), 0);
}

void BadInputTest::anUnknownFormatIsAUsageError()
{
    const TemporaryWorkspace workspace;
    const auto report = fileImportService()->import(
        workspace.path(), {.paths = {workspace.write("a.jsonl", scenario::jsonl())}, .format = "lang-fuse"}, {},
        StopToken());
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Usage);
    QVERIFY(!std::filesystem::exists(workspace.path()));
}

void BadInputTest::aFolderIsWalkedWithoutItsHiddenFiles()
{
    const TemporaryWorkspace workspace;
    std::filesystem::create_directories(workspace.folder() / "in/deep");
    std::filesystem::create_directories(workspace.folder() / "in/.git");
    const auto rows = scenario::observations();
    workspace.write("in/b.jsonl", rows[0] + "\n" + rows[1] + "\n");
    workspace.write("in/deep/a.jsonl", rows[2] + "\n" + rows[3] + "\n" + rows[4] + "\n");
    workspace.write("in/.hidden", "nothing");
    workspace.write("in/.git/config", "nothing");
    const auto report = workspace.import({workspace.folder() / "in"});
    QVERIFY(report);
    QCOMPARE(report->files, std::uint64_t{2});
    QVERIFY(report->failedFiles.empty());
    QCOMPARE(workspace.breakdown({Dimension::Feature, Dimension::Model}), scenario::byFeatureAndModel);
    std::filesystem::create_directory(workspace.folder() / "empty");
    QCOMPARE(workspace.import({workspace.folder() / "empty"}).error().kind, ErrorKind::NotFound);
}

void BadInputTest::aBrokenPackedFileGivesWhatCameBefore()
{
    const TemporaryWorkspace workspace;
    for (const auto& [name, magic] : std::vector<std::pair<const char*, std::string>>{
             {"a.json.gz", "\x1f\x8b\x08"}, {"a.json.zst", "\x28\xb5\x2f\xfd"}}) {
        const auto report = workspace.import({workspace.write(name, magic + "no such bytes at all")});
        QVERIFY(!report);
        QCOMPARE(report.error().kind, ErrorKind::Malformed);
        QVERIFY(report.error().text().find(name) != std::string::npos);
    }
}

void BadInputTest::aLineOf300MegabytesIsSkipped()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("too large for a watched run");
#endif
    const TemporaryWorkspace workspace;
    const std::string good = generation("g", usage("{\"input\":100,\"output\":10}")) + "\n";
    const auto path = workspace.write("long.jsonl", good);
    {
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QIODevice::Append));
        file.write("{\"id\":\"");
        const QByteArray piece(1 << 20, 'x');
        for (int i = 0; i < 300; ++i)
            file.write(piece);
        file.write("\"}\n");
        file.write(QByteArray::fromStdString(generation("h", usage("{\"input\":100,\"output\":10}")) + "\n"));
    }
    const auto report = workspace.import({path});
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QCOMPARE(report->skippedRecords(), std::uint64_t{1});
    QCOMPARE(report->skipped[0].reason, std::string("a record of more than 256 MB"));
    QCOMPARE(report->skipped[0].firstRecord, std::uint64_t{2});
    QCOMPARE(byModel(workspace), std::string("gpt-4o-mini: calls 2, input 200, read ?, output 20, cost 0.000042\n"));
}

void BadInputTest::brokenWorkspacesAreRefusedUnchanged_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("kind");
    QTest::newRow("text") << QByteArray("Dear diary, today I wrote a file.\n") << static_cast<int>(ErrorKind::Foreign);
    QTest::newRow("half a header") << QByteArray("SQLite format 3\0", 16) << -1;
    QTest::newRow("zeros") << QByteArray(4096, '\0') << static_cast<int>(ErrorKind::Foreign);
    QByteArray damaged("SQLite format 3\0", 16);
    damaged.append(QByteArray(8176, '\x7f'));
    QTest::newRow("a damaged header") << damaged << -1;
}

void BadInputTest::brokenWorkspacesAreRefusedUnchanged()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, kind);
    const TemporaryWorkspace workspace;
    workspace.write("test.plumb", bytes.toStdString());
    const auto report = workspace.import({workspace.write("a.jsonl", scenario::jsonl())});
    QVERIFY(!report);
    if (kind >= 0)
        QCOMPARE(static_cast<int>(report.error().kind), kind);
    QVERIFY(!workspace.queries());
    QFile file(QString::fromStdString(workspace.path().string()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
}

void BadInputTest::noChangedByteBreaksTheReaders()
{
    std::mt19937 random(1);
    const TemporaryWorkspace workspace;
    constexpr std::string_view nasty = "\"{}[],:\\\n0-e.\xff";
    for (const scenario::Shape& shape : scenario::shapes()) {
        for (int round = 0; round < 150; ++round) {
            std::string bytes = shape.bytes;
            for (unsigned change = 0; change <= random() % 3; ++change) {
                const std::size_t at = random() % bytes.size();
                switch (random() % 3) {
                case 0:
                    bytes[at] = nasty[random() % nasty.size()];
                    break;
                case 1:
                    bytes.erase(at, 1 + random() % 20);
                    break;
                default:
                    bytes.insert(at, 1 + random() % 3, nasty[random() % nasty.size()]);
                }
            }
            const MemorySink sink = test::readIntoMemory(workspace.write("changed", bytes));
            QVERIFY(sink.spans <= 30);
        }
    }
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "bad_input_test.moc"
