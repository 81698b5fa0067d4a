// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/drain_heat.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "model/analysis/drain.h"
#include "model/items/dates.h"
#include "model/items/drain_tables.h"
#include "model/items/footed_money.h"
#include "model/items/format.h"
#include "ui/pages/overview_answers.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(DrainsPage)
};

/// More would be lines without figures.
constexpr std::size_t mostRows = 15;

bool hasDrainColumns(HeatView view)
{
    return view == HeatView::FeatureDrain || view == HeatView::ModelDrain;
}

QString titleOf(HeatView view)
{
    switch (view) {
    case HeatView::FeatureDrain:
        return Texts::tr("Waste by feature and drain");
    case HeatView::FeatureStep:
        return Texts::tr("Waste by feature over time");
    case HeatView::WeekdayHour:
        return Texts::tr("Waste by weekday and hour");
    case HeatView::ModelDrain:
        return Texts::tr("Waste by model and drain");
    case HeatView::TurnSegment:
        break;
    }
    return Texts::tr("Waste by segment and turn of a session");
}

std::optional<QDate> dateOf(const std::string& value)
{
    const QDate date = QDate::fromString(toQt(value), Qt::ISODate);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

/// Values as they stand in the grid: days without waste between others are there as well, and all hours of a day.
std::vector<std::string> laidOut(const std::vector<std::string>& values, Dimension dimension)
{
    std::vector<std::string> all;
    if (dimension == Dimension::HourOfDay) {
        for (int hour = 0; hour < 24; ++hour)
            all.push_back(fromQt(u"%1"_s.arg(hour, 2, 10, QChar(u'0'))));
        return all;
    }
    if (dimension == Dimension::Weekday)
        return {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    if (dimension == Dimension::Day && !values.empty())
        if (const auto first = dateOf(values.front()), last = dateOf(values.back()); first && last) {
            for (QDate day = *first; day <= *last; day = day.addDays(1))
                all.push_back(fromQt(day.toString(Qt::ISODate)));
            return all;
        }
    return values;
}

QString shortValue(const std::string& value, Dimension dimension)
{
    const QString text = toQt(value);
    switch (dimension) {
    case Dimension::Day:
    case Dimension::Week:
        if (const auto date = dateOf(value))
            return format::day(dayNumber(*date));
        return text;
    case Dimension::Hour:
        return text.right(5);
    default:
        return text;
    }
}

double figureOf(const DrainCell& cell, PlotUnit unit, double bill)
{
    switch (unit) {
    case PlotUnit::Tokens:
        return static_cast<double>(cell.tokens);
    case PlotUnit::Share:
        return bill > 0 ? cell.money.dollars() / bill : 0;
    default:
        return cell.money.dollars();
    }
}

/// Where the values of an answer stand in the grid.
struct Axis
{
    std::vector<std::optional<std::string>> values = {}; ///< by place in the grid; empty: the others together
    std::vector<std::optional<std::size_t>> places = {}; ///< by value of the answer; empty: not shown
};

Axis axisOf(const std::vector<std::string>& values, const std::vector<std::string>& shown, std::size_t most)
{
    Axis axis;
    std::map<std::string, std::size_t> placeOf;
    const bool isCut = shown.size() > most;
    for (const std::string& value : shown) {
        if (isCut && axis.values.size() + 1 == most) {
            axis.values.emplace_back();
            break;
        }
        placeOf[value] = axis.values.size();
        axis.values.emplace_back(value);
    }
    for (const std::string& value : values) {
        const auto place = placeOf.find(value);
        axis.places.push_back(place != placeOf.end() ? std::optional(place->second)
                              : isCut                ? std::optional(axis.values.size() - 1)
                                                     : std::nullopt);
    }
    return axis;
}

/// Tokens of price drains were needed: they are no waste, and are not added to it.
bool isCounted(const HeatChoice& choice, const DrainsAnswer& answer, const DrainCell& cell)
{
    const Drain* drain = hasDrainColumns(choice.view) ? drainOf(answer.columns[cell.column]) : nullptr;
    return choice.unit != PlotUnit::Tokens || !drain || drain->isQuantity();
}

/// Rows and columns with anything in them.
struct HeatNames
{
    std::vector<std::string> rows = {}, columns = {};

    /// Those of another answer that are not among them, behind.
    void add(const HeatNames& others, bool withColumns)
    {
        const auto append = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
            const std::set<std::string> known(to.begin(), to.end());
            std::copy_if(from.begin(), from.end(), std::back_inserter(to),
                         [&](const std::string& name) { return !known.contains(name); });
        };
        append(rows, others.rows);
        if (withColumns)
            append(columns, others.columns);
    }
};

/// In the order of the answer.
HeatNames namesIn(const HeatChoice& choice, const DrainsAnswer& answer)
{
    std::vector<bool> rowOccurs(answer.rows.size(), false), columnOccurs(answer.columns.size(), false);
    for (const DrainCell& cell : answer.cells)
        if (isCounted(choice, answer, cell))
            rowOccurs[cell.row] = columnOccurs[cell.column] = true;
    HeatNames names;
    for (std::size_t i = 0; i < answer.rows.size(); ++i)
        if (rowOccurs[i])
            names.rows.push_back(answer.rows[i]);
    for (std::size_t i = 0; i < answer.columns.size(); ++i)
        if (columnOccurs[i])
            names.columns.push_back(answer.columns[i]);
    return names;
}

using HeatCells = std::vector<std::vector<std::optional<double>>>;

HeatCells cellsOn(const Axis& rows, const Axis& columns, const HeatChoice& choice, const DrainsAnswer& answer)
{
    HeatCells cells(rows.values.size(), std::vector<std::optional<double>>(columns.values.size()));
    const double bill = answer.total.bill.dollars();
    for (const DrainCell& cell : answer.cells) {
        const auto row = rows.places[cell.row], column = columns.places[cell.column];
        if (!isCounted(choice, answer, cell) || !row || !column)
            continue;
        std::optional<double>& value = cells[*row][*column];
        value = value.value_or(0) + figureOf(cell, choice.unit, bill);
    }
    return cells;
}

/// Rows become columns.
void turn(HeatCells& cells)
{
    HeatCells turned(cells.empty() ? 0 : cells.front().size());
    for (std::size_t column = 0; column < turned.size(); ++column)
        for (const auto& row : cells)
            turned[column].push_back(row[column]);
    cells = std::move(turned);
}

std::vector<double> rowSums(const HeatCells& cells)
{
    std::vector<double> sums;
    for (const auto& row : cells) {
        double sum = 0;
        for (const std::optional<double>& value : row)
            sum += value.value_or(0);
        sums.push_back(sum);
    }
    return sums;
}

/// Of one session, or of calls that are in any.
Condition sessionCondition(const HeatChoice& choice)
{
    const std::string missing(missingValue(Dimension::Session));
    return {.of = {Dimension::Session, {}},
            .isExcluded = !choice.session,
            .values = {choice.session ? *choice.session : missing}};
}

} // namespace

