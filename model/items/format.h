// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

#include "model/core/money.h"
#include "model/core/time.h"
#include "model/core/usage.h"

/// How figures read. Unknown is `–`, never 0; what is rounded here has its exact text beside it for the tooltip.
namespace plumbline::format {

/// `–`, for what is not known.
QString unknown();

/// `$21,480`, `$12.40`, `$0.0311`; below a cent four significant digits (`$0.0004213`). Zero is `$0`.
QString money(MoneySum sum);
QString money(std::optional<MoneySum> sum);
/// `$92.1k`, `$1.24M` where there is little room.
QString shortMoney(MoneySum sum);
/// To the picodollar: `$0.018709200000`, for arithmetic that has to add up on the page.
QString exactMoney(MoneySum sum);
/// A rate of picodollars per token, as people quote it: `$3.00 / M`.
QString rate(Money perToken);

/// `2,144,600`, every digit.
QString count(std::int64_t number);
QString count(std::optional<std::int64_t> number);
/// `14.9 B`, `402 M`, `13.8 k`; below ten thousand every digit.
QString shortCount(std::int64_t number);
QString shortCount(std::optional<std::int64_t> number);

/// `32.2%` of a share from 0 to 1.
QString percent(double share);
QString percent(std::optional<double> share);
/// `+12.4%`, `−3.0%`: the relative change; unknown without a `before`, or from zero.
QString change(std::optional<double> now, std::optional<double> before);

/// `4.2 s`, `310 ms`, `2 min 5 s` from microseconds.
QString duration(std::int64_t microseconds);
QString duration(std::optional<std::int64_t> microseconds);
/// `1.9 GB`.
QString bytes(std::uint64_t count);
/// A mean with as many digits as it deserves: `0.83`.
QString score(std::optional<double> value);

/// `Oct 22, 2026 14:53`, `Oct 22, 2026 14:53:08.114 UTC`, `Oct 22`.
QString minute(Timestamp time, const ReportingCalendar& calendar);
/// `Oct 22, 14:53`, where the year is told elsewhere.
QString shortMinute(Timestamp time, const ReportingCalendar& calendar);
/// The same to the second.
QString shortSecond(Timestamp time, const ReportingCalendar& calendar);
QString instant(Timestamp time, const ReportingCalendar& calendar);
QString day(std::int32_t dayNumber);
/// `Oct 1 – 22, 2026`, `Sep 3 – Oct 22, 2026`, `October 2026` for a whole reporting month.
QString period(const Period& period, const ReportingCalendar& calendar);
/// `October` and `Oct` of 1 to 12, translated.
QString monthName(int month);
QString shortMonthName(int month);
/// `October 2026` of year × 12 + month − 1.
QString month(std::int32_t month);

} // namespace plumbline::format

namespace plumbline {

/// The model speaks UTF-8, the window UTF-16.
QString toQt(std::string_view text);
std::string fromQt(const QString& text);

} // namespace plumbline
