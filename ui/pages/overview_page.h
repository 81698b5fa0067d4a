// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include <array>

#include "model/items/breakdown_table.h"
#include "model/jobs/job_runner.h"

class QLabel;

namespace plumbline {

class Card;
class DataTable;
class KpiCard;
class PlotView;
class WindowMemory;
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

    std::vector<std::int32_t> m_steps;
    std::vector<std::string> m_models;
    std::array<KpiCard*, 5> m_kpis;
    Card* m_spendCard;
    PlotView* m_spend;
    Card* m_modelsCard;
    PlotView* m_modelsPlot;
    Card* m_featuresCard;
    BreakdownTable m_features;
    DataTable* m_table;
    QLabel* m_completeness;
    JobRunner m_job;
};

} // namespace plumbline
