// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/collecting.h"
#include "support/collector_process.h"
#include "support/sanitized.h"

#include <QElapsedTimer>

#include <sys/resource.h>

#include "importers/collector/server.h"

using namespace plumbline;
using namespace plumbline::test;
using namespace std::chrono_literals;

namespace {

std::size_t raisedDescriptors()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

/// A server that takes everything at once, with limits a test can wait for.
struct ShortServer
{
    collector::Tally tally;
    std::unique_ptr<collector::Server> server;

    explicit ShortServer(const collector::Server::Limits& limits)
    {
        auto listening = collector::Server::listen(
            {.host = "127.0.0.1", .port = 0, .limits = limits}, tally,
            {.record =
                 [](collector::Post&&, collector::Destination&&, const collector::Server::Done& done) {
                     done({.status = 200, .body = "{}"});
                     return true;
                 },
             .forward = {}});
        if (listening)
            server = *std::move(listening);
    }
};

} // namespace

/// Clients that take more than their share: time, connections, memory.
class LimitsTest : public QObject
{
    Q_OBJECT

private slots:
    void slowClientsAreGoneInTimeAndOthersAreServed();
    void tenThousandIdleClientsCostLittle();
    void moreConnectionsThanAllowedAreToldSo();
    void bombsLeaveNoMemoryBehind();
    void bodiesTogetherAreBounded();
    void noRouteTakesMoreThanItsFill();
};

