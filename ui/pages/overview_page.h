// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include <array>

#include "model/items/breakdown_table.h"
#include "model/jobs/job_runner.h"

class QLabel;
class QStackedWidget;

namespace plumbline {

class Card;
class DataTable;
class KpiCard;
class PlotView;
class WindowMemory;
class PartLegend;
class TabHeading;
struct Kpi;
struct OverviewAnswers;

/// What did we spend, is it rising, on what.
class OverviewPage : public Page
{
    Q_OBJECT

public:
    explicit OverviewPage(WindowMemory& memory, QWidget* parent = nullptr);

    /// The first figures of a workspace whose calls are being read; `period` names what they are of.
    void glance(const OverviewAnswers& answers, const QString& period);
    void beginSearch() override;

signals:
    /// A bar of *Where it drains*.
    void drainChosen(const std::string& drain);

protected:
    void compute() override;

private:
    void show(const OverviewAnswers& answers, const std::array<Kpi, 5>& kpis, Dimension step);
    /// The scope's period, or all there is.
    std::optional<Period> shownPeriod() const;
    Period periodOfColumns(int first, int last) const;
    void openCallsOfRow(int row);
    void openCallsOfColumn(int column, int series);
    void openCallsOfModel(int row);
    void showRightTab();
    QString chosenFeature() const;
    void chooseFeature(int series);
    void emphasise();

    std::vector<std::int32_t> m_steps;
    std::vector<std::string> m_models;
    std::vector<std::string> m_drains; ///< by bar
    QString m_waste, m_modelCount;     ///< beside the right card's heading
    std::array<KpiCard*, 5> m_kpis;
    Card* m_spendCard;
    PlotView* m_spend;
    Card* m_rightCard; ///< where it drains, or spend by model
    TabHeading* m_rightTabs;
    QStackedWidget* m_right;
    PlotView* m_drainsPlot;
    PlotView* m_modelsPlot;
    PartLegend* m_legend;
    Card* m_featuresCard;
    BreakdownTable m_features;
    DataTable* m_table;
    QLabel* m_completeness;
    JobRunner m_job;
};

} // namespace plumbline
