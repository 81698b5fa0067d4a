// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/spend_tables.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

#include "model/items/footed_money.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Spend)
};

Cell moneyCell(const std::optional<MoneySum>& sum)
{
    return {.text = format::money(sum),
            .value = sum ? QVariant(sum->dollars()) : QVariant(),
            .toolTip = sum ? format::exactMoney(*sum) : QString()};
}

Cell forecastCell(const BudgetStanding& standing)
{
    if (!standing.forecast)
        return {.text = format::unknown(), .toolTip = Texts::tr("The month is over, or too little of it is known")};
    Cell cell = moneyCell(standing.forecast->total);
    cell.toolTip = standing.forecast->low
                       ? Texts::tr("Four times of five between %1 and %2")
                             .arg(format::money(*standing.forecast->low), format::money(*standing.forecast->high))
                       : Texts::tr("An estimate: too few days to say how good it is");
    return cell;
}

Cell usedCell(const BudgetStanding& standing)
{
    if (!standing.budget || standing.budget->dollars() <= 0)
        return {};
    const double share = standing.spent.dollars() / standing.budget->dollars();
    return {.text = format::percent(share),
            .value = share,
            .toolTip = Texts::tr("%1 of the budget").arg(format::percent(share)),
            .picture = QVariant::fromValue(ShareBar{.share = share, .tone = standingTone(standing.state)})};
}

Cell statusCell(const StandingRow& row)
{
    const BudgetStanding& standing = row.standing;
    if (row.isAdjustment)
        return {.text = Texts::tr("since it was closed"),
                .value = u""_s,
                .toolTip = Texts::tr("No part of the figures above: what calls that came later, or other prices, would "
                                     "change"),
                .picture = QVariant::fromValue(Pill{Tone::Warning})};
    if (row.isShared)
        return {.text = Texts::tr("shared out"), .value = u""_s, .picture = QVariant::fromValue(Pill{})};
    return {.text = standingText(standing),
            .value = standing.budget ? QVariant((standing.expected() - *standing.budget).dollars()) : QVariant(),
            .toolTip = standing.budget ? Texts::tr("Expected by the end of the month: %1 of %2")
                                             .arg(format::money(standing.expected()), format::money(standing.budget))
                                       : QString(),
            .picture = QVariant::fromValue(Pill{standingTone(standing.state)})};
}

/// Of what was spent, against the period it is compared with.
Cell changeCell(MoneySum now, MoneySum before)
{
    if (before == MoneySum() && now == MoneySum())
        return {};
    if (before == MoneySum())
        return {.text = Texts::tr("new"),
                .value = now.dollars(),
                .toolTip = Texts::tr("Nothing was spent then, and %1 now").arg(format::money(now))};
    return {.text = format::change(now.dollars(), before.dollars()),
            .value = (now - before).dollars(),
            .toolTip = Texts::tr("From %1 to %2").arg(format::money(before), format::money(now))};
}

Cell differenceCell(const ReconciliationRow& row)
{
    if (!row.billed)
        return {.text = format::unknown()};
    QString why;
    for (const ReconciliationCause& cause : row.causes)
        why += Texts::tr(cause.title.c_str()) + u": "_s + stepText(centsOf(cause.amount)) + u'\n';
    why += Texts::tr("Not explained: %1").arg(stepText(centsOf(row.unexplained)));
    const double billed = row.billed->dollars();
    // As the picture has it: what is traced, against what was billed.
    const double off = billed != 0 ? -row.difference().dollars() / billed : 0;
    const QString sign = off < 0 ? u"−"_s : u"+"_s;
    return {.text = sign + format::percent(std::abs(off)), .value = off, .toolTip = why};
}

