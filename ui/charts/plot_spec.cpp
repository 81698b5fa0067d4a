// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_spec.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "model/items/csv.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

MoneySum moneyOf(double dollars)
{
    return MoneySum::ofPicodollars(static_cast<MoneySum::Integer>(std::llround(dollars * 1e6)) * 1'000'000);
}

/// In a currency that is named beside the chart.
QString withoutDollar(QString text)
{
    return text.remove(u'$');
}

template <class Read>
auto read(const PlotSpec& spec, Read get)
{
    return std::visit(
        [&](const auto& chart) {
            using Chart = std::decay_t<decltype(chart)>;
            using Answer = decltype(get(StackedBars()));
            if constexpr (std::is_same_v<Chart, std::monostate>)
                return Answer{};
            else
                return Answer(get(chart));
        },
        spec);
}

} // namespace

QString plotFigure(PlotUnit unit, double value)
{
    switch (unit) {
    case PlotUnit::Dollars:
        return format::money(moneyOf(value));
    case PlotUnit::Amount:
        return withoutDollar(format::money(moneyOf(value)));
    case PlotUnit::Share:
        return format::percent(value);
    default:
        return format::count(std::llround(value));
    }
}

QString plotCell(PlotUnit unit, double value)
{
    constexpr double wholeDollars = 100;
    switch (unit) {
    case PlotUnit::Dollars:
        return format::money(moneyOf(value >= wholeDollars ? std::round(value) : value));
    case PlotUnit::Amount:
        return withoutDollar(plotCell(PlotUnit::Dollars, value));
    case PlotUnit::Share:
        return format::percent(value);
    default:
        return format::shortCount(std::llround(value));
    }
}

QString plotNarrowCell(PlotUnit unit, double value)
{
    constexpr double cent = 0.01, fewDollars = 9.995, thousand = 1000;
    switch (unit) {
    case PlotUnit::Dollars:
        if (value < cent)
            return u"<1¢"_s;
        if (value < 1 - cent / 2)
            return QString::number(std::llround(value / cent)) + u'¢';
        if (value < fewDollars)
            return u'$' + QString::number(value, 'f', 2);
        return value < thousand ? u'$' + QString::number(value, 'f', 0) : format::shortMoney(moneyOf(value));
    case PlotUnit::Amount:
        return value < cent ? u"<0.01"_s : plotTick(unit, value);
    case PlotUnit::Share:
        return value < cent / 10 ? u"<0.1%"_s : format::percent(value);
    default:
        return plotTick(unit, value);
    }
}

QString plotStep(PlotUnit unit, double value)
{
    return (value < 0 ? u"−"_s : u"+"_s) + plotLabel(unit, std::abs(value));
}

QString plotLabel(PlotUnit unit, double value)
{
    constexpr double thousand = 1000;
    const bool isMoney = unit == PlotUnit::Dollars || unit == PlotUnit::Amount;
    if (!isMoney || value < 1 || value >= thousand)
        return plotTick(unit, value);
    return (unit == PlotUnit::Dollars ? u"$"_s : QString()) + QString::number(value, 'f', 2);
}

QString plotTick(PlotUnit unit, double value)
{
    const QString dollar = unit == PlotUnit::Dollars ? u"$"_s : QString();
    if (unit == PlotUnit::Share)
        return format::percent(value);
    if (value == 0)
        return dollar + u'0';
    for (const auto& [size, suffix] : {std::pair{1e9, u"B"_s}, std::pair{1e6, u"M"_s}, std::pair{1e3, u"k"_s}})
        if (std::abs(value) >= size)
            return dollar + QString::number(value / size, 'g', 3) + suffix;
    return unit == PlotUnit::Amount && std::abs(value) < 0.01    ? withoutDollar(format::money(moneyOf(value)))
           : unit == PlotUnit::Dollars && std::abs(value) < 0.01 ? format::money(moneyOf(value))
                                                                 : dollar + QString::number(value, 'g', 3);
}

QString plotTitle(const PlotSpec& spec)
{
    return read(spec, [](const auto& chart) { return chart.title; });
}

