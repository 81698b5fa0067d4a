// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prompts/text_facts.h"

#include <algorithm>

#include "model/core/varint.h"
#include "model/prompts/compact_json.h"
#include "model/prompts/text_lines.h"
#include "model/prompts/text_sketch.h"
#include "model/prompts/volatile_text.h"

namespace plumbline {

namespace {

// Flags of packed facts.
constexpr std::uint64_t asksForNow = 1;
constexpr std::uint64_t followedByChanging = 2; ///< workspaces of before say nothing of it

bool isInstruction(BlockRole role)
{
    return role == BlockRole::System || role == BlockRole::Developer;
}

CounterDelta losslessOf(std::string_view text)
{
    CounterDelta delta;
    for (JsonRegion region = findLooseJson(text, 0); region; region = findLooseJson(text, region.end)) {
        const std::string_view loose = text.substr(region.begin, region.end - region.begin);
        delta.add(countText(loose), 1);
        delta.add(countText(compactJson(loose)), -1);
    }
    return delta;
}

/// Numbers with a count of the zeros before each.
void append(std::string& into, const CounterDelta& delta)
{
    std::size_t zeros = 0;
    for (std::size_t counter = 0; counter < textCounterCount; ++counter) {
        const std::int32_t value = delta.at(counter);
        if (value == 0) {
            ++zeros;
            continue;
        }
        appendVarint(into, zeros + 1);
        appendVarint(into, zigzag(value));
        zeros = 0;
    }
    appendVarint(into, 0);
}

bool read(std::string_view bytes, std::size_t& at, CounterDelta& delta)
{
    std::size_t next = 0;
    for (;;) {
        const auto step = readVarint(bytes, at);
        if (!step)
            return false;
        if (*step == 0)
            return true;
        next += static_cast<std::size_t>(*step);
        const auto value = readVarint(bytes, at);
        if (!value || *step > textCounterCount || next > textCounterCount)
            return false;
        delta.set(next - 1, static_cast<std::int32_t>(unzigzag(*value)));
    }
}

} // namespace

CounterDelta& CounterDelta::add(const TextCounters& counters, int sign)
{
    m_values.resize(textCounterCount);
    for (std::size_t i = 0; i < textCounterCount; ++i)
        m_values[i] += sign * static_cast<std::int32_t>(counters.values[i]);
    if (std::all_of(m_values.begin(), m_values.end(), [](std::int32_t value) { return value == 0; }))
        m_values = {};
    return *this;
}

void CounterDelta::set(std::size_t counter, std::int32_t value)
{
    if (value == 0 && m_values.empty())
        return;
    m_values.resize(textCounterCount);
    m_values[counter] = value;
}

double tokensBy(const TokenWeights& weights, const CounterDelta& delta)
{
    if (delta.isEmpty())
        return 0;
    TextCounters one;
    double tokens = 0;
    for (std::size_t i = 0; i < textCounterCount; ++i) {
        one.values[i] = 1;
        tokens += weights[i] * counterValue(one, i) * delta.at(i);
    }
    return tokens;
}

TextFacts textFactsOf(std::string_view text, BlockRole role, BlockKind kind)
{
    TextFacts facts;
    if (isInstruction(role) || kind == BlockKind::ToolDefinition) {
        if (const auto changing = findVolatileText(text)) {
            facts.stable = changing->stable;
            facts.volatileAt = static_cast<std::uint32_t>(changing->first);
            facts.changing.add(countText(changing->changing), 1);
        }
        if (kind == BlockKind::Text)
            countRepeatedLines(text, facts);
    }
    if (kind == BlockKind::ToolResult || kind == BlockKind::Document || kind == BlockKind::Text) {
        facts.lossless = losslessOf(text);
        if (!isInstruction(role) && role != BlockRole::Assistant)
            countBallast(text, facts);
    }
    if (role == BlockRole::User && kind == BlockKind::Text) {
        const WordFacts words = wordFactsOf(text);
        facts.sketch = words.sketch;
        facts.asksForNow = words.asksForNow;
    }
    return facts;
}

void appendPacked(std::string& into, const TextFacts& facts)
{
    append(into, facts.lossless);
    append(into, facts.ballast);
    append(into, facts.repeated);
    appendVarint(into, facts.repeatedLines);
    const bool hasChanging = !facts.changing.isEmpty();
    appendVarint(into, (facts.asksForNow ? asksForNow : 0) | (hasChanging ? followedByChanging : 0));
    appendVarint(into, facts.stable);
    appendVarint(into, facts.volatileAt);
    if (hasChanging)
        append(into, facts.changing);
    if (facts.sketch.isEmpty())
        return;
    appendVarint(into, facts.sketch.figures);
    for (const std::uint16_t bin : facts.sketch.least) {
        into.push_back(static_cast<char>(bin & 0xFF));
        into.push_back(static_cast<char>(bin >> 8));
    }
}

std::optional<TextFacts> textFactsFromPacked(std::string_view bytes)
{
    TextFacts facts;
    std::size_t at = 0;
    for (CounterDelta* delta : {&facts.lossless, &facts.ballast, &facts.repeated})
        if (!read(bytes, at, *delta))
            return {};
    const auto lines = readVarint(bytes, at);
    const auto flags = readVarint(bytes, at);
    const auto stable = readVarint(bytes, at);
    const auto volatileAt = readVarint(bytes, at);
    if (!lines || !flags || !stable || !volatileAt)
        return {};
    facts.repeatedLines = static_cast<std::uint32_t>(*lines);
    facts.asksForNow = *flags & asksForNow;
    facts.stable = *stable;
    facts.volatileAt = static_cast<std::uint32_t>(*volatileAt);
    if (*flags & followedByChanging && !read(bytes, at, facts.changing))
        return {};
    if (at == bytes.size())
        return facts;
    const auto figures = readVarint(bytes, at);
    if (!figures || bytes.size() - at != 2 * TextSketch::bins)
        return {};
    facts.sketch.figures = *figures;
    for (std::uint16_t& bin : facts.sketch.least) {
        bin = static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) |
                                         static_cast<unsigned char>(bytes[at + 1]) << 8);
        at += 2;
    }
    return facts;
}

} // namespace plumbline
