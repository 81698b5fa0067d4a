// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/state.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "model/core/large_pages.h"

namespace plumbline::simulation {

using analysis::inputBucketCount;

namespace {

template <class T, class ValueOf>
void fill(std::vector<T>& column, std::size_t count, ValueOf valueOf)
{
    column.clear();
    for (std::size_t i = 0; i < count; ++i)
        column.push_back(valueOf(i));
}

} // namespace

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

void State::Columns::reserve(std::size_t calls, std::size_t blocks)
{
    for (std::vector<std::uint32_t>& bucket : tokens)
        reserveInLargePages(bucket, calls);
    reserveInLargePages(groups, calls);
    reserveInLargePages(models, calls);
    reserveInLargePages(scales, calls);
    reserveInLargePages(flags, calls);
    reserveInLargePages(removed, calls);
    reserveInLargePages(parts, blocks);
    reserveInLargePages(buckets, blocks);
}

void State::restart()
{
    const std::size_t calls = m_world.calls.size();
    m_now.reserve(calls, m_world.parts.size());
    m_marked.reserve(calls, m_world.parts.size());
    m_now.rest = {.models = m_world.models};
    for (const WorldModel& model : m_now.rest.models)
        m_now.rest.minimums.push_back(model.cacheMinimum);
    for (std::size_t bucket = 0; bucket < analysis::BucketCount; ++bucket)
        fill(m_now.tokens[bucket], calls, [&](std::size_t i) { return m_world.calls[i].tokens[bucket]; });
    fill(m_now.models, calls, [&](std::size_t i) { return static_cast<std::uint16_t>(m_world.calls[i].model); });
    fill(m_now.flags, calls, [&](std::size_t i) { return m_world.calls[i].is(LongContext) ? IsLong : Flag{}; });
    m_now.scales.assign(calls, 1);
    m_now.removed.assign(calls, false);
    m_watched.assign(calls, 0);
    fill(m_now.parts, m_world.partTokens.size(), [&](std::size_t part) { return m_world.partTokens[part]; });
    fill(m_now.buckets, m_world.parts.size(), [&](std::size_t part) { return m_world.parts[part].bucket; });
    m_bill = Bill(m_world.cellCount(), m_world.rates);
    fill(m_now.groups, calls, [&](std::size_t i) { return m_bill.groupOf(m_world.cells[i], m_world.calls[i].rates); });
    for (std::uint32_t i = 0; i < calls; ++i) {
        const WorldCall& call = m_world.calls[i];
        ++m_now.rest.calls;
        m_now.rest.callsWithUsage += call.is(HasUsage);
        for (std::size_t bucket = 0; bucket < analysis::BucketCount; ++bucket)
            m_bill.add(m_now.groups[i], bucket, call.tokens[bucket]);
        m_bill.addFixed(m_world.cells[i], call.fixed);
    }
    m_now.rest.atBegin = m_bill.cost();
    m_markedBill = m_bill.sums();
    m_marked = m_now;
    m_changed.start(calls);
    m_changedParts.start(m_now.parts.size());
    forgetChanges();
}

void State::mark()
{
    bring(m_now, m_marked);
    m_markedBill = m_bill.sums();
    forgetChanges();
}

void State::reset()
{
    bring(m_marked, m_now);
    m_bill.restore(m_markedBill);
    forgetChanges();
}

void State::bring(const Columns& from, Columns& to) const
{
    const auto copy = [](const auto& column, auto& copied, const PlaceList& places) {
        if (places.isFull())
            copied = column;
        else
            for (const std::uint32_t place : places)
                copied[place] = column[place];
    };
    const auto copyWritten = [&](std::size_t which, const auto& column, auto& copied) {
        if (m_written & bitOf(which))
            copy(column, copied, m_changed);
    };
    for (std::size_t bucket = 0; bucket < analysis::BucketCount; ++bucket)
        copyWritten(bucket, from.tokens[bucket], to.tokens[bucket]);
    copyWritten(Groups, from.groups, to.groups);
    copyWritten(Models, from.models, to.models);
    copyWritten(Scales, from.scales, to.scales);
    copy(from.flags, to.flags, m_changed);
    copy(from.removed, to.removed, m_changed);
    copy(from.parts, to.parts, m_changedParts);
    copy(from.buckets, to.buckets, m_changedParts);
    to.rest = from.rest;
}

void State::forgetChanges()
{
    m_written = 0;
    m_changed.clear();
    m_changedParts.clear();
    m_touched.clear();
}

MoneySum::Integer State::begin()
{
    for (const std::uint32_t call : m_touched)
        checkMinimum(call);
    m_touched.clear();
    ++m_lever.count;
    const MoneySum::Integer now = m_bill.cost();
    return std::exchange(m_now.rest.atBegin, now) - now;
}

State::Sums State::sums() const
{
    const Bill::Tokens tokens = m_bill.tokens();
    Sums sums{.calls = m_now.rest.calls,
              .callsWithUsage = m_now.rest.callsWithUsage,
              .input = m_now.rest.sideInput,
              .output = m_now.rest.sideOutput,
              .cells = m_bill.cells()};
    sums.cost = std::accumulate(sums.cells.begin(), sums.cells.end(), MoneySum::Integer{0});
    for (std::size_t bucket = 0; bucket < tokens.size(); ++bucket)
        (bucket < inputBucketCount ? sums.input : sums.output) += tokens[bucket];
    return sums;
}

void State::moveTo(std::uint32_t group, std::uint32_t index)
{
    const std::uint32_t before = std::exchange(m_now.groups[index], group);
    m_written |= bitOf(Groups);
    for (std::size_t bucket = 0; bucket < analysis::BucketCount; ++bucket) {
        const std::int64_t tokens = m_now.tokens[bucket][index];
        m_bill.add(before, bucket, -tokens);
        m_bill.add(group, bucket, tokens);
    }
}

void State::remove(std::uint32_t index)
{
    if (isRemoved(index))
        return;
    touch(index);
    --m_now.rest.calls;
    m_now.rest.callsWithUsage -= m_world.calls[index].is(HasUsage);
    m_bill.addFixed(m_world.cells[index], -m_world.calls[index].fixed);
    m_now.rest.writesRemoved +=
        TokenCount{tokensIn(analysis::CacheWrite1h, index)} + tokensIn(analysis::CacheWrite5m, index);
    m_now.removed[index] = true;
    moveTo(Bill::removed, index);
}

/// The buckets of the first tokens of a part that lies in several. What it has beyond what it was is not cached.
State::Split State::splitOf(std::uint32_t call, std::uint32_t part, std::uint32_t tokens, double scale) const
{
    const MixedPart* mixed = &m_world.mixed[m_world.firstMixed[call]];
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

void State::setMixedPart(const PlacedPart& of, std::uint32_t tokens)
{
    const auto [part, call] = of;
    const double scale = scaleOf(call);
    const Split before = splitOf(call, part, m_now.parts[part], scale), after = splitOf(call, part, tokens, scale);
    for (std::size_t bucket = 0; bucket < inputBucketCount; ++bucket)
        add(call, bucket, std::int64_t{after[bucket]} - before[bucket]);
    m_now.parts[part] = tokens;
}

void State::rescale(std::uint32_t index, double ratio)
{
    if (ratio == 1)
        return;
    const double before = scaleOf(index), after = before * ratio;
    const auto scaled = [&](std::uint32_t tokens) { return static_cast<std::uint32_t>(std::lround(tokens * ratio)); };
    for (std::uint32_t part = m_world.calls[index].parts; part < m_world.calls[index].partsEnd; ++part) {
        const std::uint32_t now = m_now.parts[part], then = scaled(now);
        if (m_now.buckets[part] != mixedBucket) {
            setPart(part, then);
            continue;
        }
        const Split from = splitOf(index, part, now, before), to = splitOf(index, part, then, after);
        for (std::size_t bucket = 0; bucket < inputBucketCount; ++bucket)
            add(index, bucket, std::int64_t{to[bucket]} - from[bucket]);
        m_now.parts[part] = then;
        m_changedParts.add(part);
    }
    touch(index);
    m_now.scales[index] = static_cast<float>(after);
    m_written |= bitOf(Scales);
    for (const Bucket of : {analysis::Visible, analysis::Thinking}) {
        const std::uint32_t now = tokensIn(of, index);
        add(index, of, std::int64_t{scaled(now)} - now);
    }
}

void State::setVisible(std::uint32_t index, std::uint32_t tokens)
{
    const std::uint32_t before = tokensIn(analysis::Visible, index);
    if (before == tokens)
        return;
    add(index, analysis::Visible, std::int64_t{tokens} - before);
    const WorldCall& of = m_world.calls[index];
    for (std::uint32_t place = of.resent; place < of.resentEnd && before > 0; ++place) {
        const std::uint32_t part = m_world.resent[place];
        if (isReplaced(part))
            continue;
        const auto scaled = std::uint64_t{m_now.parts[part]} * tokens / before;
        setPart(part, static_cast<std::uint32_t>(scaled));
    }
}

void State::uncacheFrom(std::uint32_t index, std::uint32_t first)
{
    Split moved{};
    for (std::uint32_t part = first; part < m_world.partCalls.size() && m_world.partCalls[part] == index; ++part) {
        std::uint8_t& bucket = m_now.buckets[part];
        if (bucket == analysis::Uncached || bucket == analysis::Audio)
            continue;
        m_changedParts.add(part);
        if (bucket != mixedBucket) {
            moved[bucket] += m_now.parts[part];
            bucket = analysis::Uncached;
            continue;
        }
        const Split split = splitOf(index, part, m_now.parts[part], scaleOf(index));
        for (std::size_t of = 0; of < analysis::Uncached; ++of)
            moved[of] += split[of];
        // What is priced apart stays so.
        if (split[analysis::Audio] == 0)
            bucket = analysis::Uncached;
    }
    uncache(index, moved);
}

/// So many tokens in these buckets are billed as if nothing had been cached.
void State::uncache(std::uint32_t index, const Split& tokens)
{
    for (std::size_t bucket = 0; bucket < analysis::Uncached; ++bucket) {
        add(index, bucket, -std::int64_t{tokens[bucket]});
        add(index, analysis::Uncached, tokens[bucket]);
    }
}

/// A beginning that is shorter than the provider's minimum is not cached at all.
void State::checkMinimum(std::uint32_t index)
{
    if (isRemoved(index) || m_now.flags[index] & HasLostCache)
        return;
    const TokenCount minimum = m_now.rest.minimums[m_now.models[index]];
    const std::uint32_t now = cachedOf(index);
    if (now == 0 || now >= minimum || cachedOf(m_world.calls[index].tokens) < minimum)
        return;
    setFlag(index, HasLostCache);
    ++m_now.rest.belowMinimum;
    // By what its buckets hold: after a cache was replayed, no part says any more where it was read.
    for (std::uint32_t part = m_world.calls[index].parts; part < m_world.calls[index].partsEnd; ++part)
        if (m_now.buckets[part] != analysis::Uncached && m_now.buckets[part] != analysis::Audio) {
            m_now.buckets[part] = analysis::Uncached;
            m_changedParts.add(part);
        }
    Split cached{};
    for (std::size_t bucket = 0; bucket < analysis::Uncached; ++bucket)
        cached[bucket] = m_now.tokens[bucket][index];
    uncache(index, cached);
}

void State::setTokens(std::uint32_t index, const Tokens& tokens)
{
    if (this->tokens(index) == tokens)
        return;
    setBuckets(index, tokens);
    watch(index);
}

void State::setBuckets(std::uint32_t index, const Tokens& tokens)
{
    touch(index);
    for (std::size_t bucket = 0; bucket < tokens.size(); ++bucket) {
        std::uint32_t& now = m_now.tokens[bucket][index];
        if (now == tokens[bucket])
            continue;
        m_bill.add(m_now.groups[index], bucket, std::int64_t{tokens[bucket]} - now);
        m_written |= bitOf(bucket);
        now = tokens[bucket];
    }
}

void State::setRates(std::uint32_t index, std::uint32_t rates)
{
    if (isRemoved(index) || ratesOf(index) == rates)
        return;
    touch(index);
    moveTo(m_bill.groupOf(m_world.cells[index], rates), index);
}

std::uint32_t State::placeOfModel(const std::string& name)
{
    for (std::uint32_t place = 0; place < m_now.rest.models.size(); ++place)
        if (m_now.rest.models[place].name == name)
            return place;
    const PricedModel* const priced = m_world.book ? m_world.book->find(name, "") : nullptr;
    if (!priced)
        return none;
    // Under another name, with its date: how long its calls take is known then.
    for (std::uint32_t place = 0; place < m_now.rest.models.size(); ++place)
        if (m_now.rest.models[place].priced == priced)
            return place;
    WorldModel model{.name = name, .priced = priced, .provider = priced->provider};
    if (priced->promptCacheMinTokens)
        model.cacheMinimum = *priced->promptCacheMinTokens;
    m_now.rest.minimums.push_back(model.cacheMinimum);
    m_now.rest.models.push_back(std::move(model));
    return static_cast<std::uint32_t>(m_now.rest.models.size() - 1);
}

void State::charge(const SideCost& side)
{
    m_now.rest.sides.push_back(side);
    m_now.rest.sideInput += side.input;
    m_now.rest.sideOutput += side.output;
    m_bill.addFixed(m_world.cells[side.call], side.money);
}

} // namespace plumbline::simulation
