// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <type_traits>

#include "model/core/error.h"
#include "model/core/stop_token.h"

namespace plumbline {

/// Runs one question at a time off the GUI thread and brings its answer back. Lives on the GUI thread, where every
/// callback and signal arrives. The newest question wins: starting another cancels the one at work, whose answer is
/// never delivered. Work of one runner never overlaps. The destructor cancels and waits, and nothing is called after
/// it; declare a runner last in its owner.
class JobRunner : public QObject
{
    Q_OBJECT

public:
    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override;

    /// `work(const StopToken&)` or `work(const StopToken&, const ProgressSink&)` runs on another thread and returns a
    /// `Result<T>`; `done(Result<T>)` gets it. A cancelled job answers with ErrorKind::Cancelled, which nobody shows.
    /// `done` may start the next job; it must not delete the runner.
    template <class Work, class Done>
    void start(Work work, Done done)
    {
        constexpr bool wantsProgress = std::is_invocable_v<Work&, const StopToken&, const ProgressSink&>;
        const auto ask = [](Work& question, const StopToken& stop, const ProgressSink& progress) {
            if constexpr (wantsProgress)
                return question(stop, progress);
            else
                return question(stop);
        };
        using Answer = std::invoke_result_t<decltype(ask), Work&, const StopToken&, const ProgressSink&>;
        const auto answer = std::make_shared<std::optional<Answer>>();
        launch(
            [work = std::move(work), ask, answer](const StopToken& stop, const ProgressSink& progress) mutable {
                // A question that was overtaken while it waited is not asked at all.
                if (stop.isStopRequested())
                    *answer = Answer(fail(ErrorKind::Cancelled, "cancelled"));
                else
                    *answer = ask(work, stop, progress);
            },
            [done = std::move(done), answer]() mutable { done(*std::move(*answer)); });
    }

    /// Asks the job at work to stop. Its callback still comes, as a rule with Cancelled.
    void cancel();
    bool isRunning() const { return m_isRunning; }

signals:
    void runningChanged(bool isRunning);
    /// At most twenty times a second, and never after the job's callback.
    void progressed(const plumbline::Progress& progress);

private:
    void launch(std::function<void(const StopToken&, const ProgressSink&)> work, std::function<void()> deliver);
    void setRunning(bool isRunning);

    StopToken m_stop;
    quint64 m_newest = 0;
    bool m_isRunning = false;
    std::thread m_thread;
};

} // namespace plumbline
