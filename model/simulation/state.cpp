// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/state.h"

#include <algorithm>
#include <cmath>

namespace plumbline::simulation {

using analysis::inputBucketCount;

std::string Risk::message() const
{
    std::string message(text);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const std::string mark = '%' + std::to_string(i + 1);
        if (const std::size_t at = message.find(mark); at != std::string::npos)
            message.replace(at, mark.size(), figures[i]);
    }
    return message;
}

State::State(const World& world) : m_world(world)
{
    restart();
}

void State::restart()
{
    m_calls.clear();
    m_calls.reserve(m_world.calls.size());
    m_rest = {.rates = m_world.rates, .models = m_world.models};
    for (const WorldModel& model : m_rest.models)
        m_rest.largestMinimum = std::max(m_rest.largestMinimum, model.cacheMinimum);
    Sums& sums = m_rest.sums;
    sums.cells.resize(m_world.cellCount());
    for (std::size_t i = 0; i < m_world.calls.size(); ++i) {
        const WorldCall& call = m_world.calls[i];
        m_calls.push_back({.tokens = call.tokens,
                           .rates = call.rates,
                           .mixed = call.mixed,
                           .cost = call.cost,
                           .model = static_cast<std::uint16_t>(call.model),
                           .isLong = call.is(LongContext)});
        ++sums.calls;
        sums.callsWithUsage += call.is(HasUsage);
        sums.input += call.input();
        sums.output += call.output();
        sums.cost += call.cost;
        sums.cells[m_world.cells[i]] += call.cost;
    }
    m_removed.assign(m_calls.size(), false);
    m_rest.atBegin = sums.cost;
    m_parts = m_world.partTokens;
    m_buckets.resize(m_parts.size());
    for (std::size_t part = 0; part < m_buckets.size(); ++part)
        m_buckets[part] = m_world.parts[part].bucket;
    m_changed.clear();
    mark();
}

void State::mark()
{
    for (const std::uint32_t call : m_changed)
        m_calls[call].isListed = false;
    m_changed.clear();
    m_changedParts.clear();
    m_touched.clear();
    m_marked = {.calls = m_calls, .removed = m_removed, .parts = m_parts, .buckets = m_buckets, .rest = m_rest};
}

void State::reset()
{
    // All at once is faster than one after another where there are many.
    if (m_changed.size() * 3 > m_calls.size())
        m_calls = m_marked.calls;
    else
        for (const std::uint32_t call : m_changed)
            m_calls[call] = m_marked.calls[call];
    m_removed = m_marked.removed;
    if (m_changedParts.size() * 10 > m_parts.size()) {
        m_parts = m_marked.parts;
        m_buckets = m_marked.buckets;
    } else {
        for (const std::uint32_t part : m_changedParts) {
            m_parts[part] = m_marked.parts[part];
            m_buckets[part] = m_marked.buckets[part];
        }
    }
    m_changed.clear();
    m_changedParts.clear();
    m_touched.clear();
    m_rest = m_marked.rest;
}

MoneySum::Integer State::begin()
{
    for (const std::uint32_t call : m_touched)
        checkMinimum(call);
    m_touched.clear();
    ++m_rest.stamp;
    return std::exchange(m_rest.atBegin, m_rest.sums.cost) - m_rest.sums.cost;
}

void State::remove(std::uint32_t index)
{
    Call& call = m_calls[index];
    if (isRemoved(index))
        return;
    touch(index);
    m_rest.sums.input -= inputOf(call.tokens);
    m_rest.sums.output -= outputOf(call.tokens);
    --m_rest.sums.calls;
    m_rest.sums.callsWithUsage -= m_world.calls[index].is(HasUsage);
    pay(index, -call.cost);
    m_removed[index] = true;
    m_rest.writesRemoved += TokenCount{call.tokens[analysis::CacheWrite1h]} + call.tokens[analysis::CacheWrite5m];
}

