// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/simulation/world.h"

namespace plumbline::simulation {

/// What a call costs beside its tokens once levers are pulled: a summary that is written, a vector that is looked up.
struct SideCost
{
    std::uint32_t call = 0; ///< on whose account it goes
    std::uint32_t input = 0, output = 0;
    MoneySum::Integer money = 0; ///< picodollars; negative: taken off
};

/// Something a person should know before they do it.
struct Risk
{
    std::string lever;
    /// A literal: English, `%1` for the first of the figures. The window looks its translation up.
    std::string_view text;
    std::vector<std::string> figures = {};

    std::string message() const;
    bool operator==(const Risk&) const = default;
};

/// The calls of a world while levers change them, one after another. A token that goes is taken from the bucket it was
/// billed in (drains-and-simulation.md §1.2); a part keeps its beginning. Every change is priced at once, and sums are
/// kept: what they cost is never added up anew.
class State
{
public:
    /// What the calls come to.
    struct Sums
    {
        std::int64_t calls = 0, callsWithUsage = 0;
        TokenCount input = 0, output = 0;
        MoneySum::Integer cost = 0;                ///< picodollars
        std::vector<MoneySum::Integer> cells = {}; ///< of it, by cell of the world
    };

    explicit State(const World& world);
    /// As it was at the mark: takes back what was changed since.
    void reset();
    /// Where reset() leads from now on.
    void mark();
    /// As the world is, and marked so.
    void restart();

    /// The next lever begins to change: answers what the one before saved, in picodollars.
    MoneySum::Integer begin();

    const Tokens& tokens(std::uint32_t call) const { return m_calls[call].tokens; }
    std::uint32_t partTokens(std::uint32_t part) const { return m_parts[part]; }
    bool isRemoved(std::uint32_t call) const { return m_removed[call]; }
    bool isChanged(std::uint32_t call) const { return m_calls[call].isChanged; }
    std::uint32_t ratesOf(std::uint32_t call) const { return m_calls[call].rates; }
    std::uint32_t modelOf(std::uint32_t call) const { return m_calls[call].model; }
    std::int64_t costOf(std::uint32_t call) const { return m_calls[call].cost; }
    std::uint32_t inputOf(std::uint32_t call) const { return inputOf(m_calls[call].tokens); }
    std::uint32_t outputOf(std::uint32_t call) const { return outputOf(m_calls[call].tokens); }
    static std::uint32_t inputOf(const Tokens& tokens)
    {
        return tokens[analysis::CacheRead] + tokens[analysis::CacheWrite1h] + tokens[analysis::CacheWrite5m] +
               tokens[analysis::Uncached] + tokens[analysis::Audio];
    }
    static std::uint32_t outputOf(const Tokens& tokens)
    {
        return tokens[analysis::Visible] + tokens[analysis::Thinking];
    }

    /// They are about to be asked for, or set: the processor fetches them meanwhile.
    void expectPart(std::uint32_t part) const
    {
        __builtin_prefetch(&m_world.partCalls[part]);
        __builtin_prefetch(&m_parts[part], 1);
        __builtin_prefetch(&m_buckets[part]);
    }
    void expectCall(std::uint32_t call) const { __builtin_prefetch(&m_calls[call], 1); }

