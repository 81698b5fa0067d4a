// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

#include "model/items/fact_table.h"
#include "model/queries/trace_answers.h"

namespace plumbline {

/// `agent`, `retriever`, …, translated.
QString spanKindTitle(SpanKind kind);

/// The steps of a trace as a tree, with what they cost and when they ran. Rows can be folded; sorting or searching
/// shows all that is left of them flat.
class StepTable : public FactTable
{
    Q_OBJECT

public:
    explicit StepTable(QObject* parent = nullptr);

    void show(TraceAnswer trace, const ReportingCalendar& calendar);
    void clear() { show({}, m_calendar); }
    const TraceAnswer& trace() const { return m_trace; }
    const TraceStep& stepAt(int row) const { return m_trace.steps[m_shown[sourceRow(row)]]; }
    /// Shows or hides what is below a row.
    void setOpen(int row, bool isOpen);
    bool isOpen(int row) const { return !m_folded.contains(m_shown[sourceRow(row)]); }
    bool hasChildren(int row) const { return m_hasChildren[m_shown[sourceRow(row)]]; }
    /// The row of the step above; −1 for roots.
    int parentRow(int row) const;
    /// Unfolds what hides it; −1 if the trace has no such call.
    int showCall(CallId call);

    std::size_t allRows() const override { return m_shown.size(); }
    QString rowKey(int row) const override;
    void search(const QString& text) override;

protected:
    const std::vector<Heading>& headings() const override { return m_headings; }
    Cell cell(std::size_t row, std::size_t column) const override;

private:
    void layOut();

    TraceAnswer m_trace;
    ReportingCalendar m_calendar;
    std::vector<Heading> m_headings;
    std::vector<bool> m_hasChildren;
    std::set<std::size_t> m_folded;
    std::vector<std::size_t> m_shown; ///< places of steps
};

} // namespace plumbline