/// After its rates changed, or its tokens all at once.
void State::reprice(std::uint32_t index)
{
    const Call& call = m_calls[index];
    if (isRemoved(index) || call.rates == none)
        return;
    const BucketRates& rates = m_rest.rates[call.rates];
    std::int64_t cost = m_world.hasFixed[index] ? m_world.calls[index].fixed : 0;
    for (std::size_t bucket = 0; bucket < analysis::BucketCount; ++bucket)
        cost += std::int64_t{call.tokens[bucket]} * rates[bucket];
    pay(index, cost - call.cost);
}

/// The buckets of the first tokens of a part that lies in several. What it has beyond what it was is not cached.
State::Split State::splitOf(std::uint32_t call, std::uint32_t part, std::uint32_t tokens, double scale) const
{
    const MixedPart* mixed = &m_world.mixed[m_calls[call].mixed];
    while (mixed->part != part)
        ++mixed;
    Split split = mixed->tokens;
    for (std::uint32_t& of : split) {
        if (scale != 1)
            of = static_cast<std::uint32_t>(std::lround(of * scale));
        of = std::min(of, tokens);
        tokens -= of;
    }
    split[analysis::Uncached] += tokens;
    return split;
}

void State::setMixedPart(std::uint32_t part, std::uint32_t tokens)
{
    const std::uint32_t call = m_world.partCalls[part];
    const double scale = scaleOf(call);
    const Split before = splitOf(call, part, m_parts[part], scale), after = splitOf(call, part, tokens, scale);
    for (std::size_t bucket = 0; bucket < inputBucketCount; ++bucket)
        add(call, bucket, std::int64_t{after[bucket]} - before[bucket]);
    m_parts[part] = tokens;
}

void State::rescale(std::uint32_t index, double ratio)
{
    if (ratio == 1)
        return;
    const double before = scaleOf(index), after = before * ratio;
    const auto scaled = [&](std::uint32_t tokens) { return static_cast<std::uint32_t>(std::lround(tokens * ratio)); };
    for (std::uint32_t part = m_world.calls[index].parts; part < m_world.calls[index].partsEnd; ++part) {
        const std::uint32_t now = m_parts[part], then = scaled(now);
        if (m_buckets[part] != mixedBucket) {
            setPart(part, then);
            continue;
        }
        const Split from = splitOf(index, part, now, before), to = splitOf(index, part, then, after);
        for (std::size_t bucket = 0; bucket < inputBucketCount; ++bucket)
            add(index, bucket, std::int64_t{to[bucket]} - from[bucket]);
        m_parts[part] = then;
        m_changedParts.push_back(part);
    }
    touch(index);
    m_calls[index].scale = static_cast<float>(after);
    for (const Bucket of : {analysis::Visible, analysis::Thinking}) {
        const std::uint32_t now = m_calls[index].tokens[of];
        add(index, of, std::int64_t{scaled(now)} - now);
    }
}

void State::setVisible(std::uint32_t index, std::uint32_t tokens)
{
    const std::uint32_t before = m_calls[index].tokens[analysis::Visible];
    if (before == tokens)
        return;
    add(index, analysis::Visible, std::int64_t{tokens} - before);
    const WorldCall& of = m_world.calls[index];
    for (std::uint32_t place = of.resent; place < of.resentEnd && before > 0; ++place) {
        const std::uint32_t part = m_world.resent[place];
        if (isReplaced(part))
            continue;
        const auto scaled = std::uint64_t{m_parts[part]} * tokens / before;
        setPart(part, static_cast<std::uint32_t>(scaled));
    }
}

void State::uncacheFrom(std::uint32_t index, std::uint32_t first)
{
    const auto move = [&](std::size_t bucket, std::uint32_t tokens) {
        add(index, bucket, -std::int64_t{tokens});
        add(index, analysis::Uncached, tokens);
    };
    for (std::uint32_t part = first; part < m_world.calls[index].partsEnd; ++part) {
        if (m_buckets[part] == analysis::Uncached || m_buckets[part] == analysis::Audio)
            continue;
        m_changedParts.push_back(part);
        if (m_buckets[part] != mixedBucket) {
            move(m_buckets[part], m_parts[part]);
            m_buckets[part] = analysis::Uncached;
            continue;
        }
        const Split split = splitOf(index, part, m_parts[part], scaleOf(index));
        for (std::size_t bucket = 0; bucket < analysis::Uncached; ++bucket)
            move(bucket, split[bucket]);
        // What is priced apart stays so.
        if (split[analysis::Audio] == 0)
            m_buckets[part] = analysis::Uncached;
    }
}

