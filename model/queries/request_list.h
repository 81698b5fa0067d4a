// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/queries/call_answers.h"
#include "model/queries/queries.h"

namespace plumbline {

/// What a list has as its rows.
enum class RequestUnit
{
    Traces,
    Calls,
};

/// What a list is sorted by.
enum class RequestColumn
{
    Time,
    Feature,
    Model,
    Step,
    User,
    Session,
    Environment,
    Calls,
    Tokens,
    Input,
    Output,
    Cost,
    Waste,
    Latency,
    Status,
    Metadata, ///< the value of a key
    Trace,    ///< traces in the order of their first calls: the calls of one stand together
};

/// A trace, or a call, as a row of a list. Figures of a trace are those of its calls in the filter.
struct RequestRow
{
    CallRow call = {}; ///< of a trace: its first one in the filter
    std::int64_t calls = 1;
    std::int64_t unpricedCalls = 0;
    std::optional<TokenCount> input = {}, output = {};
    std::optional<MoneySum> cost = {};
    std::optional<MoneySum> waste = {};       ///< unknown while it waits for the analysis
    std::optional<std::int64_t> latency = {}; ///< microseconds from its first start to its last end
    SpanStatus status = SpanStatus::Unknown;  ///< the worst
    /// Keys of the call's metadata with their values as texts; null: none.
    std::shared_ptr<const std::vector<std::pair<std::string, std::string>>> metadata = {};

    std::optional<TokenCount> tokens() const
    {
        return input || output ? std::optional(input.value_or(0) + output.value_or(0)) : std::nullopt;
    }
};

/// The value of a key; empty: the row has none.
std::string metadataOf(const RequestRow& row, const std::string& key);

/// The order of a list's rows by a column; what is unknown comes last either way.
class RequestOrder
{
public:
    std::size_t placeAt(std::size_t row) const
    {
        const std::size_t at = row < m_known && m_isReversed ? m_known - 1 - row : row;
        return m_places ? (*m_places)[at] : at;
    }

private:
    friend class RequestList;
    std::shared_ptr<const std::vector<std::uint32_t>> m_places; ///< null: as they lie
    std::size_t m_known = 0;
    bool m_isReversed = false;
};

/// All traces or calls of a filter, however many there are: their number is known at once, an order of them is a
/// permutation, and texts are read for the rows that are looked at. Immutable; any thread may ask.
class RequestList
{
public:
    ~RequestList();

    RequestUnit unit() const;
    std::size_t size() const;
    const ReportingCalendar& calendar() const;
    /// Of all rows together.
    const RequestRow& total() const;
    Result<RequestOrder> ordered(RequestColumn column, bool isDescending, const StopToken& stop) const;
    /// By the values of a metadata key: as numbers where all of them are.
    Result<RequestOrder> orderedByMetadata(const std::string& key, bool isDescending, const StopToken& stop) const;
    /// Rows from `first` on, fewer at the end.
    Result<std::vector<RequestRow>> rows(const RequestOrder& order, std::size_t first, std::size_t count,
                                         const StopToken& stop) const;
    /// Where a call, or the trace it belongs to, stands in the order; its size where it does not.
    std::size_t rowOf(const RequestOrder& order, CallId call) const;

private:
    friend class Queries;
    struct State;
    class Keys;
    explicit RequestList(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace plumbline
