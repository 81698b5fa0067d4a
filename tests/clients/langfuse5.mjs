// SPDX-License-Identifier: GPL-3.0-or-later

// The scenario by `@langfuse/tracing` and `@langfuse/otel` 5: OTLP in JSON to /api/public/otel/v1/traces.
// LANGFUSE_BASE_URL says where.
import { LangfuseSpanProcessor } from "@langfuse/otel";
import { propagateAttributes, startActiveObservation } from "@langfuse/tracing";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

import { traces } from "./scenario.mjs";

// Few spans a request, so that children travel before their parents. The exporter inside is OpenTelemetry's: it sends
// again after 429, 502, 503, 504 and broken connections, as long as the time allows (5 s here by default).
const processor = new LangfuseSpanProcessor({ flushAt: 5 });
const provider = new NodeTracerProvider({ spanProcessors: [processor] });
provider.register();

const observationTypes = {
    call: "generation",
    agent: "generation",
    embedding: "embedding",
    retriever: "retriever",
    tool: "tool",
};

/// As the model's provider reports it; Langfuse takes either.
function usageOf({ provider: vendor, usage: { input, output, cacheRead, cacheWrite, reasoning } }) {
    if (vendor === "anthropic")
        return {
            input: input - cacheRead - cacheWrite,
            cache_read_input_tokens: cacheRead,
            cache_creation_input_tokens: cacheWrite,
            output,
            total: input + output,
        };
    return {
        prompt_tokens: input,
        completion_tokens: output,
        total_tokens: input + output,
        prompt_tokens_details: { cached_tokens: cacheRead },
        completion_tokens_details: { reasoning_tokens: reasoning },
    };
}

async function play(step) {
    await startActiveObservation(step.name, async (observation) => {
        observation.update({
            input: step.messages ?? step.input ?? step.query ?? step.text ?? step.question,
            model: step.model,
        });
        for (const inner of step.steps ?? [])
            await play(inner);
        if (step.error)
            throw new Error(step.error);
        observation.update({
            output: step.answer ?? step.output ?? step.documents,
            usageDetails: step.usage && usageOf(step),
        });
    }, { asType: observationTypes[step.kind] }).catch(() => {}); // the application goes on and tries again
}

for (const { feature, session, user, question, answer, steps } of traces) {
    await propagateAttributes({ traceName: feature, sessionId: session, userId: user }, () =>
        startActiveObservation("request", async (root) => {
            root.update({ input: question });
            for (const step of steps)
                await play(step);
            root.update({ output: answer });
        }));
}
await provider.shutdown();
