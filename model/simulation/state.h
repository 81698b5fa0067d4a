// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/simulation/bill.h"
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

/// Places that were written, until they are more than a tenth: then a whole column is copied sooner than these.
class PlaceList
{
public:
    void start(std::size_t columnSize)
    {
        m_places.resize(columnSize / 10 + 1);
        m_count = 0;
    }
    void add(std::uint32_t place)
    {
        if (m_count < m_places.size() && (m_count == 0 || m_places[m_count - 1] != place))
            m_places[m_count++] = place;
    }
    void clear() { m_count = 0; }
    bool isFull() const { return m_count == m_places.size(); }
    const std::uint32_t* begin() const { return m_places.data(); }
    const std::uint32_t* end() const { return m_places.data() + m_count; }

private:
    std::vector<std::uint32_t> m_places;
    std::size_t m_count = 0;
};

/// The calls of a world while levers change them, one after another. A token that goes is taken from the bucket it was
/// billed in (drains-and-simulation.md §1.2); a part keeps its beginning. Every change goes to the bill at once: what
/// the calls cost comes of its groups, not of the calls.
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

    Tokens tokens(std::uint32_t call) const
    {
        Tokens tokens;
        for (std::size_t bucket = 0; bucket < tokens.size(); ++bucket)
            tokens[bucket] = m_now.tokens[bucket][call];
        return tokens;
    }
    std::uint32_t tokensIn(std::size_t bucket, std::uint32_t call) const { return m_now.tokens[bucket][call]; }
    std::uint32_t partTokens(std::uint32_t part) const { return m_now.parts[part]; }
    bool isRemoved(std::uint32_t call) const { return m_now.removed[call]; }
    bool isChanged(std::uint32_t call) const { return m_now.flags[call] & Changed; }
    std::uint32_t ratesOf(std::uint32_t call) const { return m_bill.ratesOf(m_now.groups[call]); }
    std::uint32_t modelOf(std::uint32_t call) const { return m_now.models[call]; }
    std::uint32_t inputOf(std::uint32_t call) const { return inputOf(tokens(call)); }
    std::uint32_t outputOf(std::uint32_t call) const { return outputOf(tokens(call)); }
    static std::uint32_t inputOf(const Tokens& tokens)
    {
        return tokens[analysis::CacheRead] + tokens[analysis::CacheWrite1h] + tokens[analysis::CacheWrite5m] +
               tokens[analysis::Uncached] + tokens[analysis::Audio];
    }
    static std::uint32_t outputOf(const Tokens& tokens)
    {
        return tokens[analysis::Visible] + tokens[analysis::Thinking];
    }

    /// It is about to be asked for, or set: the processor fetches it meanwhile.
    void expect(const PlacedPart& of) const
    {
        __builtin_prefetch(&m_now.parts[of.part], 1);
        __builtin_prefetch(&m_now.buckets[of.part]);
        __builtin_prefetch(&m_now.tokens[analysis::Uncached][of.call], 1);
        __builtin_prefetch(&m_now.tokens[analysis::CacheRead][of.call], 1);
        __builtin_prefetch(&m_now.tokens[analysis::CacheWrite5m][of.call], 1);
        __builtin_prefetch(&m_world.parts[of.part]);
    }

    void remove(std::uint32_t call);
    void setPart(std::uint32_t part, std::uint32_t tokens) { setPart({part, m_world.partCalls[part]}, tokens); }
    void setPart(const PlacedPart& of, std::uint32_t tokens)
    {
        const auto [part, call] = of;
        std::uint32_t& now = m_now.parts[part];
        if (now == tokens)
            return;
        m_changedParts.add(part);
        if (m_now.buckets[part] == mixedBucket) {
            setMixedPart(of, tokens);
            return;
        }
        add(call, m_now.buckets[part], std::int64_t{tokens} - now);
        now = tokens;
    }
    /// Of the answer; where later prompts send it again it changes with it.
    void setVisible(std::uint32_t call, std::uint32_t tokens);
    void setThinking(std::uint32_t call, std::uint32_t tokens)
    {
        add(call, analysis::Thinking, std::int64_t{tokens} - tokensIn(analysis::Thinking, call));
    }
    /// The same texts in another tokenizer: all of the call's tokens so many times over.
    void rescale(std::uint32_t call, double ratio);
    double scaleOf(std::uint32_t call) const { return m_now.scales[call]; }
    /// Another text stands in a part now: what happened to the first no longer concerns it.
    void replacePart(std::uint32_t part, std::uint32_t tokens)
    {
        setPart(part, tokens);
        m_now.rest.replaced.insert(part);
    }
    bool isReplaced(std::uint32_t part) const { return m_now.rest.replaced.contains(part); }
    /// It takes as long as it takes: nothing is known of it.
    void forgetLatency(std::uint32_t call)
    {
        touch(call);
        setFlag(call, HasOtherLatency);
    }
    bool hasOtherLatency(std::uint32_t call) const { return m_now.flags[call] & HasOtherLatency; }
    /// From this part of its prompt on nothing is read from a cache or written to it any more.
    void uncacheFrom(std::uint32_t call, std::uint32_t part);
    void setTokens(std::uint32_t call, const Tokens& tokens);
    /// The same prompt in other buckets: it is no shorter than it was.
    void setBuckets(std::uint32_t call, const Tokens& tokens);
    void setModel(std::uint32_t call, std::uint32_t model)
    {
        touch(call);
        m_now.models[call] = static_cast<std::uint16_t>(model);
        m_written |= bitOf(Models);
        watch(call);
    }
    void setRates(std::uint32_t call, std::uint32_t rates);
    /// The place of these rates, for setRates().
    std::uint32_t placeOf(const BucketRates& rates) { return m_bill.placeOf(rates); }
    const BucketRates& ratesAt(std::uint32_t place) const { return m_bill.ratesAt(place); }
    /// All rates there are become others, whoever pays them.
    void changeRates(const std::function<BucketRates(const BucketRates&)>& changed) { m_bill.changeRates(changed); }
    /// Its place, whether the world knows it or not; `none`: nobody's model.
    std::uint32_t placeOfModel(const std::string& name);
    const WorldModel& model(std::uint32_t place) const { return m_now.rest.models[place]; }
    /// What changes with every request stands behind what stays.
    void layOutStable(std::uint32_t call)
    {
        touch(call);
        setFlag(call, IsStable);
    }
    bool isStable(std::uint32_t call) const { return m_now.flags[call] & IsStable; }
    /// A cost of its own, which counts from the lever at hand on.
    void charge(const SideCost& side);
    void warn(std::string_view text, std::vector<std::string> figures = {})
    {
        m_now.rest.risks.push_back({m_lever.name, text, std::move(figures)});
    }
    void nameLever(std::string_view id) { m_lever.name = id; }

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

    Sums sums() const;
    const std::vector<SideCost>& sides() const { return m_now.rest.sides; }
    const std::vector<Risk>& risks() const { return m_now.rest.risks; }
    /// Calls with very short cached or very long prompts that the lever at hand changed up to now.
    const std::vector<std::uint32_t>& touched() const { return m_touched; }
    /// Tokens that calls which were removed had written to caches.
    TokenCount writesRemoved() const { return m_now.rest.writesRemoved; }
    /// Calls that a provider's minimum bars from its cache now, and did not before.
    std::int64_t callsBelowMinimum() const { return m_now.rest.belowMinimum; }

