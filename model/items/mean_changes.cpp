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

QString secondsText(const SampleMean& of)
{
    return of.calls > 0 ? format::duration(std::llround(of.mean * 1e6)) : format::unknown();
}

QString shareText(const SampleMean& of)
{
    return of.calls > 0 ? format::percent(of.mean) : format::unknown();
}

/// Whether it is more than chance, behind what changed.
QString withChance(const QString& text, const MeanChange& change)
{
    const auto chance = change.chance();
    if (!chance)
        return text + u'\n' + Texts::tr("Too few traces to tell a change from chance.");
    const QString p = *chance < 0.001 ? Texts::tr("p below 0.001") : Texts::tr("p = %1").arg(*chance, 0, 'f', 3);
    const QString verdict = change.isSignificant() ? Texts::tr("More than chance: %1") : Texts::tr("May be chance: %1");
    return text + u'\n' + verdict.arg(p) + u' ' +
           Texts::tr("(Welch's test over %1 and %2 traces).")
               .arg(format::count(change.now.traces), format::count(change.before.traces));
}

bool isSaid(const MeanChange& change)
{
    return change.before.calls > 0 && change.now.calls > 0;
}

} // namespace

QString changeText(const MeanChange& change)
{
    if (change.before.calls == 0 || change.now.calls == 0 || change.before.mean <= 0)
        return format::unknown();
    const QString text = format::change(change.now.mean, change.before.mean);
    return change.isSignificant() ? text : u"≈ "_s + text;
}

QString costChanceText(const MeanChange& change)
{
    return withChance(Texts::tr("A call cost %1, it was %2.").arg(costText(change.now), costText(change.before)),
                      change);
}

QString latencyChanceText(const MeanChange& change)
{
    return withChance(
        Texts::tr("A call took %1 in the mean, it was %2.").arg(secondsText(change.now), secondsText(change.before)),
        change);
}

QString failuresChanceText(const MeanChange& change)
{
    return withChance(
        Texts::tr("%1 of the calls failed, it was %2.").arg(shareText(change.now), shareText(change.before)), change);
}

QString chanceText(const MeanChanges& changes)
{
    QStringList texts = {costChanceText(changes.cost)};
    if (isSaid(changes.latency))
        texts += latencyChanceText(changes.latency);
    if (changes.failures.now.mean > 0 || changes.failures.before.mean > 0)
        texts += failuresChanceText(changes.failures);
    return texts.join(u'\n');
}

QString comparisonLine(const Breakdown& compared, std::size_t now, std::size_t before, const QString& against)
{
    const auto count = [](std::size_t of) { return format::count(static_cast<std::int64_t>(of)); };
    const MoneySum cost = compared.total.cost.value_or(MoneySum()),
                   costBefore = compared.totalBaseline.value_or(Measures()).cost.value_or(MoneySum());
    const MeanChanges ofACall = compared.totalOfACall.value_or(MeanChanges());
    QString line = Texts::tr("Against %1: %2 where there were %3 (%4) · %5, was %6 (%7) · a call %8")
                       .arg(against, count(now), count(before),
                            format::change(static_cast<double>(now), static_cast<double>(before)), format::money(cost),
                            format::money(costBefore), format::change(cost.dollars(), costBefore.dollars()),
                            changeText(ofACall.cost));
    if (isSaid(ofACall.latency))
        line += Texts::tr(" · latency %1").arg(changeText(ofACall.latency));
    if (const MeanChange& failures = ofACall.failures; isSaid(failures) && failures.before.mean > 0)
        line += Texts::tr(" · failures %1").arg(changeText(failures));
    return line;
}

} // namespace plumbline
