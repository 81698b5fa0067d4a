// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/agent_loop.h"

#include <algorithm>

namespace plumbline::sample {

namespace {

// The ledger's rule: a result over 2,000 tokens that is still there two calls after the first that carried it is stale
// but for its first 200 tokens.
constexpr TokenCount longResult = 2'000;
constexpr TokenCount keptOfResult = 200;
constexpr int staleAfterCalls = 2;

} // namespace

AgentLoop::AgentLoop(TraceBuilder& builder, const Company& company, AgentFacts facts)
    : m_builder(builder), m_company(company), m_facts(std::move(facts)), m_stream(mix(builder.stream(), m_facts.name))
{
}

void AgentLoop::begin(SharedText task)
{
    m_prompt.system(m_facts.system);
    m_prompt.cacheUpToHere();
    m_builder.open(SpanKind::Agent, m_facts.name);
    m_builder.current().input = {textBlock(BlockRole::User, task)};
    m_prompt.message(BlockRole::User, std::move(task));
    m_prompt.moveCacheMarkHere();
}

void AgentLoop::play(ToolStep step)
{
    const SharedText arguments = sharedText(std::move(step.arguments));
    const SharedText result = sharedText(std::move(step.result));
    const std::string callId = m_builder.toolCallId();
    request(step, arguments, callId, Origin::Ordinary, {});
    answer(step, result, callId, Origin::Ordinary);

    // One loop a run, at its second step; a trap stays what it is.
    const bool isLoop =
        ++m_steps == 2 && step.hardNegative.empty() && m_company.isPlanted(SampleDrain::AgentLoops, m_stream);
    if (isLoop)
        repeat(step, arguments, result);
}

void AgentLoop::tell(SharedText message)
{
    m_prompt.message(BlockRole::User, std::move(message));
    m_prompt.moveCacheMarkHere();
}

SharedText AgentLoop::end()
{
    Random random(mix(m_stream, "answer"));
    std::string text;
    appendProse(text, m_facts.replies, random.around(m_facts.answerTokens), random);
    const SharedText answer = sharedText(std::move(text));
    m_builder.call({.name = "answer",
                    .model = m_facts.model,
                    .input = inputOfNextCall(),
                    .output = {textBlock(BlockRole::Assistant, answer)},
                    .temperaturePercent = 20,
                    .promptName = m_facts.promptName,
                    .promptVersion = m_facts.system.version});
    m_builder.current().output = {textBlock(BlockRole::Assistant, answer)};
    m_builder.close();
    return answer;
}

void AgentLoop::request(const ToolStep& step, const SharedText& arguments, const std::string& callId, Origin origin,
                        std::vector<CallClaim> claims)
{
    m_builder.call({.name = "decide",
                    .model = m_facts.model,
                    .input = inputOfNextCall(),
                    .output = {toolCallBlock(step.tool, callId, arguments)},
                    .temperaturePercent = 20,
                    .finishReason = m_facts.model->hasBreakpoints ? "tool_use" : "tool_calls",
                    .promptName = m_facts.promptName,
                    .promptVersion = m_facts.system.version,
                    .hardNegative = step.hardNegative,
                    .claims = std::move(claims)},
                   origin);
}

void AgentLoop::answer(const ToolStep& step, const SharedText& result, const std::string& callId, Origin origin)
{
    SampleSpan& span = m_builder.step(SpanKind::Tool, step.tool, step.duration, origin);
    // A tool's span shows what the model asked for: the answer of the call before it.
    const SampleSpan& caller = m_builder.trace().spans[m_builder.trace().spans.size() - 2];
    span.input = {caller.output.front()};
    span.output = {{.role = BlockRole::Tool,
                    .kind = BlockKind::ToolResult,
                    .toolName = step.tool,
                    .toolCallId = callId,
                    .text = result}};
    m_prompt.toolCall(step.tool, callId, caller.output.front().text);
    SampleBlock& block = m_prompt.toolResult(step.tool, callId, result);
    if (step.claim.tokens > 0)
        block.claims.push_back(step.claim);
    if (result->tokens > longResult)
        m_longResults.push_back({m_prompt.blocks().size() - 1, m_calls});
    m_prompt.moveCacheMarkHere();
}

/// The same step three to six times in all; then the agent's guard removes the repetitions from its conversation, so
/// that the rest of the run is the same as without the loop.
void AgentLoop::repeat(const ToolStep& step, const SharedText& arguments, const SharedText& result)
{
    const std::vector<SampleBlock> before = m_prompt.blocks();
    const std::vector<LongResult> longBefore = m_longResults;
    const int callsBefore = m_calls;
    Random random(mix(m_stream, "repetitions"));
    for (std::int64_t i = 0, count = random.between(2, 5); i < count; ++i) {
        const std::string callId = m_builder.toolCallId(Origin::Planted);
        request(step, arguments, callId, Origin::Planted,
                {{.drain = SampleDrain::AgentLoops, .why = "the same step with the same result again"}});
        answer(step, result, callId, Origin::Planted);
    }
    m_prompt.blocks() = before;
    m_longResults = longBefore;
    m_calls = callsBefore;
}

std::vector<SampleBlock> AgentLoop::inputOfNextCall()
{
    const int call = m_calls++;
    std::vector<SampleBlock> input = m_prompt.blocks();
    for (const LongResult& result : m_longResults)
        if (call - result.firstCall >= staleAfterCalls)
            input[result.block].claims.push_back({SampleDrain::StaleToolResults,
                                                  input[result.block].text->tokens - keptOfResult,
                                                  "a long result that has been used"});
    return input;
}

} // namespace plumbline::sample
