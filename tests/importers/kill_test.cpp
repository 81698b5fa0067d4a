// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <QElapsedTimer>
#include <QProcess>

#include "model/sample/sample.h"
#include "model/sample/writers.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// The import is killed at many moments; whatever was there before is what is there after.
class KillTest : public QObject
{
    Q_OBJECT

private slots:
    void aKilledImportLeavesNothingAndCanBeDoneAgain();
};

void KillTest::aKilledImportLeavesNothingAndCanBeDoneAgain()
{
    const TemporaryWorkspace workspace;
    std::string text;
    QVERIFY(generate(
        SampleOptions{.calls = 6000, .months = 1},
        [&](const SampleTrace& trace) -> Result<> {
            append(text, trace, SampleFormat::Langfuse);
            return {};
        },
        StopToken()));
    const auto file = workspace.write("traces.jsonl", text);
    const auto program = QStringLiteral(PLUMBLINE_PROGRAM);
    const QStringList arguments = {QStringLiteral("import"), QStringLiteral("--store"),
                                   QString::fromStdString(workspace.path().string()),
                                   QString::fromStdString(file.string())};

    // Undisturbed, in a workspace of its own: the answer, and how long it takes.
    const TemporaryWorkspace undisturbed;
    QElapsedTimer clock;
    clock.start();
    QVERIFY(undisturbed.import({file}));
    const qint64 whole = std::max<qint64>(clock.elapsed(), 20);
    const std::string answer = undisturbed.breakdown({Dimension::Feature, Dimension::Model});
    QVERIFY(!answer.empty());

    constexpr int kills = 20;
    int cutShort = 0;
    for (int i = 0; i < kills; ++i) {
        QProcess process;
        process.start(program, arguments);
        QVERIFY(process.waitForStarted());
        if (!process.waitForFinished(static_cast<int>(whole * (i + 1) / kills))) {
            process.kill();
            process.waitForFinished();
            ++cutShort;
        }
        const std::string visible = std::filesystem::exists(workspace.path())
                                        ? workspace.breakdown({Dimension::Feature, Dimension::Model})
                                        : std::string();
        // All of it, or nothing; a file that was never begun is no workspace yet.
        QVERIFY2(visible.empty() || visible == answer || visible.find("not a Plumbline workspace") != std::string::npos,
                 visible.c_str());
    }
    QVERIFY(cutShort > 0);
    QProcess last;
    last.start(program, arguments);
    QVERIFY(last.waitForFinished(60'000));
    QCOMPARE(last.exitCode(), 0);
    QCOMPARE(workspace.breakdown({Dimension::Feature, Dimension::Model}), answer);
}

QTEST_GUILESS_MAIN(KillTest)
#include "kill_test.moc"
