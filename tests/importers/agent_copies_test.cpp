// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

using plumbline::Dimension;
using plumbline::test::TemporaryWorkspace;

namespace {

std::string codexMeta(const char* time, const char* id, const char* forkedFrom = nullptr)
{
    return std::string(R"({"timestamp":"2026-11-10T)") + time + R"(Z","type":"session_meta","payload":{"id":")" + id +
           (forkedFrom ? std::string(R"(","forked_from_id":")") + forkedFrom : std::string()) +
           R"(","cwd":"/srv/shop"}})"
           "\n" +
           R"({"timestamp":"2026-11-10T)" + time + R"(Z","type":"turn_context","payload":{"model":"gpt-5-codex"}})" +
           "\n";
}

std::string codexCount(const char* time, int inputInAll, int input)
{
    const auto usage = [](int tokens) {
        return R"({"input_tokens":)" + std::to_string(tokens) + R"(,"cached_input_tokens":0,"output_tokens":0})";
    };
    return std::string(R"({"timestamp":"2026-11-10T)") + time +
           R"(Z","type":"event_msg","payload":{"type":"token_count","info":{"total_token_usage":)" + usage(inputInAll) +
           R"(,"last_token_usage":)" + usage(input) + "}}}\n";
}

std::string claudeAnswer(const char* session, int output)
{
    return std::string(R"({"type":"assistant","sessionId":")") + session + R"(","uuid":")" + session +
           R"(-1","requestId":"req_011CabcdefGHIJKL","timestamp":"2026-11-10T10:00:00.123Z","message":)"
           R"({"id":"msg_01abcdefGHIJKL","model":"claude-sonnet-4-5-20250929","usage":{"input_tokens":1000,)"
           R"("output_tokens":)" +
           std::to_string(output) + "}}}\n";
}

} // namespace

/// A session that goes on in another file begins with a copy of the one before. What is copied was paid once.
class AgentCopiesTest : public QObject
{
    Q_OBJECT

private slots:
    void aForkOfCodexPaysItsOwnOnly_data();
    void aForkOfCodexPaysItsOwnOnly();
    void aCopyThatWasMadeTooEarlyIsTheSameAnswer();
};

void AgentCopiesTest::aForkOfCodexPaysItsOwnOnly_data()
{
    QTest::addColumn<QByteArray>("copied");
    const auto row = [](const char* name, const std::string& copied) {
        QTest::newRow(name) << QByteArray::fromStdString(copied);
    };
    row("with the time of the fork", codexMeta("12:00:00.010", "parent") + codexCount("12:00:00.020", 1000, 1000) +
                                         codexCount("12:00:00.700", 3000, 2000));
    row("a long one, written for seconds", codexMeta("12:00:00.500", "parent") +
                                               codexCount("12:00:01.200", 1000, 1000) +
                                               codexCount("12:00:02.100", 3000, 2000));
    row("with its own times", codexMeta("10:00:00.000", "parent") + codexCount("10:00:10.000", 1000, 1000) +
                                  codexCount("10:00:30.000", 3000, 2000));
}

void AgentCopiesTest::aForkOfCodexPaysItsOwnOnly()
{
    QFETCH(QByteArray, copied);
    const std::string parent = codexMeta("10:00:00.000", "parent") + codexCount("10:00:10.000", 1000, 1000) +
                               codexCount("10:00:30.000", 3000, 2000);
    const std::string fork =
        codexMeta("12:00:00.000", "fork", "parent") + copied.toStdString() + codexCount("12:00:20.000", 7000, 4000);
    const std::string expected = "fork: calls 1, input 4000, read 0, output 0, cost 0.005\n"
                                 "parent: calls 2, input 3000, read 0, output 0, cost 0.00375\n";
    for (const bool isForkFirst : {false, true}) {
        const TemporaryWorkspace workspace;
        const auto files = std::pair(workspace.write("parent.jsonl", parent), workspace.write("fork.jsonl", fork));
        QVERIFY(workspace.import({isForkFirst ? files.second : files.first}));
        QVERIFY(workspace.import({isForkFirst ? files.first : files.second}));
        QCOMPARE(QString::fromStdString(workspace.breakdown({Dimension::Session})), QString::fromStdString(expected));
    }
}

void AgentCopiesTest::aCopyThatWasMadeTooEarlyIsTheSameAnswer()
{
    for (const bool isCopyFirst : {false, true}) {
        const TemporaryWorkspace workspace;
        const std::string whole = claudeAnswer("11111111-1111-4111-8111-111111111111", 100);
        const std::string early = claudeAnswer("22222222-2222-4222-8222-222222222222", 7);
        QVERIFY(workspace.import({workspace.write("a.jsonl", isCopyFirst ? early : whole)}));
        QVERIFY(workspace.import({workspace.write("b.jsonl", isCopyFirst ? whole : early)}));
        QCOMPARE(workspace.breakdown({Dimension::Model}),
                 "claude-sonnet-4-5-20250929: calls 1, input 1000, read ?, output 100, cost 0.0045\n");
    }
}

QTEST_GUILESS_MAIN(AgentCopiesTest)
#include "agent_copies_test.moc"
