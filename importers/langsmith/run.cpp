// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/langsmith/run.h"

#include <algorithm>

#include "importers/facts/times.h"
#include "model/core/ascii.h"

namespace plumbline::langsmith {

namespace {

constexpr std::size_t uuidLength = 36;

bool looksLikeUuid(std::string_view id)
{
    return id.size() == uuidLength && id[8] == '-' && id[13] == '-' && id[18] == '-' && id[23] == '-';
}

/// The ids in a dotted order, from its end: 0 is the run's own.
std::string_view idInOrder(std::string_view order, std::size_t fromEnd)
{
    for (; fromEnd > 0; --fromEnd) {
        const std::size_t dot = order.rfind('.');
        if (dot == std::string_view::npos)
            return {};
        order = order.substr(0, dot);
    }
    const std::size_t dot = order.rfind('.');
    const std::string_view segment = dot == std::string_view::npos ? order : order.substr(dot + 1);
    if (segment.size() < uuidLength)
        return {};
    const std::string_view id = segment.substr(segment.size() - uuidLength);
    return looksLikeUuid(id) ? id : std::string_view();
}

/// `20261122T135800886001Z<uuid>`: the time in front of the id of the last segment.
std::optional<Timestamp> timeInOrder(std::string_view order)
{
    const std::size_t dot = order.rfind('.');
    const std::string_view segment = dot == std::string_view::npos ? order : order.substr(dot + 1);
    if (segment.size() < 22 || segment[8] != 'T' || segment[21] != 'Z')
        return {};
    const std::string digits(segment.substr(0, 21));
    return parseTimestamp(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2) + "T" +
                          digits.substr(9, 2) + ":" + digits.substr(11, 2) + ":" + digits.substr(13, 2) + "." +
                          digits.substr(15, 6) + "Z");
}

std::string_view lastText(json::Value list)
{
    std::string_view last;
    for (const json::Value value : list.array())
        last = value.text();
    return last;
}

/// LangSmith makes a run id of a span id of OpenTelemetry by zeros before it: it is that span.
std::string withoutPadding(std::string id)
{
    constexpr std::string_view padding = "00000000-0000-0000-";
    if (id.size() != 36 || !id.starts_with(padding))
        return id;
    return id.substr(padding.size(), 4) + id.substr(padding.size() + 5);
}

} // namespace

std::string normalId(std::string_view id)
{
    if (id.size() >= 2 && id.front() == '"' && id.back() == '"')
        id = id.substr(1, id.size() - 2);
    std::string normal = lowerCase(id);
    const bool isBareUuid = normal.size() == 32 && std::all_of(normal.begin(), normal.end(), isHexDigit);
    if (isBareUuid)
        for (const std::size_t dash : {20U, 16U, 12U, 8U})
            normal.insert(dash, "-");
    return isBareUuid || looksLikeUuid(normal) ? normal : std::string(id);
}

Run::Run(json::Object object, json::Nested& nested) : m_object(object)
{
    m_inputs = nested.unwrapped(object["inputs"]);
    m_outputs = nested.unwrapped(object["outputs"]);
    m_extra = nested.unwrapped(object["extra"]);
    m_metadata = nested.unwrapped(m_extra["metadata"]);
    for (const std::string_view key : {"custom_metadata", "metadata"})
        if (!m_metadata.isObject())
            m_metadata = nested.unwrapped(object[key]);

    const std::string_view order = object["dotted_order"].text();
    m_id = normalId(object["id"].text());
    if (m_id.empty())
        m_id = normalId(object["run_id"].text());
    if (m_id.empty())
        m_id = std::string(idInOrder(order, 0));
    m_trace = normalId(object["trace_id"].text());
    if (m_trace.empty() && !order.empty())
        m_trace = std::string(idInOrder(order, static_cast<std::size_t>(std::count(order.begin(), order.end(), '.'))));
    m_parent = normalId(object["parent_run_id"].text());
    if (m_parent.empty())
        m_parent = normalId(lastText(nested.unwrapped(object["parent_run_ids"])));
    if (m_parent.empty())
        m_parent = std::string(idInOrder(order, 1));
    if (m_parent == m_id)
        m_parent.clear();
    if (m_id.empty())
        m_id = m_trace;
    m_id = withoutPadding(std::move(m_id));
    m_parent = withoutPadding(std::move(m_parent));
}

std::optional<SpanKind> Run::kind() const
{
    const std::string type = lowerCase(m_object["run_type"].text());
    if (type == "llm")
        return SpanKind::Llm;
    if (type == "embedding")
        return SpanKind::Embedding;
    if (type == "retriever")
        return SpanKind::Retriever;
    if (type == "tool")
        return SpanKind::Tool;
    if (!type.empty())
        return SpanKind::Chain;
    // What only models have.
    for (const std::string_view key : {"ls_model_type", "ls_model_name"})
        if (!m_metadata[key].text().empty())
            return SpanKind::Llm;
    return {};
}

SpanStatus Run::status() const
{
    const std::string status = lowerCase(m_object["status"].text());
    if (status == "error" || !m_object["error"].text().empty())
        return SpanStatus::Error;
    if (status == "success")
        return SpanStatus::Ok;
    return status.empty() && end() ? SpanStatus::Ok : SpanStatus::Unknown;
}

std::optional<Timestamp> Run::start() const
{
    if (const auto time = facts::timeOf(m_object["start_time"]))
        return time;
    return timeInOrder(m_object["dotted_order"].text());
}

std::optional<Timestamp> Run::end() const
{
    return facts::timeOf(m_object["end_time"]);
}

std::optional<Timestamp> Run::firstToken() const
{
    if (const auto time = facts::timeOf(m_object["first_token_time"]))
        return time;
    for (const json::Value event : m_object["events"].array())
        if (event["name"].text() == "new_token")
            return facts::timeOf(event["time"]);
    return {};
}

std::string_view Run::metadataText(std::initializer_list<std::string_view> keys) const
{
    for (const std::string_view key : keys) {
        const json::Value value = m_metadata[key];
        if (!value.text().empty())
            return value.text();
        if (value.isNumber())
            return m_number = value.compact();
    }
    return {};
}

} // namespace plumbline::langsmith
