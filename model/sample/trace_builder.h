// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/sample/company.h"
#include "model/sample/models.h"
#include "model/sample/prompt.h"

namespace plumbline::sample {

/// What a scenario says of one request to a model; the builder adds times, ids, errors and retries.
struct CallRequest
{
    std::string_view name = {};
    const ModelFacts* model = nullptr;
    std::vector<SampleBlock> input = {};
    std::vector<SampleBlock> output = {};
    TokenCount reasoning = 0;
    std::optional<int> temperaturePercent = {};
    int maxTokens = 0;
    std::string_view reasoningEffort = {};
    std::string_view serviceTier = {};
    std::string_view finishReason = "stop";
    std::string_view promptName = {};
    int promptVersion = 0;
    std::string_view hardNegative = {};
    std::vector<CallClaim> claims = {};
    bool mustParse = false; ///< its answer is read by a parser, which may fail
};

/// Whether a span belongs to the company's ordinary work or exists only because of a drain: ids and draws of ordinary
/// spans do not depend on what is planted between them.
enum class Origin
{
    Ordinary,
    Planted,
};

/// Builds the spans of one trace in the order of their start, with a clock that runs on.
class TraceBuilder
{
public:
    /// `purpose` and `item` tell the traces of one unit apart.
    TraceBuilder(const Company& company, const Unit& unit, std::string_view purpose, std::uint64_t item,
                 Timestamp start);

    SampleTrace& trace() { return m_trace; }
    Timestamp now() const { return m_now; }
    std::uint64_t stream() const { return m_stream; }
    void wait(std::int64_t microseconds) { m_now = Timestamp(m_now.microseconds() + microseconds); }
    void setClock(Timestamp time) { m_now = time; }

    /// Opens a span; what is added until it is closed lies inside it.
    void open(SpanKind kind, std::string_view name);
    void close();
    /// The innermost open span.
    SampleSpan& current() { return m_trace.spans[m_open.back()]; }

    /// A call with all that happens to it: a rate limit before it, a failed attempt if one is planted. The clock moves
    /// to its end.
    void call(CallRequest request, Origin origin = Origin::Ordinary);
    /// A step that calls no model.
    SampleSpan& step(SpanKind kind, std::string_view name, std::int64_t microseconds, Origin origin = Origin::Ordinary);
    std::string toolCallId(Origin origin = Origin::Ordinary);

    SampleTrace finish() &&;

private:
    std::uint64_t nextItem(Origin origin);
    SampleSpan& add(SpanKind kind, std::string_view name, std::uint64_t item);
    void rejectedAttempt(const CallRequest& request, std::uint64_t item);
    void failedAttempt(const CallRequest& request, std::uint64_t item);
    SampleSpan& attempt(const CallRequest& request, std::uint64_t item);

    const Company& m_company;
    SampleTrace m_trace;
    std::uint64_t m_stream;
    Timestamp m_now;
    std::vector<std::size_t> m_open;
    std::uint64_t m_ordinaryItems = 0;
    std::uint64_t m_plantedItems = 0;
};

/// Lower-case hex, all 16 digits.
std::string hexOf(std::uint64_t value);

} // namespace plumbline::sample
