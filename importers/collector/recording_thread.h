// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "importers/collector/intake.h"
#include "importers/collector/redactor.h"
#include "importers/collector/tally.h"
#include "model/record/live_recorder.h"

namespace plumbline::collector {

/// Unpacks, reads and records what the server hands it, in batches, on a thread of its own: a post is answered when the
/// batch it is in is durable. What waits is bounded. While the workspace cannot be written, posts are asked to come
/// again and the recorder is opened anew for each batch, so that it goes on when the trouble is over.
class RecordingThread
{
public:
    struct Setup
    {
        std::filesystem::path workspace = {};
        std::string purpose = {}; ///< names the owner of the lock
        Privacy privacy = Privacy::Bodies;
    };
    RecordingThread(Setup setup, Redactor redactor, Tally& tally);
    ~RecordingThread();

    /// Opens the recorder on the caller's thread, so that what is wrong with the workspace is told at once, and begins.
    /// `ways`: how many have the workspace already and take it back later; it is opened after them.
    Result<> start(int ways);

    using Done = std::function<void(Answer)>;
    /// False if too much waits already; otherwise `done` is called once, on the recording thread.
    bool submit(Post&& post, Destination&& destination, Done done);

    /// Records what it has accepted, and ends: nothing is taken any more.
    void end();

    /// Lets go of the workspace, for another recorder of this process, until `takeBack`; what comes waits.
    void wantWay();
    void waitForWay();
    void takeBack();

private:
    struct Waiting
    {
        Post post;
        Destination destination;
        Done done;
        std::chrono::steady_clock::time_point since;
    };
    using Batch = std::deque<Waiting>;

    void run();
    Batch nextBatch(std::unique_lock<std::mutex>& lock);
    void record(Batch& batch);
    /// The answers, in the order of the posts; an error if nothing of the batch is recorded.
    Result<std::vector<Answer>> tryToRecord(Batch& batch, std::size_t first, std::size_t end);
    void turnAway(Batch& batch, std::size_t first, std::size_t end, const Error& error);
    void turnAwayOld(std::unique_lock<std::mutex>& lock);

    const Setup m_setup;
    const Redactor m_redactor;
    CleanTexts m_cleanTexts;
    Tally& m_tally;
    Intake m_intake;
    std::optional<LiveRecorder> m_recorder;
    bool m_wasBusy = false;
    int m_shortOnes = 0; ///< so many gatherings are short

    std::mutex m_mutex;
    std::condition_variable m_wake, m_gaveWay;
    // Under the mutex:
    Batch m_waiting;
    std::size_t m_waitingBytes = 0;
    int m_wantWay = 0; ///< how many ask the thread to give way
    bool m_hasGivenWay = false;
    bool m_isOwnTurn = false; ///< what waited is recorded before way is given again
    bool m_isEnding = false;
    bool m_hasEnded = false; ///< and let go of the workspace

    std::thread m_thread; // last: it uses all of the above
};

} // namespace plumbline::collector
