// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include "importers/facts/amounts.h"
#include "model/core/money.h"

using namespace plumbline;
using namespace plumbline::test;

/// Logs as people have them: written by their own code, by servers that count, by tables of other countries.
class EverydayLogsTest : public QObject
{
    Q_OBJECT

private slots:
    void logsAreReadAsTheyAreMeant_data();
    void logsAreReadAsTheyAreMeant();
    void rowNumbersOfTwoTablesAreNoIds();
    void amountsAreReadAsTheyAreWritten_data();
    void amountsAreReadAsTheyAreWritten();
};

void EverydayLogsTest::logsAreReadAsTheyAreMeant_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("calls"); // by model
    const auto row = [](const char* title, const char* file, const char* text, const char* calls) {
        QTest::newRow(title) << QString::fromLatin1(file) << QByteArray(text) << QString::fromLatin1(calls);
    };
    // A trace of Langfuse has an id and a time as well, but neither a model nor tokens.
    row("an id and a time", "a.jsonl",
        R"({"id":"1","timestamp":"2026-11-10T10:00:00Z","model":"gpt-4o-mini","input_tokens":1000,"output_tokens":100})"
        "\n",
        "gpt-4o-mini: calls 1, input 1000, read ?, output 100, cost 0.00021\n");
    row("a user and a session beside them", "a.jsonl",
        R"({"id":"1","timestamp":"2026-11-10T10:00:00Z","user_id":"u","session_id":"s","model":"gpt-4o-mini",)"
        R"("input_tokens":1000,"output_tokens":100})"
        "\n",
        "gpt-4o-mini: calls 1, input 1000, read ?, output 100, cost 0.00021\n");
    row("a table with an id and a time", "a.csv",
        "id,timestamp,model,prompt_tokens,completion_tokens\n1,2026-11-10T10:00:00Z,gpt-4o-mini,1000,100\n",
        "gpt-4o-mini: calls 1, input 1000, read ?, output 100, cost 0.00021\n");
    row("ids that count", "a.jsonl",
        R"({"timestamp":"2026-11-10T10:00:00Z","response":{"id":"chatcmpl-1","object":"chat.completion",)"
        R"("model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}})"
        "\n"
        R"({"timestamp":"2026-11-11T10:00:00Z","response":{"id":"chatcmpl-1","object":"chat.completion",)"
        R"("model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":5000,"completion_tokens":100,"total_tokens":5100}}})"
        "\n",
        "gpt-4o-mini: calls 2, input 6000, read ?, output 200, cost 0.00102\n");
    // A request of an application holds several calls.
    row("calls of one request", "a.jsonl",
        R"({"timestamp":"2026-11-10T10:00:00.123Z","request_id":"7f3a9c52","step":"plan","model":"gpt-4o-mini",)"
        R"("input_tokens":1000,"output_tokens":100})"
        "\n"
        R"({"timestamp":"2026-11-10T10:00:01.123Z","request_id":"7f3a9c52","step":"search","model":"gpt-4o-mini",)"
        R"("input_tokens":2000,"output_tokens":100})"
        "\n",
        "gpt-4o-mini: calls 2, input 3000, read ?, output 200, cost 0.00057\n");
    row("ids that begin anew", "a.jsonl",
        R"({"timestamp":"2026-11-10T10:00:00Z","id":"req-1","model":"gpt-4o-mini","input_tokens":1000,"output_tokens":100})"
        "\n"
        R"({"timestamp":"2026-11-11T10:00:00Z","id":"req-1","model":"gpt-4o-mini","input_tokens":5000,"output_tokens":100})"
        "\n",
        "gpt-4o-mini: calls 2, input 6000, read ?, output 200, cost 0.00102\n");
    row("a call that was logged twice", "a.jsonl",
        R"({"timestamp":"2026-11-10T10:00:00.123Z","id":"req-1","model":"gpt-4o-mini","input_tokens":1000,"output_tokens":100})"
        "\n"
        R"({"timestamp":"2026-11-10T10:00:00.123Z","id":"req-1","model":"gpt-4o-mini","input_tokens":1000,)"
        R"("output_tokens":100,"note":"again"})"
        "\n",
        "gpt-4o-mini: calls 1, input 1000, read ?, output 100, cost 0.00021\n");
    row("answers that a stand-in counts", "a.jsonl",
        R"({"type":"assistant","sessionId":"s","uuid":"u1","requestId":"req_A","timestamp":"2026-11-10T10:00:00.000Z",)"
        R"("message":{"id":"msg_1","model":"claude-sonnet-4-5-20250929","usage":{"input_tokens":100,"output_tokens":10}}})"
        "\n"
        R"({"type":"assistant","sessionId":"s","uuid":"u2","requestId":"req_B","timestamp":"2026-11-10T10:03:00.000Z",)"
        R"("message":{"id":"msg_1","model":"claude-sonnet-4-5-20250929","usage":{"input_tokens":100,"output_tokens":10}}})"
        "\n",
        "claude-sonnet-4-5-20250929: calls 2, input 200, read ?, output 20, cost 0.0009\n");
    // 300 of the input written for an hour, 2000 read: 100 x 3 + 300 x 6 + 2000 x 0.3 + 50 x 15, and a tenth more.
    row("a streamed answer with writes for an hour", "a.jsonl",
        R"({"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-11-10T10:00:00Z","accountId":"1",)"
        R"("requestId":"r-1","operation":"ConverseStream",)"
        R"("modelId":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","input":{"inputBodyJson":{"messages":[]}},)"
        R"("output":{"outputBodyJson":[{"metadata":{"usage":{"inputTokens":100,"outputTokens":50,"totalTokens":2450,)"
        R"("cacheReadInputTokens":2000,"cacheWriteInputTokens":300,)"
        R"("cacheDetails":[{"ttl":"1h","inputTokens":300}]}}}]}})"
        "\n",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0: calls 1, input 2400, read 2000, output 50, cost 0.003795\n");
    // Half of 500 x 1.25 + 1500 x 0.125 + 50 x 10 dollars a million; what lies beyond 200,000 is cached as well.
    const auto usageOfLangSmith = [](const char* model, const char* usage) {
        return std::string(R"({"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"scope":{},"spans":[)"
                           R"({"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203301","name":"chat",)"
                           R"("startTimeUnixNano":"1794304800000000000","endTimeUnixNano":"1794304801000000000",)"
                           R"("attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},)"
                           R"({"key":"gen_ai.request.model","value":{"stringValue":")") +
               model + R"("}},{"key":"langsmith.usage_metadata","value":{"stringValue":")" + usage + R"("}}]}]}]}]})";
    };
    row("LangSmith's details at a tier, in OTLP", "a.json",
        usageOfLangSmith("gpt-5", R"({\"input_tokens\":2000,\"output_tokens\":50,\"total_tokens\":2050,)"
                                  R"(\"input_token_details\":{\"flex_cache_read\":1500,\"flex\":500}})")
            .c_str(),
        "gpt-5: calls 1, input 2000, read 1500, output 50, cost 0.00065625\n");
    row("LangSmith's details of a long prompt, in OTLP", "a.json",
        usageOfLangSmith("nobodys-model",
                         R"({\"input_tokens\":300000,\"output_tokens\":500,\"total_tokens\":300500,)"
                         R"(\"input_token_details\":{\"cache_read\":200000,\"cache_read_over_200k\":50000,)"
                         R"(\"over_200k\":50000}})")
            .c_str(),
        "nobodys-model: calls 1, input 300000, read 250000, output 500, cost ?\n");
    // 400 x 0.3 + 600 x 0.03 + 400 x 2.5 dollars a million
    row("an interaction of Gemini", "a.jsonl",
        R"({"id":"v1_abc","object":"interaction","model":"gemini-2.5-flash","created":"2026-11-10T10:00:00Z",)"
        R"("usage":{"total_input_tokens":1000,"total_output_tokens":100,"total_thought_tokens":300,)"
        R"("total_cached_tokens":600,"total_tool_use_tokens":0,"total_tokens":1400},"outputs":[]})"
        "\n",
        "gemini-2.5-flash: calls 1, input 1000, read 600, output 400, cost 0.001138\n");
    row("Gemini as Python names it", "a.jsonl",
        R"({"timestamp":"2026-11-10T10:00:00Z","response":{"candidates":[],"model_version":"gemini-2.5-flash",)"
        R"("usage_metadata":{"prompt_token_count":1000,"cached_content_token_count":600,"candidates_token_count":100,)"
        R"("thoughts_token_count":300,"total_token_count":1400}}})"
        "\n",
        "gemini-2.5-flash: calls 1, input 1000, read 600, output 400, cost 0.001138\n");
    row("details that LiteLLM leaves empty", "a.jsonl",
        R"({"request_id":"chatcmpl-ABCDEFGHIJKLMNOP1","call_type":"acompletion","spend":0.01,"total_tokens":1100,)"
        R"("prompt_tokens":1000,"completion_tokens":100,"startTime":"2026-11-10T10:00:00Z",)"
        R"("endTime":"2026-11-10T10:00:03Z","model":"gpt-4o-mini","metadata":{"additional_usage_values":{},)"
        R"("usage_object":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100,)"
        R"("prompt_tokens_details":{"cached_tokens":800}}},"cache_hit":"False"})"
        "\n"
        R"({"request_id":"chatcmpl-ABCDEFGHIJKLMNOP2","call_type":"acompletion","spend":0.01,"total_tokens":1100,)"
        R"("prompt_tokens":1000,"completion_tokens":100,"startTime":"2026-11-10T10:00:00Z",)"
        R"("endTime":"2026-11-10T10:00:03Z","model":"gpt-4o-mini","metadata":{},"cache_hit":true})"
        "\n",
        "gpt-4o-mini: calls 1, input 1000, read 800, output 100, cost 0.00015\n");
    // The first event knows the input, the last one the output. Endpoints of a region cost a tenth more.
    row("a streamed answer of Bedrock", "a.jsonl",
        R"({"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-11-10T10:00:00Z","accountId":"1",)"
        R"("requestId":"r-1","operation":"InvokeModelWithResponseStream",)"
        R"("modelId":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","input":{"inputBodyJson":{"messages":[]}},)"
        R"("output":{"outputBodyJson":[{"type":"message_start","message":{"usage":{"input_tokens":1000,)"
        R"("cache_read_input_tokens":5000,"output_tokens":1}}},{"type":"message_delta","usage":{"output_tokens":100}}]}})"
        "\n",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0: calls 1, input 6000, read 5000, output 100, cost 0.0066\n");
    row("an answer with a record a line", "a.json",
        "{\"data\":[\n"
        R"({"request_id":"a-1","call_type":"acompletion","api_key":"h","spend":0.1,"total_tokens":1100,)"
        R"("prompt_tokens":1000,"completion_tokens":100,"startTime":"2026-11-10T10:00:00Z",)"
        R"("endTime":"2026-11-10T10:00:01Z","model":"gpt-4o-mini","custom_llm_provider":"openai","status":"success"},)"
        "\n"
        R"({"request_id":"a-2","call_type":"acompletion","api_key":"h","spend":0.1,"total_tokens":1100,)"
        R"("prompt_tokens":1000,"completion_tokens":100,"startTime":"2026-11-10T10:01:00Z",)"
        R"("endTime":"2026-11-10T10:01:01Z","model":"gpt-4o-mini","custom_llm_provider":"openai","status":"success"})"
        "\n],\"total\":2}\n",
        "gpt-4o-mini: calls 2, input 2000, read ?, output 200, cost 0.00042\n");
    row("a session that goes on", "a.jsonl",
        R"({"type":"summary","summary":"What was said","leafUuid":"11111111-1111-4111-8111-111111111111"})"
        "\n"
        R"({"type":"summary","summary":"More of it","leafUuid":"21111111-1111-4111-8111-111111111111"})"
        "\n"
        R"({"type":"assistant","sessionId":"31111111-1111-4111-8111-111111111111","uuid":"4","requestId":"req_1",)"
        R"("timestamp":"2026-11-10T10:00:00Z","message":{"id":"msg_1","model":"claude-sonnet-4-5-20250929",)"
        R"("usage":{"input_tokens":1000,"output_tokens":100}}})"
        "\n",
        "claude-sonnet-4-5-20250929: calls 1, input 1000, read ?, output 100, cost 0.0045\n");
    // Charged at the end of each second: no ids, and twice the same.
    row("equal lines of one second", "a.jsonl",
        R"({"timestamp":"2026-11-10T10:00:00Z","model":"gpt-4o-mini","input_tokens":1000,"output_tokens":100})"
        "\n"
        R"({"timestamp":"2026-11-10T10:00:00Z","model":"gpt-4o-mini","input_tokens":1000,"output_tokens":100})"
        "\n",
        "gpt-4o-mini: calls 2, input 2000, read ?, output 200, cost 0.00042\n");
    row("a line that two handlers wrote", "a.jsonl",
        R"({"timestamp":"2026-11-10T10:00:00.123Z","model":"gpt-4o-mini","input_tokens":1000,"output_tokens":100})"
        "\n"
        R"({"timestamp":"2026-11-10T10:00:00.123Z","model":"gpt-4o-mini","input_tokens":1000,"output_tokens":100})"
        "\n",
        "gpt-4o-mini: calls 1, input 1000, read ?, output 100, cost 0.00021\n");
    row("sums of a day are no calls", "a.csv",
        "date,model,prompt_tokens,completion_tokens,spend,api_requests\n"
        "2026-11-10,gpt-4o-mini,1000000,100000,0.21,900\n2026-11-11,gpt-4o-mini,1000,100,0.00021,1\n",
        "gpt-4o-mini: calls 1, input 1000, read ?, output 100, cost 0.00021\n");
    row("a time as a number", "a.jsonl",
        R"({"timestamp":1794308400,"response":{"id":"chatcmpl-abcdefghijkl","object":"chat.completion",)"
        R"("model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100}}})"
        "\n",
        "gpt-4o-mini: calls 1, input 1000, read ?, output 100, cost 0.00021\n");
    // Making room in the context is billed beside what the totals say: 1000 × 3 + 100 × 15 and 2000 × 3 + 200 × 15.
    row("a compaction", "a.jsonl",
        R"({"timestamp":"2026-11-10T10:00:00Z","response":{"id":"msg_abcdefghijkl","type":"message",)"
        R"("model":"claude-sonnet-4-5-20250929","content":[],"usage":{"input_tokens":1000,"output_tokens":100,)"
        R"("iterations":[{"type":"compaction","input_tokens":2000,"output_tokens":200},)"
        R"({"type":"message","input_tokens":1000,"output_tokens":100}]}}})"
        "\n",
        "claude-sonnet-4-5-20250929: calls 1, input 3000, read ?, output 300, cost 0.0135\n");
    // It counts 570 tokens and bills 70: at $0.0375 and $0.15 a million.
    row("what Cohere bills", "a.jsonl",
        R"({"timestamp":"2026-11-10T10:00:00Z","request":{"model":"command-r7b"},"response":{"id":"abcdefghijklmnop",)"
        R"("message":{"role":"assistant","content":[]},"usage":{"billed_units":{"input_tokens":70,"output_tokens":20},)"
        R"("tokens":{"input_tokens":570,"output_tokens":20}}}})"
        "\n",
        "command-r7b: calls 1, input 70, read ?, output 20, cost 0.000005625\n");
    row("what Bedrock counts", "a.jsonl",
        R"({"schemaType":"ModelInvocationLog","schemaVersion":"1.0","timestamp":"2026-11-10T10:00:00Z","accountId":"1",)"
        R"("requestId":"r-1","operation":"InvokeModel","modelId":"us.anthropic.claude-sonnet-4-5-20250929-v1:0",)"
        R"("input":{"inputTokenCount":1000,"cacheReadInputTokenCount":5000},"output":{"outputTokenCount":100}})"
        "\n",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0: calls 1, input 6000, read 5000, output 100, cost 0.0066\n");
    row("a realtime answer", "a.jsonl",
        R"({"timestamp":"2026-11-10T10:00:00Z","response":{"id":"resp_abcdefghijkl","object":"realtime.response",)"
        R"("model":"gpt-4o-mini","output":[],"usage":{"input_tokens":1000,"output_tokens":100,)"
        R"("input_token_details":{"cached_tokens":400}}}})"
        "\n",
        "gpt-4o-mini: calls 1, input 1000, read 400, output 100, cost 0.00018\n");
    row("half a character", "a.jsonl",
        R"({"timestamp":"2026-11-10T10:00:00Z","model":"gpt-4o-mini","input_tokens":1000,"output_tokens":100,)"
        R"("prompt":"cut in an emoji \ud83d"})"
        "\n",
        "gpt-4o-mini: calls 1, input 1000, read ?, output 100, cost 0.00021\n");
}

