// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/collecting.h"

using namespace plumbline;
using namespace plumbline::test;

/// What was received live and is imported later from the vendor's export is there once.
class LaterImportTest : public QObject
{
    Q_OBJECT

private slots:
    void addsNothing_data();
    void addsNothing();
};

void LaterImportTest::addsNothing_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QByteArray>("post");
    QTest::addColumn<QByteArray>("exported");
    QTest::newRow("Langfuse's batch, and its observations")
        << QStringLiteral("/api/public/ingestion")
        << QByteArray(
               R"({"batch":[{"id":"1","type":"trace-create","timestamp":"2026-11-01T10:00:00Z","body":)"
               R"({"id":"t-1","name":"faq","userId":"ada"}},{"id":"2","type":"generation-create","timestamp":)"
               R"("2026-11-01T10:00:00Z","body":{"id":"g-1","traceId":"t-1","name":"answer","model":"gpt-4o-mini",)"
               R"("startTime":"2026-11-01T10:00:00Z"}},{"id":"3","type":"generation-update","timestamp":)"
               R"("2026-11-01T10:00:02Z","body":{"id":"g-1","traceId":"t-1","endTime":"2026-11-01T10:00:02Z",)"
               R"("usageDetails":{"input":120,"output":8}}}]})")
        << QByteArray(R"({"id":"g-1","traceId":"t-1","type":"GENERATION","name":"answer","model":"gpt-4o-mini",)"
                      R"("startTime":"2026-11-01T10:00:00.000Z","endTime":"2026-11-01T10:00:02.000Z","updatedAt":)"
                      R"("2026-11-01T10:05:00.000Z","usageDetails":{"input":120,"output":8,"total":128},)"
                      R"("userId":"ada","traceName":"faq"})");
    QTest::newRow("OTLP to Langfuse, and its observations")
        << QStringLiteral("/api/public/otel/v1/traces") << QByteArray(span.data(), span.size())
        << QByteArray(R"({"id":"0102030405060708","traceId":"0102030405060708090a0b0c0d0e0f10","type":"GENERATION",)"
                      R"("name":"chat m","model":"gpt-4o-mini","startTime":"2026-08-29T12:00:00.000Z","endTime":)"
                      R"("2026-08-29T12:00:01.000Z","usageDetails":{"input":10,"output":5,"total":15}})");
    QTest::newRow("LangSmith's batch, and its runs")
        << QStringLiteral("/runs/batch")
        << QByteArray(
               R"({"post":[{"id":"10000000-0000-4000-8000-000000000002","trace_id":)"
               R"("10000000-0000-4000-8000-000000000001","parent_run_id":"10000000-0000-4000-8000-000000000001",)"
               R"("name":"ChatOpenAI","run_type":"llm","start_time":"2026-11-01T10:00:01Z","end_time":)"
               R"("2026-11-01T10:00:02Z","extra":{"metadata":{"ls_model_name":"gpt-4o-mini"}},"outputs":)"
               R"({"usage_metadata":{"input_tokens":20,"output_tokens":4,"total_tokens":24}}}]})")
        << QByteArray(
               R"({"id":"10000000-0000-4000-8000-000000000002","trace_id":)"
               R"("10000000-0000-4000-8000-000000000001","parent_run_id":"10000000-0000-4000-8000-000000000001",)"
               R"("session_id":"10000000-0000-4000-8000-00000000000f","name":"ChatOpenAI","run_type":"llm",)"
               R"("status":"success","start_time":"2026-11-01T10:00:01.000000","end_time":)"
               R"("2026-11-01T10:00:02.000000","extra":{"metadata":{"ls_model_name":"gpt-4o-mini"}},"outputs":)"
               R"({"usage_metadata":{"input_tokens":20,"output_tokens":4,"total_tokens":24}},"prompt_tokens":20,)"
               R"("completion_tokens":4,"total_tokens":24})");
    // A run id made of a span id has zeros before it, and a trace id is written as a UUID.
    QTest::newRow("OTLP to LangSmith, and its runs")
        << QStringLiteral("/otel/v1/traces") << QByteArray(span.data(), span.size())
        << QByteArray(
               R"({"id":"00000000-0000-0000-0102-030405060708","trace_id":)"
               R"("01020304-0506-0708-090a-0b0c0d0e0f10","session_id":"10000000-0000-4000-8000-00000000000f",)"
               R"("name":"chat m","run_type":"llm","status":"success","start_time":"2026-08-29T12:00:00.000000",)"
               R"("end_time":"2026-08-29T12:00:01.000000","extra":{"metadata":{"ls_model_name":"gpt-4o-mini"}},)"
               R"("outputs":{"usage_metadata":{"input_tokens":10,"output_tokens":5,"total_tokens":15}}})");
}

void LaterImportTest::addsNothing()
{
    QFETCH(QString, target);
    QFETCH(QByteArray, post);
    QFETCH(QByteArray, exported);
    for (const bool exportFirst : {false, true}) {
        const TemporaryWorkspace workspace;
        const auto file = workspace.write("export.jsonl", exported.toStdString() + "\n");
        const auto live = [&] {
            Collector collector("a test");
            if (!collector.start(workspace.path(), {.port = 0}))
                return 0;
            HttpClient client(portOf(collector));
            return client.request("POST", target.toStdString(), json, post.toStdString()).status;
        };
        if (exportFirst)
            QVERIFY(workspace.import({file}));
        QVERIFY(live() / 100 == 2);
        const std::string before = workspace.breakdown({Dimension::Model});
        if (!exportFirst)
            QVERIFY(workspace.import({file}));
        QCOMPARE(workspace.breakdown({Dimension::Model}), before);
        QVERIFY2(before.starts_with("gpt-4o-mini: calls 1, "), before.c_str());
    }
}

QTEST_GUILESS_MAIN(LaterImportTest)
#include "later_import_test.moc"