private:
    enum Flag : std::uint8_t
    {
        Changed = 1,
        HasLostCache = 2,
        IsStable = 4,
        HasOtherLatency = 8,
        IsLong = 16, ///< billed at the prices of long prompts
    };
    /// Columns that are written as a whole or not at all: the first are those of tokens, by bucket.
    enum Column : std::size_t
    {
        Groups = analysis::BucketCount,
        Models,
        Scales,
    };
    static constexpr unsigned bitOf(std::size_t column) { return 1U << column; }

    void touch(std::uint32_t index)
    {
        setFlag(index, Changed);
        m_changed.add(index);
    }
    void setFlag(std::uint32_t index, Flag flag) { m_now.flags[index] = static_cast<Flag>(m_now.flags[index] | flag); }
    static std::uint32_t cachedOf(const Tokens& tokens)
    {
        return tokens[analysis::CacheRead] + tokens[analysis::CacheWrite1h] + tokens[analysis::CacheWrite5m];
    }
    std::uint32_t cachedOf(std::uint32_t index) const
    {
        return tokensIn(analysis::CacheRead, index) + tokensIn(analysis::CacheWrite1h, index) +
               tokensIn(analysis::CacheWrite5m, index);
    }
    /// Its prompt or its model changed: where it may be below a provider's minimum now, or no longer be long, that is
    /// looked at when the lever is through.
    void watch(std::uint32_t index)
    {
        const std::uint32_t cached = cachedOf(index);
        const bool isShort = cached > 0 && cached < m_now.rest.minimums[m_now.models[index]];
        if ((isShort || m_now.flags[index] & IsLong) && m_watched[index] != m_lever.count) {
            m_watched[index] = m_lever.count;
            m_touched.push_back(index);
        }
    }
    /// Of a bucket; fewer where `tokens` is negative.
    void add(std::uint32_t index, std::size_t bucket, std::int64_t tokens)
    {
        if (tokens == 0)
            return;
        touch(index);
        m_now.tokens[bucket][index] += static_cast<std::uint32_t>(tokens); // unsigned on purpose: either way
        m_written |= bitOf(bucket);
        if (bucket < analysis::Uncached || m_now.flags[index] & IsLong)
            watch(index);
        m_bill.add(m_now.groups[index], bucket, tokens);
    }
    void moveTo(std::uint32_t group, std::uint32_t call);
    void setMixedPart(const PlacedPart& of, std::uint32_t tokens);
    using Split = std::array<std::uint32_t, analysis::inputBucketCount>;
    Split splitOf(std::uint32_t call, std::uint32_t part, std::uint32_t tokens, double scale) const;
    void uncache(std::uint32_t call, const Split& tokens);
    void checkMinimum(std::uint32_t call);
    void forgetChanges();

    const World& m_world;
    /// Everything small that a lever can change.
    struct Rest
    {
        std::vector<WorldModel> models = {};
        std::vector<Risk> risks = {};
        std::vector<SideCost> sides = {};
        std::unordered_set<std::uint32_t> replaced = {}; ///< parts
        TokenCount sideInput = 0, sideOutput = 0;
        std::int64_t calls = 0, callsWithUsage = 0;
        MoneySum::Integer atBegin = 0; ///< cost when the lever at hand began
        std::int64_t belowMinimum = 0;
        TokenCount writesRemoved = 0;
        std::vector<TokenCount> minimums = {}; ///< of each model's cache
    };
    /// What changes of calls and parts. A lever writes a few of these columns, and no other is walked.
    struct Columns
    {
        std::array<std::vector<std::uint32_t>, analysis::BucketCount> tokens = {}; ///< of calls, by bucket
        std::vector<std::uint32_t> groups = {};                                    ///< of the bill
        std::vector<std::uint16_t> models = {};
        std::vector<float> scales = {}; ///< of a call's tokens to those of the world
        std::vector<Flag> flags = {};
        std::vector<std::uint8_t> removed = {}; ///< apart, since every lever asks
        std::vector<std::uint32_t> parts = {};  ///< tokens of each
        std::vector<std::uint8_t> buckets = {}; ///< of parts
        Rest rest = {};

        void reserve(std::size_t calls, std::size_t blocks);
    };
    struct LeverAtHand
    {
        std::string name;
        std::uint32_t count = 1; ///< how many were at hand
    };
    void bring(const Columns& from, Columns& to) const;

    Columns m_now, m_marked;
    Bill m_bill;
    Bill::Sums m_markedBill;
    unsigned m_written = 0;                 ///< columns since the mark
    std::vector<std::uint32_t> m_watched;   ///< by call: when it was, last
    std::vector<std::uint32_t> m_touched;   ///< by the lever at hand
    PlaceList m_changed, m_changedParts;    ///< since the mark: calls, parts
    std::vector<CacheShares> m_cacheShares; ///< by call; empty: caches were never replayed
    bool m_keepsCaches = false, m_repeatsCaches = false;
    LeverAtHand m_lever;
};

} // namespace plumbline::simulation
