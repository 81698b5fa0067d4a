// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/jobs/job_runner.h"

#include <QFutureWatcher>
#include <QPromise>

#include <chrono>
#include <mutex>

namespace plumbline {

namespace {

/// Where the worker leaves the newest progress for the GUI thread to pick up.
class Mailbox
{
public:
    void put(const Progress& progress)
    {
        const std::lock_guard lock(m_mutex);
        m_progress = progress;
    }
    Progress take()
    {
        const std::lock_guard lock(m_mutex);
        return m_progress;
    }

private:
    std::mutex m_mutex;
    Progress m_progress;
};

} // namespace

JobRunner::JobRunner(QObject* parent) : QObject(parent) {}

JobRunner::~JobRunner()
{
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void JobRunner::cancel()
{
    m_stop.requestStop();
}

void JobRunner::launch(std::function<void(const StopToken&, const ProgressSink&)> work, std::function<void()> deliver)
{
    m_stop.requestStop();
    m_stop = StopToken();
    const quint64 number = ++m_newest;

    const auto mailbox = std::make_shared<Mailbox>();
    auto promise = std::make_shared<QPromise<void>>();
    auto* watcher = new QFutureWatcher<void>(this);
    connect(watcher, &QFutureWatcherBase::progressValueChanged, this, [this, number, mailbox] {
        if (number == m_newest)
            emit progressed(mailbox->take());
    });
    connect(watcher, &QFutureWatcherBase::finished, this, [this, number, watcher, deliver = std::move(deliver)] {
        watcher->deleteLater();
        if (number != m_newest)
            return;
        // It has said its last word; what it held is gone before its answer is told.
        m_thread.join();
        setRunning(false);
        deliver();
    });
    watcher->setFuture(promise->future());
    promise->start();
    promise->setProgressRange(0, 0);

    // The new thread waits for the old one, so that work never overlaps and the destructor has one thread to join.
    m_thread = std::thread([previous = std::move(m_thread), work = std::move(work), promise = std::move(promise),
                            mailbox, stop = m_stop]() mutable {
        if (previous.joinable())
            previous.join();
        using Clock = std::chrono::steady_clock;
        constexpr auto pause = std::chrono::milliseconds(50);
        std::optional<Clock::time_point> lastSent;
        int sent = 0;
        work(stop, [&](const Progress& progress) {
            const auto now = Clock::now();
            if (lastSent && now - *lastSent < pause)
                return;
            lastSent = now;
            mailbox->put(progress);
            promise->setProgressValue(++sent);
        });
        // What the work holds is let go here, not on whichever thread drops the last reference.
        work = nullptr;
        promise->finish();
    });
    setRunning(true);
}

void JobRunner::setRunning(bool isRunning)
{
    if (m_isRunning == isRunning)
        return;
    m_isRunning = isRunning;
    emit runningChanged(isRunning);
}

} // namespace plumbline