Cell reconciliationCell(const ReconciliationRow& row)
{
    const auto pill = [](const QString& text, Tone tone) {
        return Cell{.text = text, .value = text, .picture = QVariant::fromValue(Pill{tone})};
    };
    if (!row.billed)
        return row.foreign.empty()
                   ? pill(Texts::tr("no bill"), Tone::Neutral)
                   : pill(Texts::tr("billed in %1").arg(toQt(row.foreign.front().first)), Tone::Neutral);
    if (row.isMatched)
        return pill(Texts::tr("matched"), Tone::Good);
    const MoneySum difference = row.difference();
    return difference > MoneySum()
               ? pill(Texts::tr("%1 untraced").arg(format::money(difference)), Tone::Bad)
               : pill(Texts::tr("%1 not billed").arg(format::money(MoneySum() - difference)), Tone::Warning);
}

} // namespace

QString factorTitle(spend::Factor factor)
{
    return Texts::tr(spend::titleOf(factor));
}

std::vector<ChangeStep> changeSteps(const spend::Variance& variance)
{
    std::vector<ChangeStep> steps;
    const auto add = [&](std::string_view id, const QString& title, std::int64_t cents) {
        if (cents != 0)
            steps.push_back({.id = std::string(id), .title = title, .cents = cents});
    };
    for (std::size_t i = 0; i < spend::factorCount; ++i) {
        const auto factor = static_cast<spend::Factor>(i);
        add(spend::idOf(factor), factorTitle(factor), variance.factors[i]);
    }
    add("new", Texts::tr("New features"), variance.newItems);
    add("retired", Texts::tr("Retired features"), variance.retired);
    return steps;
}

bool takesNotes(const SpendAnswer& answer)
{
    return isOfMonths(answer) && answer.against + 1 == answer.month;
}

QString budgetTitle(const BudgetScope& scope)
{
    if (scope.of == "all")
        return Texts::tr("All spend");
    if (scope.of == "cost-centre")
        return scope.value.empty() ? Texts::tr("Unallocated") : toQt(scope.value);
    const auto dimension = dimensionFromId(scope.of);
    const QString of = dimension && dimension->dimension != Dimension::Metadata
                           ? QCoreApplication::translate("Dimension", titleOf(dimension->dimension))
                           : toQt(scope.of);
    return of + u' ' + toQt(scope.value);
}

QString standingText(const BudgetStanding& standing)
{
    switch (standing.state) {
    case BudgetState::None:
        return Texts::tr("no budget");
    case BudgetState::OnTrack:
        return Texts::tr("on track");
    case BudgetState::AtRisk:
        return Texts::tr("at risk");
    case BudgetState::Over:
        break;
    }
    return Texts::tr("over by %1").arg(format::money(standing.expected() - *standing.budget));
}

Tone standingTone(BudgetState state)
{
    constexpr Tone tones[] = {Tone::Neutral, Tone::Good, Tone::Warning, Tone::Bad};
    return tones[static_cast<std::size_t>(state)];
}

QString stepText(std::int64_t cents)
{
    // As exact as it is: fractions of a cent there are none.
    const std::int64_t size = std::abs(cents);
    constexpr std::int64_t dollar = 100;
    return (cents < 0 ? u"−$"_s : u"+$"_s) + format::count(size / dollar) + u'.' +
           QString::number(size % dollar).rightJustified(2, u'0');
}

std::vector<StandingRow> standingsOf(const SpendAnswer& answer)
{
    std::vector<StandingRow> rows;
    for (std::size_t i = 0; i < answer.centres.size(); ++i) {
        const CostCentreSpend& centre = answer.centres[i];
        StandingRow row{.name = budgetTitle(centre.standing.scope),
                        .standing = centre.standing,
                        .shared = centre.shared,
                        .isShared = centre.split != SplitKey::None};
        if (answer.earlier)
            row.before = answer.earlier->of(centre.standing.scope);
        if (i < answer.plan.centres.size())
            row.conditions = answer.plan.centres[i].conditions;
        rows.push_back(std::move(row));
    }
    for (const BudgetStanding& standing : answer.budgets) {
        StandingRow row{.name = budgetTitle(standing.scope), .standing = standing};
        if (answer.earlier)
            row.before = answer.earlier->of(standing.scope);
        if (const auto of = dimensionFromId(standing.scope.of))
            row.conditions = {{.of = *of, .values = {standing.scope.value}}};
        rows.push_back(std::move(row));
    }
    if (answer.adjustment && (answer.adjustment->calls != 0 || answer.adjustment->amount != MoneySum()))
        rows.push_back(
            {.name = Texts::tr("Adjustment"), .standing = {.spent = answer.adjustment->amount}, .isAdjustment = true});
    return rows;
}

