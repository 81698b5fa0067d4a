// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/collecting.h"

#include <zstd.h>

using namespace plumbline;
using namespace plumbline::test;

namespace {

std::string zstdPacked(const std::string& text)
{
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
}

} // namespace

/// What a collector answers on a real socket, to friends and to others.
class ServerTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyProtocolIsAnsweredInItsOwnWords_data();
    void everyProtocolIsAnsweredInItsOwnWords();
    void aBadBodyIsARefusalAndNothingMore_data();
    void aBadBodyIsARefusalAndNothingMore();
    void whatIsHardlyJsonIsTaken();
    void onePartThatIsBadIsRejectedAlone();
    void runsPostedOneByOneFindTheirTrace();
    void aRunThatEndsAfterARestartFindsItsTrace();
    void aRunThatIsToldAfterItsChildFindsItsTrace();
    void eventsOfTheFirstClients();
    void oneConnectionTakesManyRequests();
    void whatIsNotHttpIsAnsweredAndClosed();

private:
    TemporaryWorkspace m_workspace;
    Collector m_collector{"a test"};
    HttpAnswer ask(std::string_view method, std::string_view target, const Headers& headers = {},
                   std::string_view body = {})
    {
        HttpClient client(portOf(m_collector));
        return client.request(method, target, headers, body);
    }
};

void ServerTest::initTestCase()
{
    QVERIFY(m_collector.start(m_workspace.path(), {.port = 0}));
}

void ServerTest::everyProtocolIsAnsweredInItsOwnWords_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("answer");
    const auto row = [](const char* method, const char* target, const char* type, QByteArray body, int status,
                        const char* answer) {
        QTest::addRow("%s %s %s %d", method, target, type, static_cast<int>(body.size()))
            << QString::fromLatin1(method) << QString::fromLatin1(target) << QString::fromLatin1(type) << body << status
            << QByteArray(answer);
    };
    const char* const asJson = "application/json";
    const char* const asProtobuf = "application/x-protobuf";
    row("POST", "/v1/traces", asJson, QByteArray(span.data(), span.size()), 200, "{}");
    row("POST", "/v1/traces", asProtobuf, {}, 200, "");
    row("POST", "/v1/traces", asJson, "{}", 200, "{}");
    row("POST", "/v1/metrics", asJson, R"({"resourceMetrics":[]})", 200, "{}");
    row("POST", "/v1/logs", asJson, R"({"resourceLogs":[]})", 200, "{}");
    row("POST", "/", asJson, R"({"resourceSpans":[]})", 200, "{}");
    row("POST", "/api/public/ingestion", asJson, R"({"batch":[]})", 207, R"({"successes":[],"errors":[]})");
    row("POST", "/api/public/ingestion", asJson,
        R"({"batch":[{"id":"e1","type":"trace-create","timestamp":"2026-11-01T00:00:00Z","body":{"id":"t"}},)"
        R"({"id":"e2","type":"sdk-log","timestamp":"2026-11-01T00:00:00Z","body":{"log":"x"}}]})",
        207, R"({"successes":[{"id":"e1","status":201}],"errors":[]})");
    row("GET", "/api/public/health", "", {}, 200, R"({"status":"OK","version":"3.0.0"})");
    row("GET", "/api/public/v2/prompts/p", "", {}, 404, R"({"detail":"Not Found"})");
    row("POST", "/api/public/media", asJson, R"({"sha256Hash":"ab+/cdefghijklmnopqrstuvwxyz"})", 201,
        R"({"mediaId":"ab-_cdefghijklmnopqrst","uploadUrl":null})");
    row("POST", "/runs/batch", asJson, R"({"post":[],"patch":[]})", 202, "{}");
    row("GET", "/sessions?name=x", "", {}, 404, R"({"detail":"Not Found"})");
    row("GET", "/v1/traces", "", {}, 405, R"({"detail":"this path does not take GET"})");
    row("GET", "/ok", "", {}, 200, R"({"status":"OK"})");
}

