// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/collecting.h"
#include "support/collector_process.h"

#include <atomic>
#include <csignal>
#include <thread>

#include <sys/resource.h>

#include "model/store/database.h"
#include "model/store/recorder_lock.h"

using namespace plumbline;
using namespace plumbline::test;

namespace {

/// One call of its own: user `u<number>`, in a trace that several calls share.
std::string callNumber(int number)
{
    std::string text(span);
    const auto put = [&](std::string_view what, const std::string& by) {
        text.replace(text.find(what), what.size(), by);
    };
    char id[17], trace[33];
    std::snprintf(id, sizeof id, "%016x", number + 1);
    std::snprintf(trace, sizeof trace, "%032x", number / 3 + 1);
    put("0102030405060708090a0b0c0d0e0f10", trace);
    put("0102030405060708\"", std::string(id) + "\"");
    put("{\"key\":\"gen_ai.operation.name\"", "{\"key\":\"user.id\",\"value\":{\"stringValue\":\"u" +
                                                  std::to_string(number) + "\"}},{\"key\":\"gen_ai.operation.name\"");
    return text;
}

/// Posts until it is told that the call is taken.
void postUntilTaken(unsigned port, const std::string& body, const std::atomic<bool>& isOver)
{
    while (!isOver) {
        HttpClient client(port);
        if (client.isOpen() && client.request("POST", "/v1/traces", json, body).status == 200)
            return;
        std::this_thread::yield();
    }
}

QString row(int number)
{
    return QStringLiteral("u%1: calls 1, input 10, read ?, output 5, cost 0.0000045").arg(number);
}

} // namespace

/// What was answered with success is there, whatever happens to the process, the disk or the file.
class DurabilityTest : public QObject
{
    Q_OBJECT

private slots:
    void killedUnderLoadNothingTakenIsLostAndNothingIsDoubled();
    void stoppedUnderLoadNothingTakenIsLost();
    void aFullDiskIsComeAgainAndThenGoesOn();
    void aLockedWorkspaceIsComeAgainAndThenGoesOn();
    void whatComesIsAnalysedMeanwhile();
    void aWorkspaceThatIsTakenAwayIsMadeAnew();
    void anImportOfThisProcessHasTheWorkspaceMeanwhile();
    void aCollectorThatStartsMeanwhileWaitsItsTurn();
    void whoAsksForTheWayAgainAndAgainDoesNotStarveTheCollector();
};

void DurabilityTest::killedUnderLoadNothingTakenIsLostAndNothingIsDoubled()
{
    constexpr int kills = 20;
    constexpr int clients = 6;
    const TemporaryWorkspace workspace;
    auto collector = std::make_unique<CollectorProcess>();
    QVERIFY(collector->start(workspace.path()));
    const unsigned port = collector->port();

    std::atomic<bool> isOver = false;
    std::atomic<int> next = 0, taken = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < clients; ++i)
        threads.emplace_back([&] {
            while (!isOver) {
                const int number = next++;
                // Begun calls are finished: some were recorded before the kill, and their answer lost.
                postUntilTaken(port, callNumber(number), std::atomic<bool>(false));
                ++taken;
            }
        });
    int takenBefore = 0;
    for (int i = 0; i < kills; ++i) {
        // Let some be taken, then kill in the midst of what follows.
        QTRY_VERIFY_WITH_TIMEOUT(taken > takenBefore + 10 + i, 30'000);
        collector->kill();
        takenBefore = taken;
        collector = std::make_unique<CollectorProcess>();
        QVERIFY(collector->start(workspace.path(), port));
    }
    isOver = true;
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(collector->stop(), 0);
    const QStringList rows =
        QString::fromStdString(workspace.breakdown({Dimension::User})).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(rows.size(), static_cast<qsizetype>(next));
    for (int number = 0; number < next; ++number)
        QVERIFY2(rows.contains(row(number)), qPrintable(row(number)));
}

