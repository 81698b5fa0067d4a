// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include "model/items/breakdown_table.h"
#include "model/jobs/job_runner.h"

class QSplitter;

namespace plumbline {

class Card;
class DataTable;
class DimensionBar;
class PartLegend;
class PlotView;
class WindowMemory;

/// Where do the tokens of each feature go, or of each model, step, user: per call, with the chosen row's calls below.
class FeaturesPage : public Page
{
    Q_OBJECT

public:
    explicit FeaturesPage(WindowMemory& memory, QWidget* parent = nullptr);

    void beginSearch() override;

protected:
    void compute() override;

private:
    /// What the table shows.
    struct Answers
    {
        Breakdown breakdown = {};
        SeriesAnswer trends = {};
        std::vector<std::string> metadataKeys = {};
    };
    /// What stands below it, about one row or all.
    struct Details
    {
        Distribution distribution = {};
        Breakdown steps = {};
        SessionGrowth growth = {};
    };
    static Result<Details> detailsOf(const Queries& queries, const Filter& filter, const StopToken& stop);

    void show(const Answers& answers);
    void askForDetails();
    void show(const Details& details);
    /// The selected row's conditions; none for the total or without a selection.
    std::vector<Condition> chosenConditions() const;
    QString chosenTitle() const;
    void openCalls(int row);

    Card* m_card;
    DimensionBar* m_by;
    BreakdownTable m_breakdown;
    DataTable* m_table;
    PartLegend* m_legend;
    Card* m_inputCard;
    PlotView* m_input;
    Card* m_stepsCard;
    BreakdownTable m_steps;
    DataTable* m_stepsTable;
    Card* m_growthCard;
    PlotView* m_growth;
    JobRunner m_job;
    JobRunner m_detailsJob;
};

} // namespace plumbline
