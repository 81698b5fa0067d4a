// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/items/drain_tables.h"
#include "model/items/format.h"
#include "model/items/spend_tables.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

/// From this change on a reader asks; below it, spend is flat.
constexpr double flat = 0.05;

QString spendSentence(const ReportData& data, const ReportMoney& money)
{
    const SpendAnswer& spend = data.spend;
    const MoneySum now = spend.budget.spent, before = spend.totalBaseline.cost.value_or(MoneySum());
    const QString month = format::month(spend.month), then = format::month(spend.against);
    QString text = (spend.isOver ? ReportTexts::tr("In %1 you spent %2 on %3 calls.")
                                 : ReportTexts::tr("In %1 you have spent %2 on %3 calls up to now."))
                       .arg(month, money.text(now), format::count(spend.total.calls));
    if (before <= MoneySum())
        return text + u' ' + ReportTexts::tr("%1 has no calls to compare with.").arg(then);
    if (!spend.isOver)
        return text + u' ' + ReportTexts::tr("All of %1 cost %2.").arg(then, money.text(before));
    const double change = (now - before).dollars() / before.dollars();
    if (std::abs(change) < flat)
        return text + u' ' + ReportTexts::tr("That is about as much as in %1 (%2).").arg(then, money.text(before));
    return text + u' ' +
           (change > 0 ? ReportTexts::tr("That is %1 (%2) more than in %3.")
                       : ReportTexts::tr("That is %1 (%2) less than in %3."))
               .arg(money.monthSizeText(), format::percent(std::abs(change)), then);
}

QString changeSentence(const ReportData& data, const ReportMoney& money)
{
    if (data.spend.totalBaseline.cost.value_or(MoneySum()) == MoneySum() || !data.spend.isOver)
        return {};
    std::vector<ChangeSteps::Step> steps = changeStepsOf(data, money).steps;
    std::stable_sort(steps.begin(), steps.end(),
                     [](const auto& a, const auto& b) { return std::abs(a.cents) > std::abs(b.cents); });
    QStringList parts;
    for (std::size_t i = 0; i < std::min<std::size_t>(4, steps.size()); ++i)
        if (steps[i].cents != 0)
            parts += u"%1 (%2)"_s.arg(steps[i].meaning, textOf(CentsChange{steps[i].cents}, money.code()));
    return parts.isEmpty() ? QString() : ReportTexts::tr("Why: %1.").arg(parts.join(u"; "_s));
}

QString budgetSentence(const ReportData& data, const ReportMoney& money)
{
    const BudgetStanding& all = data.spend.budget;
    QStringList text;
    if (all.budget) {
        const MoneySum off = all.spent - *all.budget;
        text += (off > MoneySum() ? ReportTexts::tr("Against a budget of %1 that is %2 too much.")
                                  : ReportTexts::tr("Of a budget of %1, %2 are left."))
                    .arg(money.text(*all.budget), money.sizeText(off));
    }
    for (const CostCentreSpend& centre : data.spend.centres)
        if (centre.standing.state == BudgetState::Over)
            text += (data.spend.isOver ? ReportTexts::tr("%1 spent %2, %3 more than its budget.")
                                       : ReportTexts::tr("%1 will have spent %2, %3 more than its budget."))
                        .arg(budgetTitle(centre.standing.scope), money.text(centre.standing.expected()),
                             money.sizeText(centre.standing.expected() - *centre.standing.budget));
    for (const BudgetStanding& standing : data.spend.budgets)
        if (standing.state == BudgetState::Over)
            text += ReportTexts::tr("%1 is over its budget by %2.")
                        .arg(budgetTitle(standing.scope), money.sizeText(standing.expected() - *standing.budget));
    if (!data.spend.centres.empty() && data.spend.centres.back().own > MoneySum())
        text += ReportTexts::tr("%1 belong to no cost centre.").arg(money.text(data.spend.centres.back().own));
    return text.join(u' ');
}

QString forecastSentence(const ReportData& data, const ReportMoney& money)
{
    QStringList text;
    const auto say = [&](const QString& until, const std::optional<SpendForecast>& forecast) {
        if (!forecast)
            return;
        QString sentence = ReportTexts::tr("Until the end of %1 we expect %2").arg(until, money.text(forecast->total));
        if (forecast->low)
            sentence += ReportTexts::tr(", four times of five between %1 and %2")
                            .arg(money.text(*forecast->low), money.text(*forecast->high));
        text += sentence + u'.';
    };
    say(format::month(data.spend.month), data.spend.forecast);
    say(toQt(yearName(data.spend.plan, data.spend.month)), data.spend.year);
    return text.join(u' ');
}

