// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/mean_changes.h"

#include <QCoreApplication>

#include <cmath>

#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(MeanChange)
};

QString costText(const SampleMean& of)
{
    return of.calls > 0
               ? format::money(MoneySum::ofPicodollars(static_cast<MoneySum::Integer>(std::llround(of.mean * 1e12))))
               : format::unknown();
}

} // namespace

QString changeText(const MeanChange& change)
{
    if (change.before.calls == 0 || change.now.calls == 0 || change.before.mean <= 0)
        return format::unknown();
    const QString text = format::change(change.now.mean, change.before.mean);
    return change.isSignificant() ? text : u"≈ "_s + text;
}

QString chanceText(const MeanChange& change)
{
    QString text = Texts::tr("A call cost %1, it was %2.").arg(costText(change.now), costText(change.before));
    const auto chance = change.chance();
    if (!chance)
        return text + u'\n' + Texts::tr("Too few traces to tell a change from chance.");
    const QString p = *chance < 0.001 ? Texts::tr("p below 0.001") : Texts::tr("p = %1").arg(*chance, 0, 'f', 3);
    const QString verdict = change.isSignificant() ? Texts::tr("More than chance: %1") : Texts::tr("May be chance: %1");
    return text + u'\n' + verdict.arg(p) + u' ' +
           Texts::tr("(Welch's test over %1 and %2 traces).")
               .arg(format::count(change.now.traces), format::count(change.before.traces));
}

QString comparisonLine(const Breakdown& compared, std::size_t now, std::size_t before, const QString& against)
{
    const auto count = [](std::size_t of) { return format::count(static_cast<std::int64_t>(of)); };
    const MoneySum cost = compared.total.cost.value_or(MoneySum()),
                   costBefore = compared.totalBaseline.value_or(Measures()).cost.value_or(MoneySum());
    return Texts::tr("Against %1: %2 where there were %3 (%4) · %5, was %6 (%7) · a call %8")
        .arg(against, count(now), count(before), format::change(static_cast<double>(now), static_cast<double>(before)),
             format::money(cost), format::money(costBefore), format::change(cost.dollars(), costBefore.dollars()),
             changeText(compared.totalCostOfCall.value_or(MeanChange())));
}

} // namespace plumbline