DrainsQuestion heatQuestion(const HeatChoice& choice, const Scope& scope, const std::optional<Period>& shown)
{
    DrainsQuestion question{.filter = scope.filter, .least = choice.least, .wantsMuted = choice.wantsMuted};
    switch (choice.view) {
    case HeatView::FeatureDrain:
        question.rows = {Dimension::Feature, {}};
        break;
    case HeatView::ModelDrain:
        question.rows = {Dimension::Model, {}};
        break;
    case HeatView::FeatureStep:
        question.rows = {Dimension::Feature, {}};
        question.by = DrainsQuestion::Columns::Values;
        question.columns = {stepFor(shown), {}};
        break;
    case HeatView::WeekdayHour:
        question.rows = {Dimension::Weekday, {}};
        question.by = DrainsQuestion::Columns::Values;
        question.columns = {Dimension::HourOfDay, {}};
        break;
    case HeatView::TurnSegment:
        question.by = DrainsQuestion::Columns::Segments;
        question.filter.conditions.push_back(sessionCondition(choice));
        break;
    }
    return question;
}

DrainHeat drainHeat(const HeatChoice& choice, const DrainsQuestion& question, const DrainsAnswer& answer,
                    const std::optional<DrainsAnswer>& before)
{
    const bool isTurned = choice.view == HeatView::TurnSegment; // turns read from left to right
    const bool byDrain = hasDrainColumns(choice.view);
    const Dimension rowDimension = question.rows.dimension, columnDimension = question.columns.dimension;
    const bool byValue = question.by == DrainsQuestion::Columns::Values;
    // The days of another period are other columns.
    const bool hasSameColumns = choice.view != HeatView::FeatureStep;
    HeatNames names = namesIn(choice, answer);
    if (before)
        names.add(namesIn(choice, *before), hasSameColumns);
    if (!isTurned)
        names.rows = laidOut(names.rows, rowDimension);
    if (byValue)
        names.columns = laidOut(names.columns, columnDimension);
    constexpr std::size_t all = 1000;
    const std::size_t most = isTurned ? all : mostRows;
    const Axis rowAxis = axisOf(answer.rows, names.rows, most);
    const Axis columnAxis = axisOf(answer.columns, names.columns, all);

    DrainHeat heat;
    heat.grid.title = titleOf(choice.view);
    heat.grid.unit = choice.unit;
    heat.grid.hasTotals = !answer.rowsOverlap;
    const auto rowName = [&](const std::optional<std::string>& value) {
        return value ? toQt(*value) : Texts::tr("%1 others").arg(names.rows.size() - (mostRows - 1));
    };
    for (const auto& value : rowAxis.values)
        heat.grid.rows += isTurned ? toQt(*value) : rowName(value);
    for (const auto& value : columnAxis.values) {
        heat.grid.columns += byDrain   ? drainShortTitle(*value)
                             : byValue ? shortValue(*value, columnDimension)
                                       : segmentTitle(*value);
        heat.grid.columnDetails += byDrain ? drainTitle(*value) : byValue ? toQt(*value) : segmentTitle(*value);
    }
    heat.grid.values = cellsOn(rowAxis, columnAxis, choice, answer);
    if (before && hasSameColumns)
        heat.grid.before = cellsOn(axisOf(before->rows, names.rows, most), axisOf(before->columns, names.columns, all),
                                   choice, *before);
    heat.rowValues = rowAxis.values;
    heat.columnValues = columnAxis.values;
    if (isTurned) {
        turn(heat.grid.values);
        turn(heat.grid.before);
        heat.grid.columnDetails.clear();
        for (const QString& turn : heat.grid.rows)
            heat.grid.columnDetails += Texts::tr("turn %1").arg(turn);
        std::swap(heat.grid.rows, heat.grid.columns);
        std::swap(heat.rowValues, heat.columnValues);
    }
    if (before)
        heat.grid.rowsBefore = hasSameColumns
                                   ? rowSums(heat.grid.before)
                                   : rowSums(cellsOn(axisOf(before->rows, names.rows, most),
                                                     axisOf(before->columns, before->columns, all), choice, *before));
    return heat;
}

