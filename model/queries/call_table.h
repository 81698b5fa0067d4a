// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/core/beside.h"
#include "model/core/filter.h"
#include "model/core/money.h"
#include "model/core/stop_token.h"
#include "model/core/usage.h"
#include "model/queries/amounts.h"
#include "model/queries/coded_column.h"
#include "model/record/observation.h"
#include "model/store/workspace.h"

namespace plumbline {

/// The calls of a workspace as columns in the order of time: the engine under every question. Immutable once loaded;
/// any number of threads may read it. Rows are addressed by number here, outside always by call id.
///
/// Most of what calls are grouped and filtered by is a property of their **origin**, of which there are few: such a
/// question looks at each origin once, and at each call only for the number of its origin.
class CallTable
{
public:
    /// Coded dimensions: first those of origins, in the order of the columns of the table `origin`, then those of
    /// calls.
    enum Column : std::size_t
    {
        Feature,
        Model,
        Provider,
        Environment,
        Step,
        Agent,
        Tool,
        Tags,
        PromptName,
        PromptVersion,
        Release,
        Price,
        Import,
        FeatureRule, ///< one more than the index of the rule that named the feature
        OriginColumnCount,
        User = OriginColumnCount,
        Session,
        Attributes,
        Trace,
        ColumnCount,
    };
    /// Which figures of a call are known.
    enum Known : std::uint8_t
    {
        Input = record::KnowsInput,
        CacheRead = record::KnowsCacheRead,
        CacheWrite = record::KnowsCacheWrite,
        Output = record::KnowsOutput,
        Reasoning = record::KnowsReasoning,
        Cost = record::KnowsCost,
        ReportedCost = record::KnowsReportedCost,
        Latency = record::KnowsLatency,
    };
    /// What all calls of an origin share, beside its coded columns.
    struct Origin
    {
        std::uint8_t known = 0; ///< bits of Known
        std::uint8_t status = 0;
        std::uint8_t flags = 0;
        std::int64_t calls = 0;  ///< how many there are
        std::int64_t window = 0; ///< context window of its price row, in tokens; 0 unknown
        bool hasUsage() const { return known & (Input | Output); }
    };

    static Result<CallTable> load(const store::Workspace& workspace, const ReportingCalendar& calendar,
                                  const ProgressSink& progress, const StopToken& stop, const Beside& beside);

    /// The same table after these traces changed: their calls are read anew, all others stay. Much less work than
    /// `load` where they are few.
    Result<CallTable> updated(const store::Workspace& workspace, const ReportingCalendar& calendar,
                              const std::vector<std::int64_t>& traces, const StopToken& stop) const;
    CallTable(CallTable&&) noexcept = default;
    CallTable& operator=(CallTable&&) noexcept = default;

    std::size_t size() const { return m_rows.started.size(); }
    /// By origin, or by row for the columns behind OriginColumnCount.
    const CodedColumn& column(Column column) const { return m_coded[column]; }
    /// The origin of every row.
    const std::vector<std::uint32_t>& origins() const { return m_rows.origin; }
    const std::vector<Origin>& originFacts() const { return m_origins; }
    const Origin& originOf(std::size_t row) const { return m_origins[m_rows.origin[row]]; }
    unsigned knownOf(std::size_t row) const { return originOf(row).known; }

    /// Rows whose start lies in the period: the table is in time order.
    struct Rows
    {
        std::size_t first = 0;
        std::size_t end = 0;
    };
    Rows rowsIn(const std::optional<Period>& period) const;

