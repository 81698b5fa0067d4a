// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "importers/collector/server.h"
#include "importers/collector/tally.h"

namespace plumbline::collector {

/// Sends raw posts on to one address, as they came and with their credentials, on a thread of its own. Never waited
/// for: what the address does not take after some attempts, or what comes faster than it takes, is counted and dropped.
class Forwarder
{
public:
    /// `url` is `http://` or `https://`, a host, perhaps a port and the beginning of a path. Usage if it is something
    /// else. An https address has to show a certificate that the system trusts.
    static Result<std::unique_ptr<Forwarder>> to(const std::string& url, Tally& tally);
    /// Gives what waits a few seconds.
    ~Forwarder();

    void send(RawPost&& post);

private:
    struct State;
    explicit Forwarder(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace plumbline::collector