void DurabilityTest::stoppedUnderLoadNothingTakenIsLost()
{
    const TemporaryWorkspace workspace;
    auto collector = std::make_unique<Collector>("a test");
    QVERIFY(collector->start(workspace.path(), {.port = 0}));
    const unsigned port = portOf(*collector);
    std::vector<std::vector<int>> taken(4);
    std::vector<std::thread> threads;
    std::atomic<int> all = 0;
    for (std::size_t client = 0; client < taken.size(); ++client)
        threads.emplace_back([&, client] {
            for (int i = 0;; ++i) {
                const int number = static_cast<int>(client) * 100'000 + i;
                HttpClient connection(port);
                if (!connection.isOpen() ||
                    connection.request("POST", "/v1/traces", json, callNumber(number)).status != 200)
                    return;
                taken[client].push_back(number);
                ++all;
            }
        });
    QTRY_VERIFY_WITH_TIMEOUT(all > 100, 30'000);
    collector.reset();
    for (std::thread& thread : threads)
        thread.join();
    const QStringList rows = QString::fromStdString(workspace.breakdown({Dimension::User})).split('\n');
    for (const std::vector<int>& numbers : taken)
        for (const int number : numbers)
            QVERIFY2(rows.contains(row(number)), qPrintable(row(number)));
}

void DurabilityTest::aFullDiskIsComeAgainAndThenGoesOn()
{
    const TemporaryWorkspace workspace;
    CollectorProcess collector;
    // No file may grow beyond some megabytes: what writes then see is what a full disk shows them.
    QVERIFY(collector.start(workspace.path(), 0, [] { std::signal(SIGXFSZ, SIG_IGN); }));
    HttpClient client(collector.port());
    QCOMPARE(client.request("POST", "/v1/traces", json, callNumber(0)).status, 200);
    const auto setLimit = [&](rlim_t bytes) {
        const rlimit limit{bytes, RLIM_INFINITY};
        return prlimit(static_cast<pid_t>(collector.pid()), RLIMIT_FSIZE, &limit, nullptr) == 0;
    };
    QVERIFY(setLimit(rlim_t{64} << 10));
    int number = 1;
    HttpAnswer full;
    for (; number < 200 && full.status != 503; ++number)
        full = client.request("POST", "/v1/traces", json, callNumber(number));
    QCOMPARE(full.status, 503);
    QVERIFY(full.head.find("Retry-After: 1\r\n") != std::string::npos);
    QVERIFY(setLimit(RLIM_INFINITY));
    QCOMPARE(client.request("POST", "/v1/traces", json, callNumber(number - 1)).status, 200);
    QCOMPARE(collector.stop(), 0);
    const QStringList rows =
        QString::fromStdString(workspace.breakdown({Dimension::User})).split('\n', Qt::SkipEmptyParts);
    QCOMPARE(rows.size(), static_cast<qsizetype>(number));
}

void DurabilityTest::aLockedWorkspaceIsComeAgainAndThenGoesOn()
{
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0}));
    HttpClient client(portOf(collector));
    QCOMPARE(client.request("POST", "/v1/traces", json, callNumber(0)).status, 200);
    {
        const auto database = store::Database::open(workspace.path(), store::OpenMode::ReadWrite);
        QVERIFY(database);
        QVERIFY(database->execute("BEGIN IMMEDIATE"));
        const HttpAnswer answer = client.request("POST", "/v1/traces", json, callNumber(1));
        QCOMPARE(answer.status, 503);
        QVERIFY(answer.head.find("Retry-After: 1\r\n") != std::string::npos);
    }
    QCOMPARE(client.request("POST", "/v1/traces", json, callNumber(1)).status, 200);
    QCOMPARE(QString::fromStdString(workspace.breakdown({Dimension::User})), row(0) + '\n' + row(1) + '\n');
    QCOMPARE(collector.status().turnedAway, std::uint64_t{1});
}

