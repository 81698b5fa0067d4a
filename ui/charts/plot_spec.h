// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

#include "model/items/cell.h"

namespace plumbline {

/// What an axis counts, and so how its figures read.
enum class PlotUnit
{
    Dollars,
    Tokens,
    Calls,
    Share,  ///< of 1
    Amount, ///< of money in the currency that stands beside the chart
};
/// `$1,234.56`, `12,345`: exact, for the hover and for CSV's reader.
QString plotFigure(PlotUnit unit, double value);
/// `−$1.2k`, `+$80`: over a step.
QString plotStep(PlotUnit unit, double value);
/// Beside a bar: amounts below a thousand to the cent.
QString plotLabel(PlotUnit unit, double value);
/// `$1.2k`, `14 k`: for axes.
QString plotTick(PlotUnit unit, double value);
/// `$3,778`, `14.9 B`, `3.2%`: in the cell of a heatmap.
QString plotCell(PlotUnit unit, double value);
/// `$3.8k`, `$12`, `38¢`: in a narrow one.
QString plotNarrowCell(PlotUnit unit, double value);

/// The colour of a series: the n-th member of a set, all others together, or a part of a call's tokens.
struct Hue
{
    enum class Kind
    {
        Member,
        Rest,
        OfPart,
        Accent,
        Drain,
        Opportunity,
        Total,    ///< what a waterfall begins with
        Saving,   ///< a step down
        Cost,     ///< a step up
        Expected, ///< of the accent: what is to come
    };
    Kind kind = Kind::Member;
    std::size_t member = 0;
    Part part = Part::UncachedInput;

    bool operator==(const Hue&) const = default;
};

struct PlotSeries
{
    QString name = {};
    Hue hue = {};
    std::vector<double> values = {}; ///< one a category
    bool operator==(const PlotSeries&) const = default;
};

/// What happened at a category: a line across the plot, with a word.
struct PlotPin
{
    int category = 0;
    QString text = {};
    bool operator==(const PlotPin&) const = default;
};

/// Bars on top of one another, one column a category: days, hours, turns, bins.
struct StackedBars
{
    QString title = {}; ///< what a screen reader and an exported file call it
    PlotUnit unit = PlotUnit::Dollars;
    QStringList categories = {}; ///< short: ticks
    QStringList details = {};    ///< long: the hover; empty: the categories
    std::vector<PlotSeries> series = {};
    /// Ticks stand at multiples of one of these, whichever leaves room.
    std::vector<int> tickSteps = {1, 2, 5, 10, 20, 50, 100};
    bool hasLegend = true;
    bool isRangeSelectable = false; ///< dragging chooses categories
    bool hasFigures = false;        ///< a column's sum stands above it
    QString emphasised = {};        ///< the series that stands out of pale others; none of them: all alike
    /// A line across a column, such as its budget; empty: there are none.
    std::vector<std::optional<double>> marks = {};
    QString markName = {};
    std::vector<PlotPin> pins = {};
    bool operator==(const StackedBars&) const = default;
};

/// Whether another series stands out of them all.
bool isPale(const StackedBars& chart, const PlotSeries& series);

/// The largest of a set, one bar below the other, each with its figure.
struct RankedBars
{
    QString title = {};
    PlotUnit unit = PlotUnit::Dollars;
    QStringList categories = {};
    PlotSeries series = {};
    std::vector<Hue> hues = {}; ///< by bar; empty: all have the series'
    bool operator==(const RankedBars&) const = default;
};

/// Curves over the same categories.
struct Lines
{
    QString title = {};
    PlotUnit unit = PlotUnit::Tokens;
    QStringList categories = {};
    std::vector<PlotSeries> series = {};
    bool operator==(const Lines&) const = default;
};

/// Figures where rows and columns meet, the warmer the more.
struct HeatGrid
{
    QString title = {};
    PlotUnit unit = PlotUnit::Dollars;
    QStringList rows = {};
    QStringList columns = {};                                    ///< short: above the cells
    QStringList columnDetails = {};                              ///< long: the hover; empty: the columns
    std::vector<std::vector<std::optional<double>>> values = {}; ///< by row and column; empty: nothing there
    bool hasTotals = true;
    bool isRangeSelectable = false; ///< dragging chooses columns
    /// The same of what it is compared with: each cell, where the columns are the same, and the total of each row.
    /// Empty: compared with nothing.
    std::vector<std::vector<std::optional<double>>> before = {};
    std::vector<double> rowsBefore = {};
    std::vector<PlotPin> pins = {}; ///< above columns of time
    bool operator==(const HeatGrid&) const = default;
};
double heatRowTotal(const HeatGrid& grid, int row);
double heatColumnTotal(const HeatGrid& grid, int column);
QString heatTotalName();
/// `+$1.2k`, `±0`: how a figure of the grid changed, short.
QString heatChange(const HeatGrid& grid, double change);

/// From one total to another, step by step: the first and the last bar stand on the ground, the others hang between.
struct Waterfall
{
    QString title = {};
    PlotUnit unit = PlotUnit::Dollars;
    QStringList categories = {};     ///< short: under the bars
    QStringList details = {};        ///< long: the hover; empty: the categories
    std::vector<double> values = {}; ///< the first total, what each step adds (negative: takes away), the last total
    bool endsAsItBegan = false;      ///< the last bar looks like the first: neither is a wish
    bool isFocused = false;          ///< the steps fill the height: totals do not stand on 0
    int emphasised = -1;             ///< the step that stands out of pale others; −1: all alike
    bool operator==(const Waterfall&) const = default;
};

/// A chart as a value: comparable in a test, drawn by one view, exported by one function.
using PlotSpec = std::variant<std::monostate, StackedBars, RankedBars, Lines, HeatGrid, Waterfall>;

QString plotTitle(const PlotSpec& spec);
QStringList plotCategories(const PlotSpec& spec);
/// The categories, or the columns of a heatmap, that can be dragged over; empty: not those of this chart.
QStringList plotSteps(const PlotSpec& spec);
std::vector<PlotSeries> plotSeries(const PlotSpec& spec);
PlotUnit plotUnit(const PlotSpec& spec);
/// Every figure of one category, a line each, with their sum where they stack.
QString plotHover(const PlotSpec& spec, int category);
/// The figure of one cell, or of a total: row or column one past the last.
QString heatHover(const HeatGrid& grid, int row, int column);
/// The data with a header line, for spreadsheets: plain numbers with a point.
QString plotCsv(const PlotSpec& spec);

} // namespace plumbline
