// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/trace_card.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QMenu>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/widgets/tree_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// `session s-71f · user u-2041 · 4.6 s · $0.0412`.
QString noteOf(const TraceAnswer& trace)
{
    QStringList parts;
    if (!trace.session.empty())
        parts += TraceCard::tr("session %1").arg(toQt(trace.session));
    if (!trace.user.empty())
        parts += TraceCard::tr("user %1").arg(toQt(trace.user));
    if (trace.start && trace.end)
        parts += format::duration(trace.end->microseconds() - trace.start->microseconds());
    parts += format::money(trace.cost);
    return parts.join(u" · "_s);
}

QString toolTipOf(const TraceAnswer& trace)
{
    QStringList lines = {TraceCard::tr("Trace %1").arg(toQt(trace.traceId))};
    lines += TraceCard::tr("%1 steps, %2 calls, %3 tokens")
                 .arg(format::count(static_cast<std::int64_t>(trace.steps.size())), format::count(trace.calls),
                      format::count(trace.tokens));
    if (trace.unpricedCalls > 0)
        lines += TraceCard::tr("%1 calls of unknown cost beside it").arg(format::count(trace.unpricedCalls));
    return lines.join(u'\n');
}

} // namespace

TraceCard::TraceCard(WindowMemory& memory, QWidget* parent)
    : Card(tr("Trace"), parent), m_table(new TreeTable(u"steps"_s, tr("Steps of the trace"), m_steps, memory, this))
{
    body().addWidget(m_table, 1);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    connect(m_table, &TreeTable::foldRequested, this, [this](int row, bool isOpen) {
        const bool changes = m_steps.hasChildren(row) && m_steps.isOpen(row) != isOpen;
        const int kept = !isOpen && !changes ? m_steps.parentRow(row) : row;
        const QScopedValueRollback choosing(m_isChoosing, changes);
        m_steps.setOpen(row, isOpen);
        if (kept >= 0)
            m_table->setCurrentIndex(m_steps.index(kept, 0));
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (m_isChoosing || !current.isValid())
                    return;
                if (const auto call = m_steps.stepAt(current.row()).call)
                    emit callChosen(static_cast<qint64>(*call));
                else
                    emit stepChosen();
            });
    connect(m_table, &DataTable::rowActivated, this, [this](int row) {
        if (const auto call = m_steps.stepAt(row).call)
            emit explainRequested(static_cast<qint64>(*call));
    });
    connect(m_table, &DataTable::conditionChosen, this, &TraceCard::conditionChosen);
    m_table->setRowActions([this](QMenu& menu, int row) {
        const TraceStep& step = m_steps.stepAt(row);
        if (step.call)
            menu.addAction(tr("Explain cost"), this,
                           [this, call = static_cast<qint64>(*step.call)] { emit explainRequested(call); });
        menu.addAction(tr("Copy the id of the step"), this,
                       [id = toQt(step.spanId)] { QGuiApplication::clipboard()->setText(id); });
        menu.addAction(tr("Copy the id of the trace"), this,
                       [id = toQt(m_steps.trace().traceId)] { QGuiApplication::clipboard()->setText(id); });
        menu.addAction(tr("Compare with another trace…"), this, &TraceCard::compareRequested);
    });
    showNothing(tr("Choose a trace to see what happened in it."));
}

void TraceCard::show(TraceAnswer trace, const ReportingCalendar& calendar, CallId call)
{
    const QString name = toQt(trace.name.empty() ? trace.feature : trace.name);
    setTitle(trace.start ? u"%1 · %2"_s.arg(name, format::shortSecond(*trace.start, calendar)) : name);
    setNote(noteOf(trace), toolTipOf(trace));
    // The same once more leaves what was folded as it is.
    const TraceAnswer& shown = m_steps.trace();
    const bool isSame = shown.traceId == trace.traceId && shown.steps.size() == trace.steps.size() &&
                        shown.cost == trace.cost && shown.tokens == trace.tokens;
    if (!isSame) {
        const QScopedValueRollback choosing(m_isChoosing, true);
        m_steps.show(std::move(trace), calendar);
        showContent();
    }
    choose(call);
}

void TraceCard::choose(CallId call)
{
    const QScopedValueRollback choosing(m_isChoosing, true);
    if (const int row = m_steps.showCall(call); row >= 0) {
        m_table->selectRow(row);
        m_table->scrollTo(m_steps.index(row, 0));
    }
}

void TraceCard::showNothing(const QString& why)
{
    const QScopedValueRollback choosing(m_isChoosing, true);
    setTitle(tr("Trace"));
    setNote({});
    m_steps.clear();
    showEmpty(why);
}

} // namespace plumbline
