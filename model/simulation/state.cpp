// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/state.h"

#include <algorithm>

namespace plumbline::simulation {

using analysis::inputBucketCount;

std::array<std::uint32_t, inputBucketCount> World::boundaries(const WorldCall& call)
{
    std::array<std::uint32_t, inputBucketCount> ends{};
    std::uint32_t end = 0;
    for (std::size_t bucket = 0; bucket < inputBucketCount; ++bucket)
        ends[bucket] = end += call.tokens[bucket];
    return ends;
}

State::State(const World& world)
    : m_world(world), m_calls(world.calls.size()), m_parts(world.parts.size()), m_buckets(world.parts.size())
{
    for (std::uint32_t call = 0; call < m_calls.size(); ++call)
        restore(call);
    reset();
}

void State::restore(std::uint32_t index)
{
    const WorldCall& call = m_world.calls[index];
    m_calls[index] = {.tokens = call.tokens, .rates = call.rates, .model = call.model, .cost = call.cost};
    for (std::uint32_t part = call.parts; part < call.partsEnd; ++part) {
        m_parts[part] = m_world.partTokens[part];
        m_buckets[part] = m_world.parts[part].bucket;
    }
}

void State::reset()
{
    for (const std::uint32_t call : m_changed)
        restore(call);
    m_changed.clear();
    m_touched.clear();
    m_rates = m_world.rates;
    m_models = m_world.models;
    m_places.clear();
    m_sides.clear();
    m_risks.clear();
    m_lever.clear();
    m_stamp = 1;
    m_charged = 0;
    m_belowMinimum = 0;
}

MoneySum::Integer State::begin()
{
    MoneySum::Integer saved = 0;
    for (const std::uint32_t index : m_touched) {
        Call& call = m_calls[index];
        checkMinimum(index);
        std::int64_t cost = 0;
        if (!call.isRemoved) {
            cost = m_world.calls[index].fixed;
            if (call.rates != none)
                for (std::size_t bucket = 0; bucket < analysis::BucketCount; ++bucket)
                    cost += std::int64_t{call.tokens[bucket]} * m_rates[call.rates][bucket];
        }
        saved += call.cost - cost;
        call.cost = cost;
    }
    m_touched.clear();
    ++m_stamp;
    return saved - std::exchange(m_charged, 0);
}

std::uint32_t State::inputOf(std::uint32_t call) const
{
    std::uint32_t sum = 0;
    for (std::size_t bucket = 0; bucket < inputBucketCount; ++bucket)
        sum += m_calls[call].tokens[bucket];
    return sum;
}

void State::remove(std::uint32_t call)
{
    m_calls[call].isRemoved = true;
    touch(call);
}

void State::setPart(std::uint32_t part, std::uint32_t tokens)
{
    std::uint32_t& now = m_parts[part];
    if (now == tokens)
        return;
    if (m_buckets[part] == mixedBucket) {
        setMixedPart(part, tokens);
        return;
    }
    const std::uint32_t call = m_world.partCalls[part];
    m_calls[call].tokens[m_buckets[part]] += tokens - now; // unsigned on purpose: a difference either way
    now = tokens;
    touch(call);
}

/// The buckets of the first tokens of a part that lies in several.
Tokens State::splitOf(std::uint32_t part, std::uint32_t tokens) const
{
    const WorldCall& call = m_world.calls[m_world.partCalls[part]];
    std::uint32_t begin = 0;
    for (std::uint32_t before = call.parts; before < part; ++before)
        begin += m_world.partTokens[before];
    const auto ends = World::boundaries(call);
    Tokens split{};
    std::uint32_t at = begin;
    const std::uint32_t end = begin + tokens;
    for (std::size_t bucket = 0; bucket < inputBucketCount && at < end; ++bucket) {
        const std::uint32_t until = std::min(end, std::max(at, ends[bucket]));
        split[bucket] = until - at;
        at = until;
    }
    split[analysis::Uncached] += end - at;
    return split;
}

void State::setMixedPart(std::uint32_t part, std::uint32_t tokens)
{
    const std::uint32_t call = m_world.partCalls[part];
    // What a part gains beyond what it was is not cached.
    const std::uint32_t whole = m_world.partTokens[part];
    const auto split = [&](std::uint32_t of) {
        Tokens tokensOf = splitOf(part, std::min(of, whole));
        tokensOf[analysis::Uncached] += of - std::min(of, whole);
        return tokensOf;
    };
    const Tokens before = split(m_parts[part]), after = split(tokens);
    for (std::size_t bucket = 0; bucket < inputBucketCount; ++bucket)
        m_calls[call].tokens[bucket] += after[bucket] - before[bucket];
    m_parts[part] = tokens;
    touch(call);
}

void State::setVisible(std::uint32_t index, std::uint32_t tokens)
{
    Call& call = m_calls[index];
    const std::uint32_t before = std::exchange(call.tokens[analysis::Visible], tokens);
    if (before == tokens)
        return;
    touch(index);
    const WorldCall& of = m_world.calls[index];
    for (std::uint32_t place = of.resent; place < of.resentEnd && before > 0; ++place) {
        const std::uint32_t part = m_world.resent[place];
        const auto scaled = std::uint64_t{m_parts[part]} * tokens / before;
        setPart(part, static_cast<std::uint32_t>(scaled));
    }
}

void State::setThinking(std::uint32_t call, std::uint32_t tokens)
{
    if (std::exchange(m_calls[call].tokens[analysis::Thinking], tokens) != tokens)
        touch(call);
}

void State::uncacheFrom(std::uint32_t index, std::uint32_t first)
{
    Call& call = m_calls[index];
    if (call.tokens[analysis::CacheRead] + call.tokens[analysis::CacheWrite5m] + call.tokens[analysis::CacheWrite1h] ==
        0)
        return;
    for (std::uint32_t part = first; part < m_world.calls[index].partsEnd; ++part) {
        if (m_buckets[part] == analysis::Uncached || m_buckets[part] == analysis::Audio)
            continue;
        if (m_buckets[part] == mixedBucket) {
            const Tokens split = splitOf(part, std::min(m_parts[part], m_world.partTokens[part]));
            for (std::size_t bucket = 0; bucket < analysis::Uncached; ++bucket) {
                call.tokens[bucket] -= split[bucket];
                call.tokens[analysis::Uncached] += split[bucket];
            }
            m_buckets[part] = split[analysis::Audio] ? mixedBucket : static_cast<std::uint8_t>(analysis::Uncached);
            if (m_buckets[part] == mixedBucket)
                continue;
        } else {
            call.tokens[m_buckets[part]] -= m_parts[part];
            call.tokens[analysis::Uncached] += m_parts[part];
            m_buckets[part] = analysis::Uncached;
        }
    }
    touch(index);
}

/// A beginning that is shorter than the provider's minimum is not cached at all.
void State::checkMinimum(std::uint32_t index)
{
    Call& call = m_calls[index];
    const WorldCall& first = m_world.calls[index];
    if (call.isRemoved || call.hasLostCache)
        return;
    const auto cached = [](const Tokens& tokens) {
        return tokens[analysis::CacheRead] + tokens[analysis::CacheWrite1h] + tokens[analysis::CacheWrite5m];
    };
    const auto minimum = m_models[call.model].cacheMinimum;
    const std::uint32_t now = cached(call.tokens);
    if (now == 0 || now >= minimum || cached(first.tokens) < minimum)
        return;
    call.hasLostCache = true;
    ++m_belowMinimum;
    for (const Bucket bucket : {analysis::CacheRead, analysis::CacheWrite1h, analysis::CacheWrite5m})
        call.tokens[analysis::Uncached] += std::exchange(call.tokens[bucket], 0);
    for (std::uint32_t part = first.parts; part < first.partsEnd; ++part)
        if (m_buckets[part] < analysis::Uncached)
            m_buckets[part] = analysis::Uncached;
}

void State::setTokens(std::uint32_t call, const Tokens& tokens)
{
    if (m_calls[call].tokens == tokens)
        return;
    m_calls[call].tokens = tokens;
    touch(call);
}

void State::setRates(std::uint32_t call, std::uint32_t rates)
{
    if (std::exchange(m_calls[call].rates, rates) != rates)
        touch(call);
}

std::uint32_t State::placeOf(const BucketRates& rates)
{
    const auto [known, isNew] = m_places.emplace(rates, static_cast<std::uint32_t>(m_rates.size()));
    if (isNew)
        m_rates.push_back(rates);
    return known->second;
}

std::uint32_t State::placeOfModel(const std::string& name)
{
    for (std::uint32_t place = 0; place < m_models.size(); ++place)
        if (m_models[place].name == name)
            return place;
    const PricedModel* const priced = m_world.book ? m_world.book->find(name, "") : nullptr;
    if (!priced)
        return none;
    WorldModel model{.name = name, .priced = priced, .provider = priced->provider};
    if (priced->promptCacheMinTokens)
        model.cacheMinimum = *priced->promptCacheMinTokens;
    m_models.push_back(std::move(model));
    return static_cast<std::uint32_t>(m_models.size() - 1);
}

void State::charge(const SideCost& side)
{
    m_sides.push_back(side);
    m_charged += side.money;
}

} // namespace plumbline::simulation
