// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <limits>
#include <map>

#include "model/prompts/token_weights.h"
#include "model/simulation/rate_finder.h"
#include "model/simulation/setting.h"

namespace plumbline::simulation {

namespace {

enum Mode
{
    Static, ///< the other model answers
    Cascade ///< it is asked first, and its answer is taken or not
};
enum Which
{
    Any,
    Simple, ///< found to be simple work
    Short,  ///< a short question with a short answer
};

/// Tokens of the same text: what a common and a middling word weigh together.
double ratioOf(const std::string& from, const std::string& to)
{
    const auto sizeOf = [](const TokenWeights& weights) { return weights[0] + weights[1] + weights[2] + weights[3]; };
    return sizeOf(weightsOf(tokenizerFamilyOf(to))) / sizeOf(weightsOf(tokenizerFamilyOf(from)));
}

bool isAskedFor(Which which, const WorldCall& call)
{
    constexpr std::uint32_t shortQuestion = 2000, shortAnswer = 200;
    return which == Any || (which == Simple && call.is(CallFlag::Simple)) ||
           (which == Short && call.input() <= shortQuestion && call.output() <= shortAnswer);
}

void apply(const World& world, const Setting& setting, State& state)
{
    const std::string to = setting.text("to");
    const double share = setting.number("share"), accepted = setting.number("accept");
    if (to.empty() || share <= 0)
        return;
    const std::uint32_t target = state.placeOfModel(to);
    if (target == none) {
        state.warn("Nothing is routed: no price is known of %1.", {to});
        return;
    }
    const auto mode = static_cast<Mode>(setting.number("mode"));
    const auto which = static_cast<Which>(setting.number("which"));
    RateFinder finder(world, state);
    std::map<std::uint32_t, double> ratios; // by the model a call has now
    std::int64_t taken = 0, asked = 0, considered = 0;
    forCalls(world, setting, state, [&](std::uint32_t i, const WorldCall& call) {
        if (call.is(Embeds) || state.ratesOf(i) == none || state.modelOf(i) == target)
            return;
        ++considered;
        if (!isAskedFor(which, call) || !isAmong(call, share))
            return;
        const std::uint32_t from = state.modelOf(i);
        const auto [known, isNew] = ratios.emplace(from, 0);
        if (isNew)
            known->second = ratioOf(state.model(from).name, to);
        const double ratio = known->second;
        const auto input = static_cast<std::uint32_t>(std::lround(state.inputOf(i) * ratio));
        // In the tier it has now, where the other model has one.
        const ServiceTier tier = finder.tierOf(i);
        std::uint32_t rates = finder.find(target, call.started, tier, input);
        if (rates == none)
            rates = finder.find(target, call.started, ServiceTier::Standard, input);
        if (rates == none)
            return;
        ++asked;
        // By another digest than the share's: which answers are taken has nothing to do with which are asked for.
        WorldCall other = call;
        other.started = call.started * 31 + 7;
        if (mode == Cascade && !isAmong(other, accepted)) {
            // It was asked in vain: that is paid, and it takes its time.
            SideCost tried{.call = i};
            for (std::size_t bucket = 0; bucket < analysis::BucketCount; ++bucket) {
                const auto tokens = static_cast<std::uint32_t>(std::lround(state.tokensIn(bucket, i) * ratio));
                (bucket < analysis::inputBucketCount ? tried.input : tried.output) += tokens;
                tried.money += std::int64_t{tokens} * state.ratesAt(rates)[bucket];
            }
            state.charge(tried);
            state.forgetLatency(i);
            return;
        }
        ++taken;
        state.rescale(i, ratio);
        state.setModel(i, target);
        state.setRates(i, rates);
    });
    if (asked > taken)
        state.warn(
            "Routing moves %1 of %2 calls to %3, and asks it in vain for %4 more: check the quality of its answers "
            "first.",
            {std::to_string(taken), std::to_string(considered), to, std::to_string(asked - taken)});
    else if (asked > 0)
        state.warn("Routing moves %1 of %2 calls to %3: check the quality of its answers first.",
                   {std::to_string(taken), std::to_string(considered), to});
}

} // namespace

Lever route_model()
{
    return {
        .id = "route-model",
        .title = "Route to a smaller model",
        .shortTitle = "Route",
        .explanation = "Some calls are answered by another model, at its prices and in its tokens.",
        .risk = RiskClass::High,
        .needs = LeverNeed::Usage,
        .cost = "an evaluation; a router that tells easy from hard",
        .parameters = {{.id = "share",
                        .title = "Share of calls",
                        .unit = "%",
                        .most = 100,
                        .value = 35,
                        .source = "routers send 35 to 85 % to the small model on their benchmarks (arXiv 2406.18665); "
                                  "a third is cautious"},
                       {.id = "to", .title = "Model", .source = "yours to choose", .isText = true},
                       {.id = "which",
                        .title = "Which calls",
                        .neutral = std::numeric_limits<double>::quiet_NaN(),
                        .value = Any,
                        .source = "as a router would that knows nothing",
                        .words = {"any", "simple", "short"}},
                       {.id = "mode",
                        .title = "Strategy",
                        .neutral = std::numeric_limits<double>::quiet_NaN(),
                        .value = Static,
                        .source = "the router decides before it asks",
                        .words = {"static", "cascade"}},
                       {.id = "accept",
                        .title = "Answers of a cascade that are taken",
                        .unit = "%",
                        .most = 100,
                        .neutral = std::numeric_limits<double>::quiet_NaN(),
                        .value = 70,
                        .source = "an assumption: measure it",
                        .low = 50,
                        .high = 90}},
        .apply = apply};
}

} // namespace plumbline::simulation
