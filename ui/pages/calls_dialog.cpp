// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/calls_dialog.h"

#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

#include "model/items/format.h"
#include "model/items/scope.h"
#include "ui/pages/explain_cost_dialog.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/chip_row.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

// Enough to look through; the order decides which.
constexpr std::size_t listed = 1000;

} // namespace

CallsDialog::CallsDialog(const Queries& queries, Filter filter, const QString& title, WindowMemory& memory,
                         QWidget* parent)
    : QDialog(parent)
    , m_queries(queries)
    , m_filter(std::move(filter))
    , m_memory(memory)
    , m_note(quietLabel(QString(), this))
    , m_chips(new ChipRow(this))
    , m_order(new ChoiceBox(this))
    , m_table(new DataTable(u"calls"_s, tr("Calls"), m_calls, memory, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Calls · %1").arg(title));
    resize(1100, 640);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->setSpacing(8);
    auto* header = new QHBoxLayout;
    auto* heading = new QLabel(tr("Calls · %1").arg(title), this);
    heading->setFont(fonts::title());
    header->addWidget(heading);
    header->addStretch();
    QPushButton* open = smallButton(tr("Show in Traces"), tr("Show these calls on the page Traces"), *header);
    connect(open, &QPushButton::clicked, this, [this] {
        emit requestsRequested(narrowedFilter());
        close();
    });
    header->addWidget(m_order);
    layout->addLayout(header);
    layout->addWidget(m_note);
    layout->addWidget(m_chips);
    layout->addWidget(m_table, 1);

    m_order->setAccessibleName(tr("Order"));
    m_order->addItem(tr("Costliest first"), static_cast<int>(CallOrder::Costliest));
    m_order->addItem(tr("Newest first"), static_cast<int>(CallOrder::Newest));
    m_order->addItem(tr("Most tokens first"), static_cast<int>(CallOrder::MostTokens));
    m_order->addItem(tr("Slowest first"), static_cast<int>(CallOrder::Slowest));
    connect(m_order, &QComboBox::currentIndexChanged, this, &CallsDialog::ask);
    connect(m_table, &DataTable::rowActivated, this, &CallsDialog::explain);
    connect(m_table, &DataTable::conditionChosen, this, &CallsDialog::narrow);
    m_chips->hide();
    m_table->setRowActions([this](QMenu& menu, int row) {
        menu.addAction(tr("Explain cost"), this, [this, row] { explain(row); });
        menu.addAction(tr("Show its trace"), this, [this, call = static_cast<qint64>(m_calls.rowAt(row).id)] {
            emit traceRequested(call);
            close();
        });
    });
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_table, &DataTable::beginSearch);
    ask();
}

Filter CallsDialog::narrowedFilter() const
{
    // Beside what the figure is about, never in place of it.
    Filter both = m_filter;
    for (const Condition& condition : m_narrowed)
        if (std::find(both.conditions.begin(), both.conditions.end(), condition) == both.conditions.end())
            both.conditions.push_back(condition);
    return both;
}

void CallsDialog::narrow(const Condition& condition)
{
    m_narrowed = narrowed({.filter = {.conditions = m_narrowed}}, condition).filter.conditions;
    showChips();
    ask();
}

void CallsDialog::showChips()
{
    while (QLayoutItem* item = m_chips->chips().takeAt(0)) {
        item->widget()->hide(); // it may be the sender of the click that removes it
        item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t i = 0; i < m_narrowed.size(); ++i) {
        const QString text = chipText(m_narrowed[i]);
        auto* chip = new QPushButton(text + u"  ✕"_s, m_chips);
        chip->setProperty("chip", true);
        chip->setAutoDefault(false);
        chip->setAccessibleName(tr("Remove filter %1").arg(text));
        connect(chip, &QPushButton::clicked, this, [this, i] {
            m_narrowed.erase(m_narrowed.begin() + static_cast<std::ptrdiff_t>(i));
            showChips();
            ask();
            m_table->setFocus();
        });
        m_chips->chips().addWidget(chip);
    }
    m_chips->setVisible(!m_narrowed.empty());
    m_chips->fit();
}

void CallsDialog::ask()
{
    const auto order = static_cast<CallOrder>(m_order->currentData().toInt());
    m_job.start([queries = m_queries, filter = narrowedFilter(),
                 order](const StopToken& stop) { return queries.calls(filter, order, listed, stop); },
                [this](Result<CallList> calls) {
                    if (calls) {
                        const auto shown = static_cast<std::int64_t>(calls->rows.size());
                        m_calls.show(std::move(calls->rows), m_queries.calendar());
                        m_note->setText(
                            shown < calls->total
                                ? tr("%1 of %2 calls · double-click explains the cost")
                                      .arg(format::count(shown), format::count(calls->total))
                                : tr("%1 calls · double-click explains the cost").arg(format::count(shown)));
                        m_table->selectRow(0);
                    } else if (calls.error().kind != ErrorKind::Cancelled) {
                        m_note->setText(toQt(calls.error().text()));
                    }
                    emit settled();
                });
}

void CallsDialog::explain(int row)
{
    if (row < 0 || row >= m_calls.rowCount())
        return;
    auto* dialog = new ExplainCostDialog(m_queries, m_calls.rowAt(row).id, m_memory, this);
    connect(dialog, &ExplainCostDialog::priceRequested, this, &CallsDialog::priceRequested);
    connect(dialog, &ExplainCostDialog::traceRequested, this, [this](qint64 call) {
        emit traceRequested(call);
        close();
    });
    dialog->open();
}

} // namespace plumbline
