// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/cache_replay.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "model/analysis/mixed.h"

namespace plumbline::simulation {

namespace {

/// Beginnings that were sent within a lifetime. Open addressing; what has run out is left behind when it grows.
class Beginnings
{
public:
    explicit Beginnings(std::int64_t lifetime) : m_lifetime(lifetime), m_slots(fewestSlots) {}

    /// Whether it can be read now; it is sent, so that later calls can, from `readableFrom` on.
    bool send(std::uint64_t key, std::int64_t now, std::int64_t readableFrom)
    {
        if (m_used * 2 > m_slots.size())
            grow(now);
        Slot& slot = slotOf(m_slots, key);
        const bool isKnown = slot.key == key && now - slot.usedAt <= m_lifetime;
        const bool isReadable = isKnown && slot.from <= now;
        m_used += slot.key != key;
        if (!isKnown)
            slot = {key, now, readableFrom};
        else
            slot.usedAt = now;
        return isReadable;
    }

private:
    struct Slot
    {
        std::uint64_t key = 0; ///< 0: free
        std::int64_t usedAt = 0;
        std::int64_t from = 0;
    };
    static constexpr std::size_t fewestSlots = 1024;

    static Slot& slotOf(std::vector<Slot>& slots, std::uint64_t key)
    {
        std::size_t place = key & (slots.size() - 1);
        while (slots[place].key != 0 && slots[place].key != key)
            place = (place + 1) & (slots.size() - 1);
        return slots[place];
    }
    void grow(std::int64_t now)
    {
        std::size_t alive = 0;
        for (const Slot& slot : m_slots)
            alive += slot.key != 0 && now - slot.usedAt <= m_lifetime;
        std::size_t size = fewestSlots;
        while (size < alive * 4)
            size *= 2;
        std::vector<Slot> slots(size);
        for (const Slot& slot : m_slots)
            if (slot.key != 0 && now - slot.usedAt <= m_lifetime)
                slotOf(slots, slot.key) = slot;
        m_slots = std::move(slots);
        m_used = alive;
    }

    std::int64_t m_lifetime;
    std::vector<Slot> m_slots;
    std::size_t m_used = 0;
};

class CacheReplay
{
public:
    CacheReplay(const World& world, const CacheRules& rules, State& state)
        : m_world(world), m_rules(rules), m_state(state)
    {
    }

    void play(std::uint32_t index)
    {
        const WorldCall& call = m_world.calls[index];
        const WorldModel& model = m_state.model(m_state.modelOf(index));
        Beginnings& beginnings = cacheOf({call.feature, m_state.modelOf(index), call.environment});
        const bool isStable = m_state.isStable(index);
        const double scale = m_state.scaleOf(index);
        const std::int64_t readableFrom = call.started + call.latency;
        std::uint64_t key = 1;
        std::uint32_t end = 0, read = 0, written = 0, first = 0;
        for (std::uint32_t part = call.parts; part < call.partsEnd; ++part) {
            const WorldPart& of = m_world.parts[part];
            if (of.block == none)
                continue; // what nobody logged is the end of a prompt: framing
            const auto whole = scale == 1 ? m_world.partTokens[part]
                                          : static_cast<std::uint32_t>(std::lround(m_world.partTokens[part] * scale));
            first += whole;
            const std::uint32_t tokens = m_state.partTokens(part);
            if (tokens == 0)
                continue;
            const bool isFixed = of.of() == Segment::System || of.of() == Segment::Tools;
            if (m_rules.onlyFixedPart && !isFixed)
                break;
            std::uint64_t text = of.block + std::uint64_t{1};
            if (isStable && m_world.stable[of.block])
                text = m_world.stable[of.block];
            if (tokens != whole)
                text = ~text; // cut: another text, the same one wherever it is cut
            key = analysis::mixed(key, text);
            end += tokens;
            if (end < model.cacheMinimum)
                continue;
            if (beginnings.send(key | 1, call.started, readableFrom))
                read = end;
            written = end;
        }
        m_belowMinimum += first >= model.cacheMinimum && end < model.cacheMinimum && end < first;
        assign(index, model, read, written);
    }

    std::int64_t belowMinimum() const { return m_belowMinimum; }

private:
    using Key = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;

    Beginnings& cacheOf(const Key& key)
    {
        if (!m_current || key != m_currentKey) {
            m_currentKey = key;
            m_current = &m_caches.emplace(key, m_rules.lifetime).first->second;
        }
        return *m_current;
    }

    void assign(std::uint32_t index, const WorldModel& model, std::uint32_t read, std::uint32_t written)
    {
        if (model.provider == "openai")
            read = read / 128 * 128;
        if (!isAmong(m_world.calls[index], m_rules.hitPercent))
            read = 0;
        Tokens tokens = m_state.tokens(index);
        const std::uint32_t input = m_state.inputOf(index);
        read = std::min(read, input);
        written = std::clamp(written, read, input) - read;
        const BucketRates& rates = m_state.ratesAt(m_state.ratesOf(index));
        const Bucket write = m_rules.writesForAnHour ? analysis::CacheWrite1h : analysis::CacheWrite5m;
        if (rates[write] == rates[analysis::Uncached])
            written = 0; // nothing is asked for it: the provider does not count it either
        const std::uint32_t audio = std::min(tokens[analysis::Audio], input - read - written);
        tokens[analysis::CacheRead] = read;
        tokens[analysis::CacheWrite5m] = tokens[analysis::CacheWrite1h] = 0;
        tokens[write] = written;
        tokens[analysis::Audio] = audio;
        tokens[analysis::Uncached] = input - read - written - audio;
        m_state.setTokens(index, tokens);
    }

    const World& m_world;
    const CacheRules& m_rules;
    State& m_state;
    std::map<Key, Beginnings> m_caches;
    Key m_currentKey = {};
    Beginnings* m_current = nullptr;
    std::int64_t m_belowMinimum = 0;
};

} // namespace

void replayCaches(const World& world, const Setting& setting, const CacheRules& rules, State& state)
{
    CacheReplay replay(world, rules, state);
    forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall& call) {
        if (!call.is(Embeds) && call.is(HasUsage) && state.ratesOf(i) != none)
            replay.play(i);
    });
    if (replay.belowMinimum() > 0)
        state.warn(fmt::format("What is left out takes {} prompts below the provider's cache minimum.",
                               replay.belowMinimum()));
}

} // namespace plumbline::simulation
