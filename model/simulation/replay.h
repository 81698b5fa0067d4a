// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "model/core/stop_token.h"
#include "model/simulation/latency.h"
#include "model/simulation/setting.h"

namespace plumbline::simulation {

/// What some calls come to.
struct Figures
{
    std::int64_t calls = 0, callsWithUsage = 0;
    TokenCount input = 0, output = 0; ///< side calls included
    MoneySum cost = {};
    std::optional<double> wasteRatio = {}; ///< in tokens; none where there are none
    std::optional<Latencies> latency = {}; ///< none: no estimate
    std::vector<MoneySum> features = {};   ///< by the world's features
    std::vector<MoneySum> days = {};       ///< by day of the world, from its first
    bool operator==(const Figures&) const = default;
};

struct Step
{
    std::string lever;
    std::size_t place = 0; ///< of its setting among those that were given
    MoneySum saving = {};  ///< negative: it costs
    bool operator==(const Step&) const = default;
};

struct Outcome
{
    Figures after;
    std::vector<Step> steps; ///< in the order of levers; before − after = their sum, exactly
    std::vector<Risk> risks;
    bool repeatsCaches = false; ///< as they were when they were replayed last
    /// Tokens that removed calls had written to caches, where those are not replayed: others are still billed for
    /// reading.
    TokenCount orphanedWrites = 0;
    bool operator==(const Outcome&) const = default;
};

/// Tokens of a feature that were read from caches, as they were billed and as a replay of caches has them.
struct CacheFit
{
    std::uint32_t feature = 0;
    TokenCount reported = 0, predicted = 0;
};

/// Replays a world under other rules. Pure: the same settings give the same outcome, and none gives what was billed,
/// bit for bit. Keeps its columns between replays; one thread.
class Replay
{
public:
    explicit Replay(std::shared_ptr<const World> world);

    const World& world() const { return *m_world; }
    const Figures& before() const { return m_before; }

    enum class Detail : std::uint8_t
    {
        Money, ///< while a slider moves: neither latencies nor the waste that is left, and caches as they were last
        All,
    };
    /// The settings in any order, each lever at most once for a call. Cancelled.
    Result<Outcome> run(const std::vector<Setting>& settings, Detail detail, const StopToken& stop);
    /// What the whole is worth: the sum of the steps, and nothing else.
    Result<MoneySum> saving(const std::vector<Setting>& settings, const StopToken& stop);
    /// How near a replay of caches alone comes to what was billed: features that any read was billed of
    /// (drains-and-simulation.md §6, reality check).
    Result<std::vector<CacheFit>> cacheFit(const Setting& caching, const StopToken& stop);

private:
    /// How many of these are marked: their place is where to go on from.
    std::size_t rewind(const std::vector<Setting>& order, bool isExact);
    Result<std::vector<Step>> play(const std::vector<Setting>& settings, State::Caches caches, const StopToken& stop);
    bool knowsCachesOf(const Setting& setting) const;
    void repriceShortened();
    Figures figures(Detail detail) const;
    TokenCount wasteLeft() const;

    std::shared_ptr<const World> m_world;
    std::vector<LatencyFit> m_fits;
    State m_state;
    /// The levers before the one under the hand are not pulled anew while it moves.
    std::vector<Setting> m_last, m_marked;
    std::vector<Step> m_markedSteps;
    bool m_isMarkExact = true;       ///< no caches were repeated before the mark
    bool m_isExact = true;           ///< nor up to now
    std::vector<Setting> m_cachesOf; ///< those whose caches the state remembers
    Figures m_before;
};

} // namespace plumbline::simulation
