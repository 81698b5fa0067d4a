// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/sample/prose.h"
#include "model/sample/tools.h"
#include "model/sample/trace_builder.h"

namespace plumbline::sample {

/// What makes an agent.
struct AgentFacts
{
    std::string_view name;
    const ModelFacts* model = nullptr;
    SystemPrompt system;
    std::string_view promptName;
    Register replies = Register::Reply;
    std::int64_t answerTokens = 100;
};

/// One round of an agent: the model asks for a tool, the tool answers.
struct ToolStep
{
    std::string_view tool;
    std::string arguments; ///< JSON
    std::string result;
    BlockClaim claim = {};           ///< on the result, in every call that carries it; 0 tokens: none
    std::int64_t duration = 120'000; ///< microseconds that the tool takes
    std::string_view hardNegative = {};
};

/// Plays an agent inside a span of its own: the conversation with its tools grows, and every call re-sends it. Plants
/// loops and tool results that outlive their use.
class AgentLoop
{
public:
    AgentLoop(TraceBuilder& builder, const Company& company, AgentFacts facts);

    /// For tool definitions, before `begin`.
    Prompt& prompt() { return m_prompt; }
    void begin(SharedText task);
    void play(ToolStep step);
    /// Puts something before the agent that it did not ask for.
    void tell(SharedText message);
    /// The final answer, which the agent's span gets too.
    SharedText end();

private:
    void request(const ToolStep& step, const SharedText& arguments, const std::string& callId, Origin origin,
                 std::vector<CallClaim> claims);
    void answer(const ToolStep& step, const SharedText& result, const std::string& callId, Origin origin);
    void repeat(const ToolStep& step, const SharedText& arguments, const SharedText& result);
    /// Claims what is stale by now in the input of the call that comes.
    std::vector<SampleBlock> inputOfNextCall();

    struct LongResult
    {
        std::size_t block = 0;
        int firstCall = 0; ///< the call that carries it for the first time
    };

    TraceBuilder& m_builder;
    const Company& m_company;
    AgentFacts m_facts;
    Prompt m_prompt;
    std::uint64_t m_stream;
    std::vector<LongResult> m_longResults;
    int m_calls = 0;
    int m_steps = 0;
};

} // namespace plumbline::sample
