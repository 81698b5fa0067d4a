// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/spend_notes.h"

#include <QCoreApplication>

#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/reports/report.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct SpendNotes
{
    Q_DECLARE_TR_FUNCTIONS(SpendPage)
};

} // namespace

QString forecastNote(const SpendAnswer& answer)
{
    const QString month = format::month(answer.month);
    if (answer.forecast && answer.forecast->low)
        return SpendNotes::tr("%1: forecast %2, 80% between %3 and %4")
            .arg(month, format::shortMoney(answer.forecast->total), format::shortMoney(*answer.forecast->low),
                 format::shortMoney(*answer.forecast->high));
    if (answer.forecast)
        return SpendNotes::tr("%1: forecast %2").arg(month, format::shortMoney(answer.forecast->total));
    if (answer.year)
        return SpendNotes::tr("year %1: forecast %2")
            .arg(toQt(yearName(answer.plan, answer.month)), format::shortMoney(answer.year->total));
    return {};
}

QString forecastHelp(const SpendAnswer& answer)
{
    const std::optional<SpendForecast>& forecast = answer.forecast ? answer.forecast : answer.year;
    if (!forecast)
        return {};
    return forecast->method == spend::ForecastMethod::HoltWinters
               ? SpendNotes::tr("Damped Holt–Winters on daily spend with a weekly season; the range is by how far the "
                                "method was off on the days before")
               : SpendNotes::tr("Fewer than four weeks are known: their mean by weekday");
}

QString billsNote(const SpendAnswer& answer)
{
    int billed = 0;
    for (const ReconciliationRow& row : answer.reconciliation)
        billed += row.billed || !row.foreign.empty();
    return SpendNotes::tr("bills of %1 of %2 providers, %3")
        .arg(billed)
        .arg(answer.reconciliation.size())
        .arg(format::month(answer.month));
}

QStringList remarksOn(const SpendAnswer& answer, const Scope& scope, const ReportingCalendar& calendar)
{
    QStringList remarks;
    if (!scope.filter.conditions.empty())
        remarks +=
            scope.against
                ? SpendNotes::tr("All but what changed is of all calls: the filter's conditions do not apply there")
                : SpendNotes::tr("Of all calls: the filter's conditions do not apply here");
    if (const auto currency = currencyOf(answer.plan.rates, answer.plan.currency, answer.month);
        currency && currency->rate)
        remarks +=
            SpendNotes::tr("%1 in %2, at %3 a dollar (%4, %5)")
                .arg(centsText(centsOf(currency->of(answer.budget.spent)), toQt(currency->code)), toQt(currency->code),
                     toQt(rateText(currency->rate->nanos)), toQt(currency->rate->date), toQt(currency->rate->source));
    else if (!currency)
        remarks += toQt(currency.error().text());
    if (answer.adjustment)
        remarks +=
            SpendNotes::tr("closed on %1").arg(format::minute(answer.adjustment->closed, calendar)) +
            (answer.adjustment->calendar.empty() ? QString()
                                                 : SpendNotes::tr(" (%1)").arg(toQt(answer.adjustment->calendar)));
    for (const SpendAdjustment& of : answer.adjusted)
        remarks +=
            SpendNotes::tr("%1 since it was closed: %2").arg(format::month(of.month), stepText(centsOf(of.amount)));
    if (answer.isOver && answer.knownDays < answer.days)
        remarks += SpendNotes::tr("no calls after day %1 of %2").arg(answer.knownDays).arg(answer.days);
    if (answer.total.callsWithoutUsage > 0)
        remarks += SpendNotes::tr("%1 calls without usage: their cost is unknown")
                       .arg(format::count(answer.total.callsWithoutUsage));
    if (answer.total.unpricedCalls > 0)
        remarks += SpendNotes::tr("%1 calls without a price: their cost is unknown")
                       .arg(format::count(answer.total.unpricedCalls));
    for (const ReconciliationRow& row : answer.reconciliation)
        for (const std::string& source : row.retold)
            remarks += SpendNotes::tr("the bill of %1 is told again by %2, and counted once")
                           .arg(toQt(row.provider), toQt(source));
    if (answer.earlier)
        remarks += SpendNotes::tr("Δ is against %1").arg(format::period(answer.earlier->period, calendar));
    return remarks;
}

} // namespace plumbline