void StandingTable::show(const SpendAnswer& answer)
{
    std::vector<MoneySum> spent;
    for (const CostCentreSpend& centre : answer.centres)
        spent.push_back(centre.standing.spent);
    const QStringList printed = footedMoney(spent, answer.budget.spent);
    m_printed.clear();
    for (std::size_t i = 0; i < answer.centres.size(); ++i)
        m_printed.insert(budgetTitle(answer.centres[i].standing.scope), printed[static_cast<qsizetype>(i)]);
    std::vector<Column> columns = {
        {u"name"_s, Texts::tr("Cost centre"), ColumnKind::Name,
         [](const StandingRow& row, const RowTable&) {
             QStringList rules;
             for (const Condition& condition : row.conditions)
                 rules += toQt(textOf(condition));
             return Cell{.text = row.name, .value = row.name, .toolTip = rules.join(u'\n')};
         }},
        {u"budget"_s, Texts::tr("Budget"), ColumnKind::Figure,
         [](const StandingRow& row, const RowTable&) { return moneyCell(row.standing.budget); },
         Texts::tr("For the month, as it was planned")},
        {u"spent"_s, answer.isOver ? Texts::tr("Spent") : Texts::tr("To date"), ColumnKind::Figure,
         [](const StandingRow& row, const RowTable& table) {
             Cell cell = moneyCell(row.standing.spent);
             cell.text = static_cast<const StandingTable&>(table).printed(row);
             return cell;
         }},
        {u"shared"_s, Texts::tr("Of it shared"), ColumnKind::Figure,
         [](const StandingRow& row, const RowTable&) {
             return row.shared == MoneySum()
                        ? Cell{}
                        : Cell{.text = stepText(centsOf(row.shared)), .value = row.shared.dollars()};
         },
         Texts::tr("What shared cost centres put on this one"), true},
        {u"forecast"_s, Texts::tr("Forecast"), ColumnKind::Figure,
         [](const StandingRow& row, const RowTable&) {
             return row.isShared || row.isAdjustment ? Cell{} : forecastCell(row.standing);
         },
         Texts::tr("By the end of the month")},
        {u"used"_s, Texts::tr("Used"), ColumnKind::Share,
         [](const StandingRow& row, const RowTable&) { return usedCell(row.standing); },
         Texts::tr("What is spent to date, of the budget")},
        {u"status"_s, Texts::tr("Status"), ColumnKind::Pill,
         [](const StandingRow& row, const RowTable&) { return statusCell(row); }}};
    StandingRow all{.name = Texts::tr("All spend"), .standing = answer.budget};
    if (answer.earlier) {
        all.before = answer.earlier->all;
        constexpr int behindSpent = 3;
        columns.insert(columns.begin() + behindSpent,
                       {u"change"_s, Texts::tr("Δ"), ColumnKind::Figure,
                        [](const StandingRow& row, const RowTable&) {
                            if (row.isShared || row.isAdjustment)
                                return Cell{};
                            return row.before
                                       ? changeCell(row.standing.spent, *row.before)
                                       : Cell{.text = format::unknown(),
                                              .toolTip = Texts::tr("That month was closed before this was planned")};
                        },
                        Texts::tr("What is spent, against the period it is compared with")});
    }
    setRows(columns, standingsOf(answer), all);
}