void ServerTest::everyProtocolIsAnsweredInItsOwnWords()
{
    QFETCH(QString, method);
    QFETCH(QString, target);
    QFETCH(QString, type);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QByteArray, answer);
    const HttpAnswer got =
        ask(method.toStdString(), target.toStdString(), {{"Content-Type", type.toStdString()}}, body.toStdString());
    QCOMPARE(got.status, status);
    QCOMPARE(QByteArray::fromStdString(got.body), answer);
    const bool isProtobuf = type.endsWith(QStringLiteral("protobuf"));
    QVERIFY(got.head.find(isProtobuf ? "application/x-protobuf" : "application/json") != std::string::npos);
}

void ServerTest::aBadBodyIsARefusalAndNothingMore_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char* claim, const char* target, const Headers& headers, const std::string& body,
                        int status) {
        QTest::newRow(claim) << QString::fromLatin1(target) << headers << QByteArray::fromStdString(body) << status;
    };
    const std::string bomb(std::size_t{200} << 20, ' ');
    const std::string packedBomb = gzipped(bomb), zstdBomb = zstdPacked(bomb);
    const std::string whole(span);
    std::string deep;
    for (int i = 0; i < 100'000; ++i)
        deep += "[";
    const std::string form = "--b\r\nContent-Disposition: form-data; name=\"post.1\"\r\n\r\n{}\r\n";
    const Headers multipart = {{"Content-Type", "multipart/form-data; boundary=b"}};
    row("spans that are no JSON", "/v1/traces", json, "{\"resourceSpans\":[", 400);
    row("spans that are an array", "/v1/traces", json, "[1]", 400);
    row("spans cut off", "/v1/traces", json, whole.substr(0, whole.size() / 2), 400);
    row("spans that are no protobuf", "/v1/traces", protobuf, "this is text", 400);
    row("spans of no type", "/v1/traces", {}, whole, 415);
    row("spans as text", "/v1/traces", {{"Content-Type", "text/plain"}}, whole, 415);
    row("deep spans", "/v1/traces", json, deep, 400);
    row("nothing as JSON", "/v1/traces", json, "", 400);
    row("packed otherwise", "/v1/traces", with(json, "Content-Encoding", "br"), whole, 415);
    row("not packed at all", "/v1/traces", with(json, "Content-Encoding", "gzip"), whole, 400);
    row("packed and cut off", "/v1/traces", with(json, "Content-Encoding", "gzip"), gzipped(whole).substr(0, 40), 400);
    row("a bomb in gzip", "/v1/traces", with(json, "Content-Encoding", "gzip"), packedBomb, 413);
    row("a bomb in zstd", "/runs/multipart", with(multipart, "Content-Encoding", "zstd"), zstdBomb, 413);
    row("a batch that is none", "/api/public/ingestion", json, "{\"batch\":{}}", 400);
    row("a batch that is no JSON", "/api/public/ingestion", json, "batch", 400);
    row("an event that is no JSON", "/api/public/spans", json, "}", 400);
    row("runs that are none", "/runs/batch", json, "{\"post\":[{\"a\":1}]}", 422);
    row("runs that are no JSON", "/runs/batch", json, "{", 422);
    row("an encoding in capitals, not packed at all", "/v1/traces", with(json, "Content-Encoding", "GZIP"), whole, 400);
    row("a generation that is no JSON", "/api/public/generations", json, "[", 400);
    row("a score that is no JSON", "/api/public/scores", json, "nothing", 400);
    row("spans of Langfuse cut off", "/api/public/otel/v1/traces", json, whole.substr(0, whole.size() / 2), 400);
    row("spans of LangSmith cut off", "/otel/v1/traces", json, whole.substr(0, whole.size() / 2), 400);
    row("a run without id", "/runs", json, "{\"name\":\"x\"}", 422);
    row("a run that is a number", "/runs", json, "7", 422);
    row("a form without boundary", "/runs/multipart", {{"Content-Type", "multipart/form-data"}}, form + "--b--", 422);
    row("a form cut off", "/runs/multipart", multipart, form, 422);
    row("a form of what is no run", "/runs/multipart", multipart,
        "--b\r\nContent-Disposition: form-data; name=\"post.1\"\r\n\r\nno run\r\n--b--\r\n", 422);
    row("feedback on nothing", "/feedback", json, "{\"key\":\"x\"}", 422);
    row("metrics that are no JSON", "/v1/metrics", json, "metrics", 400);
    row("logs that are no protobuf", "/v1/logs", protobuf, "\xff\xff\xff", 400);
}

