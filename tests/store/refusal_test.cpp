// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <atomic>
#include <thread>

#include "model/record/recorder.h"
#include "model/store/blocks.h"
#include "model/store/external_id.h"
#include "model/store/recorder_lock.h"
#include "support/langfuse_scenario.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;
namespace scenario = plumbline::test::scenario;

/// What is no workspace of ours is refused and left as it is; what is one says so.
class RefusalTest : public QObject
{
    Q_OBJECT

private slots:
    void olderWorkspacesAreBroughtUpToDate();
    void otherFilesAreRefusedUnchanged_data();
    void otherFilesAreRefusedUnchanged();
    void aNewerWorkspaceIsRefused();
    void aWorkspaceFromBeforeTheFirstReleaseIsRefused();
    void anEmptyFileIsNoWorkspaceUntilSomethingIsRecorded();
    void aSecondRecorderNamesTheFirst();
    void askingWhoRecordsKeepsNobodyFromRecording();
    void theFileSaysWhatItIs();
    void financeCanAskInSql();
    void viewsSayWhatQueriesSay();
    void idsComeBackAsTheyWere();
    void occurrencesComeBackAndTruncatedOnesDoNot();
};

namespace {

QByteArray bytesOf(const std::filesystem::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

void RefusalTest::olderWorkspacesAreBroughtUpToDate()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", scenario::jsonl())}));
    const std::string before = workspace.breakdown({Dimension::Feature});
    // As the version before wrote it.
    QVERIFY(store::Database::open(workspace.path(), store::OpenMode::ReadWrite)
                ->execute("DROP VIEW waste_by_feature; DROP TRIGGER block_gone; DROP TABLE call_analysis; DROP TABLE "
                          "stale_scope; DROP TABLE text_facts; DROP TABLE token_weights; DROP TABLE finding; DROP "
                          "TABLE finding_note; DROP TABLE daily_waste; DROP TABLE scenario; DROP TABLE cost_centre; "
                          "DROP TABLE budget; DROP TABLE exchange_rate; DROP TABLE closed_month; DROP TABLE "
                          "report_definition; DROP TABLE block_text; DROP TRIGGER block_text_gone; "
                          "DROP TABLE saved_filter; DROP TABLE annotation; DROP TABLE feature_owner; "
                          "DROP TABLE unit_cost_target; DROP TABLE change_note; "
                          "DROP INDEX bill_line_statement; ALTER TABLE bill_line DROP COLUMN statement; "
                          "ALTER TABLE bill_line DROP COLUMN file; PRAGMA user_version = 2"));
    {
        // Not while somebody records into it.
        const auto lock = store::RecorderLock::acquire(workspace.path(), "an import");
        QVERIFY(lock);
        QCOMPARE(workspace.queries().error().kind, ErrorKind::Locked);
    }
    QCOMPARE(workspace.breakdown({Dimension::Feature}), before);
    const auto database = store::Database::open(workspace.path(), store::OpenMode::ReadOnly);
    QVERIFY(*database->integer("SELECT count(*) FROM stale_scope") > 0);
}

void RefusalTest::otherFilesAreRefusedUnchanged_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("text") << QString();
    QTest::newRow("another program's SQLite") << QStringLiteral("CREATE TABLE a(b); INSERT INTO a VALUES(1);");
}

void RefusalTest::otherFilesAreRefusedUnchanged()
{
    QFETCH(QString, sql);
    const TemporaryWorkspace workspace;
    if (sql.isEmpty())
        workspace.write("test.plumb", "Dear diary");
    else
        QVERIFY(store::Database::open(workspace.path(), store::OpenMode::Create)->execute(sql.toStdString()));
    const QByteArray before = bytesOf(workspace.path());
    const auto report = workspace.import({workspace.write("a.jsonl", scenario::jsonl())});
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Foreign);
    QCOMPARE(workspace.queries().error().kind, ErrorKind::Foreign);
    QCOMPARE(bytesOf(workspace.path()), before);
}

