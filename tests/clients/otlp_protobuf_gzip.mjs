// SPDX-License-Identifier: GPL-3.0-or-later

// The scenario by OpenTelemetry's exporter of OTLP in protobuf. OTEL_EXPORTER_OTLP_ENDPOINT says where and
// OTEL_EXPORTER_OTLP_COMPRESSION=gzip how. Each feature is a service, whose root spans are requests that it serves.
import { SpanKind } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

import { play } from "./genai_spans.mjs";
import { traces } from "./scenario.mjs";

const providers = new Map();

// Batches and retries as in otlp_json.mjs.
function providerOf(service) {
    if (!providers.has(service)) {
        const provider = new NodeTracerProvider({
            resource: resourceFromAttributes({ "service.name": service }),
            spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(), { maxExportBatchSize: 5 })],
        });
        if (providers.size === 0)
            provider.register(); // for its context manager, which is everybody's
        providers.set(service, provider);
    }
    return providers.get(service);
}

for (const { feature, session, user, steps } of traces) {
    const tracer = providerOf(feature).getTracer("shop", "1.0");
    const attributes = {
        "http.request.method": "POST",
        "url.path": "/ask",
        "enduser.id": user,
        ...(session && { "session.id": session }),
    };
    tracer.startActiveSpan("POST /ask", { kind: SpanKind.SERVER, attributes }, (root) => {
        for (const step of steps)
            play(tracer, step);
        root.end();
    });
}
await Promise.all([...providers.values()].map((provider) => provider.shutdown()));
