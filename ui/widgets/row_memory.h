// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QTableView;

namespace plumbline {

class FactTable;

/// Which rows of a table are selected, which is current, and what is scrolled to, by what the rows say: so that new
/// figures for the same rows do not take them away from who is reading.
class RowMemory
{
public:
    RowMemory() = default;
    RowMemory(const QTableView& view, const FactTable& facts);
    /// After the rows are others. Rows that are gone are forgotten.
    void restore(QTableView& view, const FactTable& facts) const;

private:
    QStringList m_selected;
    QString m_current;
    int m_currentColumn = 0;
    int m_across = 0, m_down = 0;
};

} // namespace plumbline
