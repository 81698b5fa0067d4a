// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "importers/collector/post.h"
#include "importers/collector/routes.h"
#include "importers/collector/tally.h"

namespace plumbline::collector {

/// A post as it came, for whoever sends it on: with the credentials, which are kept nowhere else.
struct RawPost
{
    std::string method = {};
    std::string target = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
};

/// Listens on one address and speaks HTTP/1.1 with any number of clients, on a thread of its own. Everything a client
/// may take its time over has a deadline, everything it may send has a bound.
class Server
{
public:
    struct Limits
    {
        std::size_t headBytes = std::size_t{32} << 10;
        std::size_t bodyBytes = std::size_t{64} << 20;
        std::size_t allBodiesBytes = std::size_t{80} << 20; ///< being received at once
        std::chrono::milliseconds headTime{10'000};         ///< from a head's first byte to its last
        std::chrono::milliseconds bodyTime{60'000};
        std::chrono::milliseconds writeTime{20'000};
        std::chrono::milliseconds idleTime{180'000}; ///< between two requests
        std::size_t connections = 16'000;            ///< fewer where the system allows fewer
    };
    struct Setup
    {
        std::string host = {};
        std::uint16_t port = 0;
        std::string token = {};
        Limits limits = {};
    };
    using Done = std::function<void(Answer)>;
    struct Handlers
    {
        /// For what is recorded: false if it cannot be taken now; otherwise calls `done` once, on any thread.
        std::function<bool(Post&&, Destination&&, Done)> record;
        /// Gets what was answered well; null: raw posts are not kept.
        std::function<void(RawPost&&)> forward;
    };

    /// Usage where the host is no address of this machine; Unreadable where the port is taken.
    static Result<std::unique_ptr<Server>> listen(const Setup& setup, Tally& tally, Handlers handlers);
    /// Stops as `stop`.
    ~Server();

    std::uint16_t port() const;
    /// Takes no new request, lets those begun be answered (for some seconds at most), and ends.
    void stop();

private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace plumbline::collector
