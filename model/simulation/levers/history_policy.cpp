// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

constexpr double all = 60;

enum Policy
{
    Sliding, ///< the last turns, anew with every turn
    Chunked, ///< when there are too many, a share of them goes at once: between, the beginning stays what it is
    Summary, ///< the same, and what goes is told in a few words
};

struct Kept
{
    std::uint32_t turns = 0; ///< behind which everything goes
    bool isChanging = false; ///< another beginning than the turn before had
};

/// How many turns behind the last one stay in a prompt that has `turns` of them.
Kept keptOf(Policy policy, std::uint32_t most, double share, std::uint32_t turns)
{
    if (policy == Sliding || turns <= most)
        return {most, turns > most};
    const auto base = static_cast<std::uint32_t>(std::max(0.0, std::floor(most * share / 100)));
    const std::uint32_t grown = (turns - most - 1) % (most - base + 1);
    return {base + grown, grown == 0};
}

void apply(const World& world, const Setting& setting, State& state)
{
    const double turns = setting.number("turns");
    if (turns >= all)
        return;
    const auto policy = static_cast<Policy>(setting.number("policy"));
    const auto most = static_cast<std::uint32_t>(turns);
    const double share = setting.number("kept");
    const auto summary = policy == Summary ? static_cast<std::uint32_t>(setting.number("summary_tokens")) : 0;
    for (const auto& [i, oldest, begin, end] : world.conversations) {
        const Kept kept = keptOf(policy, most, share, oldest);
        if (oldest <= kept.turns || !setting.holds(i) || state.isRemoved(i))
            continue;
        std::uint32_t gone = 0, first = none, last = none;
        for (std::uint32_t part = begin; part < end; ++part) {
            const WorldPart& of = world.parts[part];
            const bool isConversation = of.of() == Segment::History || of.of() == Segment::ToolResult ||
                                        of.of() == Segment::Context || of.of() == Segment::User;
            if (!isConversation || of.turn <= kept.turns)
                continue;
            first = std::min(first, part);
            last = part;
            gone += state.partTokens(part);
            state.setPart({part, i}, 0);
        }
        if (first == none)
            continue;
        // What follows is no longer what the request before began with.
        if (kept.isChanging)
            state.uncacheFrom(i, first);
        if (summary > 0 && gone > summary) {
            // In place of the last that goes: another text whenever more go.
            state.replacePart(last, summary);
            if (kept.isChanging && state.ratesOf(i) != none) {
                const BucketRates& rates = state.ratesAt(state.ratesOf(i));
                state.charge({.call = i,
                              .input = gone,
                              .output = summary,
                              .money = std::int64_t{gone} * rates[analysis::Uncached] +
                                       std::int64_t{summary} * rates[analysis::Visible]});
            }
        }
    }
}

} // namespace

Lever history_policy()
{
    return {.id = "history-policy",
            .title = "Keep last turns",
            .shortTitle = "History",
            .explanation =
                "Older turns of a conversation are left out of the prompt, turn by turn, in chunks, or for a "
                "summary that is written for it.",
            .risk = RiskClass::Medium,
            .needs = LeverNeed::Prompts,
            .cost = "days of development; calls that write the summaries; answers that do not know what went",
            .caution = "What was said in the turns that go is no longer known: try long conversations.",
            .parameters = {{.id = "turns",
                            .title = "Keep the last",
                            .unit = "turns",
                            .most = all,
                            .neutral = all,
                            .value = 6,
                            .source = "an assumption to try; under caching a sliding window pays below about 4 turns "
                                      "only, chunks always"},
                           {.id = "policy",
                            .title = "Older turns",
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = Sliding,
                            .source = "the simplest; chunks keep the cache",
                            .words = {"sliding", "chunked", "summary"}},
                           {.id = "kept",
                            .title = "Kept of a chunk",
                            .unit = "%",
                            .most = 90,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 50,
                            .source = "half of them"},
                           {.id = "summary_tokens",
                            .title = "Length of a summary",
                            .unit = "tokens",
                            .least = 20,
                            .most = 8000,
                            .neutral = std::numeric_limits<double>::quiet_NaN(),
                            .value = 300,
                            .source = "an assumption: two paragraphs",
                            .low = 150,
                            .high = 800}},
            .apply = apply};
}

} // namespace plumbline::simulation
