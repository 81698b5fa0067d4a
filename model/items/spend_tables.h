// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>

#include "model/items/fact_table.h"
#include "model/items/format.h"
#include "model/queries/spend_answers.h"

namespace plumbline {

/// `Volume`, `Cache share`: translated.
QString factorTitle(spend::Factor factor);
/// `Support`, `All spend`, `Provider openai`: what a budget is for.
QString budgetTitle(const BudgetScope& scope);
/// `on track`, `over by $4,400`.
QString standingText(const BudgetStanding& standing);
Tone standingTone(BudgetState state);
/// `+$6.1k`, `−$12.40` of whole cents.
QString stepText(std::int64_t cents);

/// What moved the spend from one period to another.
struct ChangeStep
{
    std::string id = {}; ///< of a factor, `new` or `retired`: what a ChangeNote names
    QString title = {};
    std::int64_t cents = 0;
};
/// Those that moved anything, in their order.
std::vector<ChangeStep> changeSteps(const spend::Variance& variance);
/// Whether the change is that of one month against another.
bool isOfMonths(const SpendAnswer& answer);
/// What it leads from, and to: `September 2026` and `October 2026`, `release: v1` and `release: v2`.
struct ChangeEnds
{
    QString from = {}, to = {};
};
ChangeEnds changeEnds(const SpendAnswer& answer, const ReportingCalendar& calendar);
/// Notes are on how a month differs from the month before it, on nothing else.
bool takesNotes(const SpendAnswer& answer);
/// `temporary`, `structural`; empty where nothing was said.
QString natureTitle(ChangeNature nature);
/// `structural · Ann · renegotiate`; empty where nothing was said.
QString noteText(const ChangeNote& note);

/// A cost centre, or anything else that has a budget.
struct StandingRow
{
    QString name = {};
    BudgetStanding standing = {};
    MoneySum shared = {};
    std::optional<MoneySum> before = {};    ///< what it spent in the period it is compared with; none: nobody knows
    std::vector<Condition> conditions = {}; ///< of its calls; empty: those that nobody has, or all
    bool isShared = false;                  ///< its spend is borne by the others
    bool isAdjustment = false;              ///< what came after the month was closed
};
std::vector<StandingRow> standingsOf(const SpendAnswer& answer);

class StandingTable : public RowTable<StandingRow>
{
    Q_OBJECT

public:
    using RowTable::RowTable;
    /// The last row is all spend; what cost centres spent adds up to it as printed.
    void show(const SpendAnswer& answer);
    QString printed(const StandingRow& row) const
    {
        return m_printed.value(row.name, format::money(row.standing.spent));
    }

private:
    QHash<QString, QString> m_printed; ///< what cost centres spent, by name
};

class ReconciliationTable : public RowTable<ReconciliationRow>
{
    Q_OBJECT

public:
    using RowTable::RowTable;
    /// What was traced adds up as printed, to what is spent in all.
    void show(const SpendAnswer& answer);
    QString printed(const ReconciliationRow& row) const { return m_printed.value(toQt(row.provider)); }
    std::optional<MoneySum> before(const ReconciliationRow& row) const { return m_earlier.ofProvider(row.provider); }

private:
    EarlierSpend m_earlier;
    QHash<QString, QString> m_printed; ///< by provider
};

class AnomalyTable : public RowTable<AnomalyRow>
{
    Q_OBJECT

public:
    using RowTable::RowTable;
    void show(std::vector<AnomalyRow> rows);
};

} // namespace plumbline
