// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

/// One small story, told in the shapes Langfuse exports have. A support turn: a root span that names the feature, an
/// embedding, an agent span that repeats its generation's usage, and two generations, one with cached input.
namespace plumbline::test::scenario {

// 612 and 1364 uncached, 1024 read, 96 + 54 output at 0.15, 0.075 and 0.60 dollars a million:
// 1976 × 0.15 + 1024 × 0.075 + 150 × 0.60 = 463.2 millionths of a dollar.
inline const std::string byFeatureAndModel =
    "support-chat, gpt-4o-mini: calls 2, input 3000, read 1024, output 150, cost 0.0004632\n"
    "support-chat, text-embedding-3-small: calls 1, input 38, read ?, output 0, cost 0.00000076\n";

inline std::vector<std::string> observations()
{
    return {
        R"({"id":"a1","traceId":"t1","startTime":"2026-08-20T10:00:00.120Z","endTime":"2026-08-20T10:00:04.480Z","parentObservationId":null,"type":"SPAN","name":"turn","level":"DEFAULT","metadata":{"feature":"support-chat","tenant":"acme"},"model":null,"usageDetails":{},"costDetails":{},"totalCost":0,"input":{"q":"Where?"},"output":null,"updatedAt":"2026-08-20T10:00:06.120Z"})",
        R"({"id":"a2","traceId":"t1","startTime":"2026-08-20T10:00:00.140Z","endTime":"2026-08-20T10:00:00.260Z","parentObservationId":"a1","type":"EMBEDDING","name":"embed","level":"DEFAULT","metadata":{},"model":"text-embedding-3-small","usageDetails":{"input":38,"total":38},"costDetails":{"total":7.6e-07},"totalCost":7.6e-07,"input":"Where?","output":null,"updatedAt":"2026-08-20T10:00:06.120Z"})",
        R"({"id":"a3","traceId":"t1","startTime":"2026-08-20T10:00:00.300Z","endTime":"2026-08-20T10:00:04.400Z","parentObservationId":"a1","type":"AGENT","name":"invoke_agent","level":"DEFAULT","metadata":{},"model":"gpt-4o-mini","usageDetails":{"input":3000,"output":150,"total":3150},"costDetails":{},"totalCost":0,"input":null,"output":null,"updatedAt":"2026-08-20T10:00:06.120Z"})",
        R"({"id":"a4","traceId":"t1","startTime":"2026-08-20T10:00:00.430Z","endTime":"2026-08-20T10:00:01.930Z","parentObservationId":"a3","type":"GENERATION","name":"chat-1","level":"DEFAULT","metadata":{},"model":"gpt-4o-mini","usageDetails":{"input":612,"input_cached_tokens":1024,"output":96,"output_reasoning_tokens":0,"total":1732},"costDetails":{"total":0.0002262},"totalCost":0.0002262,"input":[{"role":"system","content":"Answer briefly."},{"role":"user","content":"Where?"}],"output":{"role":"assistant","content":"Here."},"updatedAt":"2026-08-20T10:00:06.120Z"})",
        R"({"id":"a5","traceId":"t1","startTime":"2026-08-20T10:00:02.000Z","endTime":"2026-08-20T10:00:04.000Z","parentObservationId":"a3","type":"GENERATION","name":"chat-2","level":"DEFAULT","metadata":{},"model":"gpt-4o-mini","usageDetails":{"input":1364,"output":54,"total":1418},"costDetails":{"total":0.000237},"totalCost":0.000237,"input":[{"role":"system","content":"Answer briefly."},{"role":"user","content":"Where?"},{"role":"assistant","content":"Here."}],"output":{"role":"assistant","content":"Tomorrow."},"updatedAt":"2026-08-20T10:00:06.120Z"})",
    };
}

inline std::string trace()
{
    return R"({"id":"t1","timestamp":"2026-08-20T10:00:00.120Z","name":"turn","userId":"user-42","sessionId":"sess-9","release":"r1","version":"1","environment":"production","tags":["chat","prod"],"bookmarked":false,"public":false,"input":null,"output":null,"metadata":{}})";
}

inline std::string jsonl()
{
    std::string text;
    for (const std::string& row : observations())
        text += row + "\n";
    return text;
}

inline std::string array(const std::string& separator = ",")
{
    std::string text = "[";
    for (const std::string& row : observations())
        text += (text.size() > 1 ? separator : "") + row;
    return text + "]";
}

} // namespace plumbline::test::scenario
