// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCoreApplication>

#include <algorithm>

#include "model/items/format.h"
#include "model/items/scope.h"
#include "model/items/spend_tables.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct ChangeTexts
{
    Q_DECLARE_TR_FUNCTIONS(Spend)
};

} // namespace

bool isOfMonths(const SpendAnswer& answer)
{
    return answer.changed == Filter{.period = answer.period} && answer.changedFrom == Filter{.period = answer.baseline};
}

ChangeEnds changeEnds(const SpendAnswer& answer, const ReportingCalendar& calendar)
{
    const auto chips = [](const Filter& of, const Filter& other) {
        QStringList chips;
        for (const Condition& chip : of.conditions)
            if (std::find(other.conditions.begin(), other.conditions.end(), chip) == other.conditions.end())
                chips += chipText(chip);
        return chips.join(u", "_s);
    };
    if (answer.changed.conditions != answer.changedFrom.conditions)
        return {.from = chips(answer.changedFrom, answer.changed), .to = chips(answer.changed, answer.changedFrom)};
    return {.from = format::period(answer.changedFrom.period.value_or(answer.baseline), calendar),
            .to = format::period(answer.changed.period.value_or(answer.period), calendar)};
}

QString natureTitle(ChangeNature nature)
{
    switch (nature) {
    case ChangeNature::Temporary:
        return ChangeTexts::tr("temporary");
    case ChangeNature::Structural:
        return ChangeTexts::tr("structural");
    case ChangeNature::Unsaid:
        break;
    }
    return {};
}

QString noteText(const ChangeNote& note)
{
    QStringList parts{natureTitle(note.nature), toQt(note.owner), toQt(note.action)};
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

} // namespace plumbline