void ServerTest::aBadBodyIsARefusalAndNothingMore()
{
    QFETCH(QString, target);
    QFETCH(Headers, headers);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    const std::uint64_t before = m_collector.status().rejected;
    const std::string answerBefore = m_workspace.breakdown({Dimension::Model});
    const HttpAnswer answer = ask("POST", target.toStdString(), headers, body.toStdString());
    QCOMPARE(answer.status, status);
    QVERIFY(!answer.body.empty());
    QCOMPARE(m_collector.status().rejected, before + 1);
    QVERIFY(!m_collector.status().lastError.empty());
    QCOMPARE(m_workspace.breakdown({Dimension::Model}), answerBefore);
    // And the next one is served.
    QCOMPARE(ask("POST", "/v1/traces", json, "{}").status, 200);
}

/// JavaScript cuts texts within a character, Python writes numbers that are none: nothing of it costs a batch.
void ServerTest::whatIsHardlyJsonIsTaken()
{
    const auto withName = [](const std::string& name, const char* id) {
        std::string text(span);
        text.replace(text.find("chat m"), 6, name);
        text.replace(text.find("0102030405060708\""), 16, id);
        return text;
    };
    const std::string before = m_workspace.breakdown({Dimension::Step});
    for (const auto& [name, id] :
         {std::pair(R"(cut \ud83d)", "0102030405060a01"), std::pair("cut \xf0\x9f", "0102030405060a02")}) {
        const HttpAnswer answer = ask("POST", "/v1/traces", json, withName(name, id));
        QCOMPARE(answer.status, 200);
        QVERIFY2(answer.body.find("partial") == std::string::npos, answer.body.c_str());
    }
    QVERIFY(before.find("cut") == std::string::npos);
    const std::string after = m_workspace.breakdown({Dimension::Step});
    QVERIFY2(after.find("cut \xEF\xBF\xBD: calls 1") != std::string::npos, after.c_str());
    const HttpAnswer events =
        ask("POST", "/api/public/ingestion", json,
            R"({"batch":[{"id":"n1","type":"span-create","timestamp":"2026-11-01T00:00:00Z","body":{"id":"s",)"
            R"("traceId":"nan","startTime":"2026-11-01T00:00:00Z","metadata":{"score":NaN}}}]})");
    QCOMPARE(events.status, 207);
    QVERIFY2(events.body.find(R"("errors":[])") != std::string::npos, events.body.c_str());
}

void ServerTest::onePartThatIsBadIsRejectedAlone()
{
    const std::string bad = R"({"spanId":"0102030405060709","name":"no trace","startTimeUnixNano":"1"})";
    std::string both(span);
    both.insert(both.find("{\"traceId\""), bad + ",");
    const HttpAnswer answer = ask("POST", "/v1/traces", json, both);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, std::string(R"({"partialSuccess":{"rejectedSpans":"1","errorMessage":"no trace id"}})"));
    const HttpAnswer events =
        ask("POST", "/api/public/ingestion", json,
            R"({"batch":[{"id":"e1","type":"trace-create","timestamp":"2026-11-01T00:00:00Z","body":{"id":"t"}},)"
            R"({"id":"e2","type":"span-create","timestamp":"2026-11-01T00:00:00Z","body":{"traceId":"t"}}]})");
    QCOMPARE(events.status, 207);
    QVERIFY(events.body.find(R"("errors":[{"id":"e2","status":400)") != std::string::npos);
    QVERIFY(events.body.find(R"("successes":[{"id":"e1","status":201}])") != std::string::npos);
}

void ServerTest::runsPostedOneByOneFindTheirTrace()
{
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0}));
    HttpClient client(portOf(collector));
    const auto ask = [&](const char* method, const char* target, const char* body) {
        return client.request(method, target, json, body).status;
    };
    QCOMPARE(ask("POST", "/runs",
                 R"({"id":"10000000-0000-4000-8000-000000000001","name":"answer","run_type":"chain",)"
                 R"("start_time":"2026-11-01T10:00:00Z","inputs":{}})"),
             202);
    QCOMPARE(ask("POST", "/runs",
                 R"({"id":"10000000-0000-4000-8000-000000000002","name":"ChatOpenAI","run_type":"llm",)"
                 R"("parent_run_id":"10000000-0000-4000-8000-000000000001","start_time":"2026-11-01T10:00:01Z",)"
                 R"("extra":{"metadata":{"ls_model_name":"gpt-4o-mini","ls_provider":"openai"}}})"),
             202);
    // Python's updates say null for what they do not say.
    QCOMPARE(ask("PATCH", "/api/v1/runs/10000000-0000-4000-8000-000000000002",
                 R"({"id":null,"trace_id":null,"name":null,"end_time":"2026-11-01T10:00:02Z","outputs":)"
                 R"({"usage_metadata":{"input_tokens":20,"output_tokens":4,"total_tokens":24}}})"),
             202);
    QCOMPARE(workspace.breakdown({Dimension::Feature, Dimension::Model}),
             std::string("answer, gpt-4o-mini: calls 1, input 20, read ?, output 4, cost 0.0000054\n"));
}

