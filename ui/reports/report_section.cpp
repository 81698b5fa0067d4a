// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/report_section.h"

#include <QCryptographicHash>

#include <algorithm>

#include "model/items/format.h"
#include "ui/reports/report_csv.h"

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

std::vector<ReportValue> ReportMoney::footedTo(const std::vector<MoneySum>& parts, const ReportValue& total) const
{
    const auto* all = std::get_if<CentsChange>(&total);
    std::vector<ReportValue> values;
    if (!all) {
        for (const MoneySum part : parts)
            values.push_back(change(part));
        return values;
    }
    std::vector<double> inCents;
    for (const MoneySum part : parts)
        inCents.push_back(m_currency.of(part).dollars() * 100);
    for (const std::int64_t cents : spend::apportioned(inCents, all->cents))
        values.push_back(CentsChange{cents});
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

namespace {

/// Everything a report says, a line each: what its fingerprint is of.
class Saying
{
public:
    void operator()(const ReportText& of) { add(of.lead + u' ' + of.text); }
    void operator()(const ReportBullets& of) { add(of.points.join(u'\n')); }
    void operator()(const ReportTiles& of)
    {
        for (const ReportTile& tile : of.tiles)
            add(tile.title + u' ' + tile.figure + u' ' + tile.note);
    }
    void operator()(const ReportChart& of) { add(plotCsv(of.plot)); }
    void operator()(const ReportTable& of) { add(of.title + u'\n' + csvOf(of)); }
    void operator()(const ReportSignatures& of) { add(of.names.join(u'\n')); }
    void add(const QString& text) { m_hash.addData((text + u'\n').toUtf8()); }
    QString fingerprint() const
    {
        constexpr qsizetype digits = 16;
        return QString::fromLatin1(m_hash.result().toHex().left(digits));
    }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

void sign(Report& report)
{
    Saying saying;
    for (const QString& text : {report.company, report.title, report.subtitle, report.footer})
        saying.add(text);
    for (const ReportPart& part : report.parts)
        for (const ReportBlock& block : part.blocks)
            std::visit(saying, block);
    report.fingerprint = saying.fingerprint();
    for (ReportPart& part : report.parts)
        for (ReportBlock& block : part.blocks)
            if (auto* table = std::get_if<ReportTable>(&block))
                for (ReportRow& row : table->rows)
                    for (ReportCell& cell : row.cells)
                        if (auto* text = std::get_if<QString>(&cell.value))
                            text->replace(sections::fingerprintMark(), report.fingerprint);
}

} // namespace

Report reportOf(const ReportData& data)
{
    using sections::ReportTexts;
    const ReportMoney money(data);
    const SpendAnswer& spend = data.spend;
    Report report{.company = toQt(data.definition.company),
                  .title = format::month(spend.month),
                  .status =
                      sections::isReconciled(spend) ? ReportTexts::tr("Reconciled") : ReportTexts::tr("Estimated"),
                  .language = u"en"_s,
                  .currency = money.code(),
                  .madeFor = static_cast<qint64>(spend.period.end.microseconds() / 1'000'000),
                  .paper = data.definition.paper};
    report.subtitle = ReportTexts::tr("Period %1 (%2) · prices of %3 · %4 calls, cost of %5 known · data quality %6")
                          .arg(format::period(spend.period, data.calendar), toQt(data.calendar.zone()),
                               toQt(data.prices.bookDate), format::count(spend.total.calls),
                               spend.total.calls > 0 ? format::percent(sections::knownShare(spend)) : format::unknown(),
                               sections::qualityOf(data));
    report.footer = ReportTexts::tr("%1 · figures in %2").arg(report.status, money.code());
    for (const ReportSection& section : allReportSections()) {
        const auto& out = data.definition.leftOut;
        if ((data.definition.form == ReportForm::Short && !section.isInShortForm) ||
            std::find(out.begin(), out.end(), section.id) != out.end())
            continue;
        report.parts.push_back({.id = QString::fromUtf8(section.id),
                                .title = ReportTexts::tr(section.title),
                                .blocks = section.blocks(data, money)});
    }
    sign(report);
    return report;
}

} // namespace plumbline
