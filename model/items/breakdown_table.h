// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "model/items/fact_table.h"
#include "model/queries/breakdown.h"

namespace plumbline {

/// A row of a breakdown with its development over the period.
struct BreakdownLine
{
    BreakdownRow row = {};
    Trend trend = {};
};

/// Where a breakdown stands decides which columns it has.
enum class BreakdownLayout
{
    Overview, ///< spend, share, make-up
    Features, ///< per call
    Steps,    ///< small: calls, tokens, spend
};

/// A breakdown as a table, total last where its rows add up to it.
class BreakdownTable : public RowTable<BreakdownLine>
{
    Q_OBJECT

public:
    explicit BreakdownTable(BreakdownLayout layout, QObject* parent = nullptr);

    /// Trends are looked up by the first key in `series`, which may be empty.
    void show(const Breakdown& breakdown, const std::vector<DimensionChoice>& by, const SeriesAnswer& series);
    const std::vector<DimensionChoice>& by() const { return m_by; }
    const Measures& totalMeasures() const { return m_totalMeasures; }
    /// What narrows a filter to a row: a condition a dimension. Empty for the total.
    std::vector<Condition> rowConditions(int shownRow) const;

private:
    std::vector<Column> keyColumns() const;
    std::vector<Column> figureColumns(bool compares) const;

    BreakdownLayout m_layout;
    std::vector<DimensionChoice> m_by;
    Measures m_totalMeasures;
};

} // namespace plumbline
