// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/common_cells.h"

#include <QCoreApplication>

#include "model/items/format.h"

namespace plumbline::cells {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Cells)
};

Cell valueOf(const DimensionChoice& of, const std::string& value)
{
    constexpr qsizetype longest = 200; // letters: the rest stands in the tooltip
    const std::string shown = value.empty() ? std::string(missingValue(of.dimension)) : value;
    return {.text = value.empty() && of.dimension != Dimension::Feature ? format::unknown() : toQt(shown).left(longest),
            .value = toQt(shown),
            .toolTip = toQt(shown),
            .condition = Condition{.of = of, .values = {shown}}};
}

} // namespace

Cell value(Dimension dimension, const std::string& value)
{
    return valueOf({dimension, {}}, value);
}

Cell metadata(const std::string& key, const std::string& value)
{
    return valueOf({Dimension::Metadata, key}, value);
}

Cell count(std::int64_t number)
{
    return {.text = format::count(number), .value = static_cast<qlonglong>(number)};
}

Cell tokens(std::optional<TokenCount> tokens)
{
    if (!tokens)
        return {.text = format::unknown(), .toolTip = Texts::tr("The source does not say")};
    return count(*tokens);
}

Cell cost(std::optional<MoneySum> cost, const QString& whyUnknown)
{
    if (!cost)
        return {.text = format::unknown(), .toolTip = whyUnknown};
    return {.text = format::money(*cost), .value = cost->dollars(), .toolTip = format::exactMoney(*cost)};
}

Cell latency(std::optional<std::int64_t> microseconds)
{
    if (!microseconds)
        return {.text = format::unknown(), .toolTip = Texts::tr("The source gave no end")};
    return {.text = format::duration(*microseconds), .value = static_cast<qlonglong>(*microseconds)};
}

Cell status(SpanStatus status)
{
    const auto pill = [](const QString& text, Tone tone) {
        return Cell{.text = text, .value = text, .picture = QVariant::fromValue(Pill{tone})};
    };
    switch (status) {
    case SpanStatus::Error:
        return pill(Texts::tr("failed"), Tone::Bad);
    case SpanStatus::Warning:
        return pill(Texts::tr("warning"), Tone::Warning);
    case SpanStatus::Ok:
        return pill(Texts::tr("ok"), Tone::Good);
    case SpanStatus::Unknown:
        break;
    }
    return {.text = format::unknown(), .toolTip = Texts::tr("The source does not say how it ended")};
}

Cell day(const std::optional<Timestamp>& time, const ReportingCalendar& calendar)
{
    if (!time)
        return {.text = format::unknown()};
    return {.text = format::day(calendar.dayOf(*time)),
            .value = static_cast<qlonglong>(time->microseconds()),
            .toolTip = format::instant(*time, calendar)};
}

} // namespace plumbline::cells
