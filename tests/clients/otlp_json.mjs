// SPDX-License-Identifier: GPL-3.0-or-later

// The scenario by OpenTelemetry's exporter of OTLP in JSON. OTEL_EXPORTER_OTLP_ENDPOINT says where. A trace's feature
// is the name of its root span.
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

import { play } from "./genai_spans.mjs";
import { traces } from "./scenario.mjs";

// Few spans a request, so that children travel before their parents. The exporter sends again after 429, 502, 503, 504
// and broken connections, up to five times within OTEL_EXPORTER_OTLP_TIMEOUT (10 s by default).
const processor = new BatchSpanProcessor(new OTLPTraceExporter(), { maxExportBatchSize: 5 });
const provider = new NodeTracerProvider({ spanProcessors: [processor] });
provider.register();
const tracer = provider.getTracer("shop", "1.0");

for (const { feature, session, user, steps } of traces) {
    const attributes = { "user.id": user, ...(session && { "session.id": session }) };
    tracer.startActiveSpan(feature, { attributes }, (root) => {
        for (const step of steps)
            play(tracer, step);
        root.end();
    });
}
await provider.shutdown();
