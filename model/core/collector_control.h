// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "model/core/error.h"
#include "model/core/import_service.h"
#include "model/core/redaction.h"
#include "model/core/time.h"

namespace plumbline {

/// How a collector listens and what it keeps.
struct CollectorSettings
{
    /// OTLP's own port over HTTP, so that most SDKs need no setting at all.
    static constexpr std::uint16_t defaultPort = 4318;

    std::string host = "127.0.0.1";   ///< anything but loopback wants a token
    std::uint16_t port = defaultPort; ///< 0: any that is free
    std::string token = {};           ///< what clients have to give as key; empty: nothing
    std::string forward = {};         ///< `https://cloud.langfuse.com`: where raw requests go on to; empty: nowhere
    Privacy privacy = Privacy::Bodies;
    Redaction redaction = {};

    bool operator==(const CollectorSettings&) const = default;
};

/// What a collector did since it was started.
struct CollectorStatus
{
    bool isRunning = false;
    std::string address = {};       ///< `http://127.0.0.1:4318`
    std::uint64_t posts = 0;        ///< taken
    std::uint64_t spans = 0;        ///< recorded: spans, traces and scores
    std::uint64_t duplicates = 0;   ///< that were there to the byte
    std::uint64_t rejected = 0;     ///< posts that made no sense, or spans in them
    std::uint64_t turnedAway = 0;   ///< asked to come again: too much at once, or the workspace not writable
    std::uint64_t refused = 0;      ///< not let in: foreign origin or host, no token, too large
    std::uint64_t forwarded = 0;    ///< posts that arrived upstream
    std::uint64_t notForwarded = 0; ///< posts that did not
    std::string lastError = {};     ///< of any of these, the last
    std::optional<Timestamp> lastErrorAt = {};
    std::optional<Timestamp> lastSpanAt = {};
    double spansPerSecond = 0; ///< over the last ten seconds
};

/// What the window and the command line need of the collector. `start` and `stop` may take a while; the others answer
/// at once, from any thread.
class CollectorControl
{
public:
    virtual ~CollectorControl() = default;

    /// Listens, and records into the workspace, which is created if there is none. Locked names who records already;
    /// Usage where the settings make no sense; Unreadable where the address is taken.
    virtual Result<> start(const std::filesystem::path& workspace, const CollectorSettings& settings) = 0;
    /// Takes no more, and answers once what was accepted is recorded.
    virtual void stop() = 0;
    virtual CollectorStatus status() const = 0;
};

} // namespace plumbline
