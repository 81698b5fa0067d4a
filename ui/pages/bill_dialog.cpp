// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/bill_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "model/core/currency.h"
#include "model/core/time.h"
#include "model/items/format.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"

namespace plumbline {

using namespace Qt::StringLiterals;

BillDialog::BillDialog(std::int32_t month, const QStringList& providers, QWidget* parent)
    : QDialog(parent)
    , m_provider(new ChoiceBox(this))
    , m_month(new QLineEdit(toQt(ReportingCalendar::monthText(month)), this))
    , m_amount(new QLineEdit(this))
    , m_currency(new QLineEdit(u"USD"_s, this))
    , m_invoice(new QLineEdit(this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Add a bill"));
    resize(420, 300);
    auto* layout = new QVBoxLayout(this);
    QLabel* help = quietLabel(tr("The total of an invoice, with tax and credits in it. Usage and cost exports of a "
                                 "provider say more: import them like traces."),
                              this);
    help->setWordWrap(true);
    layout->addWidget(help);
    auto* form = new QFormLayout;
    const auto add = [&](const QString& name, QWidget* field) {
        field->setAccessibleName(name);
        form->addRow(name, field);
    };
    m_provider->setEditable(true);
    m_provider->addItems(providers);
    add(tr("Provider"), m_provider);
    add(tr("Month"), m_month);
    add(tr("Amount"), m_amount);
    add(tr("Currency"), m_currency);
    add(tr("Invoice number"), m_invoice);
    layout->addLayout(form);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(u"problem"_s);
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &BillDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    m_amount->setFocus();
}

Result<BilledTotal> BillDialog::read() const
{
    BilledTotal bill{.provider = fromQt(m_provider->currentText().trimmed()),
                     .currency = fromQt(m_currency->text().trimmed().toUpper()),
                     .invoice = fromQt(m_invoice->text().trimmed())};
    if (bill.provider.empty())
        return fail(ErrorKind::Usage, fromQt(tr("Who billed?")));
    bill.month = TRY(ReportingCalendar::parseMonth(fromQt(m_month->text().trimmed())));
    QString amount = m_amount->text().trimmed();
    amount.remove(u',').remove(u'$').remove(u'€');
    const auto money = moneyFromDecimal(fromQt(amount));
    if (amount.isEmpty() || !money)
        return fail(ErrorKind::Usage, fromQt(tr("The amount is a decimal number, such as 1,234.56")));
    bill.amount = *money;
    TRY(checkCurrency(bill.currency));
    return bill;
}

void BillDialog::accept()
{
    auto bill = read();
    if (!bill) {
        m_problem->setText(toQt(bill.error().text()));
        m_problem->show();
        return;
    }
    m_bill = *std::move(bill);
    QDialog::accept();
}

} // namespace plumbline
