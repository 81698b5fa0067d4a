// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>

#include "model/simulation/cache_replay.h"
#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

enum Lifetime
{
    AsBilled,
    FiveMinutes,
    OneHour,
    Other,
};

constexpr std::int64_t aMinute = 60'000'000; // microseconds

void apply(const World& world, const Setting& setting, State& state)
{
    const auto lifetime = static_cast<Lifetime>(setting.number("lifetime"));
    if (lifetime == AsBilled)
        return;
    const std::int64_t minutes = lifetime == OneHour       ? 60
                                 : lifetime == FiveMinutes ? 5
                                                           : std::llround(setting.number("minutes"));
    const CacheRules rules{.lifetime = minutes * aMinute,
                           .writesForAnHour = minutes >= 60,
                           .onlyFixedPart = setting.number("until") == 1,
                           .hitPercent = setting.number("hits"),
                           .breakpoints = static_cast<int>(setting.number("breakpoints")),
                           .minimum = std::llround(setting.number("minimum")),
                           .writePrice = setting.number("write_price")};
    if (state.repeatsCaches())
        repeatCaches(world, setting, rules, state);
    else
        replayCaches(world, setting, rules, state);
}

} // namespace

Lever prompt_caching()
{
    return {
        .id = "prompt-caching",
        .title = "Cache static prefix",
        .shortTitle = "Cache",
        .explanation = "Every prompt is sent through an ideal cache of beginnings: what was sent within its lifetime "
                       "is read, what is new is written, and what is shorter than the provider's minimum is neither.",
        .risk = RiskClass::None,
        .needs = LeverNeed::Prompts,
        .cost = "hours of development: marks in the prompt where the provider wants them",
        .parameters = {{.id = "lifetime",
                        .title = "Lifetime",
                        .value = FiveMinutes,
                        .source = "the providers' default; an hour costs twice the input price to write at Anthropic",
                        .words = {"as billed", "5 minutes", "1 hour", "other"}},
                       {.id = "minutes",
                        .title = "Other lifetime",
                        .unit = "minutes",
                        .least = 1,
                        .most = 10080,
                        .neutral = std::numeric_limits<double>::quiet_NaN(),
                        .value = 30,
                        .source = "OpenAI keeps beginnings for 5 to 60 idle minutes, or 24 hours where that is asked "
                                  "for; every use begins the time anew"},
                       {.id = "until",
                        .title = "Cached up to the end of",
                        .neutral = std::numeric_limits<double>::quiet_NaN(),
                        .value = 0,
                        .source = "the whole prompt: the next turn begins with it",
                        .words = {"the prompt", "the fixed part"}},
                       {.id = "breakpoints",
                        .title = "Cache breakpoints",
                        .unit = "breakpoints",
                        .most = 4,
                        .neutral = std::numeric_limits<double>::quiet_NaN(),
                        .value = 0,
                        .source =
                            "0: the provider finds beginnings by itself, as OpenAI and Gemini do. Anthropic: 1 to "
                            "4, each found at one or at 19 positions before it; they stand at the end, behind "
                            "instructions and tools, between these, and before the last message, in that order"},
                       {.id = "minimum",
                        .title = "Shortest prefix",
                        .unit = "tokens",
                        .most = 32768,
                        .neutral = std::numeric_limits<double>::quiet_NaN(),
                        .value = 0,
                        .source = "0: as the provider says of the model, 512 to 4,096"},
                       {.id = "write_price",
                        .title = "Write price",
                        .unit = "% of input",
                        .most = 400,
                        .neutral = std::numeric_limits<double>::quiet_NaN(),
                        .value = 0,
                        .source = "0: as the price row of the call says"},
                       {.id = "hits",
                        .title = "Hit rate",
                        .unit = "%",
                        .most = 100,
                        .neutral = std::numeric_limits<double>::quiet_NaN(),
                        .value = 100,
                        .source = "54 to 62 % of blocks in production (arXiv 2506.02634), 60 to 87 % with a cache key "
                                  "(OpenAI cookbook)",
                        .low = 60,
                        .high = 100}},
        .apply = apply,
        .replaysCaches = true};
}

} // namespace plumbline::simulation