std::vector<Condition> conditionsOfCell(const HeatChoice& choice, const DrainsQuestion& question, const DrainHeat& heat,
                                        int row, int column)
{
    std::vector<Condition> conditions;
    if (choice.view == HeatView::TurnSegment)
        return {sessionCondition(choice)};
    const auto add = [&](const DimensionChoice& of, const std::vector<std::optional<std::string>>& values, int place) {
        if (place < 0 || static_cast<std::size_t>(place) >= values.size())
            return; // the total
        const auto& value = values[static_cast<std::size_t>(place)];
        Condition condition{.of = of};
        if (value) {
            condition.values = {*value};
        } else {
            // The others: none of those that have a row.
            condition.isExcluded = true;
            for (const auto& other : values)
                if (other)
                    condition.values.push_back(*other);
        }
        conditions.push_back(std::move(condition));
    };
    add(question.rows, heat.rowValues, row);
    if (question.by == DrainsQuestion::Columns::Values)
        add(question.columns, heat.columnValues, column);
    return conditions;
}

std::optional<std::string> drainOfCell(const HeatChoice& choice, const DrainHeat& heat, int column)
{
    if (!hasDrainColumns(choice.view) || column < 0 || static_cast<std::size_t>(column) >= heat.columnValues.size())
        return {};
    return heat.columnValues[static_cast<std::size_t>(column)];
}

QString ledgerLine(const DrainsAnswer& answer, const std::optional<DrainsAnswer>& before, const QString& compared)
{
    const LedgerSums& total = answer.total;
    const QStringList parts = footedMoney({total.waste, total.opportunity, total.useful()}, total.bill);
    QString line = Texts::tr("Bill %1 = waste %2 + opportunity %3 + useful %4")
                       .arg(format::money(total.bill), parts[0], parts[1], parts[2]);
    if (before)
        line += Texts::tr(" · %1: waste %2 + opportunity %3 of %4")
                    .arg(compared, format::money(before->total.waste), format::money(before->total.opportunity),
                         format::money(before->total.bill));
    if (answer.lessCertain > MoneySum())
        line += Texts::tr(" · less certain, not shown: %1").arg(format::money(answer.lessCertain));
    if (answer.muted > MoneySum())
        line += Texts::tr(" · muted: %1").arg(format::money(answer.muted));
    if (total.unpricedCalls > 0)
        line += Texts::tr(" · %1 calls have no price").arg(format::count(total.unpricedCalls));
    if (total.callsWaiting > 0)
        line += Texts::tr(" · %1 calls were not looked at yet").arg(format::count(total.callsWaiting));
    if (answer.rowsOverlap)
        line += Texts::tr(" · a call may be in several rows");
    return line;
}

} // namespace plumbline
