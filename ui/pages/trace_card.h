// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/items/step_table.h"
#include "ui/widgets/card.h"

namespace plumbline {

class TreeTable;
class WindowMemory;

/// What happened in one request: its steps as a tree with a waterfall, and what each cost.
class TraceCard : public Card
{
    Q_OBJECT

public:
    explicit TraceCard(WindowMemory& memory, QWidget* parent = nullptr);

    /// Shows the trace, with the step of `call` chosen.
    void show(TraceAnswer trace, const ReportingCalendar& calendar, CallId call);
    void showNothing(const QString& why);
    const TraceAnswer& trace() const { return m_steps.trace(); }
    TreeTable& table() { return *m_table; }
    const StepTable& steps() const { return m_steps; }
    /// Without telling.
    void choose(CallId call);

signals:
    /// A step was chosen that is a call.
    void callChosen(qint64 call);
    /// A step was chosen that is none.
    void stepChosen();
    void explainRequested(qint64 call);
    void compareRequested();
    void conditionChosen(const plumbline::Condition& condition);

private:
    StepTable m_steps;
    TreeTable* m_table;
    bool m_isChoosing = false; ///< by us, not by the user
};

} // namespace plumbline
