// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/budget_editor.h"

#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/edit_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

enum BudgetColumn
{
    BudgetFor,
    BudgetOf,
    BudgetFrom,
    BudgetAmount,
    BudgetWarnAt,
};

constexpr int monthsOfYear = 12;

} // namespace

BudgetEditor::BudgetEditor(const SpendPlan& plan, std::int32_t month, QWidget* parent)
    : QWidget(parent), m_yearStarts(new ChoiceBox(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(quietLabel(tr("A month, in US dollars, until another for the same begins; 0 ends one."), this));
    m_budgets = editableTable(
        tr("Budgets"),
        {{tr("For"), 150}, {tr("Which")}, {tr("From"), 100}, {tr("US dollars"), 120}, {tr("At risk from %"), 130}},
        this);
    layout->addWidget(m_budgets, 1);
    QHBoxLayout* row = editButtons(*m_budgets, tr("Add a budget"), tr("Remove the budget"), BudgetAmount,
                                   [this, month] { add({.from = month}); });
    row->addWidget(new QLabel(tr("The year begins in"), this));
    m_yearStarts->setAccessibleName(tr("Month in which the year of budgets begins"));
    for (int of = 1; of <= monthsOfYear; ++of)
        m_yearStarts->addItem(format::monthName(of), of);
    m_yearStarts->setCurrentIndex(plan.yearStarts - 1);
    row->addWidget(m_yearStarts);
    layout->addLayout(row);
    for (const Budget& budget : plan.budgets)
        add(budget);
}

void BudgetEditor::add(const Budget& budget)
{
    const int row = m_budgets->rowCount();
    m_budgets->insertRow(row);
    addChoice(*m_budgets, row, BudgetFor,
              {{u"all"_s, tr("All spend")},
               {u"cost-centre"_s, tr("Cost centre")},
               {u"feature"_s, tr("Feature")},
               {u"provider"_s, tr("Provider")},
               {u"model"_s, tr("Model")},
               {u"environment"_s, tr("Environment")},
               {u"user"_s, tr("User")},
               {u"metadata.tenant"_s, tr("Tenant")}},
              toQt(budget.scope.of), tr("What the budget is for"));
    setCell(*m_budgets, row, BudgetOf, toQt(budget.scope.value));
    setCell(*m_budgets, row, BudgetFrom,
            budget.from == 0 ? QString() : toQt(ReportingCalendar::monthText(budget.from)));
    setCell(*m_budgets, row, BudgetAmount,
            QString::number(budget.cents / 100) + u'.' + QString::number(budget.cents % 100).rightJustified(2, u'0'));
    setCell(*m_budgets, row, BudgetWarnAt, QString::number(budget.warnAt));
}

Result<Budget> BudgetEditor::read(int row) const
{
    Budget budget{.scope = {.of = fromQt(choiceOf(*m_budgets, row, BudgetFor)),
                            .value = fromQt(cellText(*m_budgets, row, BudgetOf))}};
    if (const QString from = cellText(*m_budgets, row, BudgetFrom); !from.isEmpty()) // else always
        budget.from = TRY(ReportingCalendar::parseMonth(fromQt(from)));
    QString amount = cellText(*m_budgets, row, BudgetAmount);
    amount.remove(u',').remove(u'$');
    bool isNumber = false;
    const double dollars = amount.toDouble(&isNumber);
    if (!isNumber || dollars < 0 || dollars > 1e12)
        return fail(ErrorKind::Usage, "'" + fromQt(amount) + "' is no amount of dollars");
    budget.cents = qRound64(dollars * 100);
    budget.warnAt = cellText(*m_budgets, row, BudgetWarnAt).toDouble(&isNumber);
    if (!isNumber)
        return fail(ErrorKind::Usage, "a budget is at risk from a number of percent on");
    return budget;
}

Result<std::vector<Budget>> BudgetEditor::budgets() const
{
    std::vector<Budget> budgets;
    for (int row = 0; row < m_budgets->rowCount(); ++row)
        budgets.push_back(TRY(read(row)));
    return budgets;
}

std::int32_t BudgetEditor::yearStarts() const
{
    return m_yearStarts->currentData().toInt();
}

void BudgetEditor::commit()
{
    commitEditor(*m_budgets);
}

} // namespace plumbline
