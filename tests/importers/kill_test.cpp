// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/places.h"
#include "support/workspace.h"

#include <QElapsedTimer>
#include <QProcess>

#include "model/sample/sample.h"
#include "model/sample/writers.h"

#include <csignal>

#include <sys/resource.h>
#include <unistd.h>

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

namespace {

std::string sampleText()
{
    std::string text;
    const auto written = generate(
        SampleOptions{.calls = 6000, .months = 1},
        [&](const SampleTrace& trace) -> Result<> {
            append(text, trace, SampleFormat::Langfuse);
            return {};
        },
        StopToken());
    return written ? text : std::string();
}

struct Undisturbed
{
    std::string answer = {}; ///< empty: it could not be imported
    qint64 milliseconds = 0;
};

/// An import into a workspace of its own: the answer, and how long it takes.
Undisturbed undisturbed(const std::filesystem::path& file)
{
    const TemporaryWorkspace workspace;
    QElapsedTimer clock;
    clock.start();
    if (!workspace.import({file}))
        return {};
    const qint64 took = std::max<qint64>(clock.elapsed(), 20);
    return {workspace.breakdown({Dimension::Feature, Dimension::Model}), took};
}

} // namespace

/// The import is killed at many moments; whatever was there before is what is there after.
class KillTest : public QObject
{
    Q_OBJECT

private slots:
    void aKilledImportLeavesNothingAndCanBeDoneAgain();
    void aKilledFirstImportLeavesNothing();
    void aFullDiskIsAnErrorAndLosesNothing_data();
    void aFullDiskIsAnErrorAndLosesNothing();
    void aFolderWithoutRightsIsAnError();
};

void KillTest::aKilledImportLeavesNothingAndCanBeDoneAgain()
{
    const TemporaryWorkspace workspace;
    const std::string text = sampleText();
    QVERIFY(!text.empty());
    const auto file = workspace.write("traces.jsonl", text);
    const auto program = test::program();
    const QStringList arguments = {QStringLiteral("import"), QStringLiteral("--store"),
                                   QString::fromStdString(workspace.path().string()),
                                   QString::fromStdString(file.string())};

    const auto [answer, whole] = undisturbed(file);
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

/// The first import makes the file: until it is whole it is written without a log.
void KillTest::aKilledFirstImportLeavesNothing()
{
    const TemporaryWorkspace files;
    const auto file = files.write("traces.jsonl", sampleText());
    const auto [answer, whole] = undisturbed(file);
    QVERIFY(!answer.empty());
    constexpr int kills = 20;
    int cutShort = 0, takenBack = 0;
    for (int i = 0; i < kills; ++i) {
        const TemporaryWorkspace workspace;
        const QStringList arguments = {QStringLiteral("import"), QStringLiteral("--store"),
                                       QString::fromStdString(workspace.path().string()),
                                       QString::fromStdString(file.string())};
        QProcess process;
        process.start(test::program(), arguments);
        QVERIFY(process.waitForStarted());
        if (!process.waitForFinished(static_cast<int>(whole * (i + 1) / kills))) {
            process.kill();
            process.waitForFinished();
            ++cutShort;
        }
        const std::filesystem::path journal = workspace.path().string() + "-journal";
        std::error_code none;
        const bool wasBegun = std::filesystem::exists(journal, none) && std::filesystem::file_size(journal, none) > 0;
        // Who only reads finds all of it, a workspace without calls, or none yet.
        const std::string visible = workspace.breakdown({Dimension::Feature, Dimension::Model});
        const bool isNone = visible.find("not a Plumbline workspace") != std::string::npos ||
                            visible.find("no such workspace") != std::string::npos;
        QVERIFY2(visible.empty() || visible == answer || isNone, visible.c_str());
        takenBack += wasBegun && visible.empty();
        QProcess again;
        again.start(test::program(), arguments);
        QVERIFY(again.waitForFinished(60'000));
        QCOMPARE(again.exitCode(), 0);
        QVERIFY(!std::filesystem::exists(journal));
        QCOMPARE(workspace.breakdown({Dimension::Feature, Dimension::Model}), answer);
    }
    QVERIFY(cutShort > 5);
    QVERIFY(takenBack > 0);
}

void KillTest::aFullDiskIsAnErrorAndLosesNothing_data()
{
    QTest::addColumn<int>("megabytes");
    for (const int megabytes : {1, 2, 3, 5})
        QTest::addRow("%d MB", megabytes) << megabytes;
}

void KillTest::aFullDiskIsAnErrorAndLosesNothing()
{
    // No file may grow beyond a few megabytes: what writes then see is what a full disk shows them.
    QFETCH(int, megabytes);
    const TemporaryWorkspace workspace;
    const auto before =
        workspace.write("before.jsonl", "{\"id\":\"a\",\"traceId\":\"t\",\"type\":\"GENERATION\",\"startTime\":"
                                        "\"2026-09-01T00:00:00Z\",\"usageDetails\":{\"input\":1,\"output\":1}}\n");
    QVERIFY(workspace.import({before}));
    const std::string answer = workspace.breakdown({Dimension::Model});
    const auto file = workspace.write("traces.jsonl", sampleText());
    QProcess process;
    process.setChildProcessModifier([megabytes] {
        std::signal(SIGXFSZ, SIG_IGN);
        const auto limit = static_cast<rlim_t>(megabytes) << 20;
        const rlimit most{limit, limit};
        setrlimit(RLIMIT_FSIZE, &most);
    });
    process.start(test::program(),
                  {QStringLiteral("import"), QStringLiteral("--store"),
                   QString::fromStdString(workspace.path().string()), QString::fromStdString(file.string())});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QVERIFY(process.exitCode() != 0);
    const QByteArray said = process.readAllStandardError();
    QVERIFY2(said.contains("test.plumb") || said.contains("disk"), said.constData());
    QCOMPARE(workspace.breakdown({Dimension::Model}), answer);
    // With room again it goes on as if nothing had been.
    QVERIFY(workspace.import({file}));
    const TemporaryWorkspace undisturbed;
    QVERIFY(undisturbed.import({before}));
    QVERIFY(undisturbed.import({file}));
    QCOMPARE(workspace.breakdown({Dimension::Feature}), undisturbed.breakdown({Dimension::Feature}));
}

void KillTest::aFolderWithoutRightsIsAnError()
{
    if (geteuid() == 0)
        QSKIP("root has every right");
    const TemporaryWorkspace workspace;
    const auto closed = workspace.folder() / "closed";
    std::filesystem::create_directory(closed);
    std::filesystem::permissions(closed, std::filesystem::perms::none);
    const auto report = workspace.import({closed});
    std::filesystem::permissions(closed, std::filesystem::perms::owner_all);
    QVERIFY(!report);
    QCOMPARE(report.error().kind, ErrorKind::Unreadable);
    QVERIFY(report.error().text().find("closed") != std::string::npos);
}

QTEST_GUILESS_MAIN(KillTest)
#include "kill_test.moc"
