// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/sample/trace.h"

namespace plumbline {

/// What the calls of one cell consumed.
struct SampleSpend
{
    std::int64_t calls = 0;
    std::int64_t callsWithoutUsage = 0; ///< failed before the provider billed anything; part of `calls`
    SampleTokens tokens;
    MoneySum cost; ///< at list price

    bool operator==(const SampleSpend&) const = default;
    SampleSpend& operator+=(const SampleSpend& other);
};

/// One call that a drain touches.
struct PlantedCall
{
    std::string traceId;
    std::string spanId;
    SampleTokens tokens;
    std::string_view why;
};

/// What was planted of one drain. A call counts once, whatever parts of it are wasted.
struct DrainTruth
{
    std::int64_t calls = 0;
    SampleTokens tokens; ///< wasted, or affected by a price drain
    std::vector<PlantedCall> perCall;
};

/// Whether the truth keeps the ids of every call, which grows with the data.
enum class TruthDetail
{
    Sums,
    Calls,
};

/// The truth about all traces that were added.
class SampleTruth
{
public:
    struct Cell
    {
        std::string_view feature;
        std::string_view model; ///< as answered
        std::int32_t day = 0;   ///< UTC day number of the start
        auto operator<=>(const Cell&) const = default;
    };

    explicit SampleTruth(TruthDetail detail = TruthDetail::Calls) : m_detail(detail) {}

    void add(const SampleTrace& trace);

    const std::map<Cell, SampleSpend>& spend() const { return m_spend; }
    SampleSpend total() const;
    /// Drains of which nothing was planted are absent.
    const std::map<std::string_view, DrainTruth>& drains() const { return m_drains; }
    /// Ids of the calls of each trap, by its name.
    const std::map<std::string_view, std::vector<PlantedCall>>& hardNegatives() const { return m_hardNegatives; }
    std::int64_t traces() const { return m_traces; }
    std::int64_t spans() const { return m_spans; }

private:
    TruthDetail m_detail;
    std::map<Cell, SampleSpend> m_spend;
    std::map<std::string_view, DrainTruth> m_drains;
    std::map<std::string_view, std::vector<PlantedCall>> m_hardNegatives;
    std::int64_t m_traces = 0;
    std::int64_t m_spans = 0;
};

} // namespace plumbline
