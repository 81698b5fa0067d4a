// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/mapped/mapped_reader.h"

#include <algorithm>

#include "importers/facts/amounts.h"
#include "importers/facts/raw_usage.h"
#include "importers/facts/text_object.h"
#include "importers/facts/times.h"
#include "importers/mapped/propose.h"
#include "model/core/ascii.h"

namespace plumbline::mapped {

namespace {

constexpr std::size_t longestText = 200;
constexpr int mostAttributes = 60;

/// What a log itself calls its fields decides how bucketsFrom() reads them; names of people's own are given these.
constexpr std::pair<LogField, std::string_view> tokenNames[] = {
    {LogField::Input, "input_tokens"},
    {LogField::Uncached, "input_tokens"},
    {LogField::CacheRead, "cache_read_input_tokens"},
    {LogField::CacheWrite, "cache_creation_input_tokens"},
    {LogField::Output, "output_tokens"},
    {LogField::Reasoning, "output_tokens_details.reasoning_tokens"},
};

bool isAnthropic(const ObservedSpan& span)
{
    return span.provider.find("nthropic") != std::string_view::npos ||
           span.model.find("claude") != std::string_view::npos;
}

bool isFailure(std::string_view status)
{
    for (const std::string_view word : {"error", "failed", "failure", "ERROR", "FAILED", "Error"})
        if (status == word)
            return true;
    return false;
}

/// The field that says that a row is of many calls: tables of a day, a key or a model are no logs. Empty: there is
/// none.
std::string_view callsIn(json::Value record)
{
    for (const auto [key, value] : record.object())
        if (const auto count = value.number(); count && *count > 1)
            for (const std::string_view word :
                 {"api_requests", "num_requests", "num_model_requests", "request_count", "total_requests", "requests"})
                if (key == word)
                    return key;
    return {};
}

/// Scalars on the top that nothing is mapped to, as compact JSON.
std::string attributesOf(json::Value record, const FieldMapping& mapping)
{
    facts::TextObject attributes;
    int count = 0;
    for (const auto [key, value] : record.object()) {
        if (value.isObject() || value.isArray() || value.isNull() || count >= mostAttributes ||
            value.text().size() > longestText || (value.isString() && value.text().empty()))
            continue;
        bool isMapped = false;
        for (std::size_t field = 0; field < logFieldCount; ++field)
            isMapped |= mapping.pathOf(static_cast<LogField>(field)) == key;
        if (isMapped)
            continue;
        attributes.add(key, value);
        ++count;
    }
    return attributes.text();
}

} // namespace

json::Value valueAt(json::Value record, std::string_view path)
{
    if (path.empty())
        return {};
    if (const json::Value whole = record[path]; whole.exists())
        return whole;
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1))
        if (const json::Value inner = record[path.substr(0, dot)]; inner.isObject())
            if (const json::Value value = valueAt(inner, path.substr(dot + 1)); value.exists())
                return value;
    return {};
}

std::string_view MappedReader::text(json::Value record, const FieldMapping& mapping, LogField field)
{
    const json::Value value = valueAt(record, mapping.pathOf(field));
    if (value.isNumber())
        return m_texts.emplace_back(value.compact());
    return value.text();
}

