// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

using plumbline::Dimension;
using plumbline::test::TemporaryWorkspace;

namespace {

/// A span of OpenTelemetry at 10:00, so many microseconds later; without a response id.
std::string span(const char* id, const char* parent, const char* operation, int after, const char* usage)
{
    return std::string(R"({"traceId":"5b8efff798038103d269b633813fc60c","spanId":")") + id + R"(","parentSpanId":")" +
           parent + R"(","name":")" + operation + R"(","startTimeUnixNano":")" +
           std::to_string(1'794'304'800'000'000LL + after) + R"(321","endTimeUnixNano":"1794304809000000000",)" +
           R"("attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":")" + operation +
           R"("}},{"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o-mini"}})" + usage + "]}";
}

std::string tokens(int input, int output)
{
    return R"(,{"key":"gen_ai.usage.input_tokens","value":{"intValue":")" + std::to_string(input) +
           R"("}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":")" + std::to_string(output) + R"("}})";
}

std::string request(const std::string& spans)
{
    return R"({"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"scope":{},"spans":[)" + spans +
           "]}]}]}\n";
}

/// What LangSmith makes of such a span: the root has the trace's id, the others have zeros before theirs.
std::string run(const char* id, const char* parent, const char* type, int after, const char* usage)
{
    return std::string(R"({"id":")") + id + R"(","trace_id":"5b8efff7-9803-8103-d269-b633813fc60c",)" +
           (*parent ? std::string(R"("parent_run_id":")") + parent + R"(",)"
                    : std::string(R"("parent_run_id":null,)")) +
           R"("name":"chat","run_type":")" + type + R"(","start_time":"2026-11-10T10:00:00.)" +
           std::to_string(1'000'000 + after).substr(1) + R"(","end_time":"2026-11-10T10:00:09.000000",)" +
           R"("status":"success","inputs":{},"outputs":{},"extra":{"metadata":{"ls_model_name":"gpt-4o-mini",)" +
           R"("ls_provider":"openai"}},"total_cost":null)" + usage + "}\n";
}

constexpr const char* traceId = "5b8efff7-9803-8103-d269-b633813fc60c";
constexpr const char* paddedId = "00000000-0000-0000-aaaa-aaaaaaaaaa02";

} // namespace

/// What one program sent to two places is exported from both, and was paid once.
class TwinsTest : public QObject
{
    Q_OBJECT

private slots:
    void aTraceOfOpenTelemetryInLangSmithIsOneTrace_data();
    void aTraceOfOpenTelemetryInLangSmithIsOneTrace();
    void anAdvisorsAnswerIsACallOfItsOwnAndOne();
};

void TwinsTest::aTraceOfOpenTelemetryInLangSmithIsOneTrace_data()
{
    QTest::addColumn<QByteArray>("otlp");
    QTest::addColumn<QByteArray>("langsmith");
    QTest::addColumn<QString>("calls");
    const auto row = [](const char* name, const std::string& otlp, const std::string& langsmith, const char* calls) {
        QTest::newRow(name) << QByteArray::fromStdString(otlp) << QByteArray::fromStdString(langsmith)
                            << QString::fromLatin1(calls);
    };
    const std::string one = tokens(1000, 100);
    constexpr const char* usage = R"(,"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100)";
    row("a call alone", request(span("aaaaaaaaaaaaaa01", "", "chat", 250, one.c_str())),
        run(traceId, "", "llm", 250, usage), "gpt-4o-mini: calls 1, input 1000, read ?, output 100, cost 0.00021\n");
    row("a call below an agent",
        request(span("aaaaaaaaaaaaaa01", "", "invoke_agent", 250, one.c_str()) + "," +
                span("aaaaaaaaaaaaaa02", "aaaaaaaaaaaaaa01", "chat", 300, one.c_str())),
        run(traceId, "", "chain", 250, usage) + run(paddedId, traceId, "llm", 300, usage),
        "gpt-4o-mini: calls 1, input 1000, read ?, output 100, cost 0.00021\n");
    // Another root of the same trace.
    row("another call of the trace", request(span("aaaaaaaaaaaaaa01", "", "chat", 9'250, one.c_str())),
        run(traceId, "", "llm", 250, usage), "gpt-4o-mini: calls 2, input 2000, read ?, output 200, cost 0.00042\n");
}

void TwinsTest::aTraceOfOpenTelemetryInLangSmithIsOneTrace()
{
    QFETCH(QByteArray, otlp);
    QFETCH(QByteArray, langsmith);
    QFETCH(QString, calls);
    for (const bool isOtlpFirst : {false, true}) {
        const TemporaryWorkspace workspace;
        const auto exported = workspace.write("otlp.json", otlp.toStdString()),
                   runs = workspace.write("runs.jsonl", langsmith.toStdString());
        QVERIFY(workspace.import({isOtlpFirst ? exported : runs}));
        QVERIFY(workspace.import({isOtlpFirst ? runs : exported}));
        QCOMPARE(QString::fromStdString(workspace.breakdown({Dimension::Model})), calls);
    }
}

/// The totals leave it out, and it has the rates of its own model.
void TwinsTest::anAdvisorsAnswerIsACallOfItsOwnAndOne()
{
    const std::string answer =
        R"({"id":"msg_01AdvisorsAnswer","type":"message","role":"assistant","model":"claude-haiku-4-5-20251001",)"
        R"("content":[{"type":"text","text":"Yes."}],"stop_reason":"end_turn","usage":{"input_tokens":1000,)"
        R"("output_tokens":100,"iterations":[{"type":"message","input_tokens":1000,"output_tokens":100},)"
        R"({"type":"advisor_message","model":"claude-opus-4-5-20251101","input_tokens":2000,)"
        R"("cache_read_input_tokens":10000,"output_tokens":40}]}})";
    const std::string raw = R"({"timestamp":"2026-11-10T10:00:00.250Z","response":)" + answer + "}\n";
    const std::string coded =
        R"({"type":"assistant","sessionId":"11111111-1111-4111-8111-111111111111","uuid":"u-1","cwd":"/srv/shop",)"
        R"("timestamp":"2026-11-10T10:00:01.500Z","message":)" +
        answer + "}\n";
    for (const bool isRawFirst : {false, true}) {
        const TemporaryWorkspace workspace;
        QVERIFY(workspace.import({workspace.write("a.jsonl", isRawFirst ? raw : coded)}));
        const std::string feature = isRawFirst ? "unallocated" : "shop"; // of both
        QCOMPARE(workspace.breakdown({Dimension::Feature}),
                 feature + ": calls 2, input 13000, read 10000, output 140, cost 0.0175\n");
        QVERIFY(workspace.import({workspace.write("b.jsonl", isRawFirst ? coded : raw)}));
        // 1000 x 1 + 100 x 5, and 2000 x 5 + 10000 x 0.5 + 40 x 25 dollars a million
        QCOMPARE(workspace.breakdown({Dimension::Model}),
                 std::string("claude-opus-4-5-20251101: calls 1, input 12000, read 10000, output 40, cost 0.016\n"
                             "claude-haiku-4-5-20251001: calls 1, input 1000, read ?, output 100, cost 0.0015\n"));
    }
}

QTEST_GUILESS_MAIN(TwinsTest)
#include "twins_test.moc"