QStringList plotCategories(const PlotSpec& spec)
{
    return read(spec, [](const auto& chart) {
        if constexpr (std::is_same_v<std::decay_t<decltype(chart)>, HeatGrid>)
            return chart.rows;
        else
            return chart.categories;
    });
}

QStringList plotSteps(const PlotSpec& spec)
{
    if (const auto* bars = std::get_if<StackedBars>(&spec); bars && bars->isRangeSelectable)
        return bars->categories;
    if (const auto* heat = std::get_if<HeatGrid>(&spec); heat && heat->isRangeSelectable)
        return heat->columns;
    return {};
}

PlotUnit plotUnit(const PlotSpec& spec)
{
    return read(spec, [](const auto& chart) { return chart.unit; });
}

std::vector<PlotSeries> plotSeries(const PlotSpec& spec)
{
    if (const auto* ranked = std::get_if<RankedBars>(&spec))
        return {ranked->series};
    if (const auto* stacked = std::get_if<StackedBars>(&spec))
        return stacked->series;
    if (const auto* lines = std::get_if<Lines>(&spec))
        return lines->series;
    if (const auto* waterfall = std::get_if<Waterfall>(&spec))
        return {{.values = waterfall->values}};
    std::vector<PlotSeries> columns;
    if (const auto* heat = std::get_if<HeatGrid>(&spec))
        for (qsizetype column = 0; column < heat->columns.size(); ++column) {
            const QStringList& names = heat->columnDetails.isEmpty() ? heat->columns : heat->columnDetails;
            PlotSeries& series = columns.emplace_back();
            series.name = names[column];
            for (const auto& row : heat->values)
                series.values.push_back(row[static_cast<std::size_t>(column)].value_or(0));
        }
    return columns;
}

QString plotHover(const PlotSpec& spec, int category)
{
    const auto series = plotSeries(spec);
    const QStringList categories = plotCategories(spec);
    if (category < 0 || category >= categories.size())
        return {};
    const auto* stacked = std::get_if<StackedBars>(&spec);
    const auto* waterfall = std::get_if<Waterfall>(&spec);
    QStringList lines = {stacked && !stacked->details.isEmpty() ? stacked->details[category] : categories[category]};
    if (waterfall && !waterfall->details.isEmpty())
        lines = {waterfall->details[category]};
    const PlotUnit unit = plotUnit(spec);
    double sum = 0;
    // Read from the top of the column down, as it stands there.
    for (auto one = series.rbegin(); one != series.rend(); ++one) {
        const double value = one->values[static_cast<std::size_t>(category)];
        sum += value;
        lines += one->name.isEmpty() ? plotFigure(unit, value) : u"%1: %2"_s.arg(one->name, plotFigure(unit, value));
    }
    if (stacked && !stacked->marks.empty())
        if (const auto mark = stacked->marks[static_cast<std::size_t>(category)])
            lines += u"%1: %2"_s.arg(stacked->markName, plotFigure(unit, *mark));
    if (stacked)
        for (const PlotPin& pin : stacked->pins)
            if (pin.category == category)
                lines.insert(1, u"⚑ "_s + pin.text);
    if (stacked && series.size() > 1)
        lines += QCoreApplication::translate("PlotView", "Together: %1").arg(plotFigure(unit, sum));
    return lines.join(u'\n');
}

bool isPale(const StackedBars& chart, const PlotSeries& series)
{
    return !chart.emphasised.isEmpty() && series.name != chart.emphasised &&
           std::any_of(chart.series.begin(), chart.series.end(),
                       [&](const PlotSeries& of) { return of.name == chart.emphasised; });
}

double heatRowTotal(const HeatGrid& grid, int row)
{
    double sum = 0;
    for (const std::optional<double> value : grid.values[static_cast<std::size_t>(row)])
        sum += value.value_or(0);
    return sum;
}

double heatColumnTotal(const HeatGrid& grid, int column)
{
    double sum = 0;
    for (const auto& row : grid.values)
        sum += row[static_cast<std::size_t>(column)].value_or(0);
    return sum;
}

QString heatTotalName()
{
    return QCoreApplication::translate("PlotView", "Total");
}

