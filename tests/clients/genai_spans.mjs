// SPDX-License-Identifier: GPL-3.0-or-later

// The steps of the scenario as spans by OpenTelemetry's conventions for generative AI.
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";

const operations = {
    call: "chat",
    agent: "invoke_agent",
    embedding: "embeddings",
    retriever: "retrieval",
    tool: "execute_tool",
};

function messagesOf(messages) {
    return JSON.stringify(messages.map(({ role, content }) => ({ role, parts: [{ type: "text", content }] })));
}

function attributesOf(step) {
    const operation = operations[step.kind];
    const attributes = { "gen_ai.operation.name": operation };
    if (step.model) {
        attributes["gen_ai.provider.name"] = step.provider;
        attributes["gen_ai.request.model"] = step.model;
    }
    if (step.messages)
        attributes["gen_ai.input.messages"] = messagesOf(step.messages);
    if (step.kind === "agent")
        attributes["gen_ai.agent.name"] = step.name;
    if (step.kind === "tool") {
        attributes["gen_ai.tool.name"] = step.name;
        attributes["gen_ai.tool.call.arguments"] = JSON.stringify(step.input);
    }
    if (step.kind === "retriever")
        attributes["gen_ai.retrieval.query.text"] = step.query;
    return attributes;
}

function resultOf(step) {
    const attributes = {};
    if (step.kind === "call") {
        attributes["gen_ai.response.model"] = step.model;
        attributes["gen_ai.response.finish_reasons"] = ["stop"];
        attributes["gen_ai.output.messages"] = messagesOf([{ role: "assistant", content: step.answer }]);
    }
    if (step.kind === "tool")
        attributes["gen_ai.tool.call.result"] = step.output;
    if (step.kind === "retriever")
        attributes["gen_ai.retrieval.documents"] =
            JSON.stringify(step.documents.map((content, index) => ({ id: `${index}`, score: 0.9, content })));
    if (step.usage) {
        attributes["gen_ai.usage.input_tokens"] = step.usage.input;
        attributes["gen_ai.usage.cache_read.input_tokens"] = step.usage.cacheRead;
        attributes["gen_ai.usage.cache_creation.input_tokens"] = step.usage.cacheWrite;
        attributes["gen_ai.usage.output_tokens"] = step.usage.output;
        attributes["gen_ai.usage.reasoning.output_tokens"] = step.usage.reasoning;
    }
    return attributes;
}

/// Reports a step and what is below it, as children of the active span.
export function play(tracer, step) {
    const name = `${operations[step.kind]} ${step.model ?? step.name}`;
    const kind = step.model && step.kind !== "agent" ? SpanKind.CLIENT : SpanKind.INTERNAL;
    tracer.startActiveSpan(name, { kind, attributes: attributesOf(step) }, (span) => {
        for (const inner of step.steps ?? [])
            play(tracer, inner);
        if (step.error) {
            span.setAttribute("error.type", step.error);
            span.recordException(new Error(step.error));
            span.setStatus({ code: SpanStatusCode.ERROR, message: step.error });
        } else {
            span.setAttributes(resultOf(step));
        }
        span.end();
    });
}