    void remove(std::uint32_t call);
    void setPart(std::uint32_t part, std::uint32_t tokens)
    {
        std::uint32_t& now = m_parts[part];
        if (now == tokens)
            return;
        m_changedParts.push_back(part);
        if (m_buckets[part] == mixedBucket) {
            setMixedPart(part, tokens);
            return;
        }
        add(m_world.partCalls[part], m_buckets[part], std::int64_t{tokens} - now);
        now = tokens;
    }
    /// Of the answer; where later prompts send it again it changes with it.
    void setVisible(std::uint32_t call, std::uint32_t tokens);
    void setThinking(std::uint32_t call, std::uint32_t tokens)
    {
        add(call, analysis::Thinking, std::int64_t{tokens} - m_calls[call].tokens[analysis::Thinking]);
    }
    /// The same texts in another tokenizer: all of the call's tokens so many times over.
    void rescale(std::uint32_t call, double ratio);
    double scaleOf(std::uint32_t call) const { return m_calls[call].scale; }
    /// Another text stands in a part now: what happened to the first no longer concerns it.
    void replacePart(std::uint32_t part, std::uint32_t tokens)
    {
        setPart(part, tokens);
        m_rest.replaced.insert(part);
    }
    bool isReplaced(std::uint32_t part) const { return m_rest.replaced.contains(part); }
    /// It takes as long as it takes: nothing is known of it.
    void forgetLatency(std::uint32_t call)
    {
        m_calls[call].hasOtherLatency = true;
        touch(call);
    }
    bool hasOtherLatency(std::uint32_t call) const { return m_calls[call].hasOtherLatency; }
    /// From this part of its prompt on nothing is read from a cache or written to it any more.
    void uncacheFrom(std::uint32_t call, std::uint32_t part);
    void setTokens(std::uint32_t call, const Tokens& tokens);
    /// The same prompt in other buckets: it is no shorter than it was.
    void setBuckets(std::uint32_t call, const Tokens& tokens);
    void setModel(std::uint32_t call, std::uint32_t model)
    {
        m_calls[call].model = static_cast<std::uint16_t>(model);
        touch(call);
        watch(call);
    }
    void setRates(std::uint32_t call, std::uint32_t rates);
    /// The place of these rates, for setRates().
    std::uint32_t placeOf(const BucketRates& rates);
    const BucketRates& ratesAt(std::uint32_t place) const { return m_rest.rates[place]; }
    /// How many there are: places are below.
    std::size_t rateCount() const { return m_rest.rates.size(); }
    /// Its place, whether the world knows it or not; `none`: nobody's model.
    std::uint32_t placeOfModel(const std::string& name);
    const WorldModel& model(std::uint32_t place) const { return m_rest.models[place]; }
    /// What changes with every request stands behind what stays.
    void layOutStable(std::uint32_t call)
    {
        m_calls[call].isStable = true;
        touch(call);
    }
    bool isStable(std::uint32_t call) const { return m_calls[call].isStable; }
    /// A cost of its own, which counts from the lever at hand on.
    void charge(const SideCost& side);
    void warn(std::string_view text, std::vector<std::string> figures = {})
    {
        m_rest.risks.push_back({m_lever, text, std::move(figures)});
    }
    void nameLever(std::string_view id) { m_lever = id; }

    /// What of a call's input the caches had when they were replayed last, each 0 to 1. Kept until the next time,
    /// whatever is reset.
    struct CacheShares
    {
        float read = 0, writtenFor1h = 0, writtenFor5m = 0;
    };
    /// For those that keep caches.
    void rememberCache(std::uint32_t call, const CacheShares& shares)
    {
        m_cacheShares.resize(m_world.calls.size());
        m_cacheShares[call] = shares;
    }
    const CacheShares& cacheSharesOf(std::uint32_t call) const { return m_cacheShares[call]; }
    /// Whether caches are replayed, and what comes of it is kept; or repeated as they were the last time.
    enum class Caches : std::uint8_t
    {
        Replay,
        ReplayAndKeep,
        Repeat,
    };
    void setCaches(Caches how)
    {
        m_repeatsCaches = how == Caches::Repeat && !m_cacheShares.empty();
        m_keepsCaches = how == Caches::ReplayAndKeep;
    }
    bool keepsCaches() const { return m_keepsCaches; }
    bool repeatsCaches() const { return m_repeatsCaches; }

    const Sums& sums() const { return m_rest.sums; }
    const std::vector<SideCost>& sides() const { return m_rest.sides; }
    const std::vector<Risk>& risks() const { return m_rest.risks; }
    /// Calls with very short cached or very long prompts that the lever at hand changed up to now.
    const std::vector<std::uint32_t>& touched() const { return m_touched; }
    /// Tokens that calls which were removed had written to caches.
    TokenCount writesRemoved() const { return m_rest.writesRemoved; }
    /// Calls that a provider's minimum bars from its cache now, and did not before.
    std::int64_t callsBelowMinimum() const { return m_rest.belowMinimum; }

private:
    struct Call
    {
        Tokens tokens = {};
        std::uint32_t rates = none;
        std::uint32_t mixed = 0; ///< where its parts of several buckets are in the world
        std::int64_t cost = 0;
        std::uint16_t model = 0;
        std::uint16_t stamp = 0; ///< the lever that changed it last
        float scale = 1;         ///< of its tokens to those of the world
        bool isChanged = false;
        bool isListed = false; ///< changed since the mark
        bool hasLostCache = false;
        bool isStable = false;
        bool hasOtherLatency = false;
        bool isLong = false; ///< billed at the prices of long prompts
    };