void DurabilityTest::whatComesIsAnalysedMeanwhile()
{
    const TemporaryWorkspace workspace;
    CollectorProcess collector;
    QVERIFY(collector.start(workspace.path(), 0, {}, {"--analyse"}));
    HttpClient client(collector.port());
    const auto waiting = [&] {
        const auto queries = workspace.queries();
        const auto answer = queries->breakdown({.wantsLedger = true}, StopToken());
        return std::pair(answer->total.calls, answer->totalLedger->callsWaiting);
    };
    const auto all = [](std::int64_t calls) { return std::pair(calls, std::int64_t{0}); };
    for (int number = 0; number < 3; ++number)
        QCOMPARE(client.request("POST", "/v1/traces", json, callNumber(number)).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), all(3), 60'000);
    // And what comes later.
    QCOMPARE(client.request("POST", "/v1/traces", json, callNumber(3)).status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(waiting(), all(4), 60'000);
    QCOMPARE(collector.stop(), 0);
}

void DurabilityTest::aWorkspaceThatIsTakenAwayIsMadeAnew()
{
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0}));
    HttpClient client(portOf(collector));
    QCOMPARE(client.request("POST", "/v1/traces", json, callNumber(0)).status, 200);
    std::filesystem::rename(workspace.path(), workspace.folder() / "kept.plumb");
    QCOMPARE(client.request("POST", "/v1/traces", json, callNumber(1)).status, 200);
    QCOMPARE(QString::fromStdString(workspace.breakdown({Dimension::User})), row(1) + '\n');
}

void DurabilityTest::anImportOfThisProcessHasTheWorkspaceMeanwhile()
{
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0}));
    HttpClient client(portOf(collector));
    QCOMPARE(client.request("POST", "/v1/traces", json, callNumber(0)).status, 200);
    const auto file = workspace.write("more.json", callNumber(1) + "\n");
    // Without a way it is locked, as for everybody.
    const auto refused = workspace.import({file});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Locked);
    std::thread waiting;
    std::atomic<int> status = 0;
    {
        const auto way = collector.giveWay(workspace.path());
        waiting = std::thread([&] {
            HttpClient other(portOf(collector));
            status = other.request("POST", "/v1/traces", json, callNumber(2)).status;
        });
        QVERIFY(workspace.import({file}));
        QCOMPARE(status.load(), 0); // it waits: nothing is lost, nothing is refused
    }
    waiting.join();
    QCOMPARE(status.load(), 200);
    QCOMPARE(QString::fromStdString(workspace.breakdown({Dimension::User})),
             row(0) + '\n' + row(1) + '\n' + row(2) + '\n');
}

void DurabilityTest::aCollectorThatStartsMeanwhileWaitsItsTurn()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("one.json", callNumber(0) + "\n")}));
    Collector collector("a test");
    std::thread waiting;
    std::atomic<int> status = 0;
    {
        const auto way = collector.giveWay(workspace.path());
        const auto lock = store::RecorderLock::acquire(workspace.path(), "an analysis");
        QVERIFY(lock);
        const auto started = collector.start(workspace.path(), {.port = 0});
        QVERIFY2(started, started ? "" : started.error().text().c_str());
        waiting = std::thread([&] {
            HttpClient client(portOf(collector));
            status = client.request("POST", "/v1/traces", json, callNumber(1)).status;
        });
        // Asked for a second time, by another spelling, as it has been given already.
        const auto again = collector.giveWay(workspace.path().parent_path() / "." / workspace.path().filename());
        QCOMPARE(status.load(), 0);
    }
    waiting.join();
    QCOMPARE(status.load(), 200);
    QCOMPARE(QString::fromStdString(workspace.breakdown({Dimension::User})), row(0) + '\n' + row(1) + '\n');
}

void DurabilityTest::whoAsksForTheWayAgainAndAgainDoesNotStarveTheCollector()
{
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0}));
    std::atomic<int> answered = 0;
    constexpr int posts = 20;
    std::thread sending([&] {
        HttpClient client(portOf(collector));
        for (int i = 0; i < posts; ++i)
            if (client.request("POST", "/v1/traces", json, callNumber(i)).status == 200)
                ++answered;
            else
                break;
    });
    QElapsedTimer clock;
    clock.start();
    while (answered < posts && clock.elapsed() < 60'000)
        const auto way = collector.giveWay(workspace.path());
    sending.join();
    QCOMPARE(answered.load(), posts);
}

QTEST_GUILESS_MAIN(DurabilityTest)
#include "durability_test.moc"
