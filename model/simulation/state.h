// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "model/simulation/world.h"

namespace plumbline::simulation {

/// What a call costs beside its tokens once levers are pulled: a summary that is written, a vector that is looked up.
struct SideCost
{
    std::uint32_t call = 0; ///< on whose account it goes
    std::uint32_t input = 0, output = 0;
    std::int64_t money = 0; ///< picodollars; negative: taken off
};

/// Something a person should know before they do it.
struct Risk
{
    std::string lever;
    std::string text;
    bool operator==(const Risk&) const = default;
};

/// The calls of a world while levers change them, one after another. A token that goes is taken from the bucket it was
/// billed in (drains-and-simulation.md §1.2); a part keeps its beginning.
class State
{
public:
    explicit State(const World& world);
    /// As the world is: takes back what was changed.
    void reset();

    /// The next lever begins to change: answers what the one before saved, in picodollars.
    MoneySum::Integer begin();

    const Tokens& tokens(std::uint32_t call) const { return m_calls[call].tokens; }
    std::uint32_t partTokens(std::uint32_t part) const { return m_parts[part]; }
    bool isRemoved(std::uint32_t call) const { return m_calls[call].isRemoved; }
    std::uint32_t ratesOf(std::uint32_t call) const { return m_calls[call].rates; }
    std::uint32_t modelOf(std::uint32_t call) const { return m_calls[call].model; }
    std::uint32_t inputOf(std::uint32_t call) const;
    std::uint32_t outputOf(std::uint32_t call) const
    {
        return m_calls[call].tokens[analysis::Visible] + m_calls[call].tokens[analysis::Thinking];
    }

    void remove(std::uint32_t call);
    void setPart(std::uint32_t part, std::uint32_t tokens);
    /// Of the answer; where later prompts send it again it changes with it.
    void setVisible(std::uint32_t call, std::uint32_t tokens);
    void setThinking(std::uint32_t call, std::uint32_t tokens);
    /// From this part of its prompt on nothing is read from a cache or written to it any more.
    void uncacheFrom(std::uint32_t call, std::uint32_t part);
    void setTokens(std::uint32_t call, const Tokens& tokens);
    void setModel(std::uint32_t call, std::uint32_t model)
    {
        m_calls[call].model = model;
        touch(call);
    }
    void setRates(std::uint32_t call, std::uint32_t rates);
    /// The place of these rates, for setRates().
    std::uint32_t placeOf(const BucketRates& rates);
    const BucketRates& ratesAt(std::uint32_t place) const { return m_rates[place]; }
    /// Its place, whether the world knows it or not; `none`: nobody's model.
    std::uint32_t placeOfModel(const std::string& name);
    const WorldModel& model(std::uint32_t place) const { return m_models[place]; }
    /// What changes with every request stands behind what stays.
    void layOutStable(std::uint32_t call)
    {
        m_calls[call].isStable = true;
        touch(call);
    }
    bool isStable(std::uint32_t call) const { return m_calls[call].isStable; }
    /// A cost of its own, which counts from the lever at hand on.
    void charge(const SideCost& side);
    void warn(std::string text) { m_risks.push_back({m_lever, std::move(text)}); }
    void nameLever(std::string_view id) { m_lever = id; }

    std::int64_t costOf(std::uint32_t call) const { return m_calls[call].cost; }
    /// Calls that the lever at hand changed up to now.
    const std::vector<std::uint32_t>& touched() const { return m_touched; }
    /// Calls that levers changed, in no order.
    const std::vector<std::uint32_t>& changed() const { return m_changed; }
    const std::vector<SideCost>& sides() const { return m_sides; }
    const std::vector<Risk>& risks() const { return m_risks; }
    /// Calls that a provider's minimum bars from its cache now, and did not before.
    std::int64_t callsBelowMinimum() const { return m_belowMinimum; }

private:
    struct Call
    {
        Tokens tokens = {};
        std::uint32_t rates = none;
        std::uint32_t model = 0;
        std::int64_t cost = 0;
        std::uint32_t stamp = 0; ///< the lever that changed it last; 0: none did
        bool isRemoved = false;
        bool hasLostCache = false;
        bool isStable = false;
    };
    void touch(std::uint32_t call)
    {
        const std::uint32_t before = std::exchange(m_calls[call].stamp, m_stamp);
        if (before == m_stamp)
            return;
        m_touched.push_back(call);
        if (before == 0)
            m_changed.push_back(call);
    }
    void setMixedPart(std::uint32_t part, std::uint32_t tokens);
    void restore(std::uint32_t call);
    Tokens splitOf(std::uint32_t part, std::uint32_t tokens) const;
    void checkMinimum(std::uint32_t call);

    const World& m_world;
    std::vector<Call> m_calls;
    std::vector<std::uint32_t> m_parts;
    std::vector<std::uint8_t> m_buckets; ///< of parts
    std::vector<BucketRates> m_rates;
    std::vector<WorldModel> m_models;
    std::map<BucketRates, std::uint32_t> m_places;
    std::vector<std::uint32_t> m_touched; ///< by the lever at hand
    std::vector<std::uint32_t> m_changed; ///< by any
    std::vector<SideCost> m_sides;
    std::vector<Risk> m_risks;
    std::string m_lever;
    std::uint32_t m_stamp = 0;
    MoneySum::Integer m_charged = 0;
    std::int64_t m_belowMinimum = 0;
};

} // namespace plumbline::simulation
