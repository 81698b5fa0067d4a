// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/collecting.h"

#include <QElapsedTimer>

using namespace plumbline;
using namespace plumbline::test;

/// Requests that go on to a vendor as well: the vendor here is another collector.
class ForwardTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsTakenGoesOnAsItCame();
    void anAddressThatIsDownDelaysAndFailsNothing();
    void whatIsAskedToComeAgainIsNotSentOn();
    void theVendorIsCalledByItsNameAndPort();
    void addressesThatAreNone_data();
    void addressesThatAreNone();
};

void ForwardTest::whatIsTakenGoesOnAsItCame()
{
    const TemporaryWorkspace here, there;
    Collector vendor("the vendor");
    QVERIFY(vendor.start(there.path(), {.port = 0, .token = "vendor-key"}));
    Collector collector("a test");
    QVERIFY(collector.start(here.path(), {.port = 0, .forward = vendor.status().address + "/base/"}));
    HttpClient client(portOf(collector));
    const Headers headers = with(json, "Authorization", "Bearer vendor-key");
    const std::string packed = gzipped(std::string(span));
    QCOMPARE(client.request("POST", "/v1/traces", with(headers, "Content-Encoding", "gzip"), packed).status, 200);
    QCOMPARE(client
                 .requestInChunks("POST", "/api/public/ingestion", headers,
                                  R"({"batch":[{"id":"e","type":"trace-create","timestamp":"2026-11-01T00:00:00Z",)"
                                  R"("body":{"id":"0102030405060708090a0b0c0d0e0f10","name":"faq"}}]})")
                 .status,
             207);
    // Reading what is there is nothing to send on.
    QCOMPARE(client.request("GET", "/ok", headers).status, 200);
    QTRY_COMPARE(collector.status().forwarded, std::uint64_t{2});
    QCOMPARE(vendor.status().posts, std::uint64_t{2});
    QCOMPARE(vendor.status().refused, std::uint64_t{0});
    const std::string answer = here.breakdown({Dimension::Feature, Dimension::Model});
    QVERIFY(answer.starts_with("faq, gpt-4o-mini: calls 1"));
    QCOMPARE(there.breakdown({Dimension::Feature, Dimension::Model}), answer);
}

void ForwardTest::anAddressThatIsDownDelaysAndFailsNothing()
{
    unsigned port = 0;
    {
        const TemporaryWorkspace nothing;
        Collector gone("gone");
        QVERIFY(gone.start(nothing.path(), {.port = 0}));
        port = portOf(gone);
    }
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0, .forward = "http://127.0.0.1:" + std::to_string(port)}));
    HttpClient client(portOf(collector));
    for (int i = 0; i < 20; ++i) {
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(client.request("POST", "/v1/traces", json, span).status, 200);
        QVERIFY(clock.elapsed() < 2'000);
    }
    collector.stop();
    QCOMPARE(collector.status().posts, std::uint64_t{20});
    QCOMPARE(collector.status().forwarded, std::uint64_t{0});
    QCOMPARE(collector.status().notForwarded, std::uint64_t{20});
    QVERIFY(collector.status().lastError.find("not sent on to 127.0.0.1") != std::string::npos);
}

void ForwardTest::whatIsAskedToComeAgainIsNotSentOn()
{
    const TemporaryWorkspace here, there;
    Collector vendor("the vendor");
    QVERIFY(vendor.start(there.path(), {.port = 0}));
    Collector collector("a test");
    QVERIFY(collector.start(here.path(), {.port = 0, .forward = vendor.status().address}));
    HttpClient client(portOf(collector));
    QCOMPARE(client.request("POST", "/v1/traces", json, span).status, 200);
    {
        const auto way = collector.giveWay(here.path());
        QCOMPARE(client.request("POST", "/v1/traces", json, span).status, 503);
    }
    // What makes no sense here may make sense there.
    QCOMPARE(client.request("POST", "/v1/traces", json, "{").status, 400);
    QTRY_COMPARE(collector.status().forwarded + collector.status().notForwarded, std::uint64_t{2});
    QCOMPARE(vendor.status().posts, std::uint64_t{2});
}

void ForwardTest::theVendorIsCalledByItsNameAndPort()
{
    sockaddr_in address{.sin_family = AF_INET, .sin_port = 0, .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    socklen_t size = sizeof address;
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    QCOMPARE(bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
    QCOMPARE(listen(listener, 4), 0);
    QCOMPARE(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
    const std::string name = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0, .forward = "http://" + name}));
    HttpClient client(portOf(collector));
    QCOMPARE(client.request("POST", "/v1/traces", json, span).status, 200);
    pollfd waiting{.fd = listener, .events = POLLIN, .revents = 0};
    QCOMPARE(poll(&waiting, 1, 15'000), 1);
    const int vendor = accept(listener, nullptr, nullptr);
    std::string head(4096, '\0');
    head.resize(static_cast<std::size_t>(std::max<ssize_t>(0, recv(vendor, head.data(), head.size(), 0))));
    close(vendor);
    close(listener);
    QVERIFY2(head.find("\r\nHost: " + name + "\r\n") != std::string::npos, head.c_str());
}

void ForwardTest::addressesThatAreNone_data()
{
    QTest::addColumn<QString>("url");
    for (const char* url :
         {"cloud.langfuse.com", "ftp://x", "http://", "http://x:port", "https://u@x", "http://x/?a=b"})
        QTest::newRow(url) << QString::fromLatin1(url);
}

void ForwardTest::addressesThatAreNone()
{
    QFETCH(QString, url);
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    const auto started = collector.start(workspace.path(), {.port = 0, .forward = url.toStdString()});
    QVERIFY(!started);
    QCOMPARE(started.error().kind, ErrorKind::Usage);
    QVERIFY(!collector.status().isRunning);
}

QTEST_GUILESS_MAIN(ForwardTest)
#include "forward_test.moc"
