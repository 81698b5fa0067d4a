// SPDX-License-Identifier: GPL-3.0-or-later
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
};

void apply(const World& world, const Setting& setting, State& state)
{
    const auto lifetime = static_cast<Lifetime>(setting.number("lifetime"));
    if (lifetime == AsBilled)
        return;
    replayCaches(world, setting,
                 {.lifetime = lifetime == OneHour ? std::int64_t{3'600'000'000} : std::int64_t{300'000'000},
                  .writesForAnHour = lifetime == OneHour,
                  .onlyFixedPart = setting.number("until") == 1,
                  .hitPercent = setting.number("hits")},
                 state);
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
                        .title = "A beginning is kept for",
                        .value = FiveMinutes,
                        .source = "the providers' default; an hour costs twice the input price to write at Anthropic",
                        .words = {"as billed", "5 minutes", "1 hour"}},
                       {.id = "until",
                        .title = "Written up to the end of",
                        .neutral = std::numeric_limits<double>::quiet_NaN(),
                        .value = 0,
                        .source = "the whole prompt: the next turn begins with it",
                        .words = {"the prompt", "the fixed part"}},
                       {.id = "hits",
                        .title = "Reads that come about",
                        .unit = "%",
                        .most = 100,
                        .neutral = std::numeric_limits<double>::quiet_NaN(),
                        .value = 100,
                        .source = "54 to 62 % of blocks in production (arXiv 2506.02634), 60 to 87 % with a cache key "
                                  "(OpenAI cookbook)",
                        .low = 60,
                        .high = 100}},
        .apply = apply};
}

} // namespace plumbline::simulation
