// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_spec.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

#include "model/items/csv.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

MoneySum moneyOf(double dollars)
{
    return MoneySum::ofPicodollars(static_cast<MoneySum::Integer>(std::llround(dollars * 1e6)) * 1'000'000);
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
    return unit == PlotUnit::Dollars ? format::money(moneyOf(value)) : format::count(std::llround(value));
}

QString plotTick(PlotUnit unit, double value)
{
    const QString dollar = unit == PlotUnit::Dollars ? u"$"_s : QString();
    if (value == 0)
        return dollar + u'0';
    for (const auto& [size, suffix] : {std::pair{1e9, u"B"_s}, std::pair{1e6, u"M"_s}, std::pair{1e3, u"k"_s}})
        if (std::abs(value) >= size)
            return dollar + QString::number(value / size, 'g', 3) + suffix;
    return unit == PlotUnit::Dollars && std::abs(value) < 0.01 ? format::money(moneyOf(value))
                                                               : dollar + QString::number(value, 'g', 3);
}

QString plotTitle(const PlotSpec& spec)
{
    return read(spec, [](const auto& chart) { return chart.title; });
}

QStringList plotCategories(const PlotSpec& spec)
{
    return read(spec, [](const auto& chart) { return chart.categories; });
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
    return {};
}

QString plotHover(const PlotSpec& spec, int category)
{
    const auto series = plotSeries(spec);
    const QStringList categories = plotCategories(spec);
    if (category < 0 || category >= categories.size())
        return {};
    const auto* stacked = std::get_if<StackedBars>(&spec);
    QStringList lines = {stacked && !stacked->details.isEmpty() ? stacked->details[category] : categories[category]};
    const PlotUnit unit = plotUnit(spec);
    double sum = 0;
    // Read from the top of the column down, as it stands there.
    for (auto one = series.rbegin(); one != series.rend(); ++one) {
        const double value = one->values[static_cast<std::size_t>(category)];
        sum += value;
        lines += one->name.isEmpty() ? plotFigure(unit, value) : u"%1: %2"_s.arg(one->name, plotFigure(unit, value));
    }
    if (stacked && series.size() > 1)
        lines += QCoreApplication::translate("PlotView", "Together: %1").arg(plotFigure(unit, sum));
    return lines.join(u'\n');
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
    QString csv = head.join(u',') + u'\n';
    for (qsizetype i = 0; i < categories.size(); ++i) {
        QStringList line = {csvField(stacked && !stacked->details.isEmpty() ? stacked->details[i] : categories[i])};
        for (const PlotSeries& one : series)
            line += QLocale::c().toString(one.values[static_cast<std::size_t>(i)], 'g', 15);
        csv += line.join(u',') + u'\n';
    }
    return csv;
}

} // namespace plumbline
