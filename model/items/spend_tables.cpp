// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/spend_tables.h"

#include <QCoreApplication>

#include <cmath>

#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Spend", text);
}

Cell moneyCell(const std::optional<MoneySum>& sum)
{
    return {.text = format::money(sum),
            .value = sum ? QVariant(sum->dollars()) : QVariant(),
            .toolTip = sum ? format::exactMoney(*sum) : QString()};
}

Cell forecastCell(const BudgetStanding& standing)
{
    if (!standing.forecast)
        return moneyCell(standing.spent);
    Cell cell = moneyCell(standing.forecast->total);
    cell.toolTip = standing.forecast->low
                       ? translated("Four times of five between %1 and %2")
                             .arg(format::money(*standing.forecast->low), format::money(*standing.forecast->high))
                       : translated("An estimate: too few days to say how good it is");
    return cell;
}

Cell usedCell(const BudgetStanding& standing)
{
    if (!standing.budget || standing.budget->dollars() <= 0)
        return {};
    const double share = standing.spent.dollars() / standing.budget->dollars();
    return {.text = format::percent(share),
            .value = share,
            .toolTip = translated("%1 of the budget").arg(format::percent(share)),
            .picture = QVariant::fromValue(ShareBar{.share = share, .tone = standingTone(standing.state)})};
}

Cell statusCell(const StandingRow& row)
{
    const BudgetStanding& standing = row.standing;
    if (row.isAdjustment)
        return {.text = translated("since it was closed"),
                .value = u""_s,
                .toolTip =
                    translated("No part of the figures above: what calls that came later, or other prices, would "
                               "change"),
                .picture = QVariant::fromValue(Pill{Tone::Warning})};
    if (row.isShared)
        return {.text = translated("shared out"), .value = u""_s, .picture = QVariant::fromValue(Pill{})};
    return {.text = standingText(standing),
            .value = standing.budget ? QVariant((standing.expected() - *standing.budget).dollars()) : QVariant(),
            .toolTip = standing.budget ? translated("Expected by the end of the month: %1 of %2")
                                             .arg(format::money(standing.expected()), format::money(standing.budget))
                                       : QString(),
            .picture = QVariant::fromValue(Pill{standingTone(standing.state)})};
}

Cell differenceCell(const ReconciliationRow& row)
{
    if (!row.billed)
        return {.text = format::unknown()};
    QString why;
    for (const ReconciliationCause& cause : row.causes)
        why += translated(cause.title.c_str()) + u": "_s + stepText(centsOf(cause.amount)) + u'\n';
    why += translated("Not explained: %1").arg(stepText(centsOf(row.unexplained)));
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
                   ? pill(translated("no bill"), Tone::Neutral)
                   : pill(translated("billed in %1").arg(toQt(row.foreign.front().first)), Tone::Neutral);
    if (row.isMatched)
        return pill(translated("matched"), Tone::Good);
    const MoneySum difference = row.difference();
    return difference > MoneySum()
               ? pill(translated("%1 untraced").arg(format::money(difference)), Tone::Bad)
               : pill(translated("%1 not billed").arg(format::money(MoneySum() - difference)), Tone::Warning);
}

} // namespace

QString factorTitle(spend::Factor factor)
{
    return translated(spend::titleOf(factor));
}

QString budgetTitle(const BudgetScope& scope)
{
    if (scope.of == "all")
        return translated("All spend");
    if (scope.of == "cost-centre")
        return scope.value.empty() ? translated("Unallocated") : toQt(scope.value);
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
        return translated("no budget");
    case BudgetState::OnTrack:
        return translated("on track");
    case BudgetState::AtRisk:
        return translated("at risk");
    case BudgetState::Over:
        break;
    }
    return translated("over by %1").arg(format::money(standing.expected() - *standing.budget));
}

Tone standingTone(BudgetState state)
{
    constexpr Tone tones[] = {Tone::Neutral, Tone::Good, Tone::Warning, Tone::Bad};
    return tones[static_cast<std::size_t>(state)];
}

QString stepText(std::int64_t cents)
{
    return (cents < 0 ? u"−"_s : u"+"_s) + format::money(MoneySum::ofCents(std::abs(cents)));
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
        if (i < answer.plan.centres.size())
            row.conditions = answer.plan.centres[i].conditions;
        rows.push_back(std::move(row));
    }
    for (const BudgetStanding& standing : answer.budgets) {
        StandingRow row{.name = budgetTitle(standing.scope), .standing = standing};
        if (const auto of = dimensionFromId(standing.scope.of))
            row.conditions = {{.of = *of, .values = {standing.scope.value}}};
        rows.push_back(std::move(row));
    }
    if (answer.adjustment && (answer.adjustment->calls != 0 || answer.adjustment->amount != MoneySum()))
        rows.push_back(
            {.name = translated("Adjustment"), .standing = {.spent = answer.adjustment->amount}, .isAdjustment = true});
    return rows;
}

