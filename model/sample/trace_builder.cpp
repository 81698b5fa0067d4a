// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/trace_builder.h"

#include <algorithm>
#include <cassert>

namespace plumbline::sample {

namespace {

constexpr std::int64_t milliseconds = 1000;
constexpr std::int64_t seconds = 1'000'000;

TokenCount tokensIn(const std::vector<SampleBlock>& blocks)
{
    TokenCount tokens = 0;
    for (const SampleBlock& block : blocks)
        tokens += block.text->tokens;
    return tokens;
}

std::string responseId(std::string_view provider, std::uint64_t item)
{
    const std::string_view prefix = provider == "anthropic" ? "msg_" : provider == "google" ? "gem-" : "chatcmpl-";
    return std::string(prefix) + hexOf(item);
}

/// The first `tokens` tokens' worth of words.
SharedText beginning(std::string_view text, TokenCount tokens)
{
    std::size_t end = 0;
    while (end < text.size() && countTokens(text.substr(0, end)) < tokens)
        end = std::min(text.size(), text.find(' ', end + 1));
    return sharedText(std::string(text.substr(0, end)));
}

} // namespace

std::string hexOf(std::uint64_t value)
{
    std::string text(16, '0');
    for (std::size_t i = 16; i-- > 0; value >>= 4)
        text[i] = "0123456789abcdef"[value & 15];
    return text;
}

TraceBuilder::TraceBuilder(const Company& company, const Unit& unit, std::string_view purpose, std::uint64_t item,
                           Timestamp start)
    : m_company(company), m_stream(mix(unit.stream, purpose, item)), m_now(start)
{
    Random random = unit.random("who");
    m_trace.traceId = hexOf(mix(m_stream, "trace, high")) + hexOf(mix(m_stream, "trace, low"));
    m_trace.name = unit.feature;
    m_trace.feature = unit.feature;
    m_trace.team = unit.team;
    m_trace.tenant = company.tenant(random);
    m_trace.user = company.user(random);
    m_trace.environment = random.chance(60'000) ? "staging" : "production";
    m_trace.release = company.release(start);
    m_trace.tags = {std::string(unit.team), std::string(m_trace.tenant)};
    m_trace.hasBodies = company.options().bodies;
}

void TraceBuilder::open(SpanKind kind, std::string_view name)
{
    const std::size_t index = m_trace.spans.size();
    add(kind, name, nextItem(Origin::Ordinary));
    m_open.push_back(index);
    wait(2 * milliseconds);
}

void TraceBuilder::close()
{
    wait(milliseconds);
    current().end = m_now;
    m_open.pop_back();
}

SampleSpan& TraceBuilder::step(SpanKind kind, std::string_view name, std::int64_t microseconds, Origin origin)
{
    SampleSpan& span = add(kind, name, nextItem(origin));
    wait(microseconds);
    span.end = m_now;
    wait(milliseconds);
    return span;
}

void TraceBuilder::call(CallRequest request, Origin origin)
{
    const std::uint64_t item = nextItem(origin);
    const bool isLlm = request.model->output > 0;
    constexpr std::uint32_t rejectedPerMillion = 8'000;
    if (m_company.isTrap(mix(item, "rate limit"), rejectedPerMillion))
        rejectedAttempt(request, item);
    constexpr std::uint32_t failedAtFull = 500'000;
    if (isLlm && origin == Origin::Ordinary && m_company.isPlanted(SampleDrain::FailedCalls, item, failedAtFull))
        failedAttempt(request, item);

    SampleSpan& span = attempt(request, item);
    span.input = std::move(request.input);
    span.output = std::move(request.output);
    span.claims = std::move(request.claims);
    span.hardNegative = request.hardNegative;
    if (span.finishReason == "cancelled") {
        span.status = SpanStatus::Warning;
        span.statusMessage = "cancelled: the client disconnected";
    }
}

std::string TraceBuilder::toolCallId(Origin origin)
{
    return "call_" + hexOf(mix(nextItem(origin), "tool call")).substr(0, 10);
}

SampleTrace TraceBuilder::finish() &&
{
    assert(m_open.empty());
    // Scenarios may turn the clock back to begin several calls at once.
    std::stable_sort(m_trace.spans.begin(), m_trace.spans.end(),
                     [](const SampleSpan& a, const SampleSpan& b) { return a.start < b.start; });
    return std::move(m_trace);
}

std::uint64_t TraceBuilder::nextItem(Origin origin)
{
    return origin == Origin::Ordinary ? mix(m_stream, "ordinary", m_ordinaryItems++)
                                      : mix(m_stream, "planted", m_plantedItems++);
}

SampleSpan& TraceBuilder::add(SpanKind kind, std::string_view name, std::uint64_t item)
{
    return m_trace.spans.emplace_back(SampleSpan{.spanId = hexOf(item),
                                                 .parentId = m_open.empty() ? std::string() : current().spanId,
                                                 .kind = kind,
                                                 .name = name,
                                                 .start = m_now,
                                                 .end = m_now});
}

/// A rate limit: the provider bills nothing and reports no usage.
void TraceBuilder::rejectedAttempt(const CallRequest& request, std::uint64_t item)
{
    const Timestamp begin = m_now;
    SampleSpan& span = attempt(request, mix(item, "rejected"));
    span.input = request.input;
    span.status = SpanStatus::Error;
    span.statusMessage = "429: rate limit reached, try again in 2 seconds";
    span.finishReason = "error";
    span.isBilled = false;
    span.responseId.clear();
    span.firstToken.reset();
    span.reasoning = 0;
    span.end = Timestamp(begin.microseconds() + 180 * milliseconds);
    span.hardNegative = "unbilled-error";
    m_now = Timestamp(begin.microseconds() + 2 * seconds + 180 * milliseconds);
}

/// A billed attempt in vain: a timeout, or, where the answer is parsed, an answer that cannot be.
void TraceBuilder::failedAttempt(const CallRequest& request, std::uint64_t item)
{
    const bool isUnreadable = request.mustParse && Random(mix(item, "how it failed")).chance(500'000);
    const TokenCount whole = tokensIn(request.output);
    SampleSpan& span = attempt(request, mix(item, "failed"));
    span.input = request.input;
    if (!request.output.empty()) {
        const TokenCount kept = isUnreadable ? whole * 4 / 5 : whole / 2;
        span.output = {textBlock(BlockRole::Assistant, beginning(request.output.front().text->text, kept))};
    }
    if (isUnreadable) {
        span.claims.push_back({.drain = SampleDrain::FailedCalls, .why = "its answer could not be parsed"});
        SampleSpan& parser = step(SpanKind::Other, "parse-answer", 3 * milliseconds, Origin::Planted);
        parser.status = SpanStatus::Error;
        parser.statusMessage = "invalid JSON: unexpected end of input";
    } else {
        span.claims.push_back({.drain = SampleDrain::FailedCalls, .why = "timed out after it was billed"});
        span.status = SpanStatus::Error;
        span.statusMessage = "request timed out";
        span.finishReason = "error";
        m_now = Timestamp(m_now.microseconds() + 4 * seconds);
        span.end = m_now;
    }
    wait(800 * milliseconds);
}

SampleSpan& TraceBuilder::attempt(const CallRequest& request, std::uint64_t item)
{
    const ModelFacts& model = *request.model;
    const bool isLlm = model.output > 0;
    SampleSpan& span = add(isLlm ? SpanKind::Llm : SpanKind::Embedding, request.name, item);
    span.provider = model.provider;
    span.model = model.answered;
    span.requestModel = model.name;
    span.serviceTier = request.serviceTier;
    span.temperaturePercent = request.temperaturePercent;
    span.maxTokens = request.maxTokens;
    span.reasoningEffort = request.reasoningEffort;
    span.responseId = isLlm ? responseId(model.provider, item) : std::string();
    span.finishReason = isLlm ? request.finishReason : std::string_view();
    span.promptName = request.promptName;
    span.promptVersion = request.promptVersion;
    span.reasoning = request.reasoning;

    const std::int64_t scatter = Random(mix(item, "latency")).around(1000);
    wait(firstTokenDelay(model, tokensIn(request.input)) * scatter / 1000 + answerDuration(model, request.reasoning));
    if (isLlm)
        span.firstToken = m_now;
    wait(answerDuration(model, tokensIn(request.output)) * scatter / 1000);
    span.end = m_now;
    wait(milliseconds);
    return span;
}

} // namespace plumbline::sample
