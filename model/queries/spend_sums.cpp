// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/spend_sums.h"

#include <algorithm>
#include <unordered_set>

#include "model/store/workspace.h"

namespace plumbline::queries {

namespace {

using spend::billedBuckets;

/// Picodollars a token of each bucket, by code of CallTable::Price.
using RatesByCode = std::vector<std::array<std::int64_t, billedBuckets>>;

Result<RatesByCode> readRates(const store::Workspace& workspace, const CodedColumn& prices)
{
    RatesByCode rates(prices.codeCount());
    store::Statement query =
        TRY(workspace.database().prepare("SELECT input, cache_read, cache_write_5m, output FROM price WHERE id = ?"));
    for (std::uint32_t code = 1; code < prices.codeCount(); ++code) {
        TRY(query.bind(prices.idOf(code)));
        if (TRY(query.next()))
            rates[code] = {query.integer(0), query.integer(1), query.integer(2), query.integer(3), query.integer(3)};
    }
    return rates;
}

/// Counts the traces of each feature, each once. Hardly any belongs to two: those few are remembered apart.
class TracesByFeature
{
public:
    TracesByFeature(const CallTable& table, std::size_t features)
        : m_traces(table.column(CallTable::Trace).codes())
        , m_first(table.column(CallTable::Trace).codeCount())
        , m_counts(features)
    {
    }
    void add(std::uint32_t feature, std::size_t row)
    {
        const std::uint32_t trace = m_traces[row];
        std::uint32_t& first = m_first[trace]; // one more than a feature's code
        if (first == feature + 1)
            return;
        if (first != 0 && !m_others.insert(std::uint64_t{feature} << 32 | trace).second)
            return;
        if (first == 0)
            first = feature + 1;
        ++m_counts[feature];
    }
    std::int64_t of(std::uint32_t feature) const { return m_counts[feature]; }

private:
    const std::vector<std::uint32_t>& m_traces;
    std::vector<std::uint32_t> m_first;
    std::unordered_set<std::uint64_t> m_others;
    std::vector<std::int64_t> m_counts;
};

constexpr Amounts::Lane lanes[billedBuckets] = {Amounts::Uncached, Amounts::CacheRead, Amounts::CacheWrite,
                                                Amounts::Visible, Amounts::Reasoning};

} // namespace

Result<CentreOfCall> CentreOfCall::open(Selector& selector, const CallTable& table, const SpendPlan& plan,
                                        const std::optional<Period>& period, const StopToken& stop)
{
    CentreOfCall centres;
    if (plan.centres.empty())
        return centres;
    const CallTable::Rows rows = table.rowsIn(period);
    centres.m_first = rows.first;
    centres.m_centres.assign(rows.end - rows.first, unallocated);
    for (std::size_t place = 0; place < plan.centres.size(); ++place) {
        const RowSet held =
            TRY(selector.rowsOf({.period = period, .conditions = plan.centres[place].conditions}, stop));
        held.forEach([&](std::size_t row) {
            std::uint16_t& centre = centres.m_centres[row - rows.first];
            if (centre == unallocated)
                centre = static_cast<std::uint16_t>(place);
        });
    }
    return centres;
}

MoneySum DailySums::between(std::int32_t first, std::int32_t end) const
{
    MoneySum::Integer sum = 0;
    const auto count = static_cast<std::int32_t>(m_days.size());
    for (std::int32_t day = std::max(0, first - m_firstDay); day < std::min(count, end - m_firstDay); ++day)
        sum += m_days[static_cast<std::size_t>(day)];
    return MoneySum::ofPicodollars(sum);
}

spend::DailySpend DailySums::before(std::int32_t end, std::size_t most) const
{
    const auto known = static_cast<std::size_t>(
        std::clamp<std::int64_t>(std::int64_t{end} - m_firstDay, 0, static_cast<std::int64_t>(m_days.size())));
    std::size_t first = known > most ? known - most : 0;
    while (first < known && m_days[first] == 0)
        ++first;
    spend::DailySpend daily{.firstDay = m_firstDay + static_cast<std::int32_t>(first)};
    for (std::size_t day = first; day < known; ++day)
        daily.dollars.push_back(MoneySum::ofPicodollars(m_days[day]).dollars());
    // Behind the last call, days cost nothing.
    for (std::int32_t day = daily.endDay(); day < end; ++day)
        daily.dollars.push_back(0);
    return daily;
}

Result<spend::VarianceSide> varianceSideOf(const store::Workspace& workspace, Selector& selector,
                                           const CallTable& table, const RowSet& rows, const StopToken& stop)
{
    struct Sums
    {
        std::int64_t calls = 0;
        MoneySum::Integer cost = 0;
        std::array<std::int64_t, billedBuckets> tokens = {};
        std::array<MoneySum::Integer, billedBuckets> list = {};
    };
    const RatesByCode rates = TRY(readRates(workspace, table.column(CallTable::Price)));
    DimensionCodes features, models;
    TRY(selector.layOut({.dimension = Dimension::Feature}, features, stop));
    TRY(selector.layOut({.dimension = Dimension::Model}, models, stop));
    std::vector<Sums> cells(std::size_t{features.count} * models.count);
    const std::vector<std::uint32_t>& prices = table.column(CallTable::Price).codes();
    TracesByFeature traces(table, features.count);
    rows.forEach([&](std::size_t row) {
        const std::uint32_t feature = features.codeOf(row);
        Sums& sums = cells[std::size_t{feature} * models.count + models.codeOf(row)];
        const Amounts& amounts = table.amounts()[row];
        const auto& rate = rates[prices[table.origins()[row]]];
        ++sums.calls;
        sums.cost += table.cost()[row];
        for (std::size_t bucket = 0; bucket < billedBuckets; ++bucket) {
            sums.tokens[bucket] += amounts[lanes[bucket]];
            sums.list[bucket] += MoneySum::Integer{amounts[lanes[bucket]]} * rate[bucket];
        }
        traces.add(feature, row);
    });
    TRY(stop.check());
    spend::VarianceSide side;
    for (std::uint32_t feature = 0; feature < features.count; ++feature) {
        if (traces.of(feature) == 0)
            continue;
        const std::string name = TRY(selector.labelOf(features, feature));
        side.traces.emplace_back(name, traces.of(feature));
        for (std::uint32_t model = 0; model < models.count; ++model) {
            const Sums& sums = cells[std::size_t{feature} * models.count + model];
            if (sums.calls == 0)
                continue;
            spend::VarianceCell cell{.feature = name,
                                     .model = TRY(selector.labelOf(models, model)),
                                     .calls = sums.calls,
                                     .tokens = sums.tokens,
                                     .cost = MoneySum::ofPicodollars(sums.cost)};
            for (std::size_t bucket = 0; bucket < billedBuckets; ++bucket)
                cell.list[bucket] = MoneySum::ofPicodollars(sums.list[bucket]);
            side.cells.push_back(std::move(cell));
        }
    }
    return side;
}

} // namespace plumbline::queries
