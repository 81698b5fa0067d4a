// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/recording_thread.h"

#include <malloc.h>

#include <exception>

#include "importers/collector/recording_post_sink.h"

namespace plumbline::collector {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostWaitingPosts = 4096;
constexpr std::size_t mostWaitingBytes = std::size_t{48} << 20;
constexpr std::size_t mostBatchPosts = 512;
constexpr std::size_t mostBatchBytes = std::size_t{16} << 20;
/// How long a first post waits for others to share its commit, while there is little to do. Where nobody came in that
/// time – a client that sends its next post after the answer would only be held up – the next ones wait hardly at all.
constexpr auto longGathering = 100ms, shortGathering = 5ms;
constexpr int shortOnes = 64;
constexpr std::size_t fewPosts = 4;
/// Clients give up after ten seconds; those that would wait longer had better come again.
constexpr auto longestWait = 7s;
constexpr std::size_t largeBody = std::size_t{8} << 20;
constexpr std::size_t keptForBodies = std::size_t{32} << 20;
constexpr unsigned comeAgainIn = 1; // seconds

} // namespace

RecordingThread::RecordingThread(Setup setup, Redactor redactor, Tally& tally)
    : m_setup(std::move(setup)), m_redactor(std::move(redactor)), m_tally(tally)
{
}

RecordingThread::~RecordingThread()
{
    end();
}

void RecordingThread::end()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_wake.notify_all();
    m_gaveWay.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

Result<> RecordingThread::start(int ways)
{
    m_wantWay = ways;
    if (ways == 0)
        m_recorder.emplace(TRY(LiveRecorder::open(m_setup.workspace, m_setup.purpose, m_setup.privacy)));
    // Otherwise the allocator keeps for itself what one large body took; what many small ones take and give back it
    // keeps.
    mallopt(M_MMAP_THRESHOLD, static_cast<int>(largeBody));
    mallopt(M_TRIM_THRESHOLD, static_cast<int>(keptForBodies));
    m_thread = std::thread([this] { run(); });
    return {};
}

bool RecordingThread::submit(Post&& post, Destination&& destination, Done done)
{
    {
        const std::lock_guard lock(m_mutex);
        const std::size_t bytes = post.body.size();
        if (m_isEnding || m_waiting.size() >= mostWaitingPosts || m_waitingBytes + bytes > mostWaitingBytes)
            return false;
        m_waitingBytes += bytes;
        m_waiting.push_back(
            {std::move(post), std::move(destination), std::move(done), std::chrono::steady_clock::now()});
    }
    m_wake.notify_all();
    return true;
}

void RecordingThread::wantWay()
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_wantWay;
    }
    m_wake.notify_all();
}

void RecordingThread::waitForWay()
{
    std::unique_lock lock(m_mutex);
    m_gaveWay.wait(lock, [this] { return m_hasGivenWay || m_hasEnded; });
}

void RecordingThread::takeBack()
{
    {
        const std::lock_guard lock(m_mutex);
        if (--m_wantWay == 0) {
            m_hasGivenWay = false;
            m_isOwnTurn = true;
        }
    }
    m_wake.notify_all();
}

void RecordingThread::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (m_wantWay > 0 && !m_isEnding && (!m_isOwnTurn || m_waiting.empty())) {
            m_recorder.reset();
            m_hasGivenWay = true;
            m_gaveWay.notify_all();
            m_wake.wait_for(lock, 200ms, [this] { return !m_hasGivenWay || m_isEnding; });
            if (m_hasGivenWay && !m_isEnding)
                turnAwayOld(lock);
            continue;
        }
        if (m_waiting.empty()) {
            if (m_isEnding)
                break;
            m_wasBusy = false;
            m_wake.wait(lock, [this] { return !m_waiting.empty() || m_isEnding || m_wantWay > 0; });
            continue;
        }
        Batch batch = nextBatch(lock);
        m_isOwnTurn = false;
        lock.unlock();
        record(batch);
        lock.lock();
    }
    m_recorder.reset();
    m_hasEnded = true;
    m_gaveWay.notify_all();
}

