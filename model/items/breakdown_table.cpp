// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/breakdown_table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>

#include "model/items/format.h"
#include "model/items/mean_changes.h"
#include "model/items/ratios.h"
#include "model/items/scope.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

using Table = RowTable<BreakdownLine>;
using Column = Table::Column;

const Measures& of(const BreakdownLine& line)
{
    return line.row.measures;
}

/// The total's row has no keys.
bool isTotal(const BreakdownLine& line)
{
    return line.row.keys.empty();
}

template <std::size_t position>
Cell keyCell(const BreakdownLine& line, const Table& table)
{
    if (isTotal(line))
        return {.text = position == 0 ? BreakdownTable::tr("Total") : QString()};
    const QString key = toQt(line.row.keys[position]);
    const DimensionChoice& of = static_cast<const BreakdownTable&>(table).by()[position];
    return {.text = key,
            .value = key,
            .toolTip = key,
            .condition = Condition{.of = of, .values = {line.row.keys[position]}}};
}

Cell callsCell(const BreakdownLine& line, const Table&)
{
    const QString errors = BreakdownTable::tr("%1 of them failed").arg(format::count(of(line).errors));
    return {.text = format::count(of(line).calls),
            .value = static_cast<qlonglong>(of(line).calls),
            .toolTip = of(line).errors > 0 ? errors : QString()};
}

Cell perCallCell(std::optional<double> tokens)
{
    return ratios::ratioCell(tokens, tokens ? format::count(std::llround(*tokens)) : QString(), ratios::whyNoUsage());
}

Cell cacheCell(const BreakdownLine& line, const Table&)
{
    const auto hit = ratios::cacheHit(of(line));
    Cell cell = ratios::ratioCell(hit, format::percent(hit),
                                  BreakdownTable::tr("The source does not say what was read from a cache"));
    if (hit)
        cell.toolTip = BreakdownTable::tr("%1 of %2 input tokens were read from a cache")
                           .arg(format::count(of(line).cacheRead), format::count(of(line).input));
    return cell;
}

Cell latencyCell(const BreakdownLine& line, const Table&)
{
    const auto latency = line.row.percentiles.latencyP95;
    if (!latency)
        return {.text = format::unknown(), .toolTip = BreakdownTable::tr("No call here says how long it took")};
    return {.text = format::duration(*latency),
            .value = static_cast<qlonglong>(*latency),
            .toolTip = BreakdownTable::tr("Of 100 calls 95 took no longer; half took %1 at most")
                           .arg(format::duration(line.row.percentiles.latencyP50))};
}

Cell windowCell(const BreakdownLine& line, const Table&)
{
    const auto share = ratios::windowShare(of(line));
    return ratios::ratioCell(share, format::percent(share),
                             BreakdownTable::tr("The context window of these models is not known"));
}

Cell per1000Cell(const BreakdownLine& line, const Table&)
{
    const auto cost = ratios::costPerCall(of(line), 1000);
    if (!cost)
        return {.text = format::unknown(), .toolTip = ratios::spendCell(of(line)).toolTip};
    return {.text = format::money(*cost), .value = cost->dollars(), .toolTip = format::exactMoney(*cost)};
}

Cell changeCell(const BreakdownLine& line, const Table&)
{
    const auto& before = line.row.baseline;
    const auto& now = of(line).cost;
    if (!now)
        return {.text = format::unknown(), .toolTip = ratios::spendCell(of(line)).toolTip};
    if (!before || !before->cost)
        return {.text = BreakdownTable::tr("new"),
                .toolTip = BreakdownTable::tr("No spend in the period it is compared with")};
    const MoneySum difference = *now - *before->cost;
    const QString sign = difference > MoneySum() ? u"+"_s : QString();
    return {.text = format::change(now->dollars(), before->cost->dollars()),
            .value = difference.dollars(),
            .toolTip = BreakdownTable::tr("%1, from %2 to %3")
                           .arg(sign + format::money(difference), format::money(*before->cost), format::money(*now))};
}

/// How a mean of the calls differs.
Cell meanCell(const std::optional<MeanChange>& change, QString (*chance)(const MeanChange&))
{
    if (!change)
        return {.text = format::unknown()};
    Cell cell{.text = changeText(*change), .toolTip = chance(*change)};
    if (change->before.calls > 0 && change->now.calls > 0 && change->before.mean > 0)
        cell.value = change->now.mean / change->before.mean - 1;
    return cell;
}

template <MeanChange MeanChanges::*part, QString (*chance)(const MeanChange&)>
Cell changeOfACall(const BreakdownLine& line, const Table&)
{
    return meanCell(line.row.ofACall ? std::optional((*line.row.ofACall).*part) : std::nullopt, chance);
}

Cell scoreCell(const BreakdownLine& line, const Table&)
{
    const auto score = ratios::meanScore(of(line));
    Cell cell = ratios::ratioCell(score, format::score(score), BreakdownTable::tr("No call here was scored"));
    if (score)
        cell.toolTip = BreakdownTable::tr("Mean of %1 scored calls").arg(format::count(of(line).scoredCalls));
    return cell;
}