void ServerTest::aRunThatEndsAfterARestartFindsItsTrace()
{
    const TemporaryWorkspace workspace;
    const auto ask = [&](Collector& collector, const char* method, const char* target, const char* body) {
        return HttpClient(portOf(collector)).request(method, target, json, body).status;
    };
    {
        Collector collector("a test");
        QVERIFY(collector.start(workspace.path(), {.port = 0}));
        QCOMPARE(ask(collector, "POST", "/runs",
                     R"({"id":"10000000-0000-4000-8000-000000000001","name":"answer","run_type":"chain",)"
                     R"("start_time":"2026-11-01T10:00:00Z","inputs":{}})"),
                 202);
        QCOMPARE(ask(collector, "POST", "/runs",
                     R"({"id":"10000000-0000-4000-8000-000000000002","name":"ChatOpenAI","run_type":"llm",)"
                     R"("parent_run_id":"10000000-0000-4000-8000-000000000001","start_time":"2026-11-01T10:00:01Z",)"
                     R"("extra":{"metadata":{"ls_model_name":"gpt-4o-mini","ls_provider":"openai"}}})"),
                 202);
    }
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0}));
    QCOMPARE(ask(collector, "PATCH", "/runs/10000000-0000-4000-8000-000000000002",
                 R"({"end_time":"2026-11-01T10:00:02Z","outputs":)"
                 R"({"usage_metadata":{"input_tokens":20,"output_tokens":4,"total_tokens":24}}})"),
             202);
    // LangChain's root repeats the tokens of the calls below it: it is no call, whichever post comes last.
    QCOMPARE(ask(collector, "PATCH", "/runs/10000000-0000-4000-8000-000000000001",
                 R"({"end_time":"2026-11-01T10:00:05Z","outputs":)"
                 R"({"usage_metadata":{"input_tokens":40,"output_tokens":8,"total_tokens":48}}})"),
             202);
    // A step below one that came before, told for the first time.
    QCOMPARE(ask(collector, "POST", "/runs",
                 R"({"id":"10000000-0000-4000-8000-000000000003","name":"ChatOpenAI","run_type":"llm",)"
                 R"("parent_run_id":"10000000-0000-4000-8000-000000000001","start_time":"2026-11-01T10:00:03Z",)"
                 R"("end_time":"2026-11-01T10:00:04Z",)"
                 R"("extra":{"metadata":{"ls_model_name":"gpt-4o-mini","ls_provider":"openai"}},"outputs":)"
                 R"({"usage_metadata":{"input_tokens":20,"output_tokens":4,"total_tokens":24}}})"),
             202);
    QCOMPARE(QString::fromStdString(workspace.breakdown({Dimension::Feature})),
             QStringLiteral("answer: calls 2, input 40, read ?, output 8, cost 0.0000108\n"));
    const auto calls = workspace.queries()->calls({}, CallOrder::Newest, 10, StopToken());
    for (const CallRow& call : calls->rows)
        QCOMPARE(call.traceId, std::string("10000000-0000-4000-8000-000000000001"));
}

