// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/plot_build.h"

#include <qcustomplot.h>

#include <algorithm>

#include "ui/charts/cell_pictures.h"
#include "ui/charts/heat_grid.h"
#include "ui/charts/plot_tickers.h"
#include "ui/theme/fonts.h"

namespace plumbline::plotting {

using namespace Qt::StringLiterals;

namespace {

/// How opaque what does not stand out is drawn beside what does.
constexpr float pale = 0.25F;

/// Hatched where the series is: the fill of a cached part.
class PartBars : public QCPBars
{
public:
    PartBars(QCPAxis* keyAxis, QCPAxis* valueAxis, Part part, const Colors& colors)
        : QCPBars(keyAxis, valueAxis), m_part(part), m_colors(colors)
    {
    }

protected:
    void draw(QCPPainter* painter) override
    {
        for (auto bar = data()->constBegin(); bar != data()->constEnd(); ++bar) {
            const QRectF place = getBarRect(bar->key, bar->value).normalized();
            if (place.height() > 0.3)
                pictures::fillPart(*painter, place, m_part, m_colors);
        }
    }
    void drawLegendIcon(QCPPainter* painter, const QRectF& place) const override
    {
        pictures::fillPart(*painter, place, m_part, m_colors);
    }

private:
    Part m_part;
    const Colors& m_colors;
};

QColor between(const QColor& from, const QColor& to, double share)
{
    const auto mixed = [&](int a, int b) { return a + qRound((b - a) * share); };
    return {mixed(from.red(), to.red()), mixed(from.green(), to.green()), mixed(from.blue(), to.blue())};
}

QColor colorOf(const Hue& hue, const Colors& colors)
{
    switch (hue.kind) {
    case Hue::Kind::Member:
        return colors.member(hue.member);
    case Hue::Kind::Rest:
        return colors.rest;
    case Hue::Kind::OfPart:
        return colors.of(hue.part);
    case Hue::Kind::Accent:
        return colors.accent;
    case Hue::Kind::Drain:
        return colors.drain;
    case Hue::Kind::Opportunity:
        return colors.opportunity;
    case Hue::Kind::Total:
        return colors.secondary;
    case Hue::Kind::Saving:
        return colors.good;
    case Hue::Kind::Cost:
        return colors.bad;
    case Hue::Kind::Expected:
        return between(colors.card, colors.accent, 0.45);
    }
    return colors.rest;
}

QVector<double> positions(qsizetype count)
{
    QVector<double> keys(count);
    for (qsizetype i = 0; i < count; ++i)
        keys[i] = static_cast<double>(i);
    return keys;
}

QVector<double> valuesOf(const PlotSeries& series)
{
    return {series.values.begin(), series.values.end()};
}

/// QCustomPlot knows no palette: every pen and font is given by hand.
void dress(QCustomPlot& plot, const Colors& colors)
{
    plot.setBackground(QBrush(colors.card));
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(colors.secondary);
        axis->setTickLabelFont(fonts::small());
        axis->setTickLabelPadding(6);
        axis->setPadding(0);
        axis->grid()->setPen(QPen(colors.border, 1));
        axis->grid()->setZeroLinePen(QPen(colors.border, 1));
        axis->grid()->setSubGridVisible(false);
    }
    plot.xAxis->grid()->setVisible(false);
}

/// A figure that stands on a bar.
void addFigure(QCustomPlot& plot, double key, double value, const QString& text, const QColor& color)
{
    auto* label = new QCPItemText(&plot);
    label->setClipToAxisRect(false);
    label->setFont(fonts::small());
    label->setColor(color);
    label->setText(text);
    label->setPositionAlignment(Qt::AlignBottom | Qt::AlignHCenter);
    label->position->setCoords(key, value);
    label->setPadding(QMargins(0, 0, 0, 2));
}

void addFiguresAndMarks(QCustomPlot& plot, const StackedBars& chart, const Colors& colors)
{
    if (chart.hasFigures) { // they say what an axis would
        plot.yAxis->setTickLabels(false);
        plot.yAxis->grid()->setVisible(false);
    }
    for (std::size_t column = 0; column < static_cast<std::size_t>(chart.categories.size()); ++column) {
        double sum = 0;
        for (const PlotSeries& series : chart.series)
            sum += series.values[column];
        const auto key = static_cast<double>(column);
        const double mark = column < chart.marks.size() ? chart.marks[column].value_or(0) : 0;
        if (chart.hasFigures) // above a mark that it would run into
            addFigure(plot, key, mark > sum && mark < sum * 1.15 ? mark : sum, plotLabel(chart.unit, sum), colors.text);
        if (mark > 0) {
            auto* line = new QCPItemLine(&plot);
            line->setPen(QPen(colors.bad, 2, Qt::SolidLine, Qt::FlatCap));
            line->setAntialiased(false);
            line->start->setCoords(key - 0.44, mark);
            line->end->setCoords(key + 0.44, mark);
        }
    }
}

/// Lines across the plot at what happened; words beside them as far as they do not run into one another.
void addPins(QCustomPlot& plot, const StackedBars& chart, const Colors& colors)
{
    constexpr qsizetype longest = 22;
    const double apart = static_cast<double>(chart.categories.size()) / 6; // columns that a word takes
    double free = -1;
    for (const PlotPin& pin : chart.pins) {
        auto* line = new QCPItemLine(&plot);
        line->setPen(QPen(colors.accent, 1, Qt::DashLine, Qt::FlatCap));
        line->setAntialiased(false);
        for (auto* end : {line->start, line->end}) {
            end->setTypeX(QCPItemPosition::ptPlotCoords);
            end->setTypeY(QCPItemPosition::ptAxisRectRatio);
        }
        line->start->setCoords(pin.category, 0);
        line->end->setCoords(pin.category, 1);
        if (pin.category < free)
            continue;
        auto* label = new QCPItemText(&plot);
        label->position->setTypeX(QCPItemPosition::ptPlotCoords);
        label->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        const bool isRight = pin.category > static_cast<double>(chart.categories.size()) * 0.75;
        label->setPositionAlignment(Qt::AlignTop | (isRight ? Qt::AlignRight : Qt::AlignLeft));
        label->position->setCoords(pin.category, 0);
        label->setText(pin.text.size() > longest ? pin.text.left(longest - 1) + u'…' : pin.text);
        label->setFont(fonts::small());
        label->setColor(colors.accent);
        label->setBrush(QBrush(colors.card));
        label->setPadding(QMargins(3, 0, 3, 0));
        free = pin.category + apart;
    }
}

void build(QCustomPlot& plot, const StackedBars& chart, const Colors& colors)
{
    const QSharedPointer<QCPAxisTicker> ticker(new CategoryTicker(chart.categories, chart.tickSteps));
    if (chart.hasFigures) // every column that has a figure has its name
        ticker->setTickCount(2 * static_cast<int>(chart.categories.size()) + 8);
    plot.xAxis->setTicker(ticker);
    plot.yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new FigureTicker(chart.unit)));
    const QVector<double> keys = positions(chart.categories.size());
    // The gap is the columns' own: frames would eat thin bars.
    const double width = keys.size() > 120 ? 1.0 : chart.hasFigures ? 0.76 : 0.93;
    QCPBars* below = nullptr;
    for (const PlotSeries& series : chart.series) { // the plot takes what is made with its axes
        auto* bars = series.hue.kind == Hue::Kind::OfPart
                         ? new PartBars(plot.xAxis, plot.yAxis, series.hue.part, colors)
                         : new QCPBars(plot.xAxis, plot.yAxis);
        bars->setName(series.name);
        bars->setPen(Qt::NoPen);
        QColor color = colorOf(series.hue, colors);
        if (isPale(chart, series))
            color.setAlphaF(pale);
        bars->setBrush(color);
        bars->setWidth(width);
        bars->setAntialiased(false);
        bars->setData(keys, valuesOf(series), true);
        if (below)
            bars->moveAbove(below);
        below = bars;
    }
    addFiguresAndMarks(plot, chart, colors);
    addPins(plot, chart, colors);
    if (chart.hasLegend)
        addLegend(plot, colors);
}

