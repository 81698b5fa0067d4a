// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spend_plan_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/pages/currency_editor.h"
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

enum BudgetColumn
{
    BudgetFor,
    BudgetOf,
    BudgetFrom,
    BudgetAmount,
    BudgetWarnAt,
};

constexpr auto between = u"; ";

} // namespace

SpendPlanDialog::SpendPlanDialog(const SpendPlan& plan, std::int32_t month, QWidget* parent)
    : QDialog(parent)
    , m_plan(plan)
    , m_month(month)
    , m_currencies(new CurrencyEditor(plan, month, this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Cost centres and budgets"));
    resize(860, 720);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(headingLabel(tr("Cost centres"), this));
    layout->addWidget(quietLabel(tr("The first whose conditions all hold has a call. Conditions as they are typed in a "
                                    "filter: feature=support-chat,triage; environment!=staging; metadata.team=search"),
                                 this));
    layout->addWidget(buildCentres(), 1);
    layout->addWidget(headingLabel(tr("Budgets"), this));
    layout->addWidget(quietLabel(tr("A month, in US dollars, until another for the same begins; 0 ends one."), this));
    layout->addWidget(buildBudgets(), 1);
    layout->addWidget(headingLabel(tr("Currency"), this));
    layout->addWidget(m_currencies, 1);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(u"problem"_s);
    m_problem->hide();
    layout->addWidget(m_problem);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &SpendPlanDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    for (const CostCentre& centre : plan.centres)
        addCentre(centre);
    for (const Budget& budget : plan.budgets)
        addBudget(budget);
}

QWidget* SpendPlanDialog::buildCentres()
{
    auto* part = new QWidget(this);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    m_centres =
        editableTable(tr("Cost centres"), {{tr("Name"), 150}, {tr("Conditions")}, {tr("Its spend"), 170}}, part);
    layout->addWidget(m_centres, 1);
    auto* row = new QHBoxLayout;
    connect(smallButton(tr("Add"), tr("Add a cost centre"), *row), &QPushButton::clicked, this, [this] {
        addCentre({.name = {}, .conditions = {}});
        m_centres->setCurrentCell(m_centres->rowCount() - 1, CentreName);
        m_centres->editItem(m_centres->currentItem());
    });
    connect(smallButton(tr("Remove"), tr("Remove the cost centre"), *row), &QPushButton::clicked, this,
            [this] { m_centres->removeRow(m_centres->currentRow()); });
    connect(smallButton(tr("Up"), tr("Move the cost centre up"), *row), &QPushButton::clicked, this,
            [this] { moveCentre(-1); });
    connect(smallButton(tr("Down"), tr("Move the cost centre down"), *row), &QPushButton::clicked, this,
            [this] { moveCentre(1); });
    row->addStretch(1);
    layout->addLayout(row);
    return part;
}

QWidget* SpendPlanDialog::buildBudgets()
{
    auto* part = new QWidget(this);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    m_budgets = editableTable(
        tr("Budgets"),
        {{tr("For"), 150}, {tr("Which")}, {tr("From"), 100}, {tr("US dollars"), 120}, {tr("At risk from %"), 130}},
        part);
    layout->addWidget(m_budgets, 1);
    auto* row = new QHBoxLayout;
    connect(smallButton(tr("Add"), tr("Add a budget"), *row), &QPushButton::clicked, this, [this] {
        addBudget({.from = m_month});
        m_budgets->setCurrentCell(m_budgets->rowCount() - 1, BudgetAmount);
        m_budgets->editItem(m_budgets->currentItem());
    });
    connect(smallButton(tr("Remove"), tr("Remove the budget"), *row), &QPushButton::clicked, this,
            [this] { m_budgets->removeRow(m_budgets->currentRow()); });
    row->addStretch(1);
    layout->addLayout(row);
    return part;
}

void SpendPlanDialog::addCentre(const CostCentre& centre)
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

void SpendPlanDialog::addBudget(const Budget& budget)
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

void SpendPlanDialog::moveCentre(int by)
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

Result<CostCentre> SpendPlanDialog::readCentre(int row) const
{
    CostCentre centre{.name = fromQt(cellText(*m_centres, row, CentreName))};
    for (const QString& text : cellText(*m_centres, row, CentreRules).split(u';', Qt::SkipEmptyParts))
        centre.conditions.push_back(TRY(conditionFromText(fromQt(text.trimmed()))));
    if (const QString shared = choiceOf(*m_centres, row, CentreShared); !shared.isEmpty())
        centre.shared = TRY(splitKeyFromId(fromQt(shared)));
    return centre;
}

Result<Budget> SpendPlanDialog::readBudget(int row) const
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

Result<SpendPlan> SpendPlanDialog::read() const
{
    SpendPlan plan;
    for (int row = 0; row < m_centres->rowCount(); ++row)
        plan.centres.push_back(TRY(readCentre(row)));
    for (int row = 0; row < m_budgets->rowCount(); ++row)
        plan.budgets.push_back(TRY(readBudget(row)));
    plan.currency = m_currencies->currency();
    plan.rates = TRY(m_currencies->rates());
    TRY(checked(plan));
    return plan;
}

void SpendPlanDialog::accept()
{
    commitEditor(*m_centres);
    commitEditor(*m_budgets);
    m_currencies->commit();
    auto plan = read();
    if (!plan) {
        m_problem->setText(toQt(plan.error().text()));
        m_problem->show();
        return;
    }
    m_plan = *std::move(plan);
    QDialog::accept();
}

} // namespace plumbline
