// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/report.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

const QLocale& figures()
{
    static const QLocale locale(QLocale::English, QLocale::UnitedStates);
    return locale;
}

/// `$`, `€`; others before the figure as they are: `CHF 12.00`.
QString symbolOf(const QString& currency)
{
    if (currency == "USD"_L1)
        return u"$"_s;
    if (currency == "EUR"_L1)
        return u"€"_s;
    if (currency == "GBP"_L1)
        return u"£"_s;
    return currency + QChar(QChar::Nbsp);
}

QString signOf(bool isNegative)
{
    return isNegative ? u"−"_s : QString();
}

QString digits(std::int64_t cents)
{
    const std::uint64_t all = cents < 0 ? 0 - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
    return figures().toString(static_cast<qulonglong>(all / 100)) +
           u".%1"_s.arg(static_cast<uint>(all % 100), 2, 10, QChar(u'0'));
}

} // namespace

QString centsText(std::int64_t cents, const QString& currency)
{
    return signOf(cents < 0) + symbolOf(currency) + digits(cents);
}

QString unitCostText(MoneySum amount, const QString& currency)
{
    const double value = std::abs(amount.dollars());
    if (value >= 0.9995 || amount == MoneySum())
        return centsText(centsOf(amount), currency);
    const int decimals = std::clamp(3 - static_cast<int>(std::floor(std::log10(value))), 2, 12);
    return signOf(amount < MoneySum()) + symbolOf(currency) + figures().toString(value, 'f', decimals);
}

QString textOf(const ReportValue& value, const QString& currency)
{
    struct Text
    {
        const QString& currency;
        QString operator()(std::monostate) const { return format::unknown(); }
        QString operator()(const QString& text) const { return text; }
        QString operator()(const Cents& of) const { return centsText(of.cents, currency); }
        QString operator()(const CentsChange& of) const
        {
            return (of.cents > 0 ? u"+"_s : QString()) + centsText(of.cents, currency);
        }
        QString operator()(const UnitCost& of) const { return unitCostText(of.amount, currency); }
        QString operator()(std::int64_t count) const { return format::count(count); }
        QString operator()(const Share& of) const { return format::percent(of.share); }
        QString operator()(const ShareChange& of) const
        {
            return (of.share < 0 ? u"−"_s : u"+"_s) + format::percent(std::abs(of.share));
        }
    };
    return std::visit(Text{currency}, value);
}

ReportTable withoutDrawings(const ReportTable& table)
{
    ReportTable plain = table;
    for (std::size_t column = table.columns.size(); column-- > 0;) {
        const ReportRow* row = !table.rows.empty() ? &table.rows.front() : table.total ? &*table.total : nullptr;
        const auto isDrawn = [&](const ReportRow& of) {
            return of.cells[column].isBar || !of.cells[column].line.empty();
        };
        if (!row || !(std::any_of(table.rows.begin(), table.rows.end(), isDrawn) || isDrawn(*row)))
            continue;
        const auto drop = [&](auto& from) { from.erase(from.begin() + static_cast<std::ptrdiff_t>(column)); };
        drop(plain.columns);
        for (ReportRow& of : plain.rows)
            drop(of.cells);
        if (plain.total)
            drop(plain.total->cells);
    }
    return plain;
}

} // namespace plumbline
