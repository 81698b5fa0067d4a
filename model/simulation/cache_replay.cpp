// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/cache_replay.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

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

    /// The same without sending it; being read renews it.
    bool isReadable(std::uint64_t key, std::int64_t now)
    {
        Slot& slot = slotOf(m_slots, key);
        const bool isThere = slot.key == key && now - slot.usedAt <= m_lifetime && slot.from <= now;
        if (isThere)
            slot.usedAt = now;
        return isThere;
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

Bucket writeBucketOf(const CacheRules& rules)
{
    return rules.writesForAnHour ? analysis::CacheWrite1h : analysis::CacheWrite5m;
}

void setWritePrice(const CacheRules& rules, std::uint32_t call, State& state)
{
    if (rules.writePrice == 0 || state.ratesOf(call) == none)
        return;
    BucketRates rates = state.ratesAt(state.ratesOf(call));
    rates[writeBucketOf(rules)] = std::llround(static_cast<double>(rates[analysis::Uncached]) * rules.writePrice / 100);
    state.setRates(call, state.placeOf(rates));
}

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
        std::uint32_t end = 0, read = 0, written = 0, first = 0, moved = 0;
        m_ends.clear();
        for (std::uint32_t part = call.parts; part < call.partsEnd; ++part) {
            const WorldPart& of = m_world.parts[part];
            if (of.block == none)
                continue; // what nobody logged is the end of a prompt: framing
            const auto whole = scale == 1 ? m_world.partTokens[part]
                                          : static_cast<std::uint32_t>(std::lround(m_world.partTokens[part] * scale));
            first += whole;
            std::uint32_t tokens = m_state.partTokens(part);
            if (tokens == 0)
                continue;
            const bool isFixed = of.of() == Segment::System || of.of() == Segment::Tools;
            if (m_rules.onlyFixedPart && !isFixed)
                break;
            std::uint64_t text = of.block + std::uint64_t{1};
            const bool isCut = tokens != whole;
            if (isStable && m_world.stable[of.block]) {
                text = m_world.stable[of.block];
                const auto changing =
                    static_cast<std::uint32_t>(std::lround(static_cast<float>(tokens) * m_world.changing[of.block]));
                tokens -= changing;
                moved += changing; // to the end
            }
            if (isCut)
                text = ~text; // another text, the same one wherever it is cut
            key = analysis::mixed(key, text);
            end += tokens;
            if (m_rules.breakpoints > 0)
                m_ends.push_back({key | 1, part, end});
            if (end < minimumOf(model) || m_rules.breakpoints > 0)
                continue;
            if (beginnings.send(key | 1, call.started, readableFrom))
                read = end;
            written = end;
        }
        if (m_rules.breakpoints > 0)
            playBreakpoints(beginnings, call, model, readableFrom, read, written);
        if (first == 0)
            return; // nothing is known of its prompt: it is left as it is
        const std::uint32_t left = end + moved;
        m_belowMinimum += first >= minimumOf(model) && left < minimumOf(model) && left < first;
        assign(index, model, read, written);
    }

    std::int64_t belowMinimum() const { return m_belowMinimum; }

