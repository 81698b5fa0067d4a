// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/rules_card.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QPushButton>

#include <algorithm>

#include "model/items/format.h"
#include "model/queries/queries.h"
#include "ui/pages/draft_step.h"
#include "ui/pages/rule_dialogs.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

RulesCard::RulesCard(WindowMemory& memory, QWidget* parent)
    : Card(tr("Feature rules"), parent)
    , m_memory(memory)
    , m_table(new DataTable(u"rules"_s, tr("Feature rules"), m_rules, memory, this))
{
    m_table->setSortingEnabled(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setDragEnabled(true);
    m_table->setAcceptDrops(true);
    m_table->setDragDropMode(QAbstractItemView::InternalMove);
    m_table->setDropIndicatorShown(true);
    m_table->setDragDropOverwriteMode(false);
    body().addWidget(m_table, 1);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    m_add = smallButton(tr("+ Rule"), tr("Add a rule"), *row);
    m_edit = smallButton(tr("Edit…"), tr("Edit the chosen rule"), *row);
    m_remove = smallButton(tr("Remove"), tr("Remove the chosen rule"), *row);
    m_up = smallButton(u"↑"_s, tr("Try the chosen rule earlier"), *row);
    m_down = smallButton(u"↓"_s, tr("Try the chosen rule later"), *row);
    row->addStretch();
    m_undo = smallButton(tr("Undo"), tr("Undo the last change of the rules"), *row);
    m_preview = smallButton(tr("Preview changes"), tr("Show what would move"), *row);
    m_apply = smallButton(tr("Apply"), tr("Apply the rules to all calls"), *row);
    m_apply->setProperty("primary", true);
    body().addLayout(row);

    connect(m_add, &QPushButton::clicked, this, &RulesCard::add);
    connect(m_edit, &QPushButton::clicked, this, [this] { edit(chosenRow()); });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        FeatureRules rules = m_draft;
        rules.erase(rules.begin() + chosenRow());
        change(tr("Remove a rule"), std::move(rules));
    });
    connect(m_up, &QPushButton::clicked, this, [this] { move(chosenRow(), chosenRow() - 1); });
    connect(m_down, &QPushButton::clicked, this, [this] { move(chosenRow(), chosenRow() + 2); });
    connect(m_undo, &QPushButton::clicked, this, &RulesCard::undo);
    connect(m_preview, &QPushButton::clicked, this, &RulesCard::preview);
    connect(m_apply, &QPushButton::clicked, this, &RulesCard::apply);
    connect(m_table, &DataTable::rowActivated, this, &RulesCard::edit);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RulesCard::refresh);
    // The view is in the middle of its drop: the rows change after it.
    connect(&m_rules, &RulesTable::moveRequested, this, &RulesCard::move, Qt::QueuedConnection);
    connect(&m_steps, &QUndoStack::indexChanged, this, &RulesCard::refresh);
    connect(&m_steps, &QUndoStack::indexChanged, this, &RulesCard::stepped);
    refresh();
}

RulesCard::~RulesCard()
{
    // It tells of its end, and what it would tell is gone by then.
    m_steps.disconnect(this);
}

void RulesCard::show(const Queries& queries, const RulesAnswer& applied)
{
    // A draft is made for one workspace: what was not applied there is no change of another.
    const bool isAnother = !m_queries || m_queries->path() != queries.path();
    const bool isTouched = m_draft != appliedRules() && !isAnother;
    if (isAnother)
        m_steps.clear();
    m_queries = std::make_unique<Queries>(queries);
    m_applied = applied;
    setDraft(isTouched ? m_draft : appliedRules());
    const double share =
        applied.calls > 0 ? static_cast<double>(applied.unallocated) / static_cast<double>(applied.calls) : 0;
    setNote(tr("first match wins · drag to reorder · %1 unallocated").arg(format::percent(share)));
}

void RulesCard::setApplying(bool isApplying)
{
    m_isApplying = isApplying;
    refresh();
}

FeatureRules RulesCard::appliedRules() const
{
    FeatureRules rules;
    for (const RuleRow& row : m_applied.rules)
        rules.push_back(row.rule);
    return rules;
}

void RulesCard::setDraft(FeatureRules rules)
{
    const int chosen = chosenRow();
    m_draft = std::move(rules);
    m_rules.show(m_draft, m_applied);
    if (chosen >= 0 && m_rules.rowCount() > 0)
        m_table->selectRow(std::min(chosen, m_rules.rowCount() - 1));
    refresh();
}

void RulesCard::change(const QString& what, FeatureRules rules)
{
    m_steps.push(new DraftStep<FeatureRules>(what, m_draft, std::move(rules),
                                             [this](const FeatureRules& now) { setDraft(now); }));
}

void RulesCard::apply()
{
    const FeatureRules before = appliedRules();
    m_steps.push(new DraftStep<FeatureRules>(tr("Apply the rules"), before, m_draft,
                                             [this](const FeatureRules& now) { emit applyRequested(now); }));
}

void RulesCard::undo()
{
    if (canUndo())
        m_steps.undo();
}

void RulesCard::refresh()
{
    const int row = chosenRow();
    const bool isChanged = m_draft != appliedRules();
    m_add->setEnabled(!m_isApplying);
    m_edit->setEnabled(row >= 0 && !m_isApplying);
    m_remove->setEnabled(row >= 0 && !m_isApplying);
    m_up->setEnabled(row > 0 && !m_isApplying);
    m_down->setEnabled(row >= 0 && row + 1 < static_cast<int>(m_draft.size()) && !m_isApplying);
    m_undo->setEnabled(canUndo());
    m_preview->setEnabled(isChanged && !m_isApplying);
    m_apply->setEnabled(isChanged && !m_isApplying);
}

int RulesCard::chosenRow() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

void RulesCard::add()
{
    RuleDialog dialog({.field = RuleField::TraceName, .test = RuleTest::Matches}, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    FeatureRules rules = m_draft;
    // What one adds is meant to count: it goes first, where nothing shadows it.
    rules.insert(rules.begin(), dialog.rule());
    change(tr("Add a rule"), std::move(rules));
}

void RulesCard::edit(int row)
{
    if (row < 0 || m_isApplying)
        return;
    RuleDialog dialog(m_draft[static_cast<std::size_t>(row)], this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    FeatureRules rules = m_draft;
    rules[static_cast<std::size_t>(row)] = dialog.rule();
    if (rules != m_draft)
        change(tr("Edit a rule"), std::move(rules));
}

void RulesCard::move(int from, int to)
{
    const int count = static_cast<int>(m_draft.size());
    if (from < 0 || from >= count || to < 0 || to > count || to == from || to == from + 1)
        return;
    FeatureRules rules = m_draft;
    const FeatureRule moved = rules[static_cast<std::size_t>(from)];
    rules.erase(rules.begin() + from);
    const int place = to > from ? to - 1 : to;
    rules.insert(rules.begin() + place, moved);
    change(tr("Move a rule"), std::move(rules));
    m_table->selectRow(place);
}

void RulesCard::preview()
{
    m_job.start(
        [queries = *m_queries, rules = m_draft](const StopToken& stop) { return queries.previewRules(rules, stop); },
        [this](Result<RulesPreview> preview) {
            if (preview)
                (new RulesPreviewDialog(*preview, m_memory, this))->open();
            else if (preview.error().kind != ErrorKind::Cancelled)
                setNote(toQt(preview.error().text()));
        });
}

} // namespace plumbline
