// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/report_section.h"

#include <algorithm>

#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

ReportMoney::ReportMoney(const ReportData& data)
    : m_currency(data.currency)
    , m_code(toQt(data.currency.code))
    , m_now(data.spend.budget.spent)
    , m_before(data.spend.totalBaseline.cost.value_or(MoneySum()))
{
    m_isTiny = cents(m_now) < 100 && cents(m_before) < 100 && m_now != MoneySum();
}

ReportValue ReportMoney::of(MoneySum dollars) const
{
    const MoneySum amount = m_currency.of(dollars);
    return m_isTiny ? ReportValue(UnitCost{amount}) : ReportValue(Cents{centsOf(amount)});
}

ReportValue ReportMoney::change(MoneySum dollars) const
{
    const MoneySum amount = m_currency.of(dollars);
    return m_isTiny ? ReportValue(UnitCost{amount}) : ReportValue(CentsChange{centsOf(amount)});
}

std::vector<ReportValue> ReportMoney::footed(const std::vector<MoneySum>& parts, MoneySum total) const
{
    std::vector<ReportValue> values;
    std::vector<MoneySum> amounts;
    for (const MoneySum part : parts)
        amounts.push_back(m_currency.of(part));
    if (m_isTiny) {
        for (const MoneySum amount : amounts)
            values.push_back(UnitCost{amount});
        return values;
    }
    for (const std::int64_t cents : footedCents(amounts, m_currency.of(total)))
        values.push_back(Cents{cents});
    return values;
}

ReportValue ReportMoney::difference(const ReportValue& now, const ReportValue& before)
{
    if (const auto* a = std::get_if<Cents>(&now), *b = std::get_if<Cents>(&before); a && b)
        return CentsChange{a->cents - b->cents};
    if (const auto* a = std::get_if<UnitCost>(&now), *b = std::get_if<UnitCost>(&before); a && b)
        return UnitCost{a->amount - b->amount};
    return {};
}

QString ReportMoney::monthSizeText() const
{
    const QString text = textOf(monthChange(), m_code);
    return text.startsWith(u'+') || text.startsWith(u'−') ? text.mid(1) : text;
}

ReportValue ReportMoney::perUnit(MoneySum dollars, std::int64_t count) const
{
    if (count <= 0)
        return {};
    return UnitCost{MoneySum::ofPicodollars(m_currency.of(dollars).picodollars() / count)};
}

Report reportOf(const ReportData& data)
{
    using sections::translated;
    const ReportMoney money(data);
    const SpendAnswer& spend = data.spend;
    Report report{.company = toQt(data.definition.company),
                  .title = format::month(spend.month),
                  .status = sections::isReconciled(spend) ? translated("Reconciled") : translated("Estimated"),
                  .language = u"en"_s,
                  .fingerprint = toQt(data.fingerprint),
                  .currency = money.code(),
                  .madeFor = static_cast<qint64>(spend.period.end.microseconds() / 1'000'000),
                  .paper = data.definition.paper};
    report.subtitle = translated("Period %1 (%2) · prices of %3 · %4 calls, cost of %5 known · data quality %6")
                          .arg(format::period(spend.period, data.calendar), toQt(data.calendar.zone()),
                               toQt(data.prices.bookDate), format::count(spend.total.calls),
                               format::percent(sections::knownShare(spend)), sections::qualityOf(data));
    report.footer = translated("%1 · figures in %2").arg(report.status, money.code());
    for (const ReportSection& section : allReportSections()) {
        const auto& out = data.definition.leftOut;
        if ((data.definition.form == ReportForm::Short && !section.isInShortForm) ||
            std::find(out.begin(), out.end(), section.id) != out.end())
            continue;
        report.parts.push_back({.id = QString::fromUtf8(section.id),
                                .title = translated(section.title),
                                .blocks = section.blocks(data, money)});
    }
    return report;
}

} // namespace plumbline