/// A beginning that is shorter than the provider's minimum is not cached at all.
void State::checkMinimum(std::uint32_t index)
{
    Call& call = m_calls[index];
    if (isRemoved(index) || call.hasLostCache)
        return;
    const auto minimum = m_rest.models[call.model].cacheMinimum;
    const std::uint32_t now = cachedOf(call.tokens);
    if (now == 0 || now >= minimum || cachedOf(m_world.calls[index].tokens) < minimum)
        return;
    call.hasLostCache = true;
    ++m_rest.belowMinimum;
    // By what its buckets hold: after a cache was replayed, no part says any more where it was read.
    for (std::uint32_t part = m_world.calls[index].parts; part < m_world.calls[index].partsEnd; ++part)
        if (m_buckets[part] != analysis::Uncached && m_buckets[part] != analysis::Audio) {
            m_buckets[part] = analysis::Uncached;
            m_changedParts.push_back(part);
        }
    for (const Bucket bucket : {analysis::CacheRead, analysis::CacheWrite1h, analysis::CacheWrite5m}) {
        const std::int64_t left = call.tokens[bucket];
        add(index, bucket, -left);
        add(index, analysis::Uncached, left);
    }
}

void State::setTokens(std::uint32_t index, const Tokens& tokens)
{
    if (m_calls[index].tokens == tokens)
        return;
    setBuckets(index, tokens);
    watch(index);
}

void State::setBuckets(std::uint32_t index, const Tokens& tokens)
{
    Call& call = m_calls[index];
    touch(index);
    if (!isRemoved(index)) {
        m_rest.sums.input += std::int64_t{inputOf(tokens)} - inputOf(call.tokens);
        m_rest.sums.output += std::int64_t{outputOf(tokens)} - outputOf(call.tokens);
    }
    call.tokens = tokens;
    reprice(index);
}

void State::setRates(std::uint32_t index, std::uint32_t rates)
{
    if (std::exchange(m_calls[index].rates, rates) == rates)
        return;
    touch(index);
    reprice(index);
}

std::uint32_t State::placeOf(const BucketRates& rates)
{
    const auto [known, isNew] = m_rest.places.emplace(rates, static_cast<std::uint32_t>(m_rest.rates.size()));
    if (isNew)
        m_rest.rates.push_back(rates);
    return known->second;
}

std::uint32_t State::placeOfModel(const std::string& name)
{
    for (std::uint32_t place = 0; place < m_rest.models.size(); ++place)
        if (m_rest.models[place].name == name)
            return place;
    const PricedModel* const priced = m_world.book ? m_world.book->find(name, "") : nullptr;
    if (!priced)
        return none;
    // Under another name, with its date: how long its calls take is known then.
    for (std::uint32_t place = 0; place < m_rest.models.size(); ++place)
        if (m_rest.models[place].priced == priced)
            return place;
    WorldModel model{.name = name, .priced = priced, .provider = priced->provider};
    if (priced->promptCacheMinTokens)
        model.cacheMinimum = *priced->promptCacheMinTokens;
    m_rest.largestMinimum = std::max(m_rest.largestMinimum, model.cacheMinimum);
    m_rest.models.push_back(std::move(model));
    return static_cast<std::uint32_t>(m_rest.models.size() - 1);
}

void State::charge(const SideCost& side)
{
    m_rest.sides.push_back(side);
    m_rest.sums.input += side.input;
    m_rest.sums.output += side.output;
    m_rest.sums.cost += side.money;
    m_rest.sums.cells[m_world.cells[side.call]] += side.money;
}

} // namespace plumbline::simulation
