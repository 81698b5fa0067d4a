// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/agents/codex.h"

#include "importers/agents/session.h"
#include "importers/facts/amounts.h"
#include "importers/facts/raw_usage.h"
#include "importers/facts/text_object.h"

namespace plumbline::agents {

namespace {

constexpr std::int64_t second = 1'000'000;
/// What a rollout without a model ran on, as its own tools assume.
constexpr std::string_view assumedModel = "gpt-5";

} // namespace

bool isCodexLine(json::Value value)
{
    const json::Object line = value.object();
    if (line["timestamp"].text().empty() || !line["payload"].isObject())
        return false;
    const std::string_view type = line["type"].text();
    for (const std::string_view known : {"session_meta", "turn_context", "event_msg", "response_item", "compacted"})
        if (type == known)
            return true;
    return false;
}

std::optional<CodexReader::Totals> CodexReader::totalsOf(json::Value usage)
{
    if (!usage.isObject())
        return {};
    const auto count = [&](std::string_view key) { return facts::tokenCount(usage[key]).value_or(0); };
    return Totals{count("input_tokens"), count("cached_input_tokens"), count("output_tokens"),
                  count("reasoning_output_tokens")};
}

Result<> CodexReader::read(const input::Record& record, json::Value value, RecordSink& sink)
{
    if (!isCodexLine(value)) {
        sink.skip("no line of a Codex session");
        return {};
    }
    const json::Value payload = value["payload"];
    const std::string_view type = value["type"].text();
    const auto time = parseTimestamp(value["timestamp"].text());
    if (!m_began)
        m_began = time;
    if (m_copiedUntil && time) {
        // What is written in one go is copied; a model takes its time.
        const bool isCopied = *time < *m_began || time->microseconds() - m_copiedUntil->microseconds() < second;
        m_copiedUntil = isCopied ? std::optional(std::max(*time, *m_copiedUntil)) : std::nullopt;
    }
    if (type == "session_meta") {
        if (!m_session.empty())
            return {}; // the parent's
        m_session = payload["id"].text();
        m_folder = payload["cwd"].text();
        m_branch = payload["git"]["branch"].text();
        m_version = payload["cli_version"].text();
        m_provider = payload["model_provider"].text();
        m_isSubagent = record.text.find("thread_spawn") != std::string_view::npos;
        if (m_isSubagent || !payload["forked_from_id"].text().empty())
            m_copiedUntil = m_began;
    } else if (type == "turn_context") {
        m_model = payload["model"].text();
        if (m_folder.empty())
            m_folder = payload["cwd"].text();
    } else if (type == "event_msg" && payload["type"].text() == "token_count" && payload["info"].isObject()) {
        if (!time) {
            sink.skip("no timestamp");
            return {};
        }
        return readCount(payload["info"], *time, sink);
    }
    return {};
}

Result<> CodexReader::readCount(json::Value info, Timestamp time, RecordSink& sink)
{
    const auto total = totalsOf(info["total_token_usage"]);
    auto own = totalsOf(info["last_token_usage"]);
    const auto before = m_last;
    if (total)
        m_last = total;
    if (total && before && *total == *before)
        return {}; // said again
    if (m_copiedUntil)
        return {};
    if (!own && total) {
        // Sums of a session; after it was compacted they begin anew.
        own = *total;
        if (before && total->input >= before->input && total->output >= before->output)
            own = Totals{total->input - before->input, std::max<TokenCount>(0, total->cached - before->cached),
                         total->output - before->output, std::max<TokenCount>(0, total->reasoning - before->reasoning)};
    }
    if (!own || m_session.empty()) {
        sink.skip(own ? "a token count before the session began" : "a token count without tokens");
        return {};
    }
    const std::string id = "call-" + std::to_string(++m_calls);
    facts::TextObject kept;
    kept.add("cwd", m_folder);
    kept.add("gitBranch", m_branch);
    kept.add("version", m_version);
    const std::string attributes = kept.text();
    ObservedSpan span{.traceId = m_session, .spanId = id, .kind = SpanKind::Llm};
    span.name = m_isSubagent ? "subagent" : "assistant";
    span.start = time;
    span.recordedAt = time;
    span.status = SpanStatus::Ok;
    span.model = m_model.empty() ? assumedModel : std::string_view(m_model);
    span.usageMayBeEstimated = m_model.empty();
    span.provider = m_provider;
    span.session = m_session;
    span.service = "codex";
    span.traceName = projectOf(m_folder);
    span.attributes = attributes;
    span.reportedUsage = {{"input_tokens", own->input},
                          {"input_tokens_details.cached_tokens", own->cached},
                          {"output_tokens", own->output},
                          {"output_tokens_details.reasoning_tokens", own->reasoning}};
    facts::bucketsOf(span, {.convention = CacheConvention::Inclusive});
    return sink.add(span);
}

} // namespace plumbline::agents
