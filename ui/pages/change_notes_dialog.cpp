// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/change_notes_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/widgets/card.h"
#include "ui/widgets/edit_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

enum NoteColumn
{
    NoteStep,
    NoteAmount,
    NoteNature,
    NoteOwner,
    NoteAction,
};

} // namespace

ChangeNotesDialog::ChangeNotesDialog(const SpendAnswer& answer, QWidget* parent)
    : QDialog(parent), m_plan(answer.plan), m_month(answer.month), m_steps(changeSteps(answer.variance))
{
    setWindowTitle(tr("Explain the change, %1 → %2").arg(format::month(answer.against), format::month(answer.month)));
    resize(900, 460);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(quietLabel(
        tr("For each step: is it temporary or structural, who answers for it, and what is done next. It stands "
           "in the report, page “Why it changed”."),
        this));
    m_table = editableTable(
        tr("Steps of the change"),
        {{tr("Step"), 170}, {tr("Amount"), 110}, {tr("Nature"), 140}, {tr("Owner"), 150}, {tr("What is done next")}},
        this);
    layout->addWidget(m_table, 1);
    for (const ChangeStep& step : m_steps) {
        const int row = m_table->rowCount();
        const ChangeNote note = noteOf(m_plan, m_month, step.id);
        m_table->insertRow(row);
        setCell(*m_table, row, NoteStep, step.title);
        setCell(*m_table, row, NoteAmount, stepText(step.cents));
        for (const int column : {NoteStep, NoteAmount})
            m_table->item(row, column)->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        addChoice(*m_table, row, NoteNature,
                  {{QString(), tr("not said")},
                   {u"temporary"_s, natureTitle(ChangeNature::Temporary)},
                   {u"structural"_s, natureTitle(ChangeNature::Structural)}},
                  toQt(idOf(note.nature)), tr("Nature of %1").arg(step.title));
        setCell(*m_table, row, NoteOwner, toQt(note.owner));
        setCell(*m_table, row, NoteAction, toQt(note.action));
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &ChangeNotesDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

SpendPlan ChangeNotesDialog::plan() const
{
    SpendPlan plan = m_plan;
    const auto isShown = [&](const ChangeNote& note) {
        return note.month == m_month && std::any_of(m_steps.begin(), m_steps.end(),
                                                    [&](const ChangeStep& step) { return step.id == note.step; });
    };
    std::erase_if(plan.notes, isShown); // of steps that are no steps any more they stay
    for (int row = 0; row < m_table->rowCount(); ++row) {
        ChangeNote note{.month = m_month,
                        .step = m_steps[static_cast<std::size_t>(row)].id,
                        .owner = fromQt(cellText(*m_table, row, NoteOwner)),
                        .action = fromQt(cellText(*m_table, row, NoteAction))};
        note.nature = changeNatureFromId(fromQt(choiceOf(*m_table, row, NoteNature))).value_or(ChangeNature::Unsaid);
        if (!noteText(note).isEmpty())
            plan.notes.push_back(std::move(note));
    }
    return plan;
}

void ChangeNotesDialog::accept()
{
    commitEditor(*m_table);
    QDialog::accept();
}

} // namespace plumbline