Cell shareCell(const BreakdownLine& line, const Table&)
{
    if (!of(line).cost)
        return {.text = format::unknown(), .toolTip = ratios::spendCell(of(line)).toolTip};
    Cell cell{.text = format::percent(line.row.costShare), .value = line.row.costShare};
    if (!isTotal(line))
        cell.toolTip =
            BreakdownTable::tr("%1 together with all that cost more").arg(format::percent(line.row.cumulativeShare));
    return cell;
}

Cell trendCell(const BreakdownLine& line, const Table&)
{
    const QList<double>& points = line.trend.points;
    if (points.size() < 2)
        return {};
    const auto [low, high] = std::minmax_element(points.begin(), points.end());
    const auto money = [](double dollars) {
        return format::money(MoneySum::ofPicodollars(static_cast<MoneySum::Integer>(dollars * 1e12)));
    };
    return {.value = points.last() - points.first(),
            .toolTip = BreakdownTable::tr("Spend a day: %1 to %2").arg(money(*low), money(*high)),
            .picture = QVariant::fromValue(line.trend)};
}

} // namespace

BreakdownTable::BreakdownTable(BreakdownLayout layout, QObject* parent) : RowTable(parent), m_layout(layout) {}

void BreakdownTable::show(const Breakdown& breakdown, const std::vector<DimensionChoice>& by,
                          const SeriesAnswer& series)
{
    m_by = by;
    m_totalMeasures = breakdown.total;
    // A month that is not over yet has no calls in its days to come: trends end with the last call.
    std::size_t ended = 0;
    for (const Series& one : series.series)
        for (std::size_t i = ended; i < one.points.size(); ++i)
            if (one.points[i].calls > 0)
                ended = i + 1;
    std::map<std::string, Trend> trends;
    for (const Series& one : series.series) {
        if (one.key.empty())
            continue;
        Trend& trend = trends[one.key];
        for (const Measures& point : std::span(one.points).first(ended))
            trend.points += point.cost.value_or(MoneySum()).dollars();
    }
    std::vector<BreakdownLine> lines;
    lines.reserve(breakdown.rows.size());
    for (const BreakdownRow& row : breakdown.rows) {
        const auto trend = row.keys.empty() ? trends.end() : trends.find(row.keys.front());
        lines.push_back({row, trend == trends.end() ? Trend() : trend->second});
    }
    std::optional<BreakdownLine> total;
    if (m_layout == BreakdownLayout::Features && !lines.empty()) {
        total.emplace();
        total->row.measures = breakdown.total;
        total->row.percentiles = breakdown.totalPercentiles;
        total->row.baseline = breakdown.totalBaseline;
        total->row.ledger = breakdown.totalLedger;
        total->row.costShare = 1;
        total->row.ofACall = breakdown.totalOfACall;
    }
    auto columns = keyColumns();
    for (Column& column : figureColumns(breakdown.totalBaseline.has_value()))
        columns.push_back(std::move(column));
    setRows(std::move(columns), std::move(lines), std::move(total));
}

std::vector<BreakdownTable::Column> BreakdownTable::keyColumns() const
{
    constexpr std::array cells = {&keyCell<0>, &keyCell<1>, &keyCell<2>, &keyCell<3>};
    std::vector<Column> columns;
    for (std::size_t i = 0; i < m_by.size() && i < cells.size(); ++i)
        columns.push_back({.id = u"key%1"_s.arg(i),
                           .title = dimensionTitle(m_by[i]),
                           .kind = i == 0 && m_layout != BreakdownLayout::Steps ? ColumnKind::Name : ColumnKind::Text,
                           .cell = cells[i]});
    return columns;
}

