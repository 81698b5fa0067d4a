// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/currency_editor.h"

#include <QLabel>
#include <QLineEdit>
#include <QTableWidget>
#include <QVBoxLayout>

#include "model/core/time.h"
#include "model/items/format.h"
#include "ui/widgets/card.h"
#include "ui/widgets/edit_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

enum RateColumn
{
    RateCurrency,
    RateMonth,
    RatePerDollar,
    RateDate,
    RateSource,
};

} // namespace

CurrencyEditor::CurrencyEditor(const SpendPlan& plan, std::int32_t month, QWidget* parent)
    : QWidget(parent), m_currency(new QLineEdit(toQt(plan.currency), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* chosen = new QHBoxLayout;
    m_currency->setAccessibleName(tr("Currency of reports"));
    m_currency->setMaximumWidth(70);
    m_currency->setMaxLength(3);
    chosen->addWidget(new QLabel(tr("Reports are in"), this));
    chosen->addWidget(m_currency);
    chosen->addWidget(
        quietLabel(tr("Prices are in US dollars; another currency wants a rate for every month, with its day "
                      "and who published it."),
                   this),
        1);
    layout->addLayout(chosen);
    m_rates = editableTable(tr("Exchange rates"),
                            {{tr("Currency"), 90},
                             {tr("Month"), 100},
                             {tr("For a US dollar"), 140},
                             {tr("As of"), 120},
                             {tr("Published by")}},
                            this);
    m_rates->setMinimumHeight(96);
    layout->addWidget(m_rates, 1);
    layout->addLayout(editButtons(*m_rates, tr("Add a rate"), tr("Remove the rate"), RatePerDollar, [this, month] {
        add({.currency = currency() == "USD" ? "EUR" : currency(), .month = month});
    }));
    for (const ExchangeRate& rate : plan.rates)
        add(rate);
}

void CurrencyEditor::add(const ExchangeRate& rate)
{
    const int row = m_rates->rowCount();
    m_rates->insertRow(row);
    setCell(*m_rates, row, RateCurrency, toQt(rate.currency));
    setCell(*m_rates, row, RateMonth, toQt(ReportingCalendar::monthText(rate.month)));
    setCell(*m_rates, row, RatePerDollar, rate.nanos > 0 ? toQt(rateText(rate.nanos)) : QString());
    setCell(*m_rates, row, RateDate, toQt(rate.date));
    setCell(*m_rates, row, RateSource, toQt(rate.source));
}

std::string CurrencyEditor::currency() const
{
    return fromQt(m_currency->text().trimmed().toUpper());
}

Result<std::vector<ExchangeRate>> CurrencyEditor::rates() const
{
    std::vector<ExchangeRate> rates;
    for (int row = 0; row < m_rates->rowCount(); ++row) {
        ExchangeRate rate{.currency = fromQt(cellText(*m_rates, row, RateCurrency).toUpper()),
                          .date = fromQt(cellText(*m_rates, row, RateDate)),
                          .source = fromQt(cellText(*m_rates, row, RateSource))};
        rate.month = TRY(ReportingCalendar::parseMonth(fromQt(cellText(*m_rates, row, RateMonth))));
        rate.nanos = TRY(rateFromText(fromQt(cellText(*m_rates, row, RatePerDollar))));
        rates.push_back(std::move(rate));
    }
    return rates;
}

void CurrencyEditor::commit()
{
    commitEditor(*m_rates);
}

} // namespace plumbline
