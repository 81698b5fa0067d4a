// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/analysis/drain.h"
#include "model/items/drain_tables.h"
#include "model/items/format.h"
#include "model/items/ratios.h"
#include "model/items/spend_tables.h"
#include "ui/reports/report_section.h"

namespace plumbline::sections {

using namespace Qt::StringLiterals;

namespace {

ReportTile spendTile(const ReportData& data, const ReportMoney& money)
{
    const MoneySum before = data.spend.totalBaseline.cost.value_or(MoneySum());
    return {.title = data.spend.isOver ? ReportTexts::tr("Total spend") : ReportTexts::tr("Spend to date"),
            .figure = money.text(data.spend.budget.spent),
            .note = ReportTexts::tr("%1 on %2")
                        .arg(textOf(relative(data.spend.budget.spent, before), money.code()),
                             format::month(data.spend.against))};
}

ReportTile budgetTile(const ReportData& data, const ReportMoney& money)
{
    const BudgetStanding& all = data.spend.budget;
    if (!all.budget)
        return {.title = ReportTexts::tr("Against budget"),
                .figure = format::unknown(),
                .note = ReportTexts::tr("no budget")};
    if (data.spend.total.calls == 0)
        return {.title = ReportTexts::tr("Against budget"),
                .figure = format::unknown(),
                .note = ReportTexts::tr("no calls")};
    const MoneySum off = all.expected() - *all.budget;
    const double share = all.budget->dollars() > 0 ? off.dollars() / all.budget->dollars() : 0;
    const bool isOver = off > MoneySum();
    return {.title = all.forecast ? ReportTexts::tr("Expected against budget") : ReportTexts::tr("Against budget"),
            .figure = textOf(ReportMoney::difference(money.of(all.expected()), money.of(*all.budget)), money.code()),
            .note = (isOver ? ReportTexts::tr("%1 over, unfavourable") : ReportTexts::tr("%1 below, favourable"))
                        .arg(format::percent(std::abs(share))),
            .tone = isOver ? Tone::Bad : Tone::Good};
}

ReportTile forecastTile(const ReportData& data, const ReportMoney& money)
{
    const bool isOfMonth = data.spend.forecast.has_value();
    const std::optional<SpendForecast>& forecast = isOfMonth ? data.spend.forecast : data.spend.year;
    const QString title =
        isOfMonth ? ReportTexts::tr("Expected for the month")
                  : ReportTexts::tr("Expected for %1").arg(toQt(yearName(data.spend.plan, data.spend.month)));
    if (!forecast)
        return {.title = title, .figure = format::unknown(), .note = ReportTexts::tr("too little is known")};
    return {.title = title,
            .figure = money.text(forecast->total),
            .note =
                forecast->low
                    ? ReportTexts::tr("4 of 5: %1 to %2").arg(money.text(*forecast->low), money.text(*forecast->high))
                    : ReportTexts::tr("no range yet")};
}

ReportTile perCallTile(const ReportData& data, const ReportMoney& money)
{
    const Measures &now = data.spend.total, &before = data.spend.totalBaseline;
    const MoneySum cost = data.spend.budget.spent;
    QString note = format::unknown();
    const std::int64_t priced = ratios::pricedCalls(now), pricedBefore = ratios::pricedCalls(before);
    if (pricedBefore > 0 && priced > 0 && before.cost && *before.cost > MoneySum()) {
        const double change = cost.dollars() / static_cast<double>(priced) /
                                  (before.cost->dollars() / static_cast<double>(pricedBefore)) -
                              1;
        note = textOf(ShareChange{change}, money.code());
    }
    return {.title = ReportTexts::tr("Cost per call"),
            .figure = textOf(money.perUnit(cost, priced), money.code()),
            .note = ReportTexts::tr("%1 on %2").arg(note, format::month(data.spend.against))};
}

ReportTile recoverableTile(const ReportData& data, const ReportMoney& money)
{
    const LedgerSums& ledger = data.drains.total;
    const MoneySum most = ledger.waste + ledger.opportunity;
    const double share = ledger.bill > MoneySum() ? most.dollars() / ledger.bill.dollars() : 0;
    return {.title = ReportTexts::tr("Recoverable"),
            .figure = money.text(most),
            .note = (isAdjusted(data) ? ReportTexts::tr("%1 of today's rows; waste %2")
                                      : ReportTexts::tr("%1 of spend; waste %2"))
                        .arg(format::percent(share), money.text(ledger.waste))};
}

QString overSentence(const ReportData& data)
{
    int over = 0, all = 0;
    for (const CostCentreSpend& centre : data.spend.centres) {
        all += centre.standing.budget.has_value();
        over += centre.standing.state == BudgetState::Over;
    }
    if (all == 0)
        return {};
    if (over == 0)
        return ReportTexts::tr("No cost centre exceeds its budget.");
    return (data.spend.isOver ? ReportTexts::tr("%1 of %2 cost centres end the month over budget.")
                              : ReportTexts::tr("%1 of %2 cost centres will end the month over budget."))
        .arg(over)
        .arg(all);
}

QString summaryText(const ReportData& data, const ReportMoney& money)
{
    const SpendAnswer& spend = data.spend;
    if (spend.total.calls == 0)
        return ReportTexts::tr("No calls were traced in %1: there is nothing to report, or traces are missing.")
            .arg(format::month(spend.month));
    QStringList sentences;
    const MoneySum before = spend.totalBaseline.cost.value_or(MoneySum()), change = spend.budget.spent - before;
    if (!spend.isOver)
        sentences += ReportTexts::tr("Up to now %1 were spent, in %2 of %3 days; all of %4 cost %5.")
                         .arg(money.text(spend.budget.spent))
                         .arg(spend.knownDays)
                         .arg(spend.days)
                         .arg(format::month(spend.against), money.text(before));
    else if (before == MoneySum())
        sentences += ReportTexts::tr("%1 were spent; nothing was traced in %2.")
                         .arg(money.text(spend.budget.spent), format::month(spend.against));
    else
        sentences += (change < MoneySum() ? ReportTexts::tr("Spend fell by %1 on %2.")
                                          : ReportTexts::tr("Spend rose by %1 on %2."))
                         .arg(money.monthSizeText(), format::month(spend.against));
    ChangeSteps steps = changeStepsOf(data, money);
    std::stable_sort(steps.steps.begin(), steps.steps.end(),
                     [](const auto& a, const auto& b) { return std::abs(a.cents) > std::abs(b.cents); });
    if (before != MoneySum() && spend.isOver && !steps.steps.empty()) {
        QStringList parts;
        for (std::size_t i = 0; i < std::min<std::size_t>(3, steps.steps.size()); ++i)
            parts += u"%1 %2"_s.arg(steps.steps[i].name, textOf(CentsChange{steps.steps[i].cents}, money.code()));
        sentences += ReportTexts::tr("What moved it most: %1.").arg(parts.join(u", "_s));
    }
    if (const QString over = overSentence(data); !over.isEmpty())
        sentences += over;
    if (const auto findings = findingsOf(data.drains); !findings.empty())
        sentences += (findings[0].confidence == Confidence::Opportunity
                          ? ReportTexts::tr("The largest opportunity is %1 in %2 (%3).")
                          : ReportTexts::tr("The largest waste is %1 in %2 (%3)."))
                         .arg(drainTitle(findings[0].drain).toLower(), nameOf(findings[0].feature),
                              money.text(findings[0].money));
    return sentences.join(u' ');
}

/// What moved most, as the pages behind print it.
QString moverText(const std::vector<ReportGroup>& groups, const ReportData& data, const ReportMoney& money)
{
    const auto most = std::max_element(groups.begin(), groups.end(), [](const ReportGroup& a, const ReportGroup& b) {
        return std::abs(a.change().dollars()) < std::abs(b.change().dollars());
    });
    if (most == groups.end() || !data.spend.isOver)
        return {};
    const GroupCells cells = cellsOf(groups, data, money);
    return ReportTexts::tr("%1 by %2")
        .arg(nameOf(most->name), textOf(cells.change(static_cast<std::size_t>(most - groups.begin())), money.code()));
}

ReportBullets points(const ReportData& data, const ReportMoney& money)
{
    ReportBullets bullets;
    if (const QString feature = moverText(data.features, data, money); !feature.isEmpty())
        bullets.points += ReportTexts::tr("What changed: %1, the largest move of a feature.").arg(feature);
    if (const QString model = moverText(data.models, data, money); !model.isEmpty())
        bullets.points += ReportTexts::tr("By model: %1.").arg(model);
    for (const BudgetStanding& standing : data.spend.budgets)
        if (standing.state == BudgetState::Over)
            bullets.points += ReportTexts::tr("%1: %2.").arg(budgetTitle(standing.scope), statusText(standing, money));
    for (const ChangeNote& note : data.spend.plan.notes)
        if (note.month == data.spend.month && !note.action.empty())
            bullets.points += note.owner.empty()
                                  ? ReportTexts::tr("Agreed: %1.").arg(toQt(note.action))
                                  : ReportTexts::tr("Agreed: %1 (%2).").arg(toQt(note.action), toQt(note.owner));
    if (const auto findings = findingsOf(data.drains); !findings.empty())
        if (const Drain* drain = drainOf(findings[0].drain))
            bullets.points += ReportTexts::tr("What to do next: %1").arg(drainText(drain->advice));
    return bullets;
}

/// What a reader has to know before the figures.
std::vector<ReportBlock> remarks(const ReportData& data, const ReportMoney& money)
{
    std::vector<ReportBlock> all;
    const SpendAnswer& spend = data.spend;
    if (spend.isOver && spend.knownDays < spend.days && spend.total.calls > 0)
        all.push_back(
            ReportText{.lead = ReportTexts::tr("Not the whole month."),
                       .text = ReportTexts::tr("There are no calls after day %1 of %2: traces may be missing.")
                                   .arg(spend.knownDays)
                                   .arg(spend.days)});
    if (isAdjusted(data)) {
        QString text =
            ReportTexts::tr("Its figures are those of the day it was closed. Calls that came or were priced anew "
                            "since then would change it by %1 (%2 calls). Days, tokens, unit costs of features, "
                            "drains, price rows and completeness are those of today's rows.")
                .arg(money.changeText(spend.adjustment->amount), format::count(spend.adjustment->calls));
        if (!spend.adjustment->calendar.empty())
            text +=
                u' ' +
                ReportTexts::tr("It was closed with other days and months: %1.").arg(toQt(spend.adjustment->calendar));
        all.push_back(ReportText{.lead = ReportTexts::tr("This month is closed."), .text = text});
    } else if (spend.adjustment) {
        all.push_back(ReportText{.text = ReportTexts::tr("This month is closed, and nothing of it has changed since."),
                                 .isQuiet = true});
    }
    return all;
}

std::vector<ReportBlock> blocks(const ReportData& data, const ReportMoney& money)
{
    std::vector<ReportBlock> all;
    all.push_back(ReportTiles{{spendTile(data, money), budgetTile(data, money), forecastTile(data, money),
                               perCallTile(data, money), recoverableTile(data, money)}});
    all.push_back(ReportText{.lead = ReportTexts::tr("Summary."), .text = summaryText(data, money)});
    for (ReportBlock& remark : remarks(data, money))
        all.push_back(std::move(remark));
    if (data.spend.total.calls == 0)
        return all;
    all.push_back(points(data, money));
    if (data.spend.isOver && data.spend.totalBaseline.cost.value_or(MoneySum()) != MoneySum())
        all.push_back(changeChart(data, money));
    all.push_back(centreTable(data, money));
    if (!data.spend.budgets.empty())
        all.push_back(budgetTable(data, money));
    return all;
}

} // namespace

ReportSection summary()
{
    return {
        .id = "summary", .title = QT_TRANSLATE_NOOP("ReportTexts", "Summary"), .isInShortForm = true, .blocks = blocks};
}

} // namespace plumbline::sections