QString wasteSentence(const ReportData& data, const ReportMoney& money)
{
    const LedgerSums& ledger = data.drains.total;
    const auto findings = findingsOf(data.drains);
    if (findings.empty())
        return ReportTexts::tr("No waste was found in the calls that were looked at.");
    const std::vector<ReportValue> of = money.footed({ledger.waste, ledger.opportunity, ledger.useful()}, ledger.bill);
    const auto printed = [&](std::size_t part) { return textOf(of[part], money.code()); };
    QString text =
        (isAdjusted(data) ? ReportTexts::tr("Of today's bill of %1, %2 are waste and %3 an opportunity to save; %4 "
                                            "did work.")
                          : ReportTexts::tr("Of the bill of %1, %2 were waste and %3 an opportunity to save; %4 "
                                            "did work."))
            .arg(money.text(ledger.bill), printed(0), printed(1), printed(2));
    QStringList parts;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, findings.size()); ++i)
        parts += ReportTexts::tr("%1 in %2 (%3)")
                     .arg(drainTitle(findings[i].drain).toLower(), nameOf(findings[i].feature),
                          money.text(findings[i].money));
    return text + u' ' + ReportTexts::tr("Most of waste and opportunity: %1.").arg(parts.join(u"; "_s));
}

QString anomalySentence(const ReportData& data, const ReportMoney& money)
{
    const auto& rows = data.spend.anomalies;
    if (rows.empty())
        return ReportTexts::tr("No day stood out.");
    const auto worst = std::max_element(rows.begin(), rows.end(), [](const AnomalyRow& a, const AnomalyRow& b) {
        return std::abs((a.spent - a.expected).dollars()) < std::abs((b.spent - b.expected).dollars());
    });
    return ReportTexts::tr("%1 unusual days or parts of one; the largest: %2, %3 instead of %4%5.")
        .arg(rows.size())
        .arg(format::day(worst->day), money.text(worst->spent), money.text(worst->expected),
             worst->feature.empty() ? QString() : ReportTexts::tr(" in %1").arg(nameOf(worst->feature)));
}

QString billSentence(const ReportData& data, const ReportMoney& money)
{
    MoneySum billed, traced;
    int withBill = 0;
    for (const ReconciliationRow& row : data.spend.reconciliation)
        if (row.billed) {
            ++withBill;
            billed += *row.billed;
            traced += row.traced;
        }
    const auto& rows = data.spend.reconciliation;
    if (withBill == 0 && std::any_of(rows.begin(), rows.end(), [](const auto& row) { return !row.foreign.empty(); }))
        return ReportTexts::tr("Bills are in currencies the month has no rate for: they are compared with nothing.");
    if (withBill == 0)
        return ReportTexts::tr(
            "No provider's bill is known yet: all figures are estimates from traces and list prices.");
    return ReportTexts::tr(
               "Providers billed %1 where %2 were traced: a difference of %3. %4 of %5 providers have a bill.")
        .arg(money.text(billed), money.text(traced),
             textOf(ReportMoney::difference(money.of(billed), money.of(traced)), money.code()))
        .arg(withBill)
        .arg(data.spend.reconciliation.size());
}

QString unknownSentence(const ReportData& data)
{
    const Measures& total = data.spend.total;
    const std::int64_t unknown = total.callsWithoutUsage + total.unpricedCalls;
    if (unknown == 0)
        return ReportTexts::tr("The cost of every call is known.");
    return ReportTexts::tr(
               "Of %1 calls the cost is not known (%2 without usage, %3 without a price): they are in no figure.")
        .arg(format::count(unknown), format::count(total.callsWithoutUsage), format::count(total.unpricedCalls));
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    std::vector<ReportBlock> all;
    if (data.spend.total.calls == 0)
        return {
            ReportText{.text = ReportTexts::tr("No calls were traced in %1.").arg(format::month(data.spend.month))}};
    for (const QString& text : {spendSentence(data, money), changeSentence(data, money), budgetSentence(data, money),
                                forecastSentence(data, money), wasteSentence(data, money), anomalySentence(data, money),
                                billSentence(data, money), unknownSentence(data)})
        if (!text.isEmpty())
            all.push_back(ReportText{.text = text});
    return all;
}

} // namespace

ReportSection narrative()
{
    return {.id = "narrative",
            .title = QT_TRANSLATE_NOOP("ReportTexts", "The month in words"),
            .isInShortForm = false,
            .blocks = blocks};
}

} // namespace plumbline::sections
