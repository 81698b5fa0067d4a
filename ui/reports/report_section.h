// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

#include <vector>

#include "ui/reports/report.h"
#include "ui/reports/report_data.h"

namespace plumbline {

/// Dollars as a report shows them: in its currency, in cents that add up. Where a whole month is below one unit of it,
/// cents would say nothing: then with four significant digits.
class ReportMoney
{
public:
    explicit ReportMoney(const ReportData& data);

    const ReportingCurrency& currency() const { return m_currency; }
    QString code() const { return m_code; }
    std::int64_t cents(MoneySum dollars) const { return centsOf(m_currency.of(dollars)); }

    ReportValue of(MoneySum dollars) const;
    ReportValue of(const std::optional<MoneySum>& dollars) const { return dollars ? of(*dollars) : ReportValue(); }
    ReportValue change(MoneySum dollars) const;
    /// Parts that add up to so many printed cents.
    std::vector<ReportValue> footedTo(const std::vector<MoneySum>& parts, const ReportValue& total) const;
    /// Parts of `total` that add up as they are printed.
    std::vector<ReportValue> footed(const std::vector<MoneySum>& parts, MoneySum total) const;
    /// What two printed amounts differ by, as they are printed.
    static ReportValue difference(const ReportValue& now, const ReportValue& before);
    /// Of one of so many; unknown of none.
    ReportValue perUnit(MoneySum dollars, std::int64_t count) const;

    /// How the month differs from the one it is compared with, as both are printed.
    ReportValue monthChange() const { return difference(of(m_now), of(m_before)); }
    /// Without a sign: what `rose by` and `fell by` stand before.
    QString monthSizeText() const;
    QString text(MoneySum dollars) const { return textOf(of(dollars), m_code); }
    /// Without a sign: what `rose by` and `fell by` stand before.
    QString sizeText(MoneySum dollars) const { return text(dollars < MoneySum() ? MoneySum() - dollars : dollars); }
    QString changeText(MoneySum dollars) const { return textOf(change(dollars), m_code); }

private:
    ReportingCurrency m_currency;
    QString m_code;
    MoneySum m_now, m_before;
    bool m_isTiny = false;
};

/// A page of the long form. One file in sections/ and one word in the list of ui/CMakeLists.txt, which is their order.
struct ReportSection
{
    const char* id;
    const char* title; ///< English, translated where it is shown
    bool isInShortForm;
    std::vector<ReportBlock> (*blocks)(const ReportData& data, const ReportMoney& money);
};

const std::vector<ReportSection>& allReportSections();

/// The whole report: the sections of its form that were not left out.
Report reportOf(const ReportData& data);

} // namespace plumbline

/// What several sections say.
namespace plumbline::sections {

struct ReportTexts
{
    Q_DECLARE_TR_FUNCTIONS(ReportTexts)
};
/// Stands where the fingerprint of the report will: it follows from all the rest.
QString fingerprintMark();
/// `+12.4%` of a change; unknown from zero.
ReportValue relative(MoneySum now, MoneySum before);
/// A name, or how what has none is called.
QString nameOf(const std::string& name);
/// 0 to 1: of the month's calls, those whose cost is known.
double knownShare(const SpendAnswer& spend);
/// Every provider that was traced has a bill, and they agree.
bool isReconciled(const SpendAnswer& spend);
/// `A` to `D`, by how much of the month is known.
QString qualityOf(const ReportData& data);
/// A feature and a drain that takes from it.
struct DrainFinding
{
    std::string feature = {}, drain = {};
    std::int64_t calls = 0;
    MoneySum money = {};
    Confidence confidence = Confidence::High; ///< the least sure of its claims
};
/// By falling money.
std::vector<DrainFinding> findingsOf(const DrainsAnswer& drains);
/// The steps of the variance in the report's currency, in cents that lead from the one month to the other.
struct ChangeSteps
{
    std::int64_t before = 0, after = 0;
    struct Step
    {
        std::string id = {}; ///< what a ChangeNote names; empty: of no factor
        QString name = {};
        QString meaning = {}; ///< in words: `more work was done`
        std::int64_t cents = 0;
    };
    std::vector<Step> steps = {}; ///< those that moved anything, in their order
};
ChangeSteps changeStepsOf(const ReportData& data, const ReportMoney& money);
/// Of features or models, row by row: what they cost before and in the month, each column adding up to its month.
struct GroupCells
{
    std::vector<ReportValue> before = {}, now = {};
    ReportValue change(std::size_t row) const { return ReportMoney::difference(now[row], before[row]); }
};
GroupCells cellsOf(const std::vector<ReportGroup>& groups, const ReportData& data, const ReportMoney& money);
/// What came after a closed month was closed moved it: pages that show today's rows say so.
bool isAdjusted(const ReportData& data);
/// From the one month to the other, step by step.
ReportChart changeChart(const ReportData& data, const ReportMoney& money);
/// `over by €1.15`, `on track`.
QString statusText(const BudgetStanding& standing, const ReportMoney& money);
/// Budgets for anything else than cost centres.
ReportTable budgetTable(const ReportData& data, const ReportMoney& money);
/// Cost centres with their budgets.
ReportTable centreTable(const ReportData& data, const ReportMoney& money);

} // namespace plumbline::sections
