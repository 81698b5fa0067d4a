// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <vector>

#include "model/sample/random.h"
#include "model/sample/settlement.h"

namespace plumbline::sample {

namespace {

// Both providers' default; every read renews it.
constexpr std::int64_t lifetime = 300'000'000;

/// A beginning of a prompt: the chain of its blocks' hashes, and where it ends.
struct Prefix
{
    std::uint64_t key = 0;
    std::uint64_t stableKey = 0;
    TokenCount end = 0;
    bool isLeft = true;   ///< later calls can find it
    bool isLooked = true; ///< this call can find it
};

// How far before a breakpoint its provider looks for what an earlier call has left.
constexpr std::size_t lookBackBlocks = 20;

bool isAlive(std::int64_t usedAt, std::int64_t now)
{
    return now - usedAt <= lifetime;
}

/// The beginnings that matter for the cache, the shortest first.
std::vector<Prefix> prefixesOf(const SampleSpan& call, const ModelFacts& model, std::string_view environment,
                               bool& isStable)
{
    std::uint64_t key = mix(mix(0, model.name), environment);
    std::uint64_t stableKey = key;
    TokenCount end = 0;
    std::vector<Prefix> prefixes;
    for (const SampleBlock& block : call.input) {
        key = mix(key, block.text->hash);
        stableKey = mix(stableKey, block.stable ? block.stable->hash : block.text->hash);
        isStable = isStable && !block.stable;
        end += block.text->tokens;
        prefixes.push_back({key, stableKey, end});
    }
    if (model.hasBreakpoints) {
        std::size_t blocksToMark = lookBackBlocks;
        for (std::size_t i = prefixes.size(); i-- > 0;) {
            prefixes[i].isLeft = call.input[i].hasCacheControl;
            blocksToMark = prefixes[i].isLeft ? 0 : blocksToMark + 1;
            prefixes[i].isLooked = blocksToMark < lookBackBlocks;
        }
    }
    std::erase_if(prefixes, [&model](const Prefix& prefix) { return prefix.end < model.minimumPrefix; });
    return prefixes;
}

} // namespace

CacheOutcome PromptCaches::bill(const SampleSpan& call, std::string_view environment)
{
    const ModelFacts& model = factsOf(call);
    if (call.kind != SpanKind::Llm || model.cacheRead == 0)
        return {};
    const std::int64_t now = call.start.microseconds();
    forgetExpired(now);

    bool isStable = true;
    const std::vector<Prefix> prefixes = prefixesOf(call, model, environment, isStable);
    CacheOutcome outcome;
    const auto find = [now](Entries& entries, std::uint64_t wanted) -> Entry* {
        const auto found = entries.find(wanted);
        if (found == entries.end() || found->second.readableFrom > now || !isAlive(found->second.usedAt, now))
            return nullptr;
        return &found->second;
    };
    const auto stepped = [&model](TokenCount tokens) { return tokens / model.cacheStep * model.cacheStep; };
    Entry* deepest = nullptr;
    TokenCount markedEnd = 0;
    for (const Prefix& prefix : prefixes) {
        if (prefix.isLeft)
            markedEnd = prefix.end;
        if (!prefix.isLooked)
            continue;
        if (Entry* entry = find(m_entries, prefix.key)) {
            deepest = entry;
            outcome.read = stepped(prefix.end);
        }
        if (!isStable && (find(m_entries, prefix.stableKey) || find(m_stableEntries, prefix.stableKey)))
            outcome.stableRead = stepped(prefix.end);
    }
    outcome.stableRead = std::max(outcome.read, outcome.stableRead);
    if (deepest)
        deepest->usedAt = now; // a hit renews what it found
    if (model.hasBreakpoints)
        outcome.written = std::max<TokenCount>(0, markedEnd - outcome.read);

    const std::int64_t readableFrom = call.firstToken.value_or(call.end).microseconds();
    const auto leave = [now, readableFrom](Entries& entries, std::uint64_t prefix) {
        Entry& entry = entries[prefix];
        if (entry.usedAt == 0 || !isAlive(entry.usedAt, now))
            entry.readableFrom = readableFrom;
        entry.usedAt = now;
    };
    for (const Prefix& prefix : prefixes) {
        if (!prefix.isLeft)
            continue;
        leave(m_entries, prefix.key);
        if (!isStable)
            leave(m_stableEntries, prefix.stableKey);
    }
    return outcome;
}

void PromptCaches::forgetExpired(std::int64_t now)
{
    if (m_entries.size() + m_stableEntries.size() < m_nextSweep)
        return;
    for (Entries* entries : {&m_entries, &m_stableEntries})
        std::erase_if(*entries, [now](const auto& entry) { return !isAlive(entry.second.usedAt, now); });
    m_nextSweep = std::max<std::size_t>(1 << 16, 2 * (m_entries.size() + m_stableEntries.size()));
}

} // namespace plumbline::sample
