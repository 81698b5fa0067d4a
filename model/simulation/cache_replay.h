// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/simulation/setting.h"

namespace plumbline::simulation {

struct CacheRules
{
    std::int64_t lifetime = 300'000'000; ///< microseconds; every use renews it
    bool writesForAnHour = false;        ///< at the price of writes that last
    bool onlyFixedPart = false;          ///< instructions and tools alone are written
    double hitPercent = 100;             ///< of the reads that should come about
    int breakpoints = 0;    ///< that the client sets, 4 at most; 0: the provider finds beginnings by itself
    TokenCount minimum = 0; ///< tokens of the shortest beginning that is cached; 0: as the model's facts say
    double writePrice = 0;  ///< percent of the input price; 0: as the price row says
};

/// Sends the calls through an ideal cache of prompt beginnings, in the order of time, one for each feature, model and
/// environment: what was sent within the lifetime, and answered by then, is read; what is new is written where writing
/// has a price of its own. Beginnings shorter than the model's minimum are neither; OpenAI counts in steps of 128.
/// Breakpoints are set, as far as they reach, at the end of what is to be cached, of instructions and tools, of the
/// first of these, and before the last message of the user; what is written ends at one, and is found at one or at the
/// nineteen positions before it. Takes what levers before made of the prompts. One pass; some tens of nanoseconds a
/// block.
void replayCaches(const World& world, const Setting& setting, const CacheRules& rules, State& state);

/// The same from memory, while a slider moves: each call reads and writes the shares of its prompt that it did when the
/// caches were replayed last.
void repeatCaches(const World& world, const Setting& setting, const CacheRules& rules, State& state);

} // namespace plumbline::simulation
