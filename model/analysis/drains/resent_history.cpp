// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <unordered_map>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

struct Turn
{
    std::int64_t calls = 0, tokens = 0, old = 0;
};

/// By turn of the user, from 1.
using Turns = std::vector<Turn>;

void note(Turns& turns, std::size_t turn, const ScopeCall& call, std::uint32_t taken)
{
    constexpr std::size_t mostTurns = 40;
    turn = std::min(turn, mostTurns);
    if (turns.size() < turn)
        turns.resize(turn);
    ++turns[turn - 1].calls;
    turns[turn - 1].tokens += call.input();
    turns[turn - 1].old += taken;
}

/// Takes what lies more than `kept` messages of the user back.
void labelPrompt(const Scope& scope, Claims& claims, std::size_t index, std::size_t kept, Turns& turns)
{
    const ScopeCall& call = scope.calls[index];
    std::vector<std::uint16_t> userMessages;
    for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
        const Part& of = scope.parts[part];
        const ScopeBlock& block = scope.blocks[of.block];
        if (block.role == BlockRole::User && (of.segment == Segment::History || of.segment == Segment::User) &&
            (userMessages.empty() || userMessages.back() != of.message))
            userMessages.push_back(of.message);
    }
    if (userMessages.empty())
        return;
    std::uint32_t taken = 0;
    if (userMessages.size() > kept + 1) {
        const std::uint16_t oldest = userMessages[userMessages.size() - 1 - kept];
        for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part)
            if (scope.parts[part].segment == Segment::History && scope.parts[part].message < oldest)
                taken += claims.takePart(index, part, claims.left(part), Confidence::Opportunity);
    }
    note(turns, userMessages.size(), call, taken);
}

/// Without prompts: what a session's input has grown beyond the last turns, where it grows with every call.
void labelSession(const Scope& scope, Claims& claims, const std::vector<std::size_t>& calls, std::size_t kept,
                  Turns& turns)
{
    for (std::size_t i = 1; i < calls.size(); ++i)
        if (scope.calls[calls[i]].input() < scope.calls[calls[i - 1]].input())
            return;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const ScopeCall& call = scope.calls[calls[i]];
        std::uint32_t taken = 0;
        if (i > kept && !claims.isTaken(calls[i])) {
            const std::uint32_t old = scope.calls[calls[i - kept]].input() - scope.calls[calls.front()].input();
            taken = claims.takePart(calls[i], call.partsEnd - 1, old, Confidence::Opportunity);
        }
        note(turns, i + 1, call, taken);
    }
}

void label(const Scope& scope, Claims& claims)
{
    const auto kept = static_cast<std::size_t>(claims.threshold("turns"));
    Turns turns;
    std::unordered_map<std::uint32_t, std::vector<std::size_t>> withoutPrompt; // by session
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        if (claims.isTaken(i) || call.isEmbedding)
            continue;
        if (call.partsEnd - call.parts > 1)
            labelPrompt(scope, claims, i, kept, turns);
        else if (call.session && call.hasUsage)
            withoutPrompt[call.session].push_back(i);
    }
    for (const auto& [session, calls] : withoutPrompt)
        if (calls.size() > kept + 1)
            labelSession(scope, claims, calls, kept, turns);
    const bool isAny = std::any_of(turns.begin(), turns.end(), [](const Turn& turn) { return turn.old > 0; });
    if (!isAny)
        return;
    Evidence evidence{.title = "What a turn sends",
                      .columns = {"Turn", "Calls", "Input tokens a call", "Of them old history"}};
    for (std::size_t i = 0; i < turns.size(); ++i)
        if (turns[i].calls > 0)
            evidence.rows.push_back({decimal(static_cast<std::int64_t>(i) + 1), decimal(turns[i].calls),
                                     decimal(turns[i].tokens / turns[i].calls),
                                     decimal(turns[i].old / turns[i].calls)});
    if (!withoutPrompt.empty())
        evidence.note =
            "Prompts are not known of some calls: theirs is estimated from how the input of a session grows.";
    claims.show(std::move(evidence));
}

} // namespace

Drain resent_history()
{
    return {.id = "resent-history",
            .title = "Re-sent history",
            .shortTitle = "History",
            .kind = DrainKind::Quantity,
            .best = Confidence::Opportunity,
            .explanation = "Each turn sends the whole conversation again, also what lies many turns back.",
            .advice = "Keep the last turns and a summary of the rest, cut in chunks rather than turn by turn, and mark "
                      "the end of the fixed part for the cache.",
            .fixCost = "calls that write the summaries; cache writes when the window moves",
            .needs = "prompts or their digests; without them sessions whose input grows",
            .lever = "history-policy",
            .thresholds = {{"turns", "Turns that are kept", "turns", 6, 1, 100}},
            .label = label};
}

} // namespace plumbline::analysis