    // One value a call. Unknown figures are 0 with their bit of `known` off.
    const std::vector<std::int64_t>& ids() const { return m_rows.id; }
    const std::vector<std::int64_t>& started() const { return m_rows.started; } ///< microseconds since 1970
    /// Hours in the reporting time zone since `firstHour`.
    const std::vector<std::uint32_t>& hours() const { return m_hours; }
    /// The rows at which another hour begins than the row before has: ascending, the first is 0.
    const std::vector<std::uint32_t>& hourStarts() const { return m_hourStarts; }
    std::int32_t firstHour() const { return m_firstHour; } ///< since 1970, the earliest of any call
    std::uint32_t hourCount() const { return m_hourCount; }
    const std::vector<Amounts>& amounts() const { return m_rows.amounts; }
    const std::vector<std::int64_t>& cost() const { return m_rows.cost; }                 ///< picodollars
    const std::vector<std::int64_t>& reportedCost() const { return m_rows.reportedCost; } ///< picodollars
    const std::vector<std::int64_t>& latency() const { return m_rows.latency; }           ///< microseconds
    /// Mean of the numeric scores of a call or its trace; NaN without any. Empty if the workspace has no scores.
    const std::vector<float>& score() const { return m_score; }

    TokenCount input(std::size_t row) const
    {
        const Amounts& amounts = m_rows.amounts[row];
        return TokenCount{amounts[Amounts::Uncached]} + amounts[Amounts::CacheRead] + amounts[Amounts::CacheWrite];
    }
    TokenCount output(std::size_t row) const
    {
        const Amounts& amounts = m_rows.amounts[row];
        return TokenCount{amounts[Amounts::Visible]} + amounts[Amounts::Reasoning];
    }

    enum class Figure
    {
        Tokens,
        Cost,
        Latency,
    };
    /// The rows that know the figure, the smallest first; made when it is first asked for.
    const std::vector<std::uint32_t>& rowsBy(Figure figure) const;
    std::int64_t valueOf(Figure figure, std::size_t row) const;
    static bool knows(unsigned known, Figure figure);

private:
    /// The table `call` as it lies. The dimensions hold ids until they are coded.
    struct RowColumns
    {
        std::vector<std::int64_t> id, started, cost, reportedCost, latency;
        std::vector<Amounts> amounts;
        std::vector<std::uint32_t> origin, user, session, attributes, trace;

        template <class Visit>
        void forEach(Visit visit)
        {
            for (auto* column : {&id, &started, &cost, &reportedCost, &latency})
                visit(*column);
            visit(amounts);
            for (auto* column : {&origin, &user, &session, &attributes, &trace})
                visit(*column);
        }
        /// Calls with ids from `first` to `last`.
        Result<> read(const store::Database& database, std::int64_t first, std::int64_t last,
                      const ProgressSink& progress, const StopToken& stop);
        /// A row of the statement.
        void take(const store::Statement& row);
        /// Calls of one trace.
        Result<> readTrace(const store::Database& database, std::int64_t trace);
        void append(RowColumns&& behind);
        void sortByTime();
    };
    struct Orders;

    CallTable();
    /// Without what is made of the rows: scores and orders.
    CallTable(const CallTable& other);
    static std::shared_ptr<Orders> newOrders();
    /// Takes rows out (ascending) and puts others in; origins and dimensions of `fresh` are ids.
    void replaceRows(const std::vector<std::uint32_t>& gone, RowColumns&& fresh);
    Result<> readRows(const store::Workspace& workspace, const ProgressSink& progress, const StopToken& stop,
                      const Beside& beside);
    /// Those with ids from `first` on.
    Result<> readOrigins(const store::Database& database, std::size_t first);
    void numberOrigins();
    Result<> readScores(const store::Database& database);
    void layOutHours(const ReportingCalendar& calendar);

    RowColumns m_rows;
    std::array<CodedColumn, ColumnCount> m_coded;
    std::vector<Origin> m_origins;
    std::vector<std::uint32_t> m_numberOfOrigin; ///< by id in the workspace
    std::vector<std::uint32_t> m_hours, m_hourStarts;
    std::int32_t m_firstHour = 0;
    std::uint32_t m_hourCount = 0;
    std::vector<float> m_score;
    std::shared_ptr<Orders> m_orders;
};

} // namespace plumbline
