// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/sdk_settings.h"

#include <QCoreApplication>

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct SdkSettingsTexts
{
    Q_DECLARE_TR_FUNCTIONS(plumbline::SdkSettings)
};

} // namespace

QList<SdkSettings> sdkSettings(const QString& address)
{
    const auto lines = [&](const QStringList& list) { return list.join(u'\n').replace(u"ADDRESS"_s, address); };
    return {
        {u"OpenTelemetry"_s,
         lines({u"OTEL_EXPORTER_OTLP_ENDPOINT=ADDRESS"_s, u"OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"_s})},
        {u"Langfuse"_s,
         lines({u"LANGFUSE_HOST=ADDRESS"_s, u"LANGFUSE_BASE_URL=ADDRESS"_s, u"LANGFUSE_BASEURL=ADDRESS"_s,
                u"LANGFUSE_PUBLIC_KEY=pk-lf-local"_s, u"LANGFUSE_SECRET_KEY=sk-lf-local"_s})},
        {u"LangSmith, LangChain"_s,
         lines({u"LANGSMITH_TRACING=true"_s, u"LANGSMITH_ENDPOINT=ADDRESS"_s, u"LANGSMITH_API_KEY=local"_s})},
        {SdkSettingsTexts::tr("LangSmith, and on to it as well"),
         lines({u"LANGSMITH_TRACING=true"_s,
                u"LANGSMITH_RUNS_ENDPOINTS=[{\"api_url\":\"https://api.smith.langchain.com\","
                "\"api_key\":\"…\",\"primary\":true},{\"api_url\":\"ADDRESS\",\"api_key\":\"local\"}]"_s})},
        {u"Vercel AI SDK"_s, lines({u"OTEL_EXPORTER_OTLP_ENDPOINT=ADDRESS"_s,
                                    u"// generateText({ …, experimental_telemetry: { isEnabled: true } })"_s})},
        {u"LiteLLM"_s, lines({u"OTEL_EXPORTER=otlp_http"_s, u"OTEL_ENDPOINT=ADDRESS/v1/traces"_s,
                              u"# litellm_settings: { callbacks: [\"otel\"] }"_s})},
        {u"Claude Code"_s,
         lines({u"CLAUDE_CODE_ENABLE_TELEMETRY=1"_s, u"OTEL_LOGS_EXPORTER=otlp"_s,
                u"OTEL_EXPORTER_OTLP_PROTOCOL=http/json"_s, u"OTEL_EXPORTER_OTLP_ENDPOINT=ADDRESS"_s})},
        {SdkSettingsTexts::tr("OpenTelemetry Collector, as a second exporter"),
         lines({u"exporters: { otlphttp/plumbline: { endpoint: ADDRESS } }"_s,
                u"service: { pipelines: { traces: { exporters: [otlp, otlphttp/plumbline] } } }"_s})},
    };
}

} // namespace plumbline