void ServerTest::aRunThatIsToldAfterItsChildFindsItsTrace()
{
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0}));
    const auto post = [&](const char* body) {
        return HttpClient(portOf(collector)).request("POST", "/runs", json, body).status;
    };
    QCOMPARE(post(R"({"id":"20000000-0000-4000-8000-000000000001","name":"answer","run_type":"chain",)"
                  R"("start_time":"2026-11-01T10:00:00Z","inputs":{}})"),
             202);
    QCOMPARE(post(R"({"id":"20000000-0000-4000-8000-000000000003","name":"lookup","run_type":"tool",)"
                  R"("parent_run_id":"20000000-0000-4000-8000-000000000002","start_time":"2026-11-01T10:00:02Z",)"
                  R"("end_time":"2026-11-01T10:00:03Z"})"),
             202);
    QCOMPARE(post(R"({"id":"20000000-0000-4000-8000-000000000002","name":"ChatOpenAI","run_type":"llm",)"
                  R"("parent_run_id":"20000000-0000-4000-8000-000000000001","start_time":"2026-11-01T10:00:01Z",)"
                  R"("end_time":"2026-11-01T10:00:04Z",)"
                  R"("extra":{"metadata":{"ls_model_name":"gpt-4o-mini","ls_provider":"openai"}},"outputs":)"
                  R"({"usage_metadata":{"input_tokens":20,"output_tokens":4,"total_tokens":24}}})"),
             202);
    const auto calls = workspace.queries()->calls({}, CallOrder::Newest, 10, StopToken());
    QCOMPARE(calls->rows.size(), std::size_t{1});
    QCOMPARE(calls->rows[0].traceId, std::string("20000000-0000-4000-8000-000000000001"));
}

void ServerTest::eventsOfTheFirstClients()
{
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0}));
    HttpClient client(portOf(collector));
    QCOMPARE(client.request("POST", "/api/public/traces", json, R"({"id":"t","name":"faq"})").body,
             std::string(R"({"id":"t"})"));
    QCOMPARE(client
                 .request("POST", "/api/public/generations", json,
                          R"({"id":"g","traceId":"t","model":"gpt-4o-mini","startTime":"2026-11-01T10:00:00Z",)"
                          R"("prompt":"hello"})")
                 .status,
             200);
    QCOMPARE(client
                 .request("PATCH", "/api/public/generations", json,
                          R"({"generationId":"g","completion":"hi","endTime":"2026-11-01T10:00:01Z",)"
                          R"("usage":{"promptTokens":7,"completionTokens":2}})")
                 .status,
             200);
    QCOMPARE(workspace.breakdown({Dimension::Feature, Dimension::Model}),
             std::string("faq, gpt-4o-mini: calls 1, input 7, read ?, output 2, cost 0.00000225\n"));
    // A create and its update are one span.
    QCOMPARE(*workspace.queries()->spanCount(StopToken()), std::int64_t{1});
}

void ServerTest::oneConnectionTakesManyRequests()
{
    HttpClient client(portOf(m_collector));
    for (int i = 0; i < 50; ++i)
        QCOMPARE(client.request(i % 2 ? "GET" : "POST", i % 2 ? "/ok" : "/v1/traces", json, i % 2 ? "" : "{}").status,
                 200);
    // All at once, answered in their order.
    std::string many;
    for (int i = 0; i < 20; ++i)
        many += std::string("GET ") + (i % 2 ? "/ok" : "/nothing") + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    QVERIFY(client.send(many));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(client.answer().status, i % 2 ? 200 : 404);
    // Who asks first whether to send is told so.
    QVERIFY(client.send("POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
    QCOMPARE(client.answer().status, 100);
    QVERIFY(client.send("{}"));
    QCOMPARE(client.answer().status, 200);
    QVERIFY(client.send("HEAD /ok HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    QVERIFY(client.isClosedWithin(5'000));
}

void ServerTest::whatIsNotHttpIsAnsweredAndClosed()
{
    const std::string tooLong = "GET /" + std::string(100'000, 'a') + " HTTP/1.1\r\n\r\n";
    const std::pair<std::string, int> cases[] = {
        {"\x16\x03\x01\x02hello, TLS\r\n\r\n", 400},
        {"GET\r\n\r\n", 400},
        {tooLong, 431},
        {"POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", 400},
        {"GET /ok HTTP/1.1\r\nHost: localhost\r\nHost: rebound.example\r\n\r\n", 400},
        {"POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n", 413},
        {"POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
    };
    for (const auto& [bytes, status] : cases) {
        HttpClient client(portOf(m_collector));
        QVERIFY(client.send(bytes));
        QCOMPARE(client.answer().status, status);
        QVERIFY(client.isClosedWithin(5'000));
    }
}

QTEST_GUILESS_MAIN(ServerTest)
#include "server_test.moc"