Result<> MappedReader::read(const input::Record& record, json::Value value, RecordSink& sink)
{
    m_splitter.begin();
    m_nested.clear();
    m_texts.clear();
    if (!value.isObject()) {
        sink.skip("not a JSON object");
        return {};
    }
    const FieldMapping mapping = m_given ? *m_given : propose(value);
    m_any = true;
    for (std::size_t i = 0; m_given && i < logFieldCount; ++i)
        if (const std::string_view path = m_given->pathOf(static_cast<LogField>(i));
            !path.empty() && !m_seen.contains(path) && valueAt(value, path).exists())
            m_seen.emplace(path);
    if (const std::string_view count = callsIn(value); !count.empty()) {
        sink.skip("a sum of several calls (" + std::string(count) + "), no call");
        return {};
    }
    const auto of = [&](LogField field) { return text(value, mapping, field); };
    ObservedSpan span{.kind = SpanKind::Llm};
    span.start = facts::timeOf(valueAt(value, mapping.pathOf(LogField::Time)));
    if (!span.start) {
        sink.skip(mapping.pathOf(LogField::Time).empty() ? "no field that may be a time" : "no time that can be read");
        return {};
    }
    span.end = facts::timeOf(valueAt(value, mapping.pathOf(LogField::End)));
    if (const auto latency = valueAt(value, mapping.pathOf(LogField::LatencyMs)).number();
        latency && *latency >= 0 && *latency < 1e9)
        span.end = Timestamp(span.start->microseconds() + static_cast<std::int64_t>(*latency * 1000));
    span.model = of(LogField::Model);
    span.provider = of(LogField::Provider);
    readUsage(value, mapping, span);
    span.reportedCost = facts::money(valueAt(value, mapping.pathOf(LogField::Cost)));
    if (span.model.empty() && !span.usage.isKnown() && !span.reportedCost) {
        sink.skip("neither model nor tokens nor cost");
        return {};
    }
    span.feature = of(LogField::Feature);
    span.name = of(LogField::Step);
    span.user = of(LogField::User);
    span.session = of(LogField::Session);
    span.environment = of(LogField::Environment);
    span.release = of(LogField::Release);
    span.serviceTier = of(LogField::Tier);
    span.responseId = of(LogField::Response);
    span.statusMessage = of(LogField::Error);
    span.status = isFailure(of(LogField::Status)) || !span.statusMessage.empty() ? SpanStatus::Error : SpanStatus::Ok;
    if (const json::Value tags = m_nested.unwrapped(valueAt(value, mapping.pathOf(LogField::Tags))); tags.isArray())
        span.tags = m_texts.emplace_back(tags.compact());
    span.attributes = m_texts.emplace_back(attributesOf(value, mapping));
    m_splitter.splitInput(valueAt(value, mapping.pathOf(LogField::Prompt)), span.blocks);
    m_splitter.splitOutput(valueAt(value, mapping.pathOf(LogField::Answer)), span.blocks);
    span.parentId = of(LogField::Parent);
    span.traceId = of(LogField::Trace);
    const std::string_view id = of(LogField::Id);
    span.spanId =
        id.empty() ? nameByContent(record.text, *span.start, sink) : nameById(id, mapping.pathOf(LogField::Id), span);
    if (span.traceId.empty())
        span.traceId = m_texts.emplace_back("log/" + std::string(span.spanId));
    return sink.add(span);
}

std::string_view MappedReader::nameById(std::string_view id, std::string_view path, const ObservedSpan& span)
{
    const std::string key = normalisedKey(path);
    const bool isRequest = key == "requestid", isCalls = key == "spanid" || key == "callid";
    if (isCalls || (!span.traceId.empty() && !isRequest))
        return id;
    // An application's request may hold several calls, and what is counted begins anew: with another time or other
    // tokens it is another call. The clocks of copies agree to the millisecond.
    constexpr std::int64_t millisecond = 1'000;
    std::string own = std::string(id) + '@' + std::to_string(span.start->microseconds() / millisecond);
    for (const auto& [name, tokens] : span.reportedUsage)
        own += '/' + std::to_string(tokens);
    return m_texts.emplace_back(std::move(own));
}

void MappedReader::finish(RecordSink& sink)
{
    if (!m_given || !m_any)
        return;
    for (std::size_t i = 0; i < logFieldCount; ++i) {
        const auto field = static_cast<LogField>(i);
        const std::string_view path = m_given->pathOf(field);
        if (!path.empty() && !m_seen.contains(path))
            sink.note("no record has the field '" + std::string(path) + "', which the mapping takes for " +
                      std::string(idOf(field)));
    }
}

std::string_view MappedReader::nameByContent(std::string_view text, Timestamp time, RecordSink& sink)
{
    std::string name = "record-" + std::to_string(std::hash<std::string_view>{}(text));
    // Within one second or day equal calls happen; equal to the microsecond is what was logged twice.
    constexpr std::int64_t second = 1'000'000;
    if (time.microseconds() % second == 0) {
        if (const std::uint64_t before = m_repeats.before(text); before > 0) {
            sink.setRepeats(before);
            name += '#' + std::to_string(before);
        }
    }
    return m_texts.emplace_back(std::move(name));
}

void MappedReader::readUsage(json::Value record, const FieldMapping& mapping, ObservedSpan& span)
{
    const auto tokens = [&](LogField field) { return facts::tokenCount(valueAt(record, mapping.pathOf(field))); };
    for (const auto& [field, name] : tokenNames)
        if (const auto count = tokens(field))
            span.reportedUsage.emplace_back(name, *count);
    const TokenCount cached = tokens(LogField::CacheRead).value_or(0) + tokens(LogField::CacheWrite).value_or(0);
    const auto input = tokens(LogField::Input);
    const auto output = tokens(LogField::Output);
    const auto total = tokens(LogField::Total);
    // An application's own sum of input and output says nothing about where cached tokens are.
    const bool isOwnSum = total && cached > 0 && *total == input.value_or(0) + output.value_or(0);
    if (total && !isOwnSum)
        span.reportedUsage.emplace_back("total_tokens", *total);
    const bool isExclusive = tokens(LogField::Uncached) || isAnthropic(span);
    facts::bucketsOf(span, {.convention = isExclusive ? CacheConvention::Disjoint : CacheConvention::Inclusive});
}

} // namespace plumbline::mapped
