// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"
#include "model/analysis/mixed.h"
#include "model/analysis/prefix_cache.h"
#include "model/core/time.h"

namespace plumbline::analysis {

namespace {

/// Calls of one cache: what one model sends from one environment.
using CacheScopes = std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>>;

std::int64_t dayOf(const ScopeCall& call)
{
    return floorDivide(call.started, microsecondsPerDay);
}

std::uint32_t written(const ScopeCall& call)
{
    return call.tokens[CacheWrite5m] + call.tokens[CacheWrite1h];
}

struct Sums
{
    std::int64_t neverRead = 0, neverReadMoney = 0, changed = 0, unused = 0, tooShort = 0, tokens = 0;
    std::optional<std::pair<std::int64_t, std::int64_t>> pair = {};
    bool isPairChanged = false; ///< its second begins otherwise than its first
};

/// Written on a day on which nothing is read: only the premium is waste, the tokens were needed.
void labelNeverRead(const Scope& scope, Claims& claims, const std::vector<std::size_t>& calls, Sums& sums)
{
    struct Day
    {
        std::int64_t read = 0, written = 0;
    };
    std::map<std::int64_t, Day> days;
    for (const std::size_t i : calls) {
        Day& day = days[dayOf(scope.calls[i])];
        day.read += scope.calls[i].tokens[CacheRead];
        day.written += written(scope.calls[i]);
    }
    for (const std::size_t i : calls) {
        const ScopeCall& call = scope.calls[i];
        const Day& day = days[dayOf(call)];
        if (day.read > 0 || day.written == 0)
            continue;
        const Claims::Rest rest = claims.rest(i);
        for (const Bucket bucket : {CacheWrite1h, CacheWrite5m}) {
            const std::int64_t premium = scope.rateOf(call, bucket) - scope.rateOf(call, Uncached);
            if (premium <= 0 || rest.tokens[bucket] == 0)
                continue;
            claims.takePrice(i, bucket, rest.tokens[bucket] * premium, rest.tokens[bucket], Confidence::High);
            sums.neverRead += rest.tokens[bucket];
            sums.neverReadMoney += rest.tokens[bucket] * premium;
        }
    }
}

/// A call's part of what an ideal cache would have saved on a day.
struct Gain
{
    std::size_t call = 0;
    Bucket bucket = Uncached;
    std::uint32_t tokens = 0;
    std::int64_t money = 0;
};

/// Replays the calls on a cache that forgets nothing within its lifetime and is not confused by what changes in the
/// instructions; what a provider charges for writing is taken off, day by day.
class Replay
{
public:
    Replay(const Scope& scope, Claims& claims, std::int64_t lifetime, Sums& sums)
        : m_scope(scope), m_claims(claims), m_sums(sums), m_stable(lifetime), m_asSent(lifetime)
    {
    }

    void play(const std::vector<std::size_t>& calls)
    {
        m_minimum = m_scope.models.at(m_scope.calls[calls.front()].model).cacheMinimum;
        m_step = m_scope.models.at(m_scope.calls[calls.front()].model).provider == "openai" ? 128 : 1;
        std::int64_t day = dayOf(m_scope.calls[calls.front()]);
        for (const std::size_t i : calls) {
            if (dayOf(m_scope.calls[i]) != day)
                settle();
            day = dayOf(m_scope.calls[i]);
            playCall(i);
        }
        settle();
    }

private:
    struct Found
    {
        std::uint32_t end = 0; ///< tokens of the longest beginning that is there
        std::uint32_t source = none;
    };

    void playCall(std::size_t index)
    {
        const ScopeCall& call = m_scope.calls[index];
        Found stable, asSent;
        std::uint64_t stableKey = 1, sentKey = 1;
        std::uint32_t end = 0;
        m_ends.clear();
        for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
            const Part& of = m_scope.parts[part];
            const TextFacts* facts = m_scope.factsOf(of.block);
            stableKey = mixed(stableKey, facts && facts->stable ? facts->stable : of.block);
            sentKey = mixed(sentKey, of.block);
            end += of.tokens;
            if (end < m_minimum)
                continue;
            if (const auto* known = m_stable.find(stableKey, call.started))
                stable = {end, known->source};
            if (m_asSent.find(sentKey, call.started))
                asSent.end = end;
            m_ends.push_back({stableKey, sentKey});
        }
        for (const auto& [stableEnd, sentEnd] : m_ends) {
            m_stable.keep(stableEnd, call.started, call.ended, static_cast<std::uint32_t>(index));
            m_asSent.keep(sentEnd, call.started, call.ended, static_cast<std::uint32_t>(index));
        }
        m_sums.tooShort += end < m_minimum && call.input() > 0 && call.tokens[CacheRead] == 0;
        if (stable.source != none && !m_claims.isTaken(index) && call.rates != none)
            gain(index, stable, asSent);
    }

    void gain(std::size_t index, const Found& stable, const Found& asSent)
    {
        const ScopeCall& call = m_scope.calls[index];
        const std::uint32_t read = call.tokens[CacheRead], until = read + written(call);
        const std::uint32_t ideal = stable.end / m_step * m_step;
        // A provider counts in steps of its own: what is less than one is no miss.
        if (ideal <= read + m_step)
            return;
        std::uint32_t tokens = add(index, Uncached, std::max(until, read), ideal);
        if (call.tokens[CacheWrite5m] > 0)
            tokens += add(index, CacheWrite5m, read, std::min(until, ideal));
        if (tokens == 0)
            return;
        payForWriting(stable.source, ideal);
        m_sums.tokens += tokens;
        const bool isChanged = asSent.end < stable.end;
        (isChanged ? m_sums.changed : m_sums.unused) += 1;
        if (!m_sums.pair || (isChanged && !m_sums.isPairChanged)) {
            m_sums.isPairChanged = isChanged;
            m_sums.pair = {m_scope.calls[stable.source].id, call.id};
        }
    }

