// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "importers/collector/admission.h"
#include "importers/collector/answers.h"
#include "importers/collector/intake.h"
#include "importers/collector/redactor.h"
#include "importers/collector/routes.h"

using namespace plumbline;
using namespace plumbline::collector;

/// Where requests go, who is let in, what is taken out of texts: without a network.
class IntakeTest : public QObject
{
    Q_OBJECT

private slots:
    void routes_data();
    void routes();
    void admission_data();
    void admission();
    void redaction_data();
    void redaction();
    void equalTextsStayEqual();
    void redactionInJsonStaysJson();
    void keysBehindALineEndInJsonAreFound();
    void patternsThatAreNone();
    void redactionAsText();
    void refusalsOfUnwordlyEncodingsAreJson();
};

Q_DECLARE_METATYPE(Route)

void IntakeTest::routes_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<Route>("route");
    QTest::addColumn<QString>("argument");
    const auto row = [](const char* method, const char* path, Route route, const char* argument = "") {
        QTest::addRow("%s %s", method, path)
            << QString::fromLatin1(method) << QString::fromLatin1(path) << route << QString::fromLatin1(argument);
    };
    row("POST", "/v1/traces", Route::OtlpTraces);
    row("POST", "/any/base/v1/traces/", Route::OtlpTraces);
    row("POST", "/api/public/otel/v1/traces", Route::OtlpTraces);
    row("POST", "/otel/v1/traces", Route::OtlpTraces);
    row("POST", "/v1/logs", Route::OtlpLogs);
    row("POST", "/api/public/otel/v1/metrics", Route::OtlpMetrics);
    row("POST", "/", Route::OtlpAny);
    row("POST", "/otel", Route::OtlpAny);
    row("GET", "/v1/traces", Route::WrongMethod);
    row("POST", "/api/public/ingestion", Route::LangfuseIngestion);
    row("GET", "/api/public/projects", Route::LangfuseProjects);
    row("GET", "/api/public/health", Route::LangfuseHealth);
    row("POST", "/api/public/media", Route::LangfuseMedia);
    row("POST", "/api/public/generations", Route::LangfuseEvent, "generation-create");
    row("PATCH", "/api/public/generations", Route::LangfuseEvent, "generation-update");
    row("PATCH", "/api/public/traces", Route::Unknown);
    row("POST", "/api/public/scores", Route::LangfuseEvent, "score-create");
    row("GET", "/api/public/v2/prompts/x", Route::Unknown);
    row("GET", "/info", Route::LangSmithInfo);
    row("GET", "/api/v1/info", Route::LangSmithInfo);
    row("POST", "/runs", Route::LangSmithRun);
    row("PATCH", "/api/runs/0a1b", Route::LangSmithRun, "0a1b");
    row("POST", "/runs/batch", Route::LangSmithBatch);
    row("POST", "/api/v1/runs/multipart", Route::LangSmithMultipart);
    row("POST", "/feedback", Route::LangSmithFeedback);
    row("GET", "/ok", Route::Alive);
    row("POST", "/runs/query", Route::Unknown);
    row("GET", "/sessions", Route::Unknown);
    row("POST", "/../../etc/passwd", Route::Unknown);
}

void IntakeTest::routes()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QFETCH(QString, argument);
    const Destination destination = destinationOf(method.toStdString(), path.toStdString());
    QTEST(destination.route, "route");
    QCOMPARE(QString::fromStdString(destination.argument), argument);
}