RecordingThread::Batch RecordingThread::nextBatch(std::unique_lock<std::mutex>& lock)
{
    if (!m_wasBusy && m_waiting.size() < fewPosts) {
        const bool isLong = m_shortOnes == 0;
        m_wake.wait_for(lock, isLong ? longGathering : shortGathering,
                        [this] { return m_waiting.size() >= fewPosts || m_isEnding || m_wantWay > 0; });
        if (m_waiting.size() > 1)
            m_shortOnes = 0;
        else
            m_shortOnes = isLong ? shortOnes : m_shortOnes - 1;
    }
    Batch batch;
    std::size_t bytes = 0;
    while (!m_waiting.empty() && batch.size() < mostBatchPosts &&
           (batch.empty() || bytes + m_waiting.front().post.body.size() <= mostBatchBytes)) {
        bytes += m_waiting.front().post.body.size();
        batch.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    m_waitingBytes -= bytes;
    m_wasBusy = batch.size() > 2 * fewPosts;
    return batch;
}

void RecordingThread::turnAwayOld(std::unique_lock<std::mutex>& lock)
{
    Batch old;
    const auto now = std::chrono::steady_clock::now();
    while (!m_waiting.empty() && now - m_waiting.front().since > longestWait) {
        m_waitingBytes -= m_waiting.front().post.body.size();
        old.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    lock.unlock();
    turnAway(old, 0, old.size(), Error{ErrorKind::Locked, "an import is at work"});
    lock.lock();
}

void RecordingThread::turnAway(Batch& batch, std::size_t first, std::size_t end, const Error& error)
{
    if (first == end)
        return;
    m_tally.turnedAway(end - first, error.text());
    for (std::size_t i = first; i < end; ++i) {
        Answer answer = refusal(batch[i].destination.route, batch[i].post.contentType, 503,
                                "nothing can be recorded at the moment: " + error.reason);
        answer.retryAfter = comeAgainIn;
        batch[i].done(std::move(answer));
    }
}

void RecordingThread::record(Batch& batch)
{
    const auto attempt = [&](std::size_t first, std::size_t end) -> Result<> {
        Result<std::vector<Answer>> answers = fail(ErrorKind::TooLarge, "out of memory");
        try {
            answers = tryToRecord(batch, first, end);
        } catch (const std::exception&) { // memory ran out: what is kept of it is the reason above
        }
        if (!answers) {
            m_recorder.reset();
            return tl::unexpected(answers.error());
        }
        for (std::size_t i = first; i < end; ++i)
            batch[i].done(std::move((*answers)[i - first]));
        return {};
    };
    bool isLarge = false;
    for (const Waiting& waiting : batch)
        isLarge |= waiting.post.body.size() > largeBody || !waiting.post.contentEncoding.empty();
    if (const auto done = attempt(0, batch.size()); !done) {
        // What one post brings on does not have to hit the others.
        const bool isEverybodys = done.error().kind == ErrorKind::Locked || done.error().kind == ErrorKind::DiskFull ||
                                  done.error().kind == ErrorKind::Unreadable;
        if (isEverybodys || batch.size() == 1)
            turnAway(batch, 0, batch.size(), done.error());
        else
            for (std::size_t i = 0; i < batch.size(); ++i)
                if (const auto alone = attempt(i, i + 1); !alone)
                    turnAway(batch, i, i + 1, alone.error());
    }
    if (isLarge)
        malloc_trim(0);
}

Result<std::vector<Answer>> RecordingThread::tryToRecord(Batch& batch, std::size_t first, std::size_t end)
{
    std::error_code unreadable;
    if (m_recorder && !std::filesystem::exists(m_setup.workspace, unreadable))
        m_recorder.reset(); // somebody took the file away: what is written into it now would go with it
    if (!m_recorder)
        m_recorder.emplace(TRY(LiveRecorder::open(m_setup.workspace, m_setup.purpose, m_setup.privacy)));
    TRY(m_recorder->begin());
    RecordingPostSink sink(*m_recorder, m_redactor, m_cleanTexts, m_setup.privacy != Privacy::Metadata);
    std::vector<Answer> answers;
    for (std::size_t i = first; i < end; ++i) {
        m_recorder->endRecord(); // a post that is refused whole is not what came before it
        answers.push_back(TRY(m_intake.take(batch[i].post, batch[i].destination, sink)));
    }
    const LiveRecorder::Outcome outcome = TRY(m_recorder->commit());
    m_tally.recorded(end - first, outcome.spans + outcome.traces + outcome.scores, outcome.duplicates);
    m_tally.rejected(sink.skipped(), sink.lastReason());
    return answers;
}

} // namespace plumbline::collector
