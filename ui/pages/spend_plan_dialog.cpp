// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spend_plan_dialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/pages/budget_editor.h"
#include "ui/pages/cost_centre_editor.h"
#include "ui/pages/currency_editor.h"
#include "ui/pages/owner_editor.h"
#include "ui/widgets/tab_heading.h"

namespace plumbline {

using namespace Qt::StringLiterals;

SpendPlanDialog::SpendPlanDialog(const SpendPlan& plan, std::int32_t month, const QStringList& features,
                                 QWidget* parent)
    : QDialog(parent)
    , m_plan(plan)
    , m_centres(new CostCentreEditor(plan, this))
    , m_budgets(new BudgetEditor(plan, month, this))
    , m_owners(new OwnerEditor(plan, month, features, this))
    , m_currencies(new CurrencyEditor(plan, month, this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Cost centres and budgets"));
    resize(860, 560);
    auto* layout = new QVBoxLayout(this);
    auto* parts = new QStackedWidget(this);
    for (QWidget* part : std::initializer_list<QWidget*>{m_centres, m_budgets, m_owners, m_currencies})
        parts->addWidget(part);
    auto* tabs =
        new TabHeading(QString(), {tr("Cost centres"), tr("Budgets"), tr("Owners and targets"), tr("Currency")}, this);
    connect(tabs, &TabHeading::chosen, parts, &QStackedWidget::setCurrentIndex);
    layout->addWidget(tabs);
    layout->addWidget(parts, 1);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(u"problem"_s);
    m_problem->hide();
    layout->addWidget(m_problem);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &SpendPlanDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

Result<SpendPlan> SpendPlanDialog::read() const
{
    SpendPlan plan{.notes = m_plan.notes};
    plan.centres = TRY(m_centres->centres());
    plan.budgets = TRY(m_budgets->budgets());
    plan.yearStarts = m_budgets->yearStarts();
    plan.owners = m_owners->owners();
    plan.targets = TRY(m_owners->targets());
    plan.currency = m_currencies->currency();
    plan.rates = TRY(m_currencies->rates());
    TRY(checked(plan));
    return plan;
}

void SpendPlanDialog::accept()
{
    m_centres->commit();
    m_budgets->commit();
    m_owners->commit();
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
