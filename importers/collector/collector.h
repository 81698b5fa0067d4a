// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "model/core/collector_control.h"

namespace plumbline {

namespace collector {
struct Parts;
struct Turns;
} // namespace collector

/// The local collector: a server that takes what SDKs send, and a thread that records it.
class Collector : public CollectorControl
{
public:
    /// `purpose` names the owner of the workspace's lock: `plumbline collect`.
    explicit Collector(std::string purpose);
    ~Collector() override;

    /// While way is given to another recorder of this process, what comes waits from the start.
    Result<> start(const std::filesystem::path& workspace, const CollectorSettings& settings) override;
    void stop() override;
    CollectorStatus status() const override;

    /// Another recorder of this process may have the workspace as long as this lives; what comes meanwhile waits.
    class Way
    {
    public:
        Way(std::shared_ptr<collector::Turns> turns, std::filesystem::path workspace);
        Way(const Way&) = delete;
        Way& operator=(const Way&) = delete;
        ~Way();

    private:
        std::shared_ptr<collector::Turns> m_turns;
        std::filesystem::path m_workspace;
    };
    /// Waits until what is being recorded is durable. The way may outlive the collector.
    std::shared_ptr<Way> giveWay(const std::filesystem::path& workspace);

private:
    std::string m_purpose;
    std::shared_ptr<collector::Turns> m_turns;
};

} // namespace plumbline
