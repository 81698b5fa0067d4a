// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/format.h"

#include <QCoreApplication>

#include <array>

namespace plumbline::format {

using namespace Qt::StringLiterals;

namespace {

QString clock(Timestamp time, const ReportingCalendar& calendar, bool isExact)
{
    const std::int32_t hour = calendar.localHour(time);
    const std::int32_t today = floorDivide(hour, 24);
    // Minutes are read off the start of the day, so that zones of half an hour stay right.
    const std::int64_t inDay = time.microseconds() - calendar.startOfDay(today).microseconds();
    const std::int64_t minutes = inDay / 60'000'000 % 60;
    QString text = u"%1, %2 %3:%4"_s.arg(day(today))
                       .arg(civilDate(today).year)
                       .arg(hour - today * 24, 2, 10, QLatin1Char('0'))
                       .arg(minutes, 2, 10, QLatin1Char('0'));
    if (isExact)
        text += u":%1.%2"_s.arg(inDay / 1'000'000 % 60, 2, 10, QLatin1Char('0'))
                    .arg(inDay / 1000 % 1000, 3, 10, QLatin1Char('0'));
    return text;
}

} // namespace

QString monthName(int month)
{
    constexpr std::array names = {QT_TRANSLATE_NOOP("format", "January"),   QT_TRANSLATE_NOOP("format", "February"),
                                  QT_TRANSLATE_NOOP("format", "March"),     QT_TRANSLATE_NOOP("format", "April"),
                                  QT_TRANSLATE_NOOP("format", "May"),       QT_TRANSLATE_NOOP("format", "June"),
                                  QT_TRANSLATE_NOOP("format", "July"),      QT_TRANSLATE_NOOP("format", "August"),
                                  QT_TRANSLATE_NOOP("format", "September"), QT_TRANSLATE_NOOP("format", "October"),
                                  QT_TRANSLATE_NOOP("format", "November"),  QT_TRANSLATE_NOOP("format", "December")};
    return QCoreApplication::translate("format", names[static_cast<std::size_t>(month - 1)]);
}

QString shortMonthName(int month)
{
    constexpr std::array names = {
        QT_TRANSLATE_NOOP("format", "Jan"), QT_TRANSLATE_NOOP("format", "Feb"), QT_TRANSLATE_NOOP("format", "Mar"),
        QT_TRANSLATE_NOOP("format", "Apr"), QT_TRANSLATE_NOOP("format", "May"), QT_TRANSLATE_NOOP("format", "Jun"),
        QT_TRANSLATE_NOOP("format", "Jul"), QT_TRANSLATE_NOOP("format", "Aug"), QT_TRANSLATE_NOOP("format", "Sep"),
        QT_TRANSLATE_NOOP("format", "Oct"), QT_TRANSLATE_NOOP("format", "Nov"), QT_TRANSLATE_NOOP("format", "Dec")};
    return QCoreApplication::translate("format", names[static_cast<std::size_t>(month - 1)]);
}

QString day(std::int32_t dayNumber)
{
    const CivilDate date = civilDate(dayNumber);
    return QCoreApplication::translate("format", "%1 %2", "month and day, such as Oct 22")
        .arg(shortMonthName(date.month))
        .arg(date.day);
}

QString minute(Timestamp time, const ReportingCalendar& calendar)
{
    return clock(time, calendar, false);
}

QString shortMinute(Timestamp time, const ReportingCalendar& calendar)
{
    const std::int32_t hour = calendar.localHour(time);
    const std::int32_t today = floorDivide(hour, 24);
    const std::int64_t minutes = (time.microseconds() - calendar.startOfDay(today).microseconds()) / 60'000'000 % 60;
    return u"%1, %2:%3"_s.arg(day(today))
        .arg(hour - today * 24, 2, 10, QLatin1Char('0'))
        .arg(minutes, 2, 10, QLatin1Char('0'));
}

QString shortSecond(Timestamp time, const ReportingCalendar& calendar)
{
    const std::int32_t today = calendar.dayOf(time);
    const std::int64_t inDay = time.microseconds() - calendar.startOfDay(today).microseconds();
    return shortMinute(time, calendar) + u":%1"_s.arg(inDay / 1'000'000 % 60, 2, 10, QLatin1Char('0'));
}

QString instant(Timestamp time, const ReportingCalendar& calendar)
{
    return clock(time, calendar, true) + u' ' + toQt(calendar.zone());
}

QString month(std::int32_t month)
{
    return QCoreApplication::translate("format", "%1 %2", "month and year, such as October 2026")
        .arg(monthName(month % 12 + 1))
        .arg(month / 12);
}

QString period(const Period& period, const ReportingCalendar& calendar)
{
    const std::int32_t first = calendar.dayOf(period.first);
    const std::int32_t last = calendar.dayOf(Timestamp(period.end.microseconds() - 1));
    const std::int32_t inMonth = calendar.monthOfDay(first);
    if (calendar.month(inMonth) == period)
        return month(inMonth);
    const CivilDate from = civilDate(first);
    const CivilDate to = civilDate(last);
    if (first == last) {
        const bool isWholeDay =
            calendar.startOfDay(first) == period.first && calendar.startOfDay(first + 1) == period.end;
        const QString date = u"%1, %2"_s.arg(day(first)).arg(from.year);
        if (isWholeDay)
            return date;
        const auto hourOf = [&](Timestamp time) {
            return u"%1:00"_s.arg((calendar.localHour(time) - first * 24), 2, 10, QLatin1Char('0'));
        };
        return u"%1, %2 – %3"_s.arg(date, hourOf(period.first), hourOf(period.end));
    }
    if (from.year != to.year)
        return u"%1, %2 – %3, %4"_s.arg(day(first)).arg(from.year).arg(day(last)).arg(to.year);
    if (from.month == to.month)
        return u"%1 – %2, %3"_s.arg(day(first)).arg(to.day).arg(to.year);
    return u"%1 – %2, %3"_s.arg(day(first), day(last)).arg(to.year);
}

} // namespace plumbline::format
