// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

void label(const Scope& scope, Claims& claims)
{
    // A dollar a gigabyte is a thousand picodollars a byte.
    const auto perByte = static_cast<std::int64_t>(claims.threshold("price") * 1000);
    std::int64_t bytes = 0, money = 0;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        std::int64_t ofCall = 0;
        for (std::size_t output = scope.calls[i].outputs; output < scope.calls[i].outputsEnd; ++output)
            ofCall += scope.blocks[scope.outputs[output]].bytes;
        if (ofCall > 0)
            claims.note(i, 0, ofCall * perByte);
        bytes += ofCall;
        money += ofCall * perByte;
    }
    if (bytes > 0)
        claims.show({.title = "Answers as bytes",
                     .columns = {"", "Figure"},
                     .rows = {{"bytes", decimal(bytes)}, {"at the price of logs", dollars(money)}},
                     .note = "No tokens are spent on logs: this stands beside the bill."});
}

} // namespace

Drain logged_bytes()
{
    return {.id = "logged-bytes",
            .title = "Responses written to logs",
            .shortTitle = "Logs",
            .kind = DrainKind::Beside,
            .best = Confidence::Beside,
            .explanation = "What answers would cost in a log service if each is written there in full.",
            .advice = "Log lengths and digests, and keep full answers for a sample.",
            .fixCost = "hours of development",
            .needs = "answers, or their lengths",
            .lever = "",
            .thresholds = {{"price", "A gigabyte in logs costs", "USD", 0.5, 0, 100}},
            .label = label};
}

} // namespace plumbline::analysis
