// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "model/core/reading_notes.h"
#include "model/items/scope.h"
#include "model/queries/drain_answers.h"
#include "ui/charts/plot_spec.h"

namespace plumbline {

/// The heatmaps of waste.
enum class HeatView
{
    FeatureDrain,
    FeatureStep, ///< days, or hours, weeks, months where the period wants them
    WeekdayHour,
    ModelDrain,
    TurnSegment,
};

/// What a heatmap of the page shows.
struct HeatChoice
{
    HeatView view = HeatView::FeatureDrain;
    PlotUnit unit = PlotUnit::Dollars; ///< Share: of the bill
    Confidence least = Confidence::Opportunity;
    bool wantsMuted = false;
    std::optional<std::string> session = {}; ///< of turn × segment; empty: all of them
};

DrainsQuestion heatQuestion(const HeatChoice& choice, const Scope& scope, const std::optional<Period>& shown);

/// A heatmap, and which values of the answer each of its rows and columns stands for; empty: several of them together.
struct DrainHeat
{
    HeatGrid grid = {};
    std::vector<std::optional<std::string>> rowValues = {}, columnValues = {};
};
/// `before`: the same of what it is compared with. What was only there stands in a row of its own.
DrainHeat drainHeat(const HeatChoice& choice, const DrainsQuestion& question, const DrainsAnswer& answer,
                    const std::optional<DrainsAnswer>& before = {});

/// Columns of time can be dragged over; those that something happened in are marked, and their hover says what.
void layOutTime(DrainHeat& heat, const DrainsQuestion& question, const std::vector<Annotation>& annotations,
                const ReportingCalendar& calendar);
/// From the start of one column of time to the end of another; empty: they are no such columns.
std::optional<Period> periodOfColumns(const DrainHeat& heat, const DrainsQuestion& question,
                                      const ReportingCalendar& calendar, int first, int last);

/// The calls behind a cell; row and column one past the last are all of them. Without a drain in it: that is no
/// property of a call.
std::vector<Condition> conditionsOfCell(const HeatChoice& choice, const DrainsQuestion& question, const DrainHeat& heat,
                                        int row, int column);
/// The drain of a cell, where its column is one.
std::optional<std::string> drainOfCell(const HeatChoice& choice, const DrainHeat& heat, int column);

/// `Bill $172.23 = waste $12.95 + opportunity $8.31 + useful $150.97`, with what is hidden of it, and what `before` was
/// of it, which `compared` names.
QString ledgerLine(const DrainsAnswer& answer, const std::optional<DrainsAnswer>& before = {},
                   const QString& compared = {});

} // namespace plumbline