void RefusalTest::aNewerWorkspaceIsRefused()
{
    const TemporaryWorkspace workspace;
    const auto file = workspace.write("a.jsonl", scenario::jsonl());
    QVERIFY(workspace.import({file}));
    QVERIFY(store::Database::open(workspace.path(), store::OpenMode::ReadWrite)->execute("PRAGMA user_version = 99"));
    const QByteArray before = bytesOf(workspace.path());
    QCOMPARE(workspace.queries().error().kind, ErrorKind::Newer);
    QCOMPARE(workspace.import({file}).error().kind, ErrorKind::Newer);
    QCOMPARE(bytesOf(workspace.path()), before);
}

void RefusalTest::aWorkspaceFromBeforeTheFirstReleaseIsRefused()
{
    const TemporaryWorkspace workspace;
    const auto file = workspace.write("a.jsonl", scenario::jsonl());
    QVERIFY(workspace.import({file}));
    QVERIFY(store::Database::open(workspace.path(), store::OpenMode::ReadWrite)->execute("PRAGMA user_version = 1"));
    const QByteArray before = bytesOf(workspace.path());
    for (const Error& error : {workspace.queries().error(), workspace.import({file}).error()}) {
        QCOMPARE(error.kind, ErrorKind::Unsupported);
        QVERIFY(error.text().find("before its first release") != std::string::npos);
    }
    QCOMPARE(bytesOf(workspace.path()), before);
}

void RefusalTest::anEmptyFileIsNoWorkspaceUntilSomethingIsRecorded()
{
    const TemporaryWorkspace workspace;
    workspace.write("test.plumb", "");
    QCOMPARE(workspace.queries().error().kind, ErrorKind::Foreign);
    QCOMPARE(bytesOf(workspace.path()), QByteArray());
    QVERIFY(workspace.import({workspace.write("a.jsonl", scenario::jsonl())}));
    QVERIFY(workspace.queries());
}

void RefusalTest::askingWhoRecordsKeepsNobodyFromRecording()
{
    const TemporaryWorkspace workspace;
    QCOMPARE(store::RecorderLock::owner(workspace.path()), std::string());
    QVERIFY(store::RecorderLock::acquire(workspace.path(), "first"));
    std::atomic<bool> isDone = false;
    std::thread curious([&] {
        while (!isDone)
            (void)store::RecorderLock::owner(workspace.path());
    });
    int refused = 0;
    for (int i = 0; i < 2000; ++i)
        refused += !store::RecorderLock::acquire(workspace.path(), "import");
    isDone = true;
    curious.join();
    QCOMPARE(refused, 0);
    const auto lock = store::RecorderLock::acquire(workspace.path(), "plumbline import");
    QVERIFY(lock);
    QCOMPARE(store::RecorderLock::owner(workspace.path()),
             "plumbline import (process " + std::to_string(QCoreApplication::applicationPid()) + ")");
}

void RefusalTest::aSecondRecorderNamesTheFirst()
{
    const TemporaryWorkspace workspace;
    const auto first = Recorder::open(workspace.path(), "the first");
    QVERIFY(first);
    const auto second = workspace.import({workspace.write("a.jsonl", scenario::jsonl())});
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::Locked);
    QVERIFY(second.error().reason.find("the first (process ") != std::string::npos);
    // Readers go on.
    QVERIFY(workspace.queries());
}

void RefusalTest::theFileSaysWhatItIs()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", scenario::jsonl())}));
    QCOMPARE(bytesOf(workspace.path()).mid(68, 4), QByteArray("PLMB"));
}

void RefusalTest::financeCanAskInSql()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.jsonl", scenario::jsonl())}));
    const auto database = store::Database::open(workspace.path(), store::OpenMode::ReadOnly);
    QVERIFY(database);
    auto calls = database->prepare(
        "SELECT count(*), sum(input_tokens), round(sum(cost_usd), 12) FROM calls WHERE feature = 'support-chat'");
    QVERIFY(calls && *calls->next());
    QCOMPARE(calls->integer(0), std::int64_t{3});
    QCOMPARE(calls->integer(1), std::int64_t{3038});
    QCOMPARE(calls->real(2), 0.00046396);
    auto daily = database->prepare("SELECT day, sum(calls), round(sum(cost_usd), 12) FROM daily_spend GROUP BY day");
    QVERIFY(daily && *daily->next());
    QCOMPARE(daily->text(0), std::string_view("2026-08-20"));
    QCOMPARE(daily->integer(1), std::int64_t{3});
    QCOMPARE(daily->real(2), 0.00046396);
}