    void touch(std::uint32_t index)
    {
        Call& call = m_calls[index];
        call.isChanged = true;
        if (!std::exchange(call.isListed, true))
            m_changed.push_back(index);
    }
    static std::uint32_t cachedOf(const Tokens& tokens)
    {
        return tokens[analysis::CacheRead] + tokens[analysis::CacheWrite1h] + tokens[analysis::CacheWrite5m];
    }
    /// Its prompt or its model changed: where it may be below a provider's minimum now, or no longer be long, that is
    /// looked at when the lever is through.
    void watch(std::uint32_t index)
    {
        Call& call = m_calls[index];
        const std::uint32_t cached = cachedOf(call.tokens);
        if (((cached > 0 && cached < m_rest.largestMinimum) || call.isLong) && call.stamp != m_rest.stamp) {
            call.stamp = m_rest.stamp;
            m_touched.push_back(index);
        }
    }
    /// Of a bucket; fewer where `tokens` is negative.
    void add(std::uint32_t index, std::size_t bucket, std::int64_t tokens)
    {
        if (tokens == 0)
            return;
        touch(index);
        Call& call = m_calls[index];
        call.tokens[bucket] += static_cast<std::uint32_t>(tokens); // unsigned on purpose: a difference either way
        if (bucket < analysis::inputBucketCount)
            watch(index);
        if (isRemoved(index))
            return;
        (bucket < analysis::inputBucketCount ? m_rest.sums.input : m_rest.sums.output) += tokens;
        if (call.rates != none)
            pay(index, tokens * m_rest.rates[call.rates][bucket]);
    }
    void pay(std::uint32_t index, std::int64_t money)
    {
        m_calls[index].cost += money;
        m_rest.sums.cost += money;
        m_rest.sums.cells[m_world.cells[index]] += money;
    }
    void reprice(std::uint32_t call);
    void setMixedPart(std::uint32_t part, std::uint32_t tokens);
    using Split = std::array<std::uint32_t, analysis::inputBucketCount>;
    Split splitOf(std::uint32_t call, std::uint32_t part, std::uint32_t tokens, double scale) const;
    void checkMinimum(std::uint32_t call);

    const World& m_world;
    /// Everything small that a lever can change.
    struct Rest
    {
        std::vector<BucketRates> rates = {};
        std::vector<WorldModel> models = {};
        std::map<BucketRates, std::uint32_t> places = {};
        std::vector<Risk> risks = {};
        std::vector<SideCost> sides = {};
        std::unordered_set<std::uint32_t> replaced = {}; ///< parts
        Sums sums = {};
        MoneySum::Integer atBegin = 0; ///< cost when the lever at hand began
        std::int64_t belowMinimum = 0;
        TokenCount writesRemoved = 0;
        TokenCount largestMinimum = 0; ///< of any model's cache
        std::uint16_t stamp = 1;
    };
    struct Marked
    {
        std::vector<Call> calls = {};
        std::vector<std::uint8_t> removed = {};
        std::vector<std::uint32_t> parts = {};
        std::vector<std::uint8_t> buckets = {};
        Rest rest = {};
    };

    std::vector<Call> m_calls;
    std::vector<std::uint8_t> m_removed; ///< calls: apart, since every lever asks
    std::vector<std::uint32_t> m_parts;
    std::vector<std::uint8_t> m_buckets; ///< of parts
    Rest m_rest;
    Marked m_marked;
    std::vector<std::uint32_t> m_touched;      ///< by the lever at hand
    std::vector<std::uint32_t> m_changed;      ///< since the mark; once
    std::vector<std::uint32_t> m_changedParts; ///< since the mark; each time
    std::vector<CacheShares> m_cacheShares;    ///< by call; empty: caches were never replayed
    bool m_keepsCaches = false, m_repeatsCaches = false;
    std::string m_lever;
};

} // namespace plumbline::simulation
