// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/traces_page.h"

#include <QItemSelectionModel>
#include <QMenu>

#include <tuple>

#include "model/items/format.h"
#include "ui/pages/compare_calls_dialog.h"
#include "ui/widgets/data_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

void TracesPage::addRowActions(QMenu& menu, int row)
{
    const RequestRow* shown = m_requests.rowAt(row);
    if (!shown)
        return;
    const QModelIndexList chosen = m_list->selectionModel()->selectedRows();
    if (chosen.size() == 2)
        addComparing(menu, chosen[0].row(), chosen[1].row());
    const auto call = static_cast<qint64>(shown->call.id);
    menu.addAction(m_unit == RequestUnit::Calls ? tr("Explain cost") : tr("Explain the cost of its first call"), this,
                   [this, call] { emit callRequested(call); });
    for (const auto& [title, dimension, value] :
         {std::tuple{tr("Only this session"), Dimension::Session, shown->call.session},
          std::tuple{tr("Only this user"), Dimension::User, shown->call.user},
          std::tuple{tr("Only this trace"), Dimension::Trace, shown->call.traceId}})
        if (!value.empty())
            menu.addAction(title, this, [this, dimension = dimension, value = value] {
                emit conditionChosen({.of = {dimension, {}}, .values = {value}});
            });
}

void TracesPage::addComparing(QMenu& menu, int row, int other)
{
    // The earlier one stands left.
    const RequestRow* left = m_requests.rowAt(row);
    const RequestRow* right = m_requests.rowAt(other);
    if (!left || !right) // one of them scrolled out of what is at hand
        return;
    if (right->call.start < left->call.start)
        std::swap(left, right);
    const CallId before = left->call.id, after = right->call.id;
    menu.addAction(m_unit == RequestUnit::Calls ? tr("Compare the two calls") : tr("Compare the two traces"), this,
                   [this, before, after] { compareTwo(before, after, m_unit); });
    menu.addSeparator();
}

void TracesPage::compareTwo(CallId left, CallId right, RequestUnit unit)
{
    auto* dialog = new CompareCallsDialog(queries(), left, right, unit, m_memory, this);
    dialog->show();
}

} // namespace plumbline