private:
    using Key = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;
    /// A beginning of the prompt at hand.
    struct End
    {
        std::uint64_t key = 0;
        std::uint32_t part = 0;   ///< its last
        std::uint32_t tokens = 0; ///< of all of it
    };

    TokenCount minimumOf(const WorldModel& model) const
    {
        return m_rules.minimum > 0 ? m_rules.minimum : model.cacheMinimum;
    }
    /// Places in m_ends with a breakpoint, from the last one on; the most useful ones, if there are few.
    std::vector<std::size_t> breakpoints() const
    {
        const auto isOf = [&](const End& end, Segment segment) { return m_world.parts[end.part].of() == segment; };
        std::vector<std::size_t> set;
        const auto add = [&](std::size_t place) {
            const bool isNew = place < m_ends.size() && std::find(set.begin(), set.end(), place) == set.end();
            if (isNew && set.size() < static_cast<std::size_t>(m_rules.breakpoints))
                set.push_back(place);
        };
        const auto addBefore = [&](auto isBehind) {
            add(static_cast<std::size_t>(std::find_if(m_ends.begin(), m_ends.end(), isBehind) - m_ends.begin()) - 1);
        };
        add(m_ends.size() - 1);
        addBefore([&](const End& end) { return !isOf(end, Segment::System) && !isOf(end, Segment::Tools); });
        addBefore([&](const End& end) { return !isOf(end, m_world.parts[m_ends[0].part].of()); });
        addBefore([&](const End& end) { return isOf(end, Segment::User); });
        std::sort(set.rbegin(), set.rend());
        return set;
    }

    void playBreakpoints(Beginnings& beginnings, const WorldCall& call, const WorldModel& model,
                         std::int64_t readableFrom, std::uint32_t& read, std::uint32_t& written)
    {
        // Positions, the breakpoint's own the first; results of tools that stand together are one: Anthropic's
        // documentation.
        constexpr std::size_t lookback = 20;
        if (m_ends.empty())
            return;
        const std::vector<std::size_t> set = breakpoints();
        const auto isResult = [&](std::size_t place) {
            return m_world.parts[m_ends[place].part].of() == Segment::ToolResult;
        };
        for (std::size_t i = 0; i < set.size() && read == 0; ++i)
            for (std::size_t place = set[i], looked = 1; looked <= lookback && read == 0; --place) {
                if (const End& end = m_ends[place];
                    end.tokens >= minimumOf(model) && beginnings.isReadable(end.key, call.started))
                    read = end.tokens;
                if (place == 0)
                    break;
                looked += !(isResult(place) && isResult(place - 1));
            }
        for (const std::size_t place : set)
            if (m_ends[place].tokens >= minimumOf(model)) {
                (void)beginnings.send(m_ends[place].key, call.started, readableFrom);
                written = std::max(written, m_ends[place].tokens);
            }
    }

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
        const Bucket write = writeBucketOf(m_rules);
        setWritePrice(m_rules, index, m_state);
        const BucketRates& rates = m_state.ratesAt(m_state.ratesOf(index));
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
    std::vector<End> m_ends; ///< of the call at hand, where breakpoints count
    std::int64_t m_belowMinimum = 0;
};

void rememberCaches(const World& world, const Setting& setting, State& state)
{
    for (std::uint32_t i = 0; i < world.calls.size(); ++i)
        if (setting.holds(i) && state.inputOf(i) > 0) {
            const auto shareOf = [&](Bucket bucket) {
                return static_cast<float>(state.tokensIn(bucket, i)) / static_cast<float>(state.inputOf(i));
            };
            state.rememberCache(
                i, {shareOf(analysis::CacheRead), shareOf(analysis::CacheWrite1h), shareOf(analysis::CacheWrite5m)});
        }
}

} // namespace

void replayCaches(const World& world, const Setting& setting, const CacheRules& rules, State& state)
{
    CacheReplay replay(world, rules, state);
    forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall& call) {
        if (!call.is(Embeds) && call.is(HasUsage) && state.ratesOf(i) != none)
            replay.play(i);
    });
    if (state.keepsCaches())
        rememberCaches(world, setting, state);
    if (replay.belowMinimum() > 0)
        state.warn("What is left out takes %1 prompts below the provider's cache minimum.",
                   {std::to_string(replay.belowMinimum())});
}

void repeatCaches(const World& world, const Setting& setting, const CacheRules& rules, State& state)
{
    forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall&) {
        setWritePrice(rules, i, state);
        const State::CacheShares& shares = state.cacheSharesOf(i);
        const std::uint32_t input = state.inputOf(i);
        Tokens tokens = state.tokens(i);
        std::uint32_t left = input - std::min(input, tokens[analysis::Audio]);
        const auto take = [&](Bucket bucket, float share) {
            tokens[bucket] = std::min(left, static_cast<std::uint32_t>(static_cast<float>(input) * share + 0.5F));
            left -= tokens[bucket];
        };
        take(analysis::CacheRead, shares.read);
        take(analysis::CacheWrite1h, shares.writtenFor1h);
        take(analysis::CacheWrite5m, shares.writtenFor5m);
        tokens[analysis::Uncached] = left;
        state.setTokens(i, tokens);
    });
}

} // namespace plumbline::simulation
