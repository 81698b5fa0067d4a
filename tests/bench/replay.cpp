// SPDX-License-Identifier: GPL-3.0-or-later
// CPU milliseconds of a full stack of levers on an open workspace, and of the same arithmetic's columns for a peer:
// `replay W.plumb [DIR]` writes calls.csv and parts.csv there.
#include <cstdio>
#include <fstream>

#include "bench/cpu_time.h"
#include "model/queries/queries.h"
#include "model/simulation/world.h"

using namespace plumbline;

namespace {

/// What SQL can say as well: levers that look at a part or an answer alone. The cap moves, as under a hand.
std::vector<LeverUse> stackOf(int step)
{
    return {{.lever = "remove-failures"},
            {.lever = "stop-loops"},
            {.lever = "fewer-documents", .parameters = {{"documents", 4.0}, {"copies", "drop"}}},
            {.lever = "trim-tool-results"},
            {.lever = "history-policy", .parameters = {{"turns", 6.0}, {"policy", "chunked"}, {"kept", 0.0}}},
            {.lever = "trim-system-prompt", .parameters = {{"percent", 20.0}}},
            {.lever = "cap-output", .parameters = {{"tokens", 400.0 + step}}},
            {.lever = "reasoning-budget", .parameters = {{"tokens", 1000.0}}},
            {.lever = "price-change", .parameters = {{"percent", -10.0}}}};
}

void write(const simulation::World& world, const std::string& folder)
{
    std::ofstream calls(folder + "/calls.csv"), parts(folder + "/parts.csv");
    calls << "call,failed,loops,visible,thinking,fixed,price,out_rate\n";
    parts << "call,segment,turn,used_before,copy,place,tokens,rate\n";
    for (std::size_t i = 0; i < world.calls.size(); ++i) {
        const simulation::WorldCall& call = world.calls[i];
        const auto rate = [&](std::size_t bucket) {
            return call.rates == simulation::none ? 0 : world.rates[call.rates][bucket];
        };
        calls << i << ',' << call.is(simulation::Failed) << ',' << call.is(simulation::Repeats) << ','
              << call.tokens[analysis::Visible] << ',' << call.tokens[analysis::Thinking] << ',' << call.fixed << ','
              << call.rates << ',' << rate(analysis::Visible) << '\n';
        int place = 0; // of a document among those that are no copies
        for (std::uint32_t part = call.parts; part < call.partsEnd; ++part) {
            const simulation::WorldPart& of = world.parts[part];
            parts << i << ',' << int{of.segment} << ',' << of.turn << ',' << of.order << ','
                  << ((of.flags & simulation::IsCopy) != 0) << ','
                  << (of.of() == Segment::Context && !(of.flags & simulation::IsCopy) ? ++place : 0) << ','
                  << world.partTokens[part] << ','
                  << rate(of.bucket == simulation::mixedBucket ? std::uint8_t{analysis::Uncached} : of.bucket) << '\n';
        }
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2)
        return 2;
    const StopToken stop;
    const auto queries = Queries::open(argv[1], {}, stop);
    if (!queries)
        return 1;
    double before = cpuMilliseconds();
    const auto whatIf = queries->whatIf({}, {}, stop);
    if (!whatIf) {
        std::fprintf(stderr, "%s\n", whatIf.error().text().c_str());
        return 1;
    }
    const simulation::World& world = (*whatIf)->world();
    std::printf("%-34s %8.0f ms, %zu calls, %zu blocks\n", "laying out", cpuMilliseconds() - before, world.calls.size(),
                world.parts.size());
    const auto measure = [&](const char* name, auto levers, WhatIfDetail detail) {
        constexpr int steps = 20;
        (void)(*whatIf)->simulate(levers(0), detail, stop);
        before = cpuMilliseconds();
        for (int step = 1; step <= steps; ++step)
            (void)(*whatIf)->simulate(levers(step), detail, stop);
        const double took = (cpuMilliseconds() - before) / steps;
        std::printf("%-34s %8.2f ms\n", name, took);
        return took;
    };
    measure("a step of the full stack", stackOf, WhatIfDetail::Money);
    measure(
        "the same, its third lever moves",
        [](int step) {
            std::vector<LeverUse> stack = stackOf(0);
            stack[2].parameters["documents"] = 1.0 + step % 8;
            return stack;
        },
        WhatIfDetail::Money);
    measure("the same with latencies", stackOf, WhatIfDetail::Usual);
    const auto nothing = [](int) { return std::vector<LeverUse>(); };
    const auto caches = [](int) { return std::vector<LeverUse>{{.lever = "prompt-caching"}}; };
    const double without = measure("no lever", nothing, WhatIfDetail::Money);
    const double with = measure("the cache replay", caches, WhatIfDetail::Money);
    std::printf("%-34s %8.1f ns a block\n", "", (with - without) * 1e6 / static_cast<double>(world.parts.size()));
    if (argc > 2)
        write(world, argv[2]);
    return 0;
}
