// SPDX-License-Identifier: GPL-3.0-or-later
// CPU milliseconds of a full stack of levers on an open workspace, and of the same arithmetic's columns for a peer:
// `replay W.plumb [DIR [TIMES]]` writes calls.csv and parts.csv there, and replays the calls so many times over at
// once.
#include <cstdio>
#include <fstream>
#include <memory>

#include "bench/cpu_time.h"
#include "model/queries/queries.h"
#include "model/simulation/replay.h"

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

/// The calls of a world many times over, one after another.
simulation::World manifold(const simulation::World& world, std::size_t times)
{
    using simulation::none;
    simulation::World many = world;
    const auto append = [&](auto& to, const auto& from, auto change) {
        to.reserve(from.size() * times);
        for (std::size_t i = 0; i < from.size(); ++i)
            to.push_back(change(from[i]));
    };
    for (std::size_t time = 1; time < times; ++time) {
        const auto calls = static_cast<std::uint32_t>(world.calls.size() * time);
        const auto parts = static_cast<std::uint32_t>(world.parts.size() * time);
        const auto mixed = static_cast<std::uint32_t>(world.mixed.size() * time);
        const auto resent = static_cast<std::uint32_t>(world.resent.size() * time);
        const auto plusCalls = [&](std::uint32_t of) { return of == none ? none : of + calls; };
        const auto plusParts = [&](std::uint32_t of) { return of == none ? none : of + parts; };
        append(many.calls, world.calls, [&](simulation::WorldCall call) {
            call.parts += parts;
            call.partsEnd += parts;
            call.mixed += mixed;
            call.resent += resent;
            call.resentEnd += resent;
            call.answers = plusCalls(call.answers);
            return call;
        });
        append(many.parts, world.parts, [](const auto& part) { return part; });
        append(many.partTokens, world.partTokens, [](std::uint32_t tokens) { return tokens; });
        append(many.resent, world.resent, plusParts);
        append(many.mixed, world.mixed, [&](simulation::MixedPart of) {
            of.part += parts;
            return of;
        });
        append(many.payload, world.payload, [&](simulation::PartTokens of) {
            of.part += parts;
            of.call += calls;
            return of;
        });
        append(many.waste, world.waste, [&](simulation::CallWaste of) {
            of.call += calls;
            return of;
        });
    }
    many.layOut();
    return many;
}

void measureMany(const simulation::World& world, std::size_t times)
{
    simulation::Replay replay(std::make_shared<const simulation::World>(manifold(world, times)));
    const auto settingsOf = [](const std::vector<LeverUse>& uses) {
        std::vector<simulation::Setting> settings;
        for (const LeverUse& use : uses)
            settings.emplace_back(*leverOf(use.lever), use, nullptr);
        return settings;
    };
    const auto measure = [&](const char* name, auto levers) {
        constexpr int steps = 5;
        // The first move marks what stays as it is, once for all moves of the same slider.
        for (const int step : {0, 1})
            (void)replay.run(settingsOf(levers(step)), simulation::Replay::Detail::Money, StopToken());
        const double before = cpuMilliseconds();
        for (int step = 2; step < 2 + steps; ++step)
            (void)replay.run(settingsOf(levers(step)), simulation::Replay::Detail::Money, StopToken());
        std::printf("%-34s %8.2f ms, %zu calls\n", name, (cpuMilliseconds() - before) / steps,
                    replay.world().calls.size());
    };
    measure("a step of the full stack", stackOf);
    measure("the same, its third lever moves", [](int step) {
        std::vector<LeverUse> stack = stackOf(0);
        stack[2].parameters["documents"] = 1.0 + step % 8;
        return stack;
    });
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
    const auto withCaches = [](int step) {
        std::vector<LeverUse> stack = stackOf(step);
        stack.push_back({.lever = "prompt-caching"});
        return stack;
    };
    (void)(*whatIf)->simulate(withCaches(0), WhatIfDetail::Usual, stop);
    measure("the stack before caches, moving", withCaches, WhatIfDetail::Money);
    measure("the same at rest", withCaches, WhatIfDetail::Usual);
    const auto nothing = [](int) { return std::vector<LeverUse>(); };
    // Another lifetime each time: never repeated as it was.
    const auto caches = [](int step) {
        return std::vector<LeverUse>{
            {.lever = "prompt-caching", .parameters = {{"lifetime", "other"}, {"minutes", 5.0 + step}}}};
    };
    const double without = measure("no lever", nothing, WhatIfDetail::Money);
    const double with = measure("the cache replay", caches, WhatIfDetail::Money);
    std::printf("%-34s %8.1f ns a block\n", "", (with - without) * 1e6 / static_cast<double>(world.parts.size()));
    if (argc > 2)
        write(world, argv[2]);
    if (argc > 3)
        measureMany(world, std::stoul(argv[3]));
    return 0;
}
