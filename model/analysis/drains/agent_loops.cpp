// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"
#include "model/analysis/mixed.h"
#include "model/core/ascii.h"

namespace plumbline::analysis {

namespace {

/// What an agent did with one call: which tools with which arguments, and what they answered. 0: nothing with tools.
struct Step
{
    std::size_t call = 0;
    std::uint64_t key = 0;
    std::int64_t pause = 0; ///< microseconds between the answer and the next request: the tool's time
    bool waits = false;     ///< its tool is named so
};

bool isNamedWaiting(const std::string& tool)
{
    const std::string name = lowerCase(tool);
    for (const char* word : {"wait", "poll", "sleep", "status", "heartbeat"})
        if (name.find(word) != std::string::npos)
            return true;
    return false;
}

/// The results at the end of a prompt.
std::uint64_t lastResults(const Scope& scope, const ScopeCall& call)
{
    std::uint64_t hash = 0;
    for (std::size_t part = call.partsEnd - 1; part-- > call.parts;) {
        if (scope.parts[part].segment != Segment::ToolResult)
            break;
        hash = mixed(hash + 1, scope.parts[part].block);
    }
    return hash;
}

std::vector<Step> stepsOf(const Scope& scope, const Claims& claims, const std::vector<std::size_t>& trace)
{
    std::vector<Step> steps;
    for (const std::size_t call : trace)
        if (!claims.isTaken(call) && scope.calls[call].hasPrompt() && !scope.calls[call].isEmbedding)
            steps.push_back({.call = call});
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        const ScopeCall& call = scope.calls[steps[i].call];
        const ScopeCall& next = scope.calls[steps[i + 1].call];
        std::uint64_t key = 0;
        for (std::size_t output = call.outputs; output < call.outputsEnd; ++output) {
            const ScopeBlock& block = scope.blocks[scope.outputs[output]];
            if (block.kind != BlockKind::ToolCall)
                continue;
            key = mixed(key + 1, scope.outputs[output]);
            if (const auto name = scope.tools.find(block.tool); name != scope.tools.end())
                steps[i].waits |= isNamedWaiting(name->second);
        }
        const std::uint64_t results = lastResults(scope, next);
        steps[i].key = key && results ? mixed(mixed(key, results), call.step) : 0;
        steps[i].pause = next.started - call.ended;
    }
    return steps;
}

/// Growing pauses, or regular ones, of seconds: somebody waits for something.
bool isPolling(const std::vector<Step>& steps, std::size_t first, std::size_t end, double longPause)
{
    bool isGrowing = true, isLong = true;
    for (std::size_t i = first; i < end; ++i) {
        if (steps[i].waits)
            return true;
        isLong &= static_cast<double>(steps[i].pause) >= longPause;
        if (i > first)
            isGrowing &= static_cast<double>(steps[i].pause) >= 1.4 * static_cast<double>(steps[i - 1].pause);
    }
    return isLong || (isGrowing && steps[end - 1].pause >= 2'000'000);
}

void label(const Scope& scope, Claims& claims)
{
    constexpr std::size_t longestPeriod = 3, occurrences = 3;
    const double longPause = claims.threshold("pause") * 1e6;
    std::int64_t loops = 0, calls = 0, money = 0;
    std::size_t longest = 0;
    std::optional<std::pair<std::int64_t, std::int64_t>> pair;
    for (const auto& [trace, members] : byTrace(scope)) {
        if (members.size() < occurrences)
            continue;
        const std::vector<Step> steps = stepsOf(scope, claims, members);
        for (std::size_t i = 0; i < steps.size();) {
            std::size_t next = i + 1;
            for (std::size_t period = 1; period <= longestPeriod; ++period) {
                std::size_t end = i + period;
                while (end < steps.size() && steps[end].key != 0 && steps[end].key == steps[end - period].key)
                    ++end;
                const bool isLoop = end - i >= occurrences * period && steps[i].key != 0;
                if (!isLoop)
                    continue;
                next = end;
                if (isPolling(steps, i, end, longPause))
                    break;
                ++loops;
                longest = std::max(longest, (end - i) / period);
                for (std::size_t repeated = i + period; repeated < end; ++repeated) {
                    claims.takeCall(steps[repeated].call, Confidence::High);
                    ++calls;
                    money += scope.calls[steps[repeated].call].cost;
                }
                if (!pair)
                    pair = {scope.calls[steps[i].call].id, scope.calls[steps[i + period].call].id};
                break;
            }
            i = next;
        }
    }
    if (loops > 0)
        claims.show({.title = "Loops",
                     .columns = {"", "Figure"},
                     .rows = {{"loops", decimal(loops)},
                              {"calls that repeat a step", decimal(calls)},
                              {"cost of them", dollars(money)},
                              {"most repetitions of one step", decimal(static_cast<std::int64_t>(longest))}},
                     .pair = pair,
                     .pairSays = "The step and its first repetition"});
}

} // namespace

Drain agent_loops()
{
    return {.id = "agent-loops",
            .title = "Agent loops",
            .shortTitle = "Loops",
            .kind = DrainKind::WholeCall,
            .best = Confidence::High,
            .explanation = "An agent did the same thing three times or more, with the same arguments and the same "
                           "result. Every repetition sends the whole conversation again.",
            .advice =
                "Stop a run when a step repeats with the same result, or tell the model that it did; cap the steps "
                "of a run.",
            .fixCost = "hours of development",
            .needs = "prompts with tool calls and results, or their digests",
            .lever = "stop-loops",
            .thresholds = {{"pause", "A tool that takes longer is waiting, not looping", "seconds", 4, 0.5, 600}},
            .label = label};
}

} // namespace plumbline::analysis