void EverydayLogsTest::logsAreReadAsTheyAreMeant()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, text);
    const TemporaryWorkspace workspace;
    const auto report = workspace.import({workspace.write(file.toStdString(), text.toStdString())});
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QTEST(QString::fromStdString(workspace.breakdown({Dimension::Model})), "calls");
}

void EverydayLogsTest::rowNumbersOfTwoTablesAreNoIds()
{
    const TemporaryWorkspace workspace;
    const auto table = [&](const char* file, const char* feature, const char* hour) {
        std::string text = "id,created_at,model,prompt_tokens,completion_tokens,feature\n";
        for (const char* id : {"1", "2"})
            text += std::string(id) + ",2026-11-10T" + hour + ":00:0" + id + "Z,gpt-4o-mini,1000,100," + feature + "\n";
        return workspace.write(file, text);
    };
    const std::vector files{table("search.csv", "search", "10"), table("chat.csv", "chat", "11")};
    QVERIFY(workspace.import(files));
    const std::string two = ": calls 2, input 2000, read ?, output 200, cost 0.00042\n";
    QCOMPARE(workspace.breakdown({Dimension::Feature}), "chat" + two + "search" + two);
    QVERIFY(workspace.import(files)); // and again they are the same
    QCOMPARE(workspace.breakdown({Dimension::Feature}), "chat" + two + "search" + two);
}

void EverydayLogsTest::amountsAreReadAsTheyAreWritten_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("dollars"); // empty: none
    const auto row = [](const char* text, const char* dollars) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(dollars);
    };
    row("1234.56", "1234.56");
    row("$1,234.56", "1234.56");
    row("1.234,56 €", "1234.56");
    row("99,90", "99.9");
    row("0,125", "0.125");
    row("1,234", "1234");
    row("1,234,567", "1234567");
    row("1.234.567", "1234567");
    row("1.5", "1.5");
    row("-50.00", "-50");
    row("\u221212,00", "-12");
    row("(25.00)", "-25");
    row("1 234,50", "1234.5");
    row("n/a", "");
    row("", "");
}

void EverydayLogsTest::amountsAreReadAsTheyAreWritten()
{
    QFETCH(QString, text);
    const auto amount = facts::writtenMoney(text.toStdString());
    QTEST(QString::fromStdString(amount ? decimalText(MoneySum() + *amount) : std::string()), "dollars");
}

QTEST_GUILESS_MAIN(EverydayLogsTest)
#include "everyday_logs_test.moc"
