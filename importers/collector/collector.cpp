// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/collector.h"

#include <atomic>
#include <mutex>
#include <set>
#include <system_error>

#include "importers/collector/admission.h"
#include "importers/collector/forwarder.h"
#include "importers/collector/recording_thread.h"
#include "importers/collector/server.h"

namespace plumbline {

namespace collector {

/// A collector at work. In the order of their ends: the server stops taking first, what it took is recorded then.
struct Parts
{
    std::filesystem::path workspace;
    std::string address;
    Tally tally;
    std::unique_ptr<RecordingThread> recording;
    std::unique_ptr<Forwarder> forwarder;
    std::unique_ptr<Server> server;
    std::atomic<bool> isRunning{false};
};

/// Who may record now. A way that is given holds for every collector that starts meanwhile.
struct Turns
{
    std::mutex mutex;
    std::multiset<std::filesystem::path> ways;                ///< workspaces, one for each way
    std::shared_ptr<Parts> parts = std::make_shared<Parts>(); ///< swapped as a whole

    std::shared_ptr<Parts> current()
    {
        const std::lock_guard lock(mutex);
        return parts;
    }
    bool isRecording(const std::filesystem::path& workspace) const
    {
        return parts->isRunning && parts->workspace == workspace;
    }
};

} // namespace collector

using collector::Parts;
using collector::Turns;

namespace {

/// One spelling of each path.
std::filesystem::path spelled(const std::filesystem::path& workspace)
{
    std::error_code error;
    const std::filesystem::path path = std::filesystem::weakly_canonical(workspace, error);
    return error ? workspace : path;
}

} // namespace

Collector::Collector(std::string purpose) : m_purpose(std::move(purpose)), m_turns(std::make_shared<Turns>()) {}

Collector::~Collector()
{
    stop();
}

Result<> Collector::start(const std::filesystem::path& workspace, const CollectorSettings& settings)
{
    stop();
    if (!collector::isLoopbackHost(settings.host) && settings.token.empty())
        return fail(ErrorKind::Usage,
                    "listening on " + settings.host +
                        " lets other machines in: that needs a token, which clients give as their key");
    const auto parts = std::make_shared<Parts>();
    parts->workspace = spelled(workspace);
    parts->recording = std::make_unique<collector::RecordingThread>(
        collector::RecordingThread::Setup{workspace, m_purpose, settings.privacy},
        TRY(collector::Redactor::compile(settings.redaction)), parts->tally);
    const std::lock_guard lock(m_turns->mutex);
    TRY(parts->recording->start(static_cast<int>(m_turns->ways.count(parts->workspace))));
    std::function<void(collector::RawPost &&)> forward;
    if (!settings.forward.empty()) {
        parts->forwarder = TRY(collector::Forwarder::to(settings.forward, parts->tally));
        forward = [&forwarder = *parts->forwarder](collector::RawPost&& post) { forwarder.send(std::move(post)); };
    }
    parts->server = TRY(collector::Server::listen(
        {.host = settings.host, .port = settings.port, .token = settings.token}, parts->tally,
        {.record =
             [&recording = *parts->recording](collector::Post&& post, collector::Destination&& destination,
                                              collector::Server::Done done) {
                 return recording.submit(std::move(post), std::move(destination), std::move(done));
             },
         .forward = std::move(forward)}));
    const std::string host = settings.host.find(':') == std::string::npos ? settings.host : "[" + settings.host + "]";
    parts->address = "http://" + host + ":" + std::to_string(parts->server->port());
    parts->isRunning = true;
    m_turns->parts = parts;
    return {};
}

void Collector::stop()
{
    const std::shared_ptr<Parts> parts = m_turns->current();
    if (!parts->isRunning.exchange(false))
        return;
    parts->server->stop();
    parts->recording->end();
    parts->forwarder.reset();
}

CollectorStatus Collector::status() const
{
    const std::shared_ptr<Parts> parts = m_turns->current();
    CollectorStatus status = parts->tally.status();
    status.isRunning = parts->isRunning;
    status.address = parts->address;
    return status;
}

Collector::Way::Way(std::shared_ptr<Turns> turns, std::filesystem::path workspace)
    : m_turns(std::move(turns)), m_workspace(std::move(workspace))
{
    std::unique_lock lock(m_turns->mutex);
    m_turns->ways.insert(m_workspace);
    if (!m_turns->isRecording(m_workspace))
        return;
    const std::shared_ptr<Parts> parts = m_turns->parts;
    parts->recording->wantWay();
    lock.unlock();
    parts->recording->waitForWay();
}

Collector::Way::~Way()
{
    const std::lock_guard lock(m_turns->mutex);
    m_turns->ways.erase(m_turns->ways.find(m_workspace));
    if (m_turns->isRecording(m_workspace))
        m_turns->parts->recording->takeBack();
}

std::shared_ptr<Collector::Way> Collector::giveWay(const std::filesystem::path& workspace)
{
    return std::make_shared<Way>(m_turns, spelled(workspace));
}

} // namespace plumbline
