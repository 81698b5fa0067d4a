// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>

#include <chrono>

#include "model/jobs/job_runner.h"

using namespace plumbline;

namespace {

/// Works until somebody asks it to stop.
Result<int> untilStopped(const StopToken& stop)
{
    while (!stop.isStopRequested())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return fail(ErrorKind::Cancelled, "cancelled");
}

} // namespace

class JobRunnerTest : public QObject
{
    Q_OBJECT

private slots:
    void theAnswerArrivesOnTheGuiThread()
    {
        JobRunner runner;
        std::thread::id asked;
        std::thread::id answered;
        int answer = 0;
        runner.start(
            [&asked](const StopToken&) -> Result<int> {
                asked = std::this_thread::get_id();
                return 42;
            },
            [&](Result<int> result) {
                answered = std::this_thread::get_id();
                answer = result.value();
            });
        QVERIFY(runner.isRunning());
        QTRY_COMPARE(answer, 42);
        QCOMPARE(answered, std::this_thread::get_id());
        QVERIFY(asked != answered);
        QVERIFY(!runner.isRunning());
    }

    void errorsArriveAsTheyAre()
    {
        JobRunner runner;
        std::optional<Error> error;
        runner.start([](const StopToken&) -> Result<> { return fail(ErrorKind::DiskFull, "no room"); },
                     [&](Result<> result) { error = result.error(); });
        QTRY_VERIFY(error.has_value());
        QCOMPARE(*error, (Error{ErrorKind::DiskFull, "no room"}));
    }

    void cancelIsNoFailureAndIsQuick()
    {
        JobRunner runner;
        std::optional<ErrorKind> kind;
        runner.start(untilStopped, [&](Result<int> result) { kind = result.error().kind; });
        const auto begin = std::chrono::steady_clock::now();
        runner.cancel();
        QTRY_VERIFY(kind.has_value());
        QCOMPARE(*kind, ErrorKind::Cancelled);
        QVERIFY(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(200));
    }

    void theNewestQuestionWins()
    {
        JobRunner runner;
        QList<int> answers;
        runner.start(untilStopped, [&](Result<int>) { answers += -1; });
        for (int i = 0; i < 20; ++i)
            runner.start([i](const StopToken&) -> Result<int> { return i; },
                         [&](Result<int> result) { answers += result.value(); });
        QTRY_COMPARE(answers, QList<int>({19}));
        QTest::qWait(50);
        QCOMPARE(answers, QList<int>({19}));
    }

    void workOfOneRunnerNeverOverlaps()
    {
        JobRunner runner;
        const auto atWork = std::make_shared<std::atomic<int>>(0);
        const auto most = std::make_shared<std::atomic<int>>(0);
        bool isDone = false;
        for (int i = 0; i < 5; ++i)
            runner.start(
                [atWork, most](const StopToken&) -> Result<> {
                    *most = std::max<int>(*most, ++*atWork);
                    std::this_thread::sleep_for(std::chrono::milliseconds(5));
                    --*atWork;
                    return {};
                },
                [&](Result<>) { isDone = true; });
        QTRY_VERIFY(isDone);
        QCOMPARE(most->load(), 1);
    }

    void destructionCancelsWaitsAndCallsNobody()
    {
        bool isCalled = false;
        const auto isWorking = std::make_shared<std::atomic<bool>>(false);
        {
            JobRunner runner;
            runner.start(
                [isWorking](const StopToken& stop) -> Result<int> {
                    *isWorking = true;
                    auto result = untilStopped(stop);
                    *isWorking = false;
                    return result;
                },
                [&](Result<int>) { isCalled = true; });
            QTRY_VERIFY(*isWorking);
        }
        QVERIFY(!*isWorking);
        QTest::qWait(20);
        QVERIFY(!isCalled);
    }

    void progressIsThrottledAndNeverComesLate()
    {
        JobRunner runner;
        bool isDone = false;
        int afterDone = 0;
        QSignalSpy progress(&runner, &JobRunner::progressed);
        connect(&runner, &JobRunner::progressed, this, [&] { afterDone += isDone; });
        const auto begin = std::chrono::steady_clock::now();
        runner.start(
            [](const StopToken&, const ProgressSink& sink) -> Result<> {
                for (std::uint64_t i = 0; i < 300; ++i) {
                    sink({.what = "file", .done = i, .total = 300});
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                }
                return {};
            },
            [&](Result<>) { isDone = true; });
        QTRY_VERIFY(isDone);
        const auto elapsed =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count();
        QTest::qWait(60);
        QVERIFY(progress.size() >= 2);
        QVERIFY2(progress.size() <= elapsed / 50 + 1, qPrintable(QString::number(progress.size())));
        QCOMPARE(afterDone, 0);
        QCOMPARE(progress.last().at(0).value<Progress>().total, 300U);
    }

    void aCallbackMayAskTheNextQuestion()
    {
        JobRunner runner;
        int answer = 0;
        runner.start([](const StopToken&) -> Result<int> { return 1; },
                     [&](Result<int> first) {
                         runner.start([first](const StopToken&) -> Result<int> { return *first + 1; },
                                      [&](Result<int> second) { answer = *second; });
                     });
        QTRY_COMPARE(answer, 2);
    }

    void runningChangesOnceAQuestion()
    {
        JobRunner runner;
        QSignalSpy running(&runner, &JobRunner::runningChanged);
        bool isDone = false;
        runner.start(untilStopped, [](Result<int>) {});
        runner.start([](const StopToken&) -> Result<> { return {}; }, [&](Result<>) { isDone = true; });
        QTRY_VERIFY(isDone);
        QCOMPARE(running.size(), 2);
        QCOMPARE(running.at(0).at(0), true);
        QCOMPARE(running.at(1).at(0), false);
    }
};

QTEST_GUILESS_MAIN(JobRunnerTest)
#include "job_runner_test.moc"
