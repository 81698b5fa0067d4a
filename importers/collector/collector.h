// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "model/core/collector_control.h"

namespace plumbline {

namespace collector {
struct Parts;
}

/// The local collector: a server that takes what SDKs send, and a thread that records it.
class Collector : public CollectorControl
{
public:
    /// `purpose` names the owner of the workspace's lock: `plumbline collect`.
    explicit Collector(std::string purpose);
    ~Collector() override;

    Result<> start(const std::filesystem::path& workspace, const CollectorSettings& settings) override;
    void stop() override;
    CollectorStatus status() const override;

    /// Another recorder of this process may have the workspace as long as this lives; what comes meanwhile waits.
    class Way
    {
    public:
        explicit Way(std::shared_ptr<collector::Parts> parts);
        Way(Way&&) noexcept = default;
        Way& operator=(Way&&) = delete;
        ~Way();

    private:
        std::shared_ptr<collector::Parts> m_parts;
    };
    Way giveWay(const std::filesystem::path& workspace);

private:
    std::string m_purpose;
    std::shared_ptr<collector::Parts> m_parts; ///< swapped as a whole; read by any thread
};

} // namespace plumbline
