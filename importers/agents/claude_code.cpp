// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/agents/claude_code.h"

#include <cstring>

#include "importers/agents/session.h"
#include "importers/facts/amounts.h"
#include "importers/facts/raw_usage.h"
#include "importers/facts/text_object.h"
#include "importers/providers/advisors.h"
#include "model/core/response_id.h"

namespace plumbline::agents {

namespace {

/// What is looked for in a line, by a byte of it that texts seldom hold, and that is not its first: the C library looks
/// for a byte an order of magnitude faster than for several.
struct Word
{
    std::string_view text;
    char rare;
};
constexpr Word usageMember{"\"usage\":", 'g'};
constexpr Word typeOfUser{"\"type\":\"user\"", 'y'};
constexpr Word messageId{"\"id\":\"msg_", '_'};
constexpr Word requestId{"\"requestId\":\"", 'q'};

std::size_t placeOf(const Word& word, std::string_view line)
{
    const std::size_t rare = word.text.find(word.rare);
    for (std::size_t from = rare; from < line.size();) {
        const void* found = std::memchr(line.data() + from, word.rare, line.size() - from);
        if (!found)
            break;
        const auto at = static_cast<std::size_t>(static_cast<const char*>(found) - line.data());
        // The byte before it tells most of those that are something else without a call.
        if (line[at - 1] == word.text[rare - 1] && line.substr(at - rare).starts_with(word.text))
            return at - rare;
        from = at + 1;
    }
    return std::string_view::npos;
}

/// The text of a string member, found without parsing: empty if it is not there.
std::string_view memberText(std::string_view line, const Word& opening)
{
    const std::size_t at = placeOf(opening, line);
    if (at == std::string_view::npos)
        return {};
    const std::size_t begin = at + opening.text.size();
    return line.substr(begin, line.find('"', begin) - begin);
}

/// The object behind `"usage":`, to its closing brace; its values are numbers, objects and short words.
std::string_view usageText(std::string_view line, std::size_t at)
{
    const std::size_t open = line.find('{', at);
    std::size_t nextOpen = open == std::string_view::npos ? open : line.find('{', open + 1);
    int depth = 1;
    for (std::size_t close = line.find('}', open); close != std::string_view::npos; close = line.find('}', close + 1)) {
        for (; nextOpen < close; nextOpen = line.find('{', nextOpen + 1))
            ++depth;
        if (--depth == 0)
            return line.substr(open, close + 1 - open);
    }
    return {};
}

/// Where `"usage":` stands: near the end, behind the texts, as a rule. Within a text its quotes would be escaped.
std::size_t placeOfUsage(std::string_view line)
{
    constexpr std::size_t tail = 1024;
    if (line.size() > 2 * tail) {
        const std::size_t begin = line.size() - tail;
        if (const std::size_t place = placeOf(usageMember, line.substr(begin)); place != std::string_view::npos)
            return begin + place;
    }
    return placeOf(usageMember, line);
}

/// Whether a line says before its first inner object that a person or a tool wrote it. Such lines are most of the
/// bytes: they need not be looked through.
bool isOfUser(std::string_view line)
{
    return placeOf(typeOfUser, line.substr(0, line.find('{', 1))) != std::string_view::npos;
}

} // namespace

bool ClaudeCodeReader::wants(std::string_view text, const RecordSink& sink)
{
    const std::size_t usage = isOfUser(text) ? std::string_view::npos : placeOfUsage(text);
    if (usage == std::string_view::npos)
        return !text.ends_with('}'); // a line that was cut off is reported
    if (sink.keepsBlocks())
        return true;
    // Further blocks of the answer just read say nothing new but their texts.
    const std::string_view id = memberText(text, messageId);
    if (id.empty())
        return true;
    std::string answer(id);
    if (isCountedId(id))
        answer.append(memberText(text, requestId));
    answer += usageText(text, usage);
    if (answer == m_lastAnswer)
        return false;
    m_lastAnswer = std::move(answer);
    return true;
}

bool isClaudeCodeLine(json::Value value)
{
    const json::Object line = value.object();
    return !line["sessionId"].text().empty() && !line["type"].text().empty() &&
           (line["uuid"].exists() || line["message"].isObject());
}

Result<> ClaudeCodeReader::read(const input::Record&, json::Value value, RecordSink& sink)
{
    if (!value.isObject()) {
        sink.skip("not a JSON object");
        return {};
    }
    const json::Object line = value.object();
    const json::Value message = line["message"];
    const json::Value usage = message["usage"];
    const std::string_view model = message["model"].text();
    // What people say, tool results, summaries and the program's own words are no answers of a model.
    if (!usage.isObject() || model == "<synthetic>" || line["isApiErrorMessage"].boolean().value_or(false))
        return {};
    const auto time = parseTimestamp(line["timestamp"].text());
    if (!time) {
        sink.skip("no timestamp");
        return {};
    }
    m_splitter.begin();
    m_texts.clear();
    std::vector<ObservedBlock> blocks = std::move(m_span.blocks);
    m_span = {};
    blocks.clear();
    m_span.blocks = std::move(blocks);
    ObservedSpan& span = m_span;
    span.kind = SpanKind::Llm;
    span.traceId = line["sessionId"].text();
    if (span.traceId.empty())
        span.traceId = line["session_id"].text();
    const std::string_view requestId = line["requestId"].text();
    span.spanId = message["id"].text();
    if (span.spanId.empty())
        span.spanId = line["uuid"].text();
    else if (isCountedId(span.spanId) && !requestId.empty()) // one only with its request's (§3.6 rule 2)
        span.spanId = m_texts.emplace_back(std::string(span.spanId) + '/' + std::string(requestId));
    if (span.traceId.empty() || span.spanId.empty()) {
        sink.skip("an answer without session or id");
        return {};
    }
    const bool isSubagent = line["isSidechain"].boolean().value_or(false);
    span.name = isSubagent ? "subagent" : "assistant";
    span.start = time;
    span.recordedAt = time;
    span.status = SpanStatus::Ok;
    span.model = model;
    span.provider = "anthropic";
    span.serviceTier = usage["speed"].text() == "fast" ? std::string_view("fast") : usage["service_tier"].text();
    span.responseId = requestId;
    if (span.responseId.empty())
        span.responseId = message["id"].text();
    span.finishReason = message["stop_reason"].text();
    span.session = span.traceId;
    span.service = "claude-code";
    span.traceName = projectOf(line["cwd"].text());
    facts::TextObject attributes;
    for (const std::string_view key : {"cwd", "gitBranch", "version", "entrypoint"})
        attributes.add(key, line[key].text());
    span.attributes = m_texts.emplace_back(attributes.text());
    facts::addRawUsage(usage, span, m_texts);
    facts::bucketsOf(span, {.convention = CacheConvention::Disjoint});
    span.reportedCost = facts::money(line["costUSD"]);
    if (sink.keepsBlocks())
        m_splitter.splitOutput(message["content"], span.blocks);
    TRY(sink.add(span));
    return providers::addAdvisors(usage, span, sink);
}

} // namespace plumbline::agents