    std::uint32_t add(std::size_t index, Bucket bucket, std::uint32_t from, std::uint32_t to)
    {
        if (from >= to)
            return 0;
        const ScopeCall& call = m_scope.calls[index];
        const Claims::Rest& rest = m_claims.rest(index);
        const std::uint32_t tokens = std::min(m_claims.leftBetween(index, from, to), rest.tokens[bucket]);
        const std::int64_t rate = m_scope.rateOf(call, bucket), cheap = m_scope.rateOf(call, CacheRead);
        if (tokens == 0 || rate <= cheap)
            return 0;
        // The same share of what the price still is, whatever drains of price took before.
        const auto left = static_cast<__int128>(rest.money[bucket]) * tokens / rest.tokens[bucket];
        m_gains.push_back({index, bucket, tokens, static_cast<std::int64_t>(left * (rate - cheap) / rate)});
        return tokens;
    }

    /// The beginning had to be written once, by the call that sent it first.
    void payForWriting(std::uint32_t source, std::uint32_t end)
    {
        const ScopeCall& call = m_scope.calls[source];
        const std::int64_t premium = m_scope.rateOf(call, CacheWrite5m) - m_scope.rateOf(call, Uncached);
        if (premium <= 0)
            return;
        std::uint32_t& paid = m_paid[source];
        const std::uint32_t known = std::max(paid, call.tokens[CacheRead] + written(call));
        if (end > known)
            m_writing += (end - known) * premium;
        paid = std::max(paid, end);
    }

    void settle()
    {
        for (const Gain& gain : m_gains) {
            const std::int64_t off = std::min(m_writing, gain.money);
            m_writing -= off;
            m_claims.takePrice(gain.call, gain.bucket, gain.money - off, gain.tokens, Confidence::Medium);
        }
        m_gains.clear();
        m_paid.clear();
        m_writing = 0;
    }

    const Scope& m_scope;
    Claims& m_claims;
    Sums& m_sums;
    PrefixCache m_stable, m_asSent;
    TokenCount m_minimum = 0;
    std::uint32_t m_step = 1;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> m_ends;
    std::vector<Gain> m_gains;
    std::map<std::uint32_t, std::uint32_t> m_paid; ///< by call: up to where writing is paid
    std::int64_t m_writing = 0;
};

void label(const Scope& scope, Claims& claims)
{
    constexpr std::size_t fewestCalls = 30;
    const auto lifetime = static_cast<std::int64_t>(claims.threshold("minutes") * 60e6);
    CacheScopes scopes;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        if (!call.isEmbedding && call.hasUsage && (call.knowsCacheRead || written(call) > 0))
            scopes[{call.model, call.environment}].push_back(i);
    }
    std::map<std::uint32_t, std::vector<std::size_t>> byModel;
    for (const auto& [key, calls] : scopes)
        byModel[key.first].insert(byModel[key.first].end(), calls.begin(), calls.end());
    Sums sums;
    for (const auto& [model, calls] : byModel)
        if (scope.calls.size() >= fewestCalls)
            labelNeverRead(scope, claims, calls, sums);
    for (const auto& [key, calls] : scopes)
        Replay(scope, claims, lifetime, sums).play(calls);
    if (sums.neverRead + sums.changed + sums.unused == 0)
        return;
    claims.show({.title = "Why it is not read from the cache",
                 .columns = {"Cause", "Figure"},
                 .rows = {{"calls whose beginning changes from request to request", decimal(sums.changed)},
                          {"calls with the same beginning as one shortly before", decimal(sums.unused)},
                          {"calls below the provider's minimum", decimal(sums.tooShort)},
                          {"tokens written for nobody", decimal(sums.neverRead)},
                          {"premium paid for writing them", dollars(sums.neverReadMoney)},
                          {"tokens that could have been read", decimal(sums.tokens)}},
                 .pair = sums.pair,
                 .pairSays = sums.isPairChanged ? "Where two requests begin to differ."
                                                : "The same beginning, sent twice within the cache's time, and not "
                                                  "read from it."});
}

} // namespace

Drain cache_misses()
{
    return {.id = "cache-misses",
            .title = "Cacheable but not cached",
            .shortTitle = "Not cached",
            .kind = DrainKind::Price,
            .best = Confidence::High,
            .explanation = "Beginnings of prompts that were sent shortly before are paid in full, because something "
                           "changes in front of them or nobody marked them; or they are written to the cache and never "
                           "read.",
            .advice = "Put what changes – times, ids, names – behind what stays; sort tools and keys; mark the end of "
                      "the fixed part. Mark nothing that does not come again within the cache's lifetime.",
            .fixCost = "hours of development, and the price of writing",
            .needs = "cached tokens in the usage; prompts or their digests for all but writes never read",
            .lever = "prompt-caching",
            .thresholds = {{"minutes", "A cache keeps a beginning for", "minutes", 5, 1, 1440}},
            .label = label};
}

} // namespace plumbline::analysis
