// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/story.h"

using namespace plumbline;
using namespace plumbline::test;

namespace {

/// `step model input output` of every billed call, and how many are other witnesses.
std::string billed(const TemporaryWorkspace& workspace)
{
    return answerOf(workspace,
                    "SELECT step || ' ' || model || ' ' || input_tokens || ' ' || coalesce(output_tokens, '-') "
                    "FROM calls ORDER BY 1") +
           "others " + answerOf(workspace, "SELECT count(*) FROM unbilled WHERE reason = 1");
}

const std::string gateway = "g/1 llm name=gateway model=gpt-5.4 in=100 out=10 response=chatcmpl-A\n";
// The trace knows more of the same call, and the dated name of its model.
const std::string trace = "t/1 llm name=trace model=gpt-5.4-2026-03-05 in=100 out=6 reasoning=4 response=chatcmpl-A "
                          "at=2026-08-20T10:00:03Z\n";
const std::string one = "trace gpt-5.4-2026-03-05 100 10\nothers 1\n";

} // namespace

/// One call that several sources saw is billed once.
class WitnessesTest : public QObject
{
    Q_OBJECT

private slots:
    void theRicherWitnessIsBilledInAnyOrder_data();
    void theRicherWitnessIsBilledInAnyOrder();
    void whatOnlySharesAnIdStaysApart_data();
    void whatOnlySharesAnIdStaysApart();
    void theOtherIsBilledWhenTheBetterIsRemoved();
    void aThirdWitnessTakesBothAlong();
    void settlingAnewDecidesTheSame();
    void theReportedCostOfTheOtherIsKept();
    void thousandsAreFoundAtOnce();
};

void WitnessesTest::theRicherWitnessIsBilledInAnyOrder_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::newRow("gateway first") << QString::fromStdString(gateway) << QString::fromStdString(trace);
    QTest::newRow("trace first") << QString::fromStdString(trace) << QString::fromStdString(gateway);
    const QString random = QStringLiteral("chatcmpl-B1c2D3e4F5"), later = QStringLiteral("at=2026-08-20T10:09:00Z");
    QTest::newRow("a random id, minutes apart")
        << QString::fromStdString(gateway).replace(QStringLiteral("chatcmpl-A"), random)
        << QString::fromStdString(trace)
               .replace(QStringLiteral("chatcmpl-A"), random)
               .replace(QStringLiteral("at=2026-08-20T10:00:03Z"), later);
    QTest::newRow("together") << QString::fromStdString(gateway + trace) << QString();
    QTest::newRow("one session") << QStringLiteral("s/1 llm name=gateway model=gpt-5.4 in=100 out=10 response=r\n")
                                 << QStringLiteral("s/2 llm name=trace model=gpt-5.4-2026-03-05 in=100 out=6 "
                                                   "reasoning=4 response=r\n");
}

void WitnessesTest::theRicherWitnessIsBilledInAnyOrder()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    const TemporaryWorkspace workspace;
    QVERIFY(Story(workspace).record(first.toStdString()));
    if (!second.isEmpty())
        QVERIFY(Story(workspace).record(second.toStdString()));
    QCOMPARE(billed(workspace), one);
    QCOMPARE(rollUp(workspace), recount(workspace));
}

void WitnessesTest::whatOnlySharesAnIdStaysApart_data()
{
    QTest::addColumn<QString>("other");
    QTest::newRow("another model") << QStringLiteral(
        "t/1 llm name=z model=claude-opus-4-6 in=100 out=10 response=chatcmpl-A\n");
    QTest::newRow("other totals") << QStringLiteral("t/1 llm name=z model=gpt-5.4 in=101 out=10 response=chatcmpl-A\n");
    QTest::newRow("an id that is counted, half a minute later")
        << QStringLiteral("t/1 llm name=z model=gpt-5.4 in=100 out=10 response=chatcmpl-A at=2026-08-20T10:00:30Z\n");
    QTest::newRow("another hour") << QStringLiteral(
        "t/1 llm name=z model=gpt-5.4 in=100 out=10 response=chatcmpl-A at=2026-08-20T11:00:00Z\n");
    QTest::newRow("one trace, one without usage")
        << QStringLiteral("g/2 llm name=z model=gpt-5.4 in=100 response=chatcmpl-A\n");
}

void WitnessesTest::whatOnlySharesAnIdStaysApart()
{
    QFETCH(QString, other);
    const TemporaryWorkspace workspace;
    QVERIFY(Story(workspace).record(gateway));
    QVERIFY(Story(workspace).record(other.toStdString()));
    const std::string answer = billed(workspace);
    QVERIFY2(answer.starts_with("gateway gpt-5.4 100 10\nz "), answer.c_str());
    QVERIFY2(answer.ends_with("others 0\n"), answer.c_str());
}

