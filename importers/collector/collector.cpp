// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/collector.h"

#include <atomic>
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

} // namespace collector

using collector::Parts;

Collector::Collector(std::string purpose) : m_purpose(std::move(purpose)), m_parts(std::make_shared<Parts>()) {}

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
    parts->workspace = workspace;
    parts->recording = std::make_unique<collector::RecordingThread>(
        collector::RecordingThread::Setup{workspace, m_purpose, settings.privacy},
        TRY(collector::Redactor::compile(settings.redaction)), parts->tally);
    TRY(parts->recording->start());
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
    std::atomic_store(&m_parts, parts);
    return {};
}

void Collector::stop()
{
    const std::shared_ptr<Parts> parts = std::atomic_load(&m_parts);
    if (!parts->isRunning.exchange(false))
        return;
    parts->server->stop();
    parts->recording->end();
    parts->forwarder.reset();
}

CollectorStatus Collector::status() const
{
    const std::shared_ptr<Parts> parts = std::atomic_load(&m_parts);
    CollectorStatus status = parts->tally.status();
    status.isRunning = parts->isRunning;
    status.address = parts->address;
    return status;
}

Collector::Way::Way(std::shared_ptr<Parts> parts) : m_parts(std::move(parts))
{
    if (m_parts)
        m_parts->recording->giveWay();
}

Collector::Way::~Way()
{
    if (m_parts)
        m_parts->recording->takeBack();
}

Collector::Way Collector::giveWay(const std::filesystem::path& workspace)
{
    std::shared_ptr<Parts> parts = std::atomic_load(&m_parts);
    std::error_code ignored;
    const bool isSame = parts->isRunning && (parts->workspace == workspace ||
                                             std::filesystem::equivalent(parts->workspace, workspace, ignored));
    return Way(isSame ? std::move(parts) : nullptr);
}

} // namespace plumbline
