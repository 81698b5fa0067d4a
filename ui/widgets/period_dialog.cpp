// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/period_dialog.h"

#include <QDateEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>

#include "model/items/dates.h"
#include "model/items/format.h"
#include "ui/widgets/card.h"

namespace plumbline {

using namespace Qt::StringLiterals;

PeriodDialog::PeriodDialog(const std::optional<Period>& shown, const ReportingCalendar& calendar, QWidget* parent)
    : QDialog(parent), m_calendar(calendar), m_first(new QDateEdit(this)), m_last(new QDateEdit(this))
{
    setWindowTitle(tr("Period"));
    auto* layout = new QFormLayout(this);
    layout->addRow(tr("From"), m_first);
    layout->addRow(tr("To, included"), m_last);
    layout->addRow(quietLabel(tr("Days of %1").arg(toQt(calendar.zone())), this));
    for (QDateEdit* edit : {m_first, m_last}) {
        edit->setCalendarPopup(true);
        edit->setDisplayFormat(u"yyyy-MM-dd"_s);
    }
    m_first->setAccessibleName(tr("From"));
    m_last->setAccessibleName(tr("To, included"));
    const QDate today = QDate::currentDate();
    m_first->setDate(shown ? toQDate(floorDivide(calendar.localHour(shown->first), 24)) : today.addDays(-30));
    m_last->setDate(shown ? toQDate(floorDivide(calendar.localHour(Timestamp(shown->end.microseconds() - 1)), 24))
                          : today);
    // The later day never lies before the earlier.
    connect(m_first, &QDateEdit::dateChanged, m_last, &QDateEdit::setMinimumDate);
    m_last->setMinimumDate(m_first->date());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    layout->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

Period PeriodDialog::period() const
{
    return {m_calendar.startOfDay(dayNumber(m_first->date())), m_calendar.startOfDay(dayNumber(m_last->date()) + 1)};
}

} // namespace plumbline