QString heatChange(const HeatGrid& grid, double change)
{
    const bool isNothing = std::abs(change) < (grid.unit == PlotUnit::Tokens ? 0.5 : 0.0005);
    if (isNothing)
        return u"±0"_s;
    const QString size = plotNarrowCell(grid.unit, std::abs(change));
    return (change > 0 ? u"+"_s : u"−"_s) + size;
}

namespace {

/// The figure of a cell, or of a total one past the last; `values` by row and column.
std::optional<double> heatFigure(const std::vector<std::vector<std::optional<double>>>& values, std::size_t row,
                                 std::size_t column)
{
    std::optional<double> sum;
    for (std::size_t r = 0; r < values.size(); ++r)
        for (std::size_t c = 0; c < values[r].size(); ++c)
            if ((r == row || row >= values.size()) && (c == column || column >= values[r].size()) && values[r][c])
                sum = sum.value_or(0) + *values[r][c];
    return sum;
}

/// What the same was before; nothing where that is not known.
std::optional<double> heatBefore(const HeatGrid& grid, std::size_t row, std::size_t column)
{
    if (!grid.before.empty())
        return heatFigure(grid.before, row, column).value_or(0);
    if (grid.rowsBefore.empty() || column < static_cast<std::size_t>(grid.columns.size()))
        return {};
    return row < grid.rowsBefore.size() ? grid.rowsBefore[row]
                                        : std::accumulate(grid.rowsBefore.begin(), grid.rowsBefore.end(), 0.0);
}

} // namespace

QString heatHover(const HeatGrid& grid, int row, int column)
{
    const QStringList& names = grid.columnDetails.isEmpty() ? grid.columns : grid.columnDetails;
    const auto r = static_cast<std::size_t>(row), c = static_cast<std::size_t>(column);
    const std::optional<double> value = heatFigure(grid.values, r, c);
    QString text = u"%1 · %2\n%3"_s.arg(row < grid.rows.size() ? grid.rows[row] : heatTotalName(),
                                        column < names.size() ? names[column] : heatTotalName(),
                                        value ? plotFigure(grid.unit, *value)
                                              : QCoreApplication::translate("PlotView", "nothing"));
    if (const auto before = heatBefore(grid, r, c)) {
        const double change = value.value_or(0) - *before;
        text += u'\n' + QCoreApplication::translate("PlotView", "was %1, %2%3")
                            .arg(plotFigure(grid.unit, *before), change < 0 ? u"−"_s : u"+"_s,
                                 plotFigure(grid.unit, std::abs(change)));
    }
    return text;
}

QString plotCsv(const PlotSpec& spec)
{
    const auto series = plotSeries(spec);
    const QStringList categories = plotCategories(spec);
    const auto* stacked = std::get_if<StackedBars>(&spec);
    const QString unit = plotUnit(spec) == PlotUnit::Dollars ? u" (USD)"_s : QString();
    QStringList head = {u"category"_s};
    for (const PlotSeries& one : series)
        head += csvField((one.name.isEmpty() ? plotTitle(spec) : one.name) + unit);
    const auto* heat = std::get_if<HeatGrid>(&spec);
    const bool isCompared = heat && !heat->rowsBefore.empty();
    if (isCompared)
        head += {csvField(heatTotalName() + unit),
                 csvField(QCoreApplication::translate("PlotView", "Total before") + unit)};
    QString csv = head.join(u',') + u'\n';
    for (qsizetype i = 0; i < categories.size(); ++i) {
        QStringList line = {csvField(stacked && !stacked->details.isEmpty() ? stacked->details[i] : categories[i])};
        for (const PlotSeries& one : series)
            line += QLocale::c().toString(one.values[static_cast<std::size_t>(i)], 'g', 15);
        if (isCompared)
            for (const double total :
                 {heatRowTotal(*heat, static_cast<int>(i)), heat->rowsBefore[static_cast<std::size_t>(i)]})
                line += QLocale::c().toString(total, 'g', 15);
        csv += line.join(u',') + u'\n';
    }
    return csv;
}

} // namespace plumbline