void RefusalTest::viewsSayWhatQueriesSay()
{
    // Every mixture of what is known and what is not.
    const TemporaryWorkspace workspace;
    std::string text;
    constexpr const char* parts[] = {"\"input\":1", "\"input_cached_tokens\":20", "\"output\":300",
                                     "\"output_reasoning_tokens\":4000", "\"input_cache_creation\":50000"};
    for (int known = 0; known < 32; ++known) {
        std::string usage;
        for (int part = 0; part < 5; ++part)
            if (known & 1 << part)
                usage += (usage.empty() ? "" : ",") + std::string(parts[part]);
        text += "{\"id\":\"s" + std::to_string(known) + "\",\"traceId\":\"t" + std::to_string(known) +
                "\",\"type\":\"GENERATION\",\"name\":\"n" + std::to_string(known) +
                "\",\"startTime\":\"2026-08-20T10:00:00Z\",\"usageDetails\":{" + usage + "}}\n";
    }
    QVERIFY(workspace.import({workspace.write("a.jsonl", text)}));
    const auto calls = workspace.queries()->calls({}, CallOrder::Newest, 100, StopToken());
    QVERIFY(calls);
    QCOMPARE(calls->rows.size(), std::size_t{32});
    const auto database = store::Database::open(workspace.path(), store::OpenMode::ReadOnly);
    QVERIFY(database);
    auto view = database->prepare("SELECT input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, "
                                  "reasoning_tokens FROM calls WHERE step = ?");
    QVERIFY(view);
    for (const CallRow& call : calls->rows) {
        QVERIFY(view->bind(call.step));
        QVERIFY(*view->next());
        QVERIFY(view->optionalInteger(0) == call.usage.input());
        QVERIFY(view->optionalInteger(1) == call.usage.cacheRead);
        QVERIFY(view->optionalInteger(2) == call.usage.cacheWrite());
        QVERIFY2(view->optionalInteger(3) == call.usage.output(), call.step.c_str());
        QVERIFY(view->optionalInteger(4) == call.usage.reasoning);
        view->reset();
    }
}

void RefusalTest::idsComeBackAsTheyWere()
{
    for (const char* id : {"7f3c9f0a1b2c4d5e8f90a1b2c3d4e5f6", "3d0f0c39-6d7a-4b0e-9a51-2f6b7c1d8e90",
                           "time-11-00-00-000000_msg_01", "ABCDEF01", "abc", "3D0F0C39-6D7A-4B0E-9A51-2F6B7C1D8E90",
                           "u", "h", "\xc3\xa4", "3d0f0c396-d7a-4b0e-9a51-2f6b7c1d8e90"})
        QCOMPARE(store::unpackedId(store::packedId(id)), std::string(id));
    QCOMPARE(store::packedId("7f3c9f0a1b2c4d5e8f90a1b2c3d4e5f6").size(), std::size_t{17});
    // The same bytes as hex and as a UUID are two ids.
    QVERIFY(store::packedId("3d0f0c396d7a4b0e9a512f6b7c1d8e90") !=
            store::packedId("3d0f0c39-6d7a-4b0e-9a51-2f6b7c1d8e90"));
}

void RefusalTest::occurrencesComeBackAndTruncatedOnesDoNot()
{
    const std::vector<store::BlockOccurrence> prompt = {{.block = 5},
                                                        {.block = 1'000'000, .message = 1},
                                                        {.block = 6, .message = 1},
                                                        {.block = 7, .message = 4, .documentRank = 300},
                                                        {.block = 8, .message = 0, .isOutput = true}};
    std::string bytes;
    store::appendOccurrences(bytes, prompt);
    QCOMPARE(*store::readOccurrences(bytes), prompt);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto part = store::readOccurrences(std::string_view(bytes).substr(0, size));
        QVERIFY(!part || std::equal(part->begin(), part->end(), prompt.begin()));
    }
}

QTEST_GUILESS_MAIN(RefusalTest)
#include "refusal_test.moc"
