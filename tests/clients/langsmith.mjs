// SPDX-License-Identifier: GPL-3.0-or-later

// The scenario by `langsmith`: multipart bodies to /runs/multipart, gzipped since the collector's /info says that it
// takes that (zstd where node has it, from 22.15 on). LANGSMITH_ENDPOINT says where.
import { Client } from "langsmith";
import { traceable } from "langsmith/traceable";

import { traces } from "./scenario.mjs";

// Few runs a request, so that what belongs together travels apart. The SDK sends a request up to five times, after 1 to
// 2, 2 to 4, … seconds, when the connection broke or after 408, 425, 429, 500, 502, 503, 504.
const client = new Client({ batchSizeLimit: 10 });

const runTypes = { call: "llm", agent: "llm", embedding: "embedding", retriever: "retriever", tool: "tool" };

function usageOf({ input, output, cacheRead, cacheWrite, reasoning }) {
    return {
        input_tokens: input,
        output_tokens: output,
        total_tokens: input + output,
        input_token_details: { cache_read: cacheRead, cache_creation: cacheWrite },
        output_token_details: { reasoning },
    };
}

function outputsOf(step) {
    if (step.kind === "retriever")
        return step.documents.map((text) => ({ page_content: text, type: "Document", metadata: {} }));
    if (step.kind === "tool")
        return { result: step.output };
    const said = step.answer ? { messages: [{ role: "assistant", content: step.answer }] } : {};
    return { ...said, usage_metadata: usageOf(step.usage) };
}

function inputsOf(step) {
    if (step.messages)
        return { messages: step.messages };
    return step.input ?? { input: step.query ?? step.text ?? step.question };
}

async function play(step) {
    const run = traceable(async () => {
        for (const inner of step.steps ?? [])
            await play(inner);
        if (step.error)
            throw new Error(step.error);
        return outputsOf(step);
    }, {
        client,
        name: step.name,
        run_type: runTypes[step.kind],
        metadata: step.model && { ls_model_name: step.model, ls_provider: step.provider, ls_model_type: "chat" },
    });
    return run(inputsOf(step)).catch(() => {}); // the application goes on and tries again
}

for (const { feature, session, user, question, steps } of traces) {
    const root = traceable(async () => {
        let outputs;
        for (const step of steps)
            outputs = await play(step);
        return outputs; // with the usage of the last step in it
    }, { client, name: feature, metadata: { user_id: user, ...(session && { session_id: session }) } });
    await root({ question });
}
await client.awaitPendingTraceBatches();
