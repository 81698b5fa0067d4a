// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings_card.h"

#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTimeZone>
#include <QVBoxLayout>

#include <algorithm>

#include "model/items/format.h"
#include "model/items/price_tables.h"
#include "ui/widgets/choice_box.h"

namespace plumbline {

using namespace Qt::StringLiterals;

SettingsCard::SettingsCard(QWidget* parent)
    : Card(tr("Prices"), parent)
    , m_book(new QLabel(this))
    , m_unpriced(new QWidget(this))
    , m_zone(new ChoiceBox(this))
    , m_monthStart(new QSpinBox(this))
    , m_apply(new QPushButton(tr("Apply"), this))
{
    m_book->setWordWrap(true);
    body().addWidget(m_book);
    new QVBoxLayout(m_unpriced);
    m_unpriced->layout()->setContentsMargins(0, 0, 0, 0);
    m_unpriced->layout()->setSpacing(2);
    body().addWidget(m_unpriced);
    auto* open = new QPushButton(tr("Open price book…"), this);
    open->setProperty("link", true);
    open->setAutoDefault(false);
    open->setCursor(Qt::PointingHandCursor);
    open->setToolTip(tr("Look prices up, override and discount them"));
    body().addWidget(open);
    connect(open, &QPushButton::clicked, this, &SettingsCard::pricesRequested);
    body().addSpacing(4);
    body().addWidget(headingLabel(tr("Reporting"), this));

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(6);
    auto* zoneLabel = new QLabel(tr("Time zone"), this);
    auto* startLabel = new QLabel(tr("Month starts on"), this);
    zoneLabel->setBuddy(m_zone);
    startLabel->setBuddy(m_monthStart);
    grid->addWidget(zoneLabel, 0, 0);
    grid->addWidget(m_zone, 0, 1);
    grid->addWidget(startLabel, 1, 0);
    auto* line = new QHBoxLayout;
    line->addWidget(m_monthStart);
    line->addStretch();
    line->addWidget(m_apply);
    grid->addLayout(line, 1, 1);
    grid->setColumnStretch(1, 1);
    body().addLayout(grid);
    body().addStretch();

    m_zone->setAccessibleName(tr("Reporting time zone"));
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_zone->setMinimumContentsLength(14);
    m_zone->addItem(u"UTC"_s);
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds())
        if (id.contains('/'))
            m_zone->addItem(QString::fromLatin1(id));
    m_zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    m_monthStart->setAccessibleName(tr("Day a month starts on"));
    m_monthStart->setRange(1, 28);
    m_monthStart->setMinimumWidth(64);
    m_apply->setAutoDefault(false);
    m_apply->setAccessibleName(tr("Apply time zone and month start"));
    connect(m_zone, &QComboBox::currentTextChanged, this, &SettingsCard::check);
    connect(m_monthStart, &QSpinBox::valueChanged, this, &SettingsCard::check);
    connect(m_apply, &QPushButton::clicked, this,
            [this] { emit reportingChosen(m_zone->currentText(), m_monthStart->value()); });
    check();
}

void SettingsCard::show(const PricesAnswer& prices, const StatusAnswer& status)
{
    QStringList parts = {tr("Book of %1").arg(toQt(prices.bookDate)),
                         tr("%1 models").arg(format::count(prices.models))};
    const auto overrides = static_cast<std::int64_t>(prices.own.prices.size());
    parts += overrides == 1 ? tr("1 override") : tr("%1 overrides").arg(format::count(overrides));
    for (const Discount& discount : prices.own.discounts) {
        const QString whose = toQt(discount.provider + (discount.model.empty() ? "" : " " + discount.model)).trimmed();
        parts +=
            tr("discount %1 %2").arg(whose.isEmpty() ? tr("on everything") : whose, format::discount(discount.paid));
    }
    m_book->setText(parts.join(u" · "_s));
    showUnpriced(prices);
    m_appliedZone = toQt(status.timeZone);
    m_appliedMonthStart = status.monthStartDay;
    m_zone->setCurrentText(m_appliedZone);
    m_monthStart->setValue(m_appliedMonthStart);
    check();
}

void SettingsCard::showUnpriced(const PricesAnswer& prices)
{
    QLayout* rows = m_unpriced->layout();
    while (QLayoutItem* item = rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    if (prices.unpriced.empty()) {
        rows->addWidget(quietLabel(tr("Every model with usage has a price."), m_unpriced));
        return;
    }
    constexpr std::size_t shown = 4;
    for (std::size_t i = 0; i < std::min(shown, prices.unpriced.size()); ++i) {
        const auto& [model, calls] = prices.unpriced[i];
        auto* link =
            new QPushButton(tr("No price for %1 (%2 calls)").arg(toQt(model), format::count(calls)), m_unpriced);
        link->setProperty("link", true);
        link->setAutoDefault(false);
        link->setCursor(Qt::PointingHandCursor);
        connect(link, &QPushButton::clicked, this, [this, name = toQt(model)] { emit unpricedRequested(name); });
        rows->addWidget(link);
    }
    if (prices.unpriced.size() > shown)
        rows->addWidget(quietLabel(tr("and %1 more models").arg(prices.unpriced.size() - shown), m_unpriced));
}

void SettingsCard::check()
{
    const bool isChanged = m_zone->currentText() != m_appliedZone || m_monthStart->value() != m_appliedMonthStart;
    const bool isKnown = ReportingCalendar::open(fromQt(m_zone->currentText()), m_monthStart->value()).has_value();
    m_apply->setEnabled(isChanged && isKnown && !m_appliedZone.isEmpty());
}

} // namespace plumbline
