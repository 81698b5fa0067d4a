// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/items/fact_table.h"
#include "model/queries/what_if.h"

namespace plumbline {

/// What calls come to under a scenario; the first row of the table is what they come to now.
struct ComparedScenario
{
    QString name = {};
    WhatIfFigures figures = {};
    MoneySum saved = {};     ///< of these calls
    bool isCostKnown = true; ///< of any of them
};

/// Scenarios side by side, over the same calls.
class ScenarioTable : public RowTable<ComparedScenario>
{
    Q_OBJECT

public:
    using RowTable::RowTable;
    /// `days` is how long these calls took: a month is thirty of them. `growth` is a month's, 0.15 for 15 %.
    void show(std::vector<ComparedScenario> scenarios, std::int32_t days, double growth);
    std::int32_t days() const { return m_days; }
    double growth() const { return m_growth; }

private:
    std::int32_t m_days = 0;
    double m_growth = 0;
};

} // namespace plumbline