void StandingTable::show(const SpendAnswer& answer)
{
    const std::vector<Column> columns = {
        {u"name"_s, translated("Cost centre"), ColumnKind::Name,
         [](const StandingRow& row, const RowTable&) {
             QStringList rules;
             for (const Condition& condition : row.conditions)
                 rules += toQt(textOf(condition));
             return Cell{.text = row.name, .value = row.name, .toolTip = rules.join(u'\n')};
         }},
        {u"budget"_s, translated("Budget"), ColumnKind::Figure,
         [](const StandingRow& row, const RowTable&) { return moneyCell(row.standing.budget); }},
        {u"spent"_s, translated("To date"), ColumnKind::Figure,
         [](const StandingRow& row, const RowTable&) { return moneyCell(row.standing.spent); }},
        {u"shared"_s, translated("Of it shared"), ColumnKind::Figure,
         [](const StandingRow& row, const RowTable&) {
             return row.shared == MoneySum()
                        ? Cell{}
                        : Cell{.text = stepText(centsOf(row.shared)), .value = row.shared.dollars()};
         },
         translated("What shared cost centres put on this one"), true},
        {u"forecast"_s, translated("Forecast"), ColumnKind::Figure,
         [](const StandingRow& row, const RowTable&) {
             return row.isShared || row.isAdjustment ? Cell{} : forecastCell(row.standing);
         },
         translated("By the end of the month")},
        {u"used"_s, translated("Used"), ColumnKind::Share,
         [](const StandingRow& row, const RowTable&) { return usedCell(row.standing); }},
        {u"status"_s, translated("Status"), ColumnKind::Pill,
         [](const StandingRow& row, const RowTable&) { return statusCell(row); }}};
    setRows(columns, standingsOf(answer), StandingRow{.name = translated("All spend"), .standing = answer.budget});
}

void ReconciliationTable::show(std::vector<ReconciliationRow> rows)
{
    const std::vector<Column> columns = {
        {u"provider"_s, translated("Provider"), ColumnKind::Text,
         [](const ReconciliationRow& row, const RowTable&) {
             return Cell{.text = toQt(row.provider),
                         .value = toQt(row.provider),
                         .condition = Condition{.of = {Dimension::Provider, {}}, .values = {row.provider}}};
         }},
        {u"billed"_s, translated("Invoice"), ColumnKind::Figure,
         [](const ReconciliationRow& row, const RowTable&) { return moneyCell(row.billed); }},
        {u"traced"_s, translated("Traced"), ColumnKind::Figure,
         [](const ReconciliationRow& row, const RowTable&) { return moneyCell(row.traced); }},
        {u"difference"_s, translated("Difference"), ColumnKind::Figure,
         [](const ReconciliationRow& row, const RowTable&) { return differenceCell(row); }},
        {u"status"_s, translated("Status"), ColumnKind::Pill,
         [](const ReconciliationRow& row, const RowTable&) { return reconciliationCell(row); }}};
    setRows(columns, std::move(rows));
}

void AnomalyTable::show(std::vector<AnomalyRow> rows)
{
    const std::vector<Column> columns = {
        {u"day"_s, translated("Day"), ColumnKind::Text,
         [](const AnomalyRow& row, const RowTable&) { return Cell{.text = format::day(row.day), .value = row.day}; }},
        {u"what"_s, translated("Feature and model"), ColumnKind::Name,
         [](const AnomalyRow& row, const RowTable&) {
             const QString name = row.feature.empty() ? translated("All spend") : toQt(row.feature);
             return Cell{.text = name,
                         .value = name,
                         .picture = row.model.empty() ? QVariant() : QVariant::fromValue(Detail{toQt(row.model)})};
         }},
        {u"spent"_s, translated("Spent"), ColumnKind::Figure,
         [](const AnomalyRow& row, const RowTable&) { return moneyCell(row.spent); }},
        {u"expected"_s, translated("Usual"), ColumnKind::Figure,
         [](const AnomalyRow& row, const RowTable&) { return moneyCell(row.expected); },
         translated("What the weekday costs otherwise")},
        {u"driver"_s, translated("Driver"), ColumnKind::Pill, [](const AnomalyRow& row, const RowTable&) {
             const QString driver = row.score < 0 && row.spent.dollars() < row.expected.dollars() / 2
                                        ? translated("traces missing?")
                                    : row.driver ? factorTitle(*row.driver)
                                                 : format::unknown();
             return Cell{.text = driver,
                         .value = driver,
                         .toolTip = translated("What moved most against the same weekday a week before"),
                         .picture = QVariant::fromValue(Pill{row.score < 0 ? Tone::Warning : Tone::Bad})};
         }}};
    setRows(columns, std::move(rows));
}

} // namespace plumbline