std::vector<BreakdownTable::Column> BreakdownTable::figureColumns(bool compares) const
{
    using enum ColumnKind;
    const Column calls{.id = u"calls"_s, .title = tr("Calls"), .kind = Figure, .cell = callsCell};
    const Column spend{.id = u"spend"_s,
                       .title = tr("Spend"),
                       .kind = Figure,
                       .cell = [](const BreakdownLine& line, const Table&) { return ratios::spendCell(of(line)); }};
    Column tokens{.id = u"tokens"_s,
                  .title = tr("Tokens"),
                  .kind = Figure,
                  .cell = [](const BreakdownLine& line, const Table&) { return ratios::tokensCell(of(line)); }};
    Column share{.id = u"share"_s,
                 .title = tr("Share"),
                 .kind = Figure,
                 .cell = shareCell,
                 .toolTip = tr("Of the spend of all calls in the filter")};
    Column makeUp{
        .id = u"make-up"_s,
        .title = tr("Token make-up"),
        .kind = MakeUp,
        .cell = [](const BreakdownLine& line, const Table&) { return ratios::makeUpCell(of(line), line.row.ledger); }};
    const Column waste{
        .id = u"waste"_s,
        .title = tr("Waste"),
        .kind = Figure,
        .cell = [](const BreakdownLine& line, const Table&) { return ratios::wasteCell(line.row.ledger); },
        .toolTip = tr("Of the spend, what is waste: certain or likely. Opportunities are not in it")};
    const Column efficiency{
        .id = u"efficiency"_s,
        .title = tr("Useful tokens"),
        .kind = Figure,
        .cell = [](const BreakdownLine& line, const Table&) { return ratios::efficiencyCell(line.row.ledger); },
        .toolTip = tr("Token efficiency: of all tokens, those that are not wasted"),
        .isHiddenFirst = true};
    const Column trend{.id = u"trend"_s,
                       .title = tr("Trend"),
                       .kind = Trend,
                       .cell = trendCell,
                       .toolTip = tr("Spend a day over the period")};
    const Column change{.id = u"change"_s,
                        .title = tr("Δ"),
                        .kind = Figure,
                        .cell = changeCell,
                        .toolTip = tr("Spend against the period it is compared with")};
    // What one pays for is worth nothing by itself: where there are scores they stand beside the cost.
    const Column score{.id = u"score"_s,
                       .title = tr("Score"),
                       .kind = Figure,
                       .cell = scoreCell,
                       .toolTip = tr("Mean score of the calls that have one"),
                       .isHiddenFirst = m_totalMeasures.scoredCalls == 0};

    std::vector<Column> columns;
    switch (m_layout) {
    case BreakdownLayout::Steps:
        return {calls, tokens, spend};
    case BreakdownLayout::Overview:
        tokens.isHiddenFirst = true;
        columns = {spend, share};
        if (compares)
            columns.push_back(change);
        columns.insert(columns.end(), {score, makeUp, waste, efficiency, tokens, calls, trend});
        return columns;
    case BreakdownLayout::Features:
        break;
    }
    makeUp.title = tr("Make-up");
    tokens.isHiddenFirst = true;
    share.isHiddenFirst = true;
    columns = {
        calls,
        {.id = u"input"_s,
         .title = tr("Input / call"),
         .kind = Figure,
         .cell = [](const BreakdownLine& line, const Table&) { return perCallCell(ratios::inputPerCall(of(line))); },
         .toolTip = tr("Mean input tokens of a call, cached ones included")},
        {.id = u"output"_s,
         .title = tr("Output / call"),
         .kind = Figure,
         .cell = [](const BreakdownLine& line, const Table&) { return perCallCell(ratios::outputPerCall(of(line))); },
         .toolTip = tr("Mean output tokens of a call, reasoning included")},
        {.id = u"cache"_s,
         .title = tr("Cache hit"),
         .kind = Figure,
         .cell = cacheCell,
         .toolTip = tr("Input tokens read from a cache")},
        makeUp,
        {.id = u"latency"_s,
         .title = tr("Latency P95"),
         .kind = Figure,
         .cell = latencyCell,
         .toolTip = tr("95th percentile of a call's latency")},
        {.id = u"window"_s,
         .title = tr("Window"),
         .kind = Figure,
         .cell = windowCell,
         .toolTip = tr("Mean share of the model's context window that the input takes")},
        tokens,
        waste,
        efficiency,
        spend,
        share,
        {.id = u"per1000"_s,
         .title = tr("per 1k calls"),
         .kind = Figure,
         .cell = per1000Cell,
         .toolTip = tr("Mean cost of a thousand priced calls")},
    };
    if (compares) {
        columns.push_back(change);
        const auto addMean = [&](const QString& id, const QString& title, auto cell, const QString& toolTip,
                                 bool isHiddenFirst) {
            columns.push_back({.id = id,
                               .title = title,
                               .kind = Figure,
                               .cell = cell,
                               .toolTip = toolTip,
                               .isHiddenFirst = isHiddenFirst});
        };
        addMean(u"cost-of-call"_s, tr("Δ a call"), changeOfACall<&MeanChanges::cost, costChanceText>,
                tr("Mean cost of a call against what it is compared with; ≈ where it may be chance"), false);
        addMean(u"latency-change"_s, tr("Δ latency"), changeOfACall<&MeanChanges::latency, latencyChanceText>,
                tr("Mean latency of a call against what it is compared with; ≈ where it may be chance"), true);
        addMean(u"failures-change"_s, tr("Δ failures"), changeOfACall<&MeanChanges::failures, failuresChanceText>,
                tr("Share of calls that failed against what it is compared with; ≈ where it may be chance"), true);
    }
    columns.insert(columns.end(), {score, trend});
    return columns;
}

std::vector<Condition> BreakdownTable::rowConditions(int shownRow) const
{
    const BreakdownLine& line = rowAt(shownRow);
    std::vector<Condition> conditions;
    for (std::size_t i = 0; i < line.row.keys.size(); ++i)
        conditions.push_back({.of = m_by[i], .values = {line.row.keys[i]}});
    return conditions;
}

} // namespace plumbline