void ReconciliationTable::show(const SpendAnswer& answer)
{
    const std::vector<ReconciliationRow>& rows = answer.reconciliation;
    m_earlier = answer.earlier.value_or(EarlierSpend());
    std::vector<MoneySum> traced;
    for (const ReconciliationRow& row : rows)
        traced.push_back(row.traced);
    const QStringList printed = footedMoney(traced, answer.budget.spent);
    m_printed.clear();
    for (std::size_t i = 0; i < rows.size(); ++i)
        m_printed.insert(toQt(rows[i].provider), printed[static_cast<qsizetype>(i)]);
    std::vector<Column> columns = {
        {u"provider"_s, Texts::tr("Provider"), ColumnKind::Text,
         [](const ReconciliationRow& row, const RowTable&) {
             return Cell{.text = toQt(row.provider),
                         .value = toQt(row.provider),
                         .condition = Condition{.of = {Dimension::Provider, {}}, .values = {row.provider}}};
         }},
        {u"billed"_s, Texts::tr("Invoice"), ColumnKind::Figure,
         [](const ReconciliationRow& row, const RowTable&) {
             Cell cell = moneyCell(row.billed);
             for (const std::string& source : row.retold)
                 cell.toolTip += u'\n' + Texts::tr("%1 tells the same again: it is counted once").arg(toQt(source));
             return cell;
         },
         Texts::tr("What the provider's bill says of the month")},
        {u"traced"_s, Texts::tr("Traced"), ColumnKind::Figure,
         [](const ReconciliationRow& row, const RowTable& table) {
             Cell cell = moneyCell(row.traced);
             cell.text = static_cast<const ReconciliationTable&>(table).printed(row);
             return cell;
         },
         Texts::tr("What the calls of the month come to, whichever source told of them")},
        {u"difference"_s, Texts::tr("Difference"), ColumnKind::Figure,
         [](const ReconciliationRow& row, const RowTable&) { return differenceCell(row); },
         Texts::tr("What is traced against the invoice, in percent of the invoice")},
        {u"status"_s, Texts::tr("Status"), ColumnKind::Pill,
         [](const ReconciliationRow& row, const RowTable&) { return reconciliationCell(row); }}};
    if (answer.earlier) {
        constexpr int behindTraced = 3;
        columns.insert(columns.begin() + behindTraced,
                       {u"change"_s, Texts::tr("Δ"), ColumnKind::Figure,
                        [](const ReconciliationRow& row, const RowTable& table) {
                            return changeCell(
                                row.traced,
                                static_cast<const ReconciliationTable&>(table).before(row).value_or(MoneySum()));
                        },
                        Texts::tr("What is traced, against the period it is compared with")});
    }
    setRows(columns, rows);
}

void AnomalyTable::show(std::vector<AnomalyRow> rows)
{
    const std::vector<Column> columns = {
        {u"day"_s, Texts::tr("Day"), ColumnKind::Text,
         [](const AnomalyRow& row, const RowTable&) { return Cell{.text = format::day(row.day), .value = row.day}; }},
        {u"what"_s, Texts::tr("Feature and model"), ColumnKind::Name,
         [](const AnomalyRow& row, const RowTable&) {
             const QString name = row.feature.empty() ? Texts::tr("All spend") : toQt(row.feature);
             return Cell{.text = name,
                         .value = name,
                         .picture = row.model.empty() ? QVariant() : QVariant::fromValue(Detail{toQt(row.model)})};
         }},
        {u"spent"_s, Texts::tr("Spent"), ColumnKind::Figure,
         [](const AnomalyRow& row, const RowTable&) { return moneyCell(row.spent); }},
        {u"expected"_s, Texts::tr("Usual"), ColumnKind::Figure,
         [](const AnomalyRow& row, const RowTable&) { return moneyCell(row.expected); },
         Texts::tr("What the weekday costs otherwise")},
        {u"driver"_s, Texts::tr("Driver"), ColumnKind::Pill, [](const AnomalyRow& row, const RowTable&) {
             const QString driver = row.score < 0 && row.spent.dollars() < row.expected.dollars() / 2
                                        ? Texts::tr("traces missing?")
                                    : row.driver ? factorTitle(*row.driver)
                                                 : format::unknown();
             return Cell{.text = driver,
                         .value = driver,
                         .toolTip = Texts::tr("What moved most against the same weekday a week before"),
                         .picture = QVariant::fromValue(Pill{row.score < 0 ? Tone::Warning : Tone::Bad})};
         }}};
    setRows(columns, std::move(rows));
}

} // namespace plumbline