void build(QCustomPlot& plot, const RankedBars& chart, const Colors& colors)
{
    constexpr int labelWidth = 172;
    constexpr int figureWidth = 62;
    plot.yAxis->setRangeReversed(true);
    plot.yAxis->setTickLabels(false);
    plot.xAxis->setTickLabels(false);
    plot.yAxis->grid()->setVisible(false);
    plot.axisRect()->setAutoMargins(QCP::msNone);
    plot.axisRect()->setMargins(QMargins(labelWidth, 2, figureWidth, 2));
    // A plottable has one colour: each bar is one where they differ.
    const auto addBars = [&](const QVector<double>& keys, const QVector<double>& values, const Hue& hue) {
        auto* bars = new QCPBars(plot.yAxis, plot.xAxis);
        bars->setPen(Qt::NoPen);
        bars->setBrush(colorOf(hue, colors));
        bars->setWidth(0.52);
        bars->setAntialiased(false);
        bars->setData(keys, values, true);
    };
    if (chart.hues.empty())
        addBars(positions(chart.categories.size()), valuesOf(chart.series), chart.series.hue);
    for (std::size_t i = 0; i < chart.hues.size(); ++i)
        addBars({static_cast<double>(i)}, {chart.series.values[i]}, chart.hues[i]);
    const auto addText = [&](const QString& text, double key, Qt::Alignment alignment) {
        auto* item = new QCPItemText(&plot);
        item->setClipToAxisRect(false);
        item->setFont(fonts::text());
        item->setColor(colors.text);
        item->setText(text);
        item->setPositionAlignment(alignment | Qt::AlignVCenter);
        item->setPadding(QMargins(6, 0, 0, 0));
        item->position->setTypeY(QCPItemPosition::ptPlotCoords);
        item->position->setAxes(plot.xAxis, plot.yAxis);
        return std::pair(item, key);
    };
    const QFontMetrics metrics(fonts::text());
    for (qsizetype i = 0; i < chart.categories.size(); ++i) {
        const auto key = static_cast<double>(i);
        const auto [label, labelKey] =
            addText(metrics.elidedText(chart.categories[i], Qt::ElideRight, labelWidth - 12), key, Qt::AlignLeft);
        label->setPadding(QMargins(0, 0, 0, 0));
        label->position->setTypeX(QCPItemPosition::ptViewportRatio);
        label->position->setCoords(0, labelKey);
        const double value = chart.series.values[static_cast<std::size_t>(i)];
        const auto [figure, figureKey] = addText(plotFigure(chart.unit, value), key, Qt::AlignLeft);
        figure->position->setTypeX(QCPItemPosition::ptPlotCoords);
        figure->position->setCoords(value, figureKey);
    }
}

