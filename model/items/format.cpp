// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace plumbline {

using namespace Qt::StringLiterals;

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string fromQt(const QString& text)
{
    const QByteArray utf8 = text.toUtf8();
    return {utf8.constData(), static_cast<std::size_t>(utf8.size())};
}

} // namespace plumbline

namespace plumbline::format {

using namespace Qt::StringLiterals;

namespace {

// Figures read alike everywhere, whatever the desktop's language: reports and screenshots of two people must compare.
const QLocale& figures()
{
    static const QLocale locale(QLocale::English, QLocale::UnitedStates);
    return locale;
}

QString fixed(double value, int decimals)
{
    return figures().toString(value, 'f', decimals);
}

QString minus()
{
    return u"−"_s;
}

/// Decimals that leave `digits` significant ones of a value below one.
int decimalsFor(double value, int digits)
{
    return std::clamp(digits - 1 - static_cast<int>(std::floor(std::log10(value))), 0, 12);
}

struct Unit
{
    double size;
    const char16_t* suffix;
};

/// Three significant digits of the largest unit that leaves one before the point.
QString scaled(double value, std::span<const Unit> units)
{
    for (const Unit& unit : units) {
        const double inUnits = value / unit.size;
        // 999.96 of a unit would read as 1000 of it: it belongs to the next.
        if (inUnits >= 0.9995)
            return fixed(inUnits, inUnits < 9.995 ? 2 : inUnits < 99.95 ? 1 : 0) + QString::fromUtf16(unit.suffix);
    }
    return fixed(value, 0);
}

template <class T, class Text>
QString orUnknown(const std::optional<T>& value, Text text)
{
    return value ? text(*value) : unknown();
}

} // namespace

QString unknown()
{
    return u"–"_s;
}

QString money(MoneySum sum)
{
    const double dollars = std::abs(sum.dollars());
    const QString sign = sum < MoneySum() ? minus() : QString();
    if (dollars == 0)
        return u"$0"_s;
    if (dollars >= 999.995)
        return sign + u'$' + fixed(dollars, 0);
    if (dollars >= 0.9995)
        return sign + u'$' + fixed(dollars, 2);
    const int digits = dollars < 0.01 ? 4 : 3;
    return sign + u'$' + fixed(dollars, std::max(2, decimalsFor(dollars, digits)));
}

QString money(std::optional<MoneySum> sum)
{
    return orUnknown(sum, [](MoneySum known) { return money(known); });
}

QString shortMoney(MoneySum sum)
{
    constexpr std::array units = {Unit{1e9, u"B"}, Unit{1e6, u"M"}, Unit{1e3, u"k"}};
    const double dollars = std::abs(sum.dollars());
    if (dollars < 9999.5)
        return money(sum);
    return (sum < MoneySum() ? minus() : QString()) + u'$' + scaled(dollars, units);
}

QString exactMoney(MoneySum sum)
{
    constexpr int decimals = 12;
    QString digits = toQt(decimalText(sum));
    const bool isNegative = digits.startsWith(u'-');
    if (isNegative)
        digits.remove(0, 1);
    const qsizetype point = digits.indexOf(u'.');
    QString whole = point < 0 ? digits : digits.left(point);
    QString rest = point < 0 ? QString() : digits.mid(point + 1);
    for (qsizetype at = whole.size() - 3; at > 0; at -= 3)
        whole.insert(at, u',');
    return (isNegative ? minus() : QString()) + u'$' + whole + u'.' + rest.leftJustified(decimals, u'0');
}

QString rate(Money perToken)
{
    // Picodollars per token are micro-dollars per million tokens.
    const double perMillion = static_cast<double>(perToken.picodollars()) / 1e6;
    const int decimals = perMillion != 0 && perMillion < 0.095 ? std::max(2, decimalsFor(perMillion, 3)) : 2;
    QString text = fixed(perMillion, decimals);
    while (decimals > 2 && text.endsWith(u'0') && text.size() - text.indexOf(u'.') > 3)
        text.chop(1);
    return QCoreApplication::translate("format", "$%1 / M").arg(text);
}

QString count(std::int64_t number)
{
    const QString text = figures().toString(static_cast<qlonglong>(number));
    return number < 0 ? minus() + text.mid(1) : text;
}

QString count(std::optional<std::int64_t> number)
{
    return orUnknown(number, [](std::int64_t known) { return count(known); });
}

QString shortCount(std::int64_t number)
{
    constexpr std::array units = {Unit{1e12, u" T"}, Unit{1e9, u" B"}, Unit{1e6, u" M"}, Unit{1e3, u" k"}};
    const double size = std::abs(static_cast<double>(number));
    if (size < 10'000)
        return count(number);
    return (number < 0 ? minus() : QString()) + scaled(size, units);
}

QString shortCount(std::optional<std::int64_t> number)
{
    return orUnknown(number, [](std::int64_t known) { return shortCount(known); });
}

QString percent(double share)
{
    const double percents = share * 100;
    if (percents != 0 && std::abs(percents) < 0.05)
        return (percents < 0 ? minus() : QString()) + u"<0.1%"_s;
    const QString text = fixed(std::abs(percents), std::abs(percents) >= 99.95 ? 0 : 1);
    return (percents < 0 ? minus() : QString()) + text + u'%';
}

QString percent(std::optional<double> share)
{
    return orUnknown(share, [](double known) { return percent(known); });
}

QString change(std::optional<double> now, std::optional<double> before)
{
    if (!now || !before || *before == 0)
        return unknown();
    const QString text = percent(*now / *before - 1);
    return text.startsWith(minus()) ? text : u'+' + text;
}

QString duration(std::int64_t microseconds)
{
    const double seconds = static_cast<double>(microseconds) / 1e6;
    if (seconds < 0.0009995)
        return fixed(static_cast<double>(microseconds), 0) + u" µs"_s;
    if (seconds < 0.9995)
        return fixed(seconds * 1000, seconds < 0.00995 ? 1 : 0) + u" ms"_s;
    if (seconds < 99.95)
        return fixed(seconds, 1) + u" s"_s;
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (whole < 3600)
        return u"%1 min %2 s"_s.arg(whole / 60).arg(whole % 60);
    return u"%1 h %2 min"_s.arg(whole / 3600).arg(whole % 3600 / 60);
}

QString duration(std::optional<std::int64_t> microseconds)
{
    return orUnknown(microseconds, [](std::int64_t known) { return duration(known); });
}

QString bytes(std::uint64_t count)
{
    constexpr std::array units = {Unit{1e12, u" TB"}, Unit{1e9, u" GB"}, Unit{1e6, u" MB"}, Unit{1e3, u" kB"}};
    return count < 1000 ? u"%1 B"_s.arg(count) : scaled(static_cast<double>(count), units);
}

QString score(std::optional<double> value)
{
    return orUnknown(value, [](double known) {
        const double size = std::abs(known);
        return (known < 0 ? minus() : QString()) + fixed(size, size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
    });
}

} // namespace plumbline::format
