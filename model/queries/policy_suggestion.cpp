// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "model/queries/policy_figures.h"
#include "model/queries/snapshot.h"

namespace plumbline {

using queries::CallFigures;
using queries::Selector;

namespace {

/// The next number of two digits: limits are to be read by people.
double roundedUp(double value)
{
    if (value <= 0)
        return 0;
    const double unit = std::pow(10, std::floor(std::log10(value)) - 1);
    // What is a hair above for the sake of binary fractions is no next number.
    return std::ceil(value / unit - 1e-9) * unit;
}

/// The same as the shortest decimal that is not below it.
double asDecimal(double value)
{
    constexpr double places = 1e9;
    return std::round(value * places) / places;
}

} // namespace

Result<Policy> Queries::suggestPolicy(const Filter& filter, const StopToken& stop) const
{
    constexpr double allowedShare = 0.01;
    const CallTable& table = m_snapshot->table;
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const LedgerTable& ledger = *TRY(m_snapshot->ledger(connection.workspace(), stop));
    Selector selector = TRY(m_snapshot->selector(connection.workspace()));
    const Breakdown byFeature =
        TRY(breakdown({.filter = filter, .by = {{Dimension::Feature, {}}}, .wantsLedger = true}, stop));
    const CallFigures figures(table, ledger);
    Policy policy;
    for (const BreakdownRow& feature : byFeature.rows) {
        Filter own = filter;
        own.conditions.push_back({.of = {Dimension::Feature, {}}, .values = {feature.keys.front()}});
        const queries::RowSet rows = TRY(selector.rowsOf(own, stop));
        PolicyRule rule{.features = {feature.keys.front()}, .allowedShare = allowedShare};
        const auto suggest = [&](PolicyLimit limit) {
            std::vector<double> values;
            rows.forEach([&](std::size_t row) {
                if (const auto figure = figures.of(limit, row))
                    values.push_back(*figure);
            });
            if (values.empty())
                return;
            // So many of all calls may lie above it: those of which nobody says lie above nothing.
            const auto above =
                static_cast<std::size_t>(allowedShare * static_cast<double>(feature.measures.calls) + 1e-9);
            const std::size_t place = values.size() - 1 - std::min(above, values.size() - 1);
            std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(place), values.end());
            limit.most = asDecimal(roundedUp(values[place]));
            if (limit.most >= values[place])
                rule.limits.push_back(limit);
        };
        for (const PolicyFigure figure :
             {PolicyFigure::InputTokens, PolicyFigure::HistoryTurns, PolicyFigure::Documents,
              PolicyFigure::OutputTokens, PolicyFigure::CostPerCall, PolicyFigure::WindowShare})
            suggest({.figure = figure});
        for (std::size_t i = 0; i < inputSegmentCount; ++i)
            // What nobody knows the use of is no one's to limit.
            if (feature.ledger->segments[i] > 0 && static_cast<Segment>(i) != Segment::Other)
                suggest({.figure = PolicyFigure::SegmentTokens, .segment = static_cast<Segment>(i)});
        if (feature.ledger->callsAnalysed() > 0 && feature.ledger->bill > MoneySum()) {
            const double ratio = feature.ledger->waste.dollars() / feature.ledger->bill.dollars();
            rule.limits.push_back({.figure = PolicyFigure::WasteRatio, .most = std::ceil(ratio * 100) / 100});
        }
        const Breakdown byModel = TRY(breakdown({.filter = own, .by = {{Dimension::Model, {}}}}, stop));
        for (const BreakdownRow& model : byModel.rows)
            rule.models.push_back(model.keys.front());
        std::sort(rule.models.begin(), rule.models.end());
        policy.rules.push_back(std::move(rule));
        TRY(stop.check());
    }
    return policy;
}

} // namespace plumbline
