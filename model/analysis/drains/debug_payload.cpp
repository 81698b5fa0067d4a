// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <map>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

void label(const Scope& scope, Claims& claims)
{
    const double fewest = claims.threshold("tokens");
    struct Sums
    {
        std::int64_t places = 0, lossless = 0, ballast = 0;
    };
    std::map<Segment, Sums> sums;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        if (claims.isTaken(i))
            continue;
        for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
            const TextFacts* facts = scope.factsOf(scope.parts[part].block);
            if (!facts || (facts->lossless.isEmpty() && facts->ballast.isEmpty()))
                continue;
            const double tokens = scope.parts[part].tokens;
            const double lossless = tokens * shareOf(scope, call, scope.parts[part], facts->lossless);
            const double ballast = tokens * shareOf(scope, call, scope.parts[part], facts->ballast);
            Sums& of = sums[scope.parts[part].segment];
            std::uint32_t taken = 0;
            if (lossless >= fewest) {
                taken = claims.takePart(i, part, static_cast<std::uint32_t>(std::lround(lossless)), Confidence::High);
                of.lossless += taken;
            }
            if (ballast >= fewest) {
                const std::uint32_t more =
                    claims.takePart(i, part, static_cast<std::uint32_t>(std::lround(ballast)), Confidence::Medium);
                of.ballast += more;
                taken += more;
            }
            of.places += taken > 0;
        }
    }
    Evidence evidence{.title = "Where it stands",
                      .columns = {"Segment", "Places", "Tokens of blanks in JSON", "Tokens of logs and markup"}};
    for (const auto& [segment, of] : sums)
        if (of.places > 0)
            evidence.rows.push_back({titleOf(segment), decimal(of.places), decimal(of.lossless), decimal(of.ballast)});
    if (!evidence.rows.empty())
        claims.show(std::move(evidence));
}

} // namespace

Drain debug_payload()
{
    return {.id = "debug-payload",
            .title = "Debug and markup ballast in prompts",
            .shortTitle = "Ballast",
            .kind = DrainKind::Quantity,
            .best = Confidence::High,
            .explanation =
                "Prompts carry what only eyes need: JSON written over many lines, log prefixes, stack traces, "
                "tags of web pages.",
            .advice = "Write JSON without blanks before it goes into a prompt; cut logs to their messages and pages to "
                      "their text.",
            .fixCost = "hours of development",
            .needs = "the texts of prompts; where they are not kept they are read at import",
            .lever = "strip-payload",
            .thresholds = {{"tokens", "Worth a claim from", "tokens", 20, 1, 10000}},
            .label = label};
}

} // namespace plumbline::analysis
