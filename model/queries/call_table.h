// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "model/core/filter.h"
#include "model/core/money.h"
#include "model/core/stop_token.h"
#include "model/core/usage.h"
#include "model/store/workspace.h"

namespace plumbline {

/// A column of repeated values: each call has a code, 0 for none; a code stands for an id of the workspace. Ids are
/// small and dense, so finding a code is looking into an array.
class CodedColumn
{
public:
    const std::vector<std::uint32_t>& codes() const { return m_codes; }
    std::uint32_t codeCount() const { return static_cast<std::uint32_t>(m_idOfCode.size()); }
    std::int64_t idOf(std::uint32_t code) const { return m_idOfCode[code]; }
    /// 0 if no call has it.
    std::uint32_t codeOf(std::int64_t id) const
    {
        return id > 0 && static_cast<std::size_t>(id) < m_codeOfId.size() ? m_codeOfId[static_cast<std::size_t>(id)]
                                                                          : 0;
    }

    void reserve(std::size_t calls) { m_codes.reserve(calls); }
    void add(std::int64_t id)
    {
        if (id <= 0) {
            m_codes.push_back(0);
            return;
        }
        const auto index = static_cast<std::size_t>(id);
        if (index >= m_codeOfId.size())
            m_codeOfId.resize(index + index / 2 + 64);
        std::uint32_t& code = m_codeOfId[index];
        if (code == 0) {
            code = codeCount();
            m_idOfCode.push_back(id);
        }
        m_codes.push_back(code);
    }
    std::vector<std::uint32_t>& codesToSort() { return m_codes; }

private:
    std::vector<std::uint32_t> m_codes;
    std::vector<std::int64_t> m_idOfCode = {0};
    std::vector<std::uint32_t> m_codeOfId;
};

/// The calls of a workspace as columns in the order of time: the engine under every question. Immutable once loaded;
/// any number of threads may read it. Rows are addressed by number here, outside always by call id.
class CallTable
{
public:
    /// Coded dimensions, in the order of their columns in the table `call`.
    enum Column : std::size_t
    {
        Feature,
        Model,
        Provider,
        Environment,
        Step,
        Agent,
        Tool,
        User,
        Session,
        Tags,
        PromptName,
        PromptVersion,
        Release,
        Attributes,
        Price,
        Import,
        FeatureRule,
        Trace,
        ColumnCount,
    };
    /// Which figures of a call are known: bits of `known`.
    enum Known : std::uint8_t
    {
        Input = 1,
        CacheRead = 2,
        CacheWrite = 4,
        Output = 8,
        Reasoning = 16,
        Cost = 32,
        ReportedCost = 64,
        Latency = 128,
    };

    static Result<CallTable> load(const store::Workspace& workspace, const ReportingCalendar& calendar,
                                  const ProgressSink& progress, const StopToken& stop);

    std::size_t size() const { return m_started.size(); }
    const CodedColumn& column(Column column) const { return m_coded[column]; }
    /// Rows whose start lies in the period: the table is in time order.
    struct Rows
    {
        std::size_t first = 0;
        std::size_t end = 0;
    };
    Rows rowsIn(const std::optional<Period>& period) const;

    // One value a call. Unknown figures are 0 with their bit of `known` off.
    const std::vector<std::int64_t>& ids() const { return m_ids; }
    const std::vector<std::int64_t>& started() const { return m_started; } ///< microseconds since 1970
    const std::vector<std::int32_t>& localHour() const { return m_localHour; }
    const std::vector<std::uint8_t>& known() const { return m_known; }
    const std::vector<std::uint8_t>& status() const { return m_status; }
    const std::vector<std::uint8_t>& flags() const { return m_flags; }
    const std::vector<std::uint32_t>& uncached() const { return m_uncached; }
    const std::vector<std::uint32_t>& cacheRead() const { return m_cacheRead; }
    const std::vector<std::uint32_t>& cacheWrite() const { return m_cacheWrite; }
    const std::vector<std::uint32_t>& visible() const { return m_visible; }
    const std::vector<std::uint32_t>& reasoning() const { return m_reasoning; }
    const std::vector<std::int64_t>& cost() const { return m_cost; }                 ///< picodollars
    const std::vector<std::int64_t>& reportedCost() const { return m_reportedCost; } ///< picodollars
    const std::vector<std::int64_t>& latency() const { return m_latency; }           ///< microseconds
    /// Mean of the numeric scores of a call or its trace; NaN without any. Empty if the workspace has no scores.
    const std::vector<float>& score() const { return m_score; }
    /// Context window by code of Price; 0 unknown.
    const std::vector<std::int64_t>& windowOfPrice() const { return m_windowOfPrice; }

    TokenCount input(std::size_t row) const
    {
        return TokenCount{m_uncached[row]} + m_cacheRead[row] + m_cacheWrite[row];
    }
    TokenCount output(std::size_t row) const { return TokenCount{m_visible[row]} + m_reasoning[row]; }

private:
    Result<> readCalls(const store::Database& database, const ProgressSink& progress, const StopToken& stop);
    Result<> readScores(const store::Database& database);
    Result<> readWindows(const store::Database& database);
    void sortByTime();

    std::array<CodedColumn, ColumnCount> m_coded;
    std::vector<std::int64_t> m_ids, m_started, m_cost, m_reportedCost, m_latency;
    std::vector<std::int32_t> m_localHour;
    std::vector<std::uint8_t> m_known, m_status, m_flags;
    std::vector<std::uint32_t> m_uncached, m_cacheRead, m_cacheWrite, m_visible, m_reasoning;
    std::vector<float> m_score;
    std::vector<std::int64_t> m_windowOfPrice;
};

} // namespace plumbline
