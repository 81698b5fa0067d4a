// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

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
};
/// `$1,234.56`, `12,345`: exact, for the hover and for CSV's reader.
QString plotFigure(PlotUnit unit, double value);
/// `$1.2k`, `14 k`: for axes.
QString plotTick(PlotUnit unit, double value);

/// The colour of a series: the n-th member of a set, all others together, or a part of a call's tokens.
struct Hue
{
    enum class Kind
    {
        Member,
        Rest,
        OfPart,
        Accent,
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
    bool operator==(const StackedBars&) const = default;
};

/// The largest of a set, one bar below the other, each with its figure.
struct RankedBars
{
    QString title = {};
    PlotUnit unit = PlotUnit::Dollars;
    QStringList categories = {};
    PlotSeries series = {};
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

/// A chart as a value: comparable in a test, drawn by one view, exported by one function.
using PlotSpec = std::variant<std::monostate, StackedBars, RankedBars, Lines>;

QString plotTitle(const PlotSpec& spec);
QStringList plotCategories(const PlotSpec& spec);
std::vector<PlotSeries> plotSeries(const PlotSpec& spec);
PlotUnit plotUnit(const PlotSpec& spec);
/// Every figure of one category, a line each, with their sum where they stack.
QString plotHover(const PlotSpec& spec, int category);
/// The data with a header line, for spreadsheets: plain numbers with a point.
QString plotCsv(const PlotSpec& spec);

} // namespace plumbline