void build(QCustomPlot& plot, const Lines& chart, const Colors& colors)
{
    plot.xAxis->setTicker(
        QSharedPointer<QCPAxisTicker>(new CategoryTicker(chart.categories, {1, 2, 5, 10, 20, 50, 100})));
    plot.yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new FigureTicker(chart.unit)));
    const QVector<double> keys = positions(chart.categories.size());
    for (const PlotSeries& series : chart.series) {
        QCPGraph* graph = plot.addGraph();
        graph->setName(series.name);
        graph->setPen(QPen(colorOf(series.hue, colors), 1));
        graph->setData(keys, valuesOf(series), true);
    }
    addLegend(plot, colors);
}

void build(QCustomPlot& plot, const Waterfall& chart, const Colors& colors)
{
    const auto count = static_cast<qsizetype>(chart.values.size());
    const QSharedPointer<QCPAxisTicker> ticker(new CategoryTicker(chart.categories, {1}));
    ticker->setTickCount(static_cast<int>(count) + 1); // every bar has its name
    plot.xAxis->setTicker(ticker);
    plot.yAxis->setTickLabels(false);
    plot.yAxis->grid()->setVisible(false);
    double reached = 0;
    for (qsizetype i = 0; i < count; ++i) {
        const double value = chart.values[static_cast<std::size_t>(i)];
        const bool isTotal = i == 0 || i == count - 1;
        const Hue hue{i == 0      ? Hue::Kind::Total
                      : isTotal   ? (chart.endsAsItBegan ? Hue::Kind::Total : Hue::Kind::Accent)
                      : value < 0 ? Hue::Kind::Saving
                                  : Hue::Kind::Cost};
        const double base = isTotal ? 0 : reached;
        QColor color = colorOf(hue, colors);
        if (chart.emphasised >= 0 && !isTotal && i != chart.emphasised)
            color = between(colors.card, color, pale);
        auto* bar = new QCPBars(plot.xAxis, plot.yAxis);
        bar->setPen(QPen(color, 1)); // what is less than a pixel high is there all the same
        bar->setBrush(color);
        bar->setWidth(0.86);
        bar->setAntialiased(false);
        bar->setBaseValue(base);
        bar->setData({static_cast<double>(i)}, {value}, true);
        addFigure(plot, static_cast<double>(i), std::max(base, base + value),
                  isTotal ? plotLabel(chart.unit, value) : plotStep(chart.unit, value),
                  isTotal ? colors.text : colorOf(hue, colors));
        reached = isTotal ? value : reached + value;
    }
}

void build(QCustomPlot& plot, const HeatGrid& grid, const Colors& colors)
{
    buildHeat(plot, grid, colors);
}

void build(QCustomPlot&, std::monostate, const Colors&) {}

} // namespace

bool isHorizontal(const PlotSpec& spec)
{
    return std::holds_alternative<RankedBars>(spec);
}

void build(QCustomPlot& plot, const PlotSpec& spec, const Colors& colors)
{
    plot.clearItems();
    plot.clearPlottables();
    removeLegend(plot);
    plot.yAxis->setRangeReversed(false);
    plot.xAxis->setTickLabels(true);
    plot.yAxis->setTickLabels(true);
    plot.yAxis->grid()->setVisible(true);
    plot.axisRect()->setAutoMargins(QCP::msAll);
    plot.axisRect()->setMinimumMargins(QMargins(8, 6, 10, 8));
    dress(plot, colors);
    std::visit([&](const auto& chart) { build(plot, chart, colors); }, spec);
    showAll(plot, spec);
}

} // namespace plumbline::plotting