void IntakeTest::admission_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("origin");
    QTest::addColumn<QString>("authorization");
    QTest::addColumn<QString>("apiKey");
    QTest::addColumn<int>("status"); // 0: let in
    const auto row = [](const char* claim, const char* token, const char* host, const char* origin,
                        const char* authorization, const char* apiKey, int status) {
        QTest::newRow(claim) << QString::fromLatin1(token) << QString::fromLatin1(host) << QString::fromLatin1(origin)
                             << QString::fromLatin1(authorization) << QString::fromLatin1(apiKey) << status;
    };
    row("by number", "", "127.0.0.1:4318", "", "", "", 0);
    row("by name", "", "LocalHost", "", "", "", 0);
    row("another number", "", "127.8.9.1:4318", "", "", "", 0);
    row("version 6", "", "[::1]:4318", "", "", "", 0);
    row("keys are nobody's business", "", "127.0.0.1", "", "Basic cGs6c2s=", "lsv2_x", 0);
    row("a name made to point here", "", "evil.example:4318", "", "", "", 403);
    row("a name that begins well", "", "127.0.0.1.evil.example", "", "", "", 403);
    row("localhost of somebody", "", "localhost.evil.example", "", "", "", 403);
    row("no host", "", "", "", "", "", 403);
    row("a port that is none", "", "localhost:evil", "", "", "", 403);
    row("a web page", "", "127.0.0.1:4318", "https://evil.example", "", "", 403);
    row("a page without a name", "", "127.0.0.1:4318", "null", "", "", 403);
    row("a page of this machine", "", "127.0.0.1:4318", "http://localhost:3000", "", "", 0);
    row("the token as bearer", "s3cret", "collector.lan", "", "Bearer s3cret", "", 0);
    row("the token as secret key", "s3cret", "collector.lan", "", "Basic cGs6czNjcmV0", "", 0);
    row("the token as api key", "s3cret", "collector.lan", "", "", "s3cret", 0);
    row("another token", "s3cret", "collector.lan", "", "Bearer s3crets", "", 401);
    row("half a token", "s3cret", "collector.lan", "", "Bearer s3c", "", 401);
    row("no token", "s3cret", "127.0.0.1", "", "", "", 401);
    row("a web page that knows the token", "s3cret", "collector.lan", "https://evil.example", "Bearer s3cret", "", 403);
}

void IntakeTest::admission()
{
    QFETCH(QString, token);
    QFETCH(QString, host);
    QFETCH(QString, origin);
    QFETCH(QString, authorization);
    QFETCH(QString, apiKey);
    QFETCH(int, status);
    const std::string texts[] = {host.toStdString(), origin.toStdString(), authorization.toStdString(),
                                 apiKey.toStdString()};
    const auto refusal =
        Admission(token.toStdString())
            .refusalOf({.host = texts[0], .origin = texts[1], .authorization = texts[2], .apiKey = texts[3]});
    QCOMPARE(refusal ? static_cast<int>(refusal->status) : 0, status);
}

namespace {

std::string word(std::string_view text)
{
    return std::to_string(text.size());
}

std::string redacted(std::string_view text, const Redaction& redaction = {})
{
    const auto redactor = Redactor::compile(redaction);
    std::string result;
    return redactor && redactor->redact(text, word, result) ? result : std::string(text);
}

} // namespace

void IntakeTest::redaction_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* text, const char* expected) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(expected);
    };
    row("nothing to see", "nothing to see");
    row("mail ada@example.com now", "mail [email 15] now");
    row("a.b+c@mail.example.co.uk, and x@y.de.", "[email 24], and [email 6].");
    row("key sk-abcdefghijklmnopqrstuv.", "key [key 25].");
    row("sk-ant-api03-abcdefghijklmnop and lsv2_pt_0123456789abcdef0123_x", "[key 29] and [key 30]");
    row("a task-abcdefghijklmnopqrstuvwxyz", "a task-abcdefghijklmnopqrstuvwxyz");
    row("AKIAIOSFODNN7EXAMPLE", "[key 20]");
    row("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4", "[key 51]");
    row("not an address: a@b, @decorator, x@", "not an address: a@b, @decorator, x@");
}

void IntakeTest::redaction()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(redacted(text.toStdString())), expected);
}

void IntakeTest::equalTextsStayEqual()
{
    const std::string both = redacted("ada@example.com and ada@example.com and bob@example.org");
    QCOMPARE(both, std::string("[email 15] and [email 15] and [email 15]"));
    QCOMPARE(redacted("order 12-345", {.keys = false, .emails = false, .patterns = {"[0-9]+-[0-9]+"}}),
             std::string("order [redacted 6]"));
    QCOMPARE(redacted("ada@example.com", {.keys = true, .emails = false}), std::string("ada@example.com"));
}

