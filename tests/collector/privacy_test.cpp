// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/collecting.h"

using namespace plumbline;
using namespace plumbline::test;

/// Who is let in, and what of what they send is never written down.
class PrivacyTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void foreignPagesAndNamesAreTurnedAway();
    void aPageOfThisMachineMayAsk();
    void aTokenIsAskedForWhereOneIsSet();
    void otherMachinesNeedAToken();
    void credentialsAreNotKept();
    void keysAndAddressesAreNotKept();

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

void PrivacyTest::initTestCase()
{
    QVERIFY(m_collector.start(m_workspace.path(), {.port = 0}));
}

void PrivacyTest::foreignPagesAndNamesAreTurnedAway()
{
    const std::uint64_t before = m_collector.status().refused;
    const std::string answer = m_workspace.breakdown({Dimension::Model});
    std::string other(span);
    other.replace(other.find("gpt-4o-mini"), 11, "evil-model!");
    QCOMPARE(ask("POST", "/v1/traces", with(json, "Origin", "https://evil.example"), other).status, 403);
    QCOMPARE(ask("POST", "/v1/traces", with(json, "Host", "evil.example"), other).status, 403);
    QCOMPARE(ask("OPTIONS", "/v1/traces", {{"Origin", "https://evil.example"}}).status, 403);
    QCOMPARE(m_collector.status().refused, before + 3);
    QCOMPARE(m_workspace.breakdown({Dimension::Model}), answer);
}

void PrivacyTest::aPageOfThisMachineMayAsk()
{
    const HttpAnswer preflight =
        ask("OPTIONS", "/v1/traces",
            {{"Origin", "http://localhost:3000"}, {"Access-Control-Request-Headers", "content-type"}});
    QCOMPARE(preflight.status, 204);
    QVERIFY(preflight.head.find("Access-Control-Allow-Origin: http://localhost:3000\r\n") != std::string::npos);
    QVERIFY(preflight.head.find("Access-Control-Allow-Headers: content-type\r\n") != std::string::npos);
    const HttpAnswer answer = ask("POST", "/v1/traces", with(json, "Origin", "http://localhost:3000"), "{}");
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.head.find("Access-Control-Allow-Origin: http://localhost:3000\r\n") != std::string::npos);
}

void PrivacyTest::aTokenIsAskedForWhereOneIsSet()
{
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    QVERIFY(collector.start(workspace.path(), {.port = 0, .token = "t0ken"}));
    HttpClient client(portOf(collector));
    QCOMPARE(client.request("POST", "/v1/traces", with(json, "Authorization", "Bearer t0ken"), "{}").status, 200);
    QCOMPARE(client.request("GET", "/info", {{"X-API-Key", "t0ken"}}).status, 200);
    QCOMPARE(client.request("POST", "/v1/traces", json, "{}").status, 401);
}

void PrivacyTest::otherMachinesNeedAToken()
{
    const TemporaryWorkspace workspace;
    Collector collector("a test");
    const auto open = collector.start(workspace.path(), {.host = "0.0.0.0", .port = 0});
    QVERIFY(!open);
    QCOMPARE(open.error().kind, ErrorKind::Usage);
    QVERIFY(!std::filesystem::exists(workspace.path()));
    QVERIFY(collector.start(workspace.path(), {.host = "0.0.0.0", .port = 0, .token = "t"}));
    HttpClient client(portOf(collector));
    QCOMPARE(client.request("GET", "/ok", {{"Host", "collector.lan"}, {"X-API-Key", "t"}}).status, 200);
    Collector second("a test");
    const TemporaryWorkspace other;
    const auto taken = second.start(other.path(), {.port = static_cast<std::uint16_t>(portOf(collector))});
    QVERIFY(!taken);
    QCOMPARE(taken.error().kind, ErrorKind::Unreadable);
    const auto locked = second.start(workspace.path(), {.port = 0});
    QVERIFY(!locked);
    QCOMPARE(locked.error().kind, ErrorKind::Locked);
}

void PrivacyTest::credentialsAreNotKept()
{
    const TemporaryWorkspace workspace;
    {
        Collector collector("a test");
        QVERIFY(collector.start(workspace.path(), {.port = 0}));
        HttpClient client(portOf(collector));
        const Headers headers = {{"Content-Type", "application/json"},
                                 {"Authorization", "Bearer very-secret-token"},
                                 {"x-api-key", "very-secret-key"},
                                 {"x-langfuse-public-key", "very-secret-public"}};
        QCOMPARE(client.request("POST", "/v1/traces?token=very-secret-query", headers, span).status, 200);
    }
    QVERIFY(workspace.breakdown({Dimension::Model}).find("gpt-4o-mini") != std::string::npos);
    QVERIFY(bytesOf(workspace).find("very-secret") == std::string::npos);
}

void PrivacyTest::keysAndAddressesAreNotKept()
{
    std::string body(span);
    const std::string prompt =
        R"({"key":"gen_ai.input.messages","value":{"stringValue":"[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",)"
        R"(\"content\":\"write to grace@example.org with sk-abcdefghijklmnopqrstuv, order 77-1234\"}]}]"}},)"
        R"({"key":"user.id","value":{"stringValue":"grace@example.org"}},)";
    body.insert(body.find("{\"key\":"), prompt);
    const auto kept = [&](const Redaction& redaction) {
        const TemporaryWorkspace workspace;
        {
            Collector collector("a test");
            if (!collector.start(workspace.path(), {.port = 0, .privacy = Privacy::Bodies, .redaction = redaction}))
                return std::string("not started");
            HttpClient client(portOf(collector));
            client.request("POST", "/v1/traces", json, body);
        }
        return bytesOf(workspace);
    };
    const std::string all = kept({.keys = false, .emails = false});
    const std::string redacted = kept({.patterns = {"[0-9]{2}-[0-9]{4}"}});
    for (const char* secret : {"grace@example.org", "sk-abcdefghijklmnopqrstuv", "77-1234"}) {
        QVERIFY2(all.find(secret) != std::string::npos, secret); // or nothing is tested here
        QVERIFY2(redacted.find(secret) == std::string::npos, secret);
    }
    QVERIFY(redacted.find("[email ") != std::string::npos);
}

QTEST_GUILESS_MAIN(PrivacyTest)
#include "privacy_test.moc"