void WitnessesTest::theOtherIsBilledWhenTheBetterIsRemoved()
{
    const TemporaryWorkspace workspace;
    QVERIFY(Story(workspace).record(gateway));
    QVERIFY(Story(workspace).record(trace));
    QVERIFY(Story(workspace).remove(2));
    QCOMPARE(billed(workspace), std::string("gateway gpt-5.4 100 10\nothers 0\n"));
    QVERIFY(Story(workspace).record(trace));
    QCOMPARE(billed(workspace), one);
    QVERIFY(Story(workspace).remove(1));
    QCOMPARE(billed(workspace), std::string("trace gpt-5.4-2026-03-05 100 10\nothers 0\n"));
    QCOMPARE(rollUp(workspace), recount(workspace));
}

void WitnessesTest::aThirdWitnessTakesBothAlong()
{
    const TemporaryWorkspace workspace;
    QVERIFY(Story(workspace).record("a/1 llm name=a model=gpt-5.4 in=100 response=chatcmpl-A\n"));
    QVERIFY(Story(workspace).record(gateway));
    QVERIFY(Story(workspace).record(trace));
    QCOMPARE(billed(workspace), std::string("trace gpt-5.4-2026-03-05 100 10\nothers 2\n"));
    // Something of a loser's trace changes: it stays a witness.
    QVERIFY(Story(workspace).record("g/2 < 1 tool name=later\n"));
    QCOMPARE(billed(workspace), std::string("trace gpt-5.4-2026-03-05 100 10\nothers 2\n"));
    QCOMPARE(rollUp(workspace), recount(workspace));
}

void WitnessesTest::settlingAnewDecidesTheSame()
{
    const TemporaryWorkspace workspace;
    QVERIFY(Story(workspace).record(trace));
    QVERIFY(Story(workspace).record(gateway));
    QVERIFY(Story(workspace).change("time_zone", "Asia/Kolkata"));
    QCOMPARE(billed(workspace), one);
    QCOMPARE(answerOf(workspace, "SELECT count(*) FROM other_witness"), std::string("1\n"));
}

void WitnessesTest::theReportedCostOfTheOtherIsKept()
{
    const auto reported = [](const TemporaryWorkspace& workspace) {
        const auto answer = workspace.queries()->breakdown({}, StopToken());
        return answer && answer->total.reportedCost ? decimalText(*answer->total.reportedCost) : std::string("-");
    };
    const TemporaryWorkspace workspace;
    QVERIFY(Story(workspace).record(trace));
    QCOMPARE(reported(workspace), std::string("-"));
    QVERIFY(Story(workspace).record(
        "g/1 llm name=gateway model=gpt-5.4 in=100 out=10 response=chatcmpl-A reported=0.0123\n"));
    QCOMPARE(billed(workspace), one);
    QCOMPARE(reported(workspace), std::string("0.0123"));
    QVERIFY(Story(workspace).change("time_zone", "Asia/Kolkata"));
    QCOMPARE(reported(workspace), std::string("0.0123"));
    QVERIFY(Story(workspace).remove(2));
    QCOMPARE(reported(workspace), std::string("-"));
}

/// So many are sought among all calls, not one by one; those of one source need no index.
void WitnessesTest::thousandsAreFoundAtOnce()
{
    constexpr int many = 2'100;
    const auto calls = [](const char* trace, const char* name) {
        std::string lines;
        for (int i = 0; i < many; ++i)
            lines += trace + std::to_string(i) + "/1 llm name=" + name +
                     " model=gpt-5.4 in=100 out=10 response=chatcmpl-A1b2C3d4E5-" + std::to_string(i) + "\n";
        return lines;
    };
    const TemporaryWorkspace workspace;
    const auto indexes = [&] {
        return answerOf(workspace, "SELECT count(*) FROM sqlite_schema WHERE name = 'call_response'");
    };
    QVERIFY(Story(workspace).record(calls("g", "gateway")));
    QCOMPARE(indexes(), std::string("0\n"));
    QVERIFY(Story(workspace).record(calls("t", "trace") + "t/1 llm name=alone model=gpt-5.4 in=1 out=1 response=r\n"));
    QCOMPARE(answerOf(workspace, "SELECT count(*) FROM calls"), std::to_string(many + 1) + "\n");
    QCOMPARE(answerOf(workspace, "SELECT count(*) FROM unbilled WHERE reason = 1"), std::to_string(many) + "\n");
    QCOMPARE(indexes(), std::string("1\n"));
    QCOMPARE(rollUp(workspace), recount(workspace));
}

QTEST_GUILESS_MAIN(WitnessesTest)
#include "witnesses_test.moc"