void IntakeTest::redactionInJsonStaysJson()
{
    // The n belongs to the escape before it.
    QCOMPARE(redacted("{\"a\":\"x\\nada@example.com\"}"), std::string("{\"a\":\"x\\n[email 15]\"}"));
    QCOMPARE(redacted(R"({"a":"x\u001fada@example.com"})"), std::string(R"({"a":"x\u001f[email 15]"})"));
    // A find ends behind an escape that it ends in.
    const Redaction own{.keys = false, .emails = false, .patterns = {R"(x[a-z]+\\)", "[0-9]{3}"}};
    QCOMPARE(redacted(R"({"a":"xy\nz"})", own), std::string(R"({"a":"[redacted 4]z"})"));
    QCOMPARE(redacted(R"({"a":"\u0012 b \\u0012"})", own), std::string(R"({"a":"\u0012 b \\u[redacted 3]2"})"));
}

void IntakeTest::keysBehindALineEndInJsonAreFound()
{
    const std::string json = R"({"env":"A=1\nsk-abcdefghijklmnopqrstuv\u001bhf_0123456789012345678901234567890"})";
    QCOMPARE(redacted(json), std::string(R"({"env":"A=1\n[key 25]\u001b[key 34]"})"));
    QCOMPARE(redacted(R"({"a":"\\nsk-abcdefghijklmnopqrstuv"})"),
             std::string(R"({"a":"\\nsk-abcdefghijklmnopqrstuv"})"));
    QCOMPARE(redacted(R"(["7\n1234"])", {.patterns = {R"(\b[0-9]{4}\b)"}}), std::string(R"(["7\n[redacted 4]"])"));
}

void IntakeTest::patternsThatAreNone()
{
    for (const char* pattern : {"(", "a{2,1}", "x*", ""}) {
        const auto redactor = Redactor::compile({.patterns = {pattern}});
        QVERIFY(!redactor);
        QCOMPARE(redactor.error().kind, ErrorKind::Usage);
        QVERIFY(redactor.error().reason.find(pattern) != std::string::npos);
    }
}

void IntakeTest::redactionAsText()
{
    const Redaction redaction{.keys = true, .emails = false, .patterns = {"a/b", "[0-9]+"}};
    const auto again = Redaction::fromText(redaction.text());
    QVERIFY(again);
    QCOMPARE(*again, redaction);
    QCOMPARE(Redaction::fromText("none")->text(), std::string("none"));
    QVERIFY(!Redaction::fromText("keys\nphones"));
}

namespace {

/// Where nothing comes.
class NoSink : public PostSink
{
public:
    Result<> startRecord(std::string_view, std::string_view) override { return {}; }
    Result<std::string> traceOfSpan(std::string_view) override { return std::string(); }
    Result<> add(const ObservedSpan&) override { return {}; }
    Result<> add(const ObservedTrace&) override { return {}; }
    Result<> add(const ObservedScore&) override { return {}; }
    Result<> add(const ObservedBillLine&) override { return {}; }
    void skip(std::string_view) override {}
    void note(std::string_view) override {}
};

} // namespace

void IntakeTest::refusalsOfUnwordlyEncodingsAreJson()
{
    const auto bodyFor = [](const std::string& encoding) {
        Post post{.method = "POST", .contentType = "application/json", .contentEncoding = encoding, .body = "{}"};
        NoSink sink;
        const auto answer = Intake().take(post, {.route = Route::LangSmithBatch}, sink);
        return answer && answer->status == 415 ? answer->body : std::string("no refusal");
    };
    QCOMPARE(bodyFor("br"),
             std::string(R"({"detail":"the body cannot be unpacked: Content-Encoding br is not known"})"));
    QCOMPARE(bodyFor("br\xff"), std::string(R"({"detail":"the body cannot be unpacked: no known Content-Encoding"})"));
}

QTEST_APPLESS_MAIN(IntakeTest)
#include "intake_test.moc"