void LimitsTest::slowClientsAreGoneInTimeAndOthersAreServed()
{
    ShortServer slow({.headTime = 300ms, .bodyTime = 400ms, .idleTime = 500ms});
    QVERIFY(slow.server);
    std::vector<HttpClient> heads, bodies, silent;
    for (int i = 0; i < 100; ++i) {
        heads.emplace_back(slow.server->port());
        QVERIFY(heads.back().send("POST /v1/traces HTTP/1.1\r\nHo"));
        bodies.emplace_back(slow.server->port());
        QVERIFY(bodies.back().send("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{"));
        silent.emplace_back(slow.server->port());
    }
    // A byte now and then does not buy more time.
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < 2'000) {
        for (int i = 0; i < 100; ++i) {
            (void)heads[static_cast<std::size_t>(i)].send("s");
            (void)bodies[static_cast<std::size_t>(i)].send(" ");
        }
        HttpClient friendly(slow.server->port());
        QElapsedTimer wait;
        wait.start();
        QCOMPARE(friendly.request("POST", "/v1/traces", json, "{}").status, 200);
        QVERIFY2(wait.elapsed() < 1'000, qPrintable(QString::number(wait.elapsed())));
    }
    for (HttpClient& client : heads)
        QVERIFY(client.isClosedWithin(4'000));
    for (HttpClient& client : bodies) { // told why, and then closed
        QCOMPARE(client.answer(4'000).status, 408);
        QVERIFY(client.isClosedWithin(4'000));
    }
    for (HttpClient& client : silent)
        QVERIFY(client.isClosedWithin(4'000));
}

void LimitsTest::tenThousandIdleClientsCostLittle()
{
    constexpr std::size_t wanted = 10'000;
    if (raisedDescriptors() < wanted + 200)
        QSKIP("this system does not let one process have so many connections");
    const TemporaryWorkspace workspace;
    CollectorProcess collector;
    QVERIFY(collector.start(workspace.path()));
    HttpClient friendly(collector.port());
    QCOMPARE(friendly.request("POST", "/v1/traces", json, span).status, 200);
    const long before = collector.memory("VmRSS");
    std::vector<HttpClient> idle;
    for (std::size_t i = 0; i < wanted; ++i) {
        idle.emplace_back(collector.port());
        QVERIFY(idle.back().isOpen());
        // Half of them have asked something already.
        if (i % 2)
            QCOMPARE(idle.back().request("GET", "/ok").status, 200);
    }
    QCOMPARE(friendly.request("POST", "/v1/traces", json, span).status, 200);
    const long more = collector.memory("VmRSS") - before;
    QVERIFY2(isSanitized || more < 80'000, qPrintable(QStringLiteral("%1 KB more").arg(more)));
    idle.clear();
    QCOMPARE(friendly.request("POST", "/v1/traces", json, span).status, 200);
    QCOMPARE(collector.stop(), 0);
}

void LimitsTest::moreConnectionsThanAllowedAreToldSo()
{
    ShortServer small({.connections = 5});
    QVERIFY(small.server);
    std::vector<HttpClient> clients;
    for (int i = 0; i < 5; ++i) {
        clients.emplace_back(small.server->port());
        QCOMPARE(clients.back().request("GET", "/ok").status, 200);
    }
    HttpClient late(small.server->port());
    const HttpAnswer answer = late.answer();
    QCOMPARE(answer.status, 503);
    // Langfuse's client comes again only if it can read the refusal as JSON.
    QCOMPARE(answer.body, std::string("{\"message\":\"too many connections\"}"));
    QVERIFY(answer.head.find("Retry-After: 1\r\n") != std::string::npos);
    clients.clear();
    QTRY_COMPARE(HttpClient(small.server->port()).request("GET", "/ok").status, 200);
}

void LimitsTest::bombsLeaveNoMemoryBehind()
{
    const TemporaryWorkspace workspace;
    CollectorProcess collector;
    QVERIFY(collector.start(workspace.path()));
    HttpClient client(collector.port());
    // A gigabyte of blanks in a megabyte.
    const std::string bomb = gzipped(std::string(std::size_t{1} << 30, ' '));
    QVERIFY(bomb.size() < (std::size_t{2} << 20));
    QCOMPARE(client.request("POST", "/v1/traces", json, span).status, 200);
    const long before = collector.memory("VmRSS");
    for (int i = 0; i < 5; ++i)
        QCOMPARE(client.request("POST", "/v1/traces", with(json, "Content-Encoding", "gzip"), bomb).status, 413);
    const long more = collector.memory("VmRSS") - before;
    QVERIFY2(isSanitized || more < 30'000, qPrintable(QStringLiteral("%1 KB more").arg(more)));
    const long peak = collector.memory("VmHWM");
    QVERIFY2(isSanitized || peak < 150'000, qPrintable(QStringLiteral("%1 KB at most").arg(peak)));
}

void LimitsTest::bodiesTogetherAreBounded()
{
    ShortServer small({.bodyBytes = std::size_t{1} << 20, .allBodiesBytes = std::size_t{3} << 20, .bodyTime = 5'000ms});
    QVERIFY(small.server);
    const std::string head = "POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n";
    const std::string most(999'999, ' ');
    std::vector<HttpClient> clients;
    int turnedAway = 0;
    for (int i = 0; i < 6; ++i) {
        clients.emplace_back(small.server->port());
        (void)clients.back().send(head);
        (void)clients.back().send(most);
        turnedAway += clients.back().answer(500).status == 429;
    }
    QVERIFY2(turnedAway >= 2, qPrintable(QString::number(turnedAway)));
    // Those that were let in end well.
    QVERIFY(clients[0].send(" "));
    QCOMPARE(clients[0].answer().status, 200);
    QVERIFY(small.tally.status().turnedAway >= 2);
    QCOMPARE(HttpClient(small.server->port())
                 .request("POST", "/v1/traces", json, std::string(std::size_t{2} << 20, ' '))
                 .status,
             413);
}

/// Said beforehand, and as it comes.
void LimitsTest::noRouteTakesMoreThanItsFill()
{
    ShortServer small({.bodyBytes = std::size_t{1} << 20, .bodyTime = 5'000ms});
    QVERIFY(small.server);
    const std::string most(std::size_t{2} << 20, ' ');
    for (const auto& [method, target] :
         std::vector<std::pair<const char*, const char*>>{{"POST", "/v1/traces"},
                                                          {"POST", "/v1/logs"},
                                                          {"POST", "/v1/metrics"},
                                                          {"POST", "/any/base"},
                                                          {"POST", "/api/public/ingestion"},
                                                          {"POST", "/api/public/otel/v1/traces"},
                                                          {"POST", "/api/public/media"},
                                                          {"POST", "/api/public/traces"},
                                                          {"POST", "/api/public/scores"},
                                                          {"POST", "/runs"},
                                                          {"PATCH", "/runs/6f2c6a52-3a1c-4c1b-9a8e-0d5b7c1e2f30"},
                                                          {"POST", "/runs/batch"},
                                                          {"POST", "/runs/multipart"},
                                                          {"POST", "/feedback"},
                                                          {"POST", "/otel/v1/traces"}}) {
        QVERIFY2(HttpClient(small.server->port()).request(method, target, json, most).status == 413, target);
        QVERIFY2(HttpClient(small.server->port()).requestInChunks(method, target, json, most, 65'536).status == 413,
                 target);
    }
    QCOMPARE(HttpClient(small.server->port()).request("POST", "/v1/traces", json, "{}").status, 200);
}

QTEST_GUILESS_MAIN(LimitsTest)
#include "limits_test.moc"
