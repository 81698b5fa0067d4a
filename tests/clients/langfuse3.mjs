// SPDX-License-Identifier: GPL-3.0-or-later

// The scenario by `langfuse` 3: events in JSON to /api/public/ingestion. LANGFUSE_BASEURL says where.
import { Langfuse } from "langfuse";

import { traces } from "./scenario.mjs";

// Few events a request, so that what belongs together travels apart. The SDK sends a batch up to four times, three
// seconds apart, whether the connection broke or the answer was an error; Retry-After it does not read.
const langfuse = new Langfuse({ flushAt: 8 });

/// As the model's provider reports it; Langfuse takes either.
function usageOf(step) {
    const { input, output, cacheRead, cacheWrite, reasoning } = step.usage;
    if (step.kind === "embedding")
        return { usage: { input, total: input, unit: "TOKENS" } };
    if (step.provider === "anthropic")
        return {
            usageDetails: {
                input: input - cacheRead - cacheWrite,
                cache_read_input_tokens: cacheRead,
                cache_creation_input_tokens: cacheWrite,
                output,
                total: input + output,
            },
        };
    return {
        usageDetails: {
            prompt_tokens: input,
            completion_tokens: output,
            total_tokens: input + output,
            prompt_tokens_details: { cached_tokens: cacheRead },
            completion_tokens_details: { reasoning_tokens: reasoning },
        },
    };
}

function play(parent, step) {
    const { name, model } = step;
    if (step.kind === "tool") {
        parent.span({ name, input: step.input }).end({ output: step.output });
    } else if (step.kind === "retriever") {
        parent.span({ name, input: step.query }).end({ output: step.documents });
    } else if (step.kind === "embedding") {
        parent.generation({ name, model, input: step.text }).end(usageOf(step));
    } else if (step.kind === "agent") {
        const agent = parent.generation({ name, model, input: step.question });
        for (const inner of step.steps)
            play(agent, inner);
        agent.end({ output: step.answer, ...usageOf(step) });
    } else {
        const call = parent.generation({ name, model, input: step.messages, modelParameters: { temperature: 0 } });
        if (step.error)
            call.end({ level: "ERROR", statusMessage: step.error });
        else
            call.end({ output: { role: "assistant", content: step.answer }, ...usageOf(step) });
    }
}

for (const { feature, session, user, question, answer, steps } of traces) {
    const trace = langfuse.trace({ name: feature, sessionId: session, userId: user, input: question });
    const root = trace.span({ name: "request", input: question });
    for (const step of steps)
        play(root, step);
    root.end({ output: answer });
    trace.update({ output: answer });
}
await langfuse.shutdownAsync();
