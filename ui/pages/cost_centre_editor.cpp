// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/cost_centre_editor.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/widgets/card.h"
#include "ui/widgets/edit_table.h"
#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

enum CentreColumn
{
    CentreName,
    CentreRules,
    CentreShared,
};

constexpr auto between = u"; ";

} // namespace

CostCentreEditor::CostCentreEditor(const SpendPlan& plan, QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* help = quietLabel(
        tr("A call belongs to the first cost centre whose conditions all hold. Conditions as they are typed in a "
           "filter: feature=support-chat,triage; environment!=staging; metadata.team=search"),
        this);
    help->setWordWrap(true);
    layout->addWidget(help);
    m_centres =
        editableTable(tr("Cost centres"), {{tr("Name"), 150}, {tr("Conditions")}, {tr("Its spend"), 170}}, this);
    layout->addWidget(m_centres, 1);
    QHBoxLayout* row = editButtons(*m_centres, tr("Add a cost centre"), tr("Remove the cost centre"), CentreName,
                                   [this] { add({.name = {}, .conditions = {}}); });
    connect(smallButton(tr("Up"), tr("Move the cost centre up"), *row), &QPushButton::clicked, this,
            [this] { move(-1); });
    connect(smallButton(tr("Down"), tr("Move the cost centre down"), *row), &QPushButton::clicked, this,
            [this] { move(1); });
    layout->addLayout(row);
    for (const CostCentre& centre : plan.centres)
        add(centre);
}

void CostCentreEditor::add(const CostCentre& centre)
{
    const int row = m_centres->rowCount();
    m_centres->insertRow(row);
    QStringList rules;
    for (const Condition& condition : centre.conditions)
        rules += toQt(textOf(condition));
    setCell(*m_centres, row, CentreName, toQt(centre.name));
    setCell(*m_centres, row, CentreRules, rules.join(between));
    addChoice(*m_centres, row, CentreShared,
              {{QString(), tr("is its own")},
               {u"spend"_s, tr("shared by spend")},
               {u"calls"_s, tr("shared by calls")},
               {u"tokens"_s, tr("shared by tokens")},
               {u"evenly"_s, tr("shared evenly")}},
              toQt(idOf(centre.shared)), tr("What becomes of its spend"));
}

void CostCentreEditor::move(int by)
{
    const int row = m_centres->currentRow(), to = row + by;
    if (row < 0 || to < 0 || to >= m_centres->rowCount())
        return;
    for (const int column : {CentreName, CentreRules}) {
        const QString text = cellText(*m_centres, row, column);
        setCell(*m_centres, row, column, cellText(*m_centres, to, column));
        setCell(*m_centres, to, column, text);
    }
    auto* here = qobject_cast<QComboBox*>(m_centres->cellWidget(row, CentreShared));
    auto* there = qobject_cast<QComboBox*>(m_centres->cellWidget(to, CentreShared));
    const int index = here->currentIndex();
    here->setCurrentIndex(there->currentIndex());
    there->setCurrentIndex(index);
    m_centres->setCurrentCell(to, CentreName);
}

Result<std::vector<CostCentre>> CostCentreEditor::centres() const
{
    std::vector<CostCentre> centres;
    for (int row = 0; row < m_centres->rowCount(); ++row) {
        CostCentre centre{.name = fromQt(cellText(*m_centres, row, CentreName))};
        for (const QString& text : cellText(*m_centres, row, CentreRules).split(u';', Qt::SkipEmptyParts))
            centre.conditions.push_back(TRY(conditionFromText(fromQt(text.trimmed()))));
        if (const QString shared = choiceOf(*m_centres, row, CentreShared); !shared.isEmpty())
            centre.shared = TRY(splitKeyFromId(fromQt(shared)));
        centres.push_back(std::move(centre));
    }
    return centres;
}

void CostCentreEditor::commit()
{
    commitEditor(*m_centres);
}

} // namespace plumbline
