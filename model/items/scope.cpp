// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/scope.h"

#include <QCoreApplication>

#include <algorithm>
#include <cassert>
#include <utility>

#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

Scope narrowed(Scope scope, const Condition& condition)
{
    for (Condition& chip : scope.filter.conditions) {
        if (chip.of != condition.of || chip.isExcluded != condition.isExcluded || chip.match != condition.match)
            continue;
        // "Only this value" inside a chip of several values means this one; exclusions gather.
        if (!condition.isExcluded) {
            chip.values = condition.values;
            return scope;
        }
        for (const std::string& value : condition.values)
            if (std::find(chip.values.begin(), chip.values.end(), value) == chip.values.end())
                chip.values.push_back(value);
        return scope;
    }
    scope.filter.conditions.push_back(condition);
    return scope;
}

std::optional<Filter> comparedCalls(const Scope& scope)
{
    if (!scope.baseline && !scope.against)
        return {};
    Filter filter = scope.filter;
    if (scope.baseline)
        filter.period = scope.baseline;
    if (scope.against) {
        std::erase_if(filter.conditions, [&](const Condition& chip) { return chip.of == scope.against->of; });
        filter.conditions.push_back(*scope.against);
    }
    return filter;
}

Scope comparedWith(Scope scope, const DimensionChoice& of, const std::vector<std::string>& values)
{
    scope = withoutComparison(std::move(scope));
    scope.against = Condition{.of = of, .values = values};
    const auto& chips = scope.filter.conditions;
    if (std::none_of(chips.begin(), chips.end(), [&](const Condition& chip) { return chip.of == of; }))
        scope.filter.conditions.push_back({.of = of, .isExcluded = true, .values = values});
    return scope;
}

Scope withoutComparison(Scope scope)
{
    scope.baseline.reset();
    if (!scope.against)
        return scope;
    Condition exclusion = *scope.against;
    exclusion.isExcluded = true;
    std::erase(scope.filter.conditions, exclusion);
    scope.against.reset();
    return scope;
}

QString comparisonText(const Scope& scope, const ReportingCalendar& calendar)
{
    if (scope.against)
        return chipText(*scope.against);
    return scope.baseline ? format::period(*scope.baseline, calendar) : QString();
}

Scope without(Scope scope, std::size_t index)
{
    assert(index < scope.filter.conditions.size());
    scope.filter.conditions.erase(scope.filter.conditions.begin() + static_cast<std::ptrdiff_t>(index));
    return scope;
}

QString dimensionTitle(const DimensionChoice& choice)
{
    if (choice.dimension == Dimension::Metadata)
        return toQt(choice.key);
    return QCoreApplication::translate("Dimension", titleOf(choice.dimension));
}

QString chipText(const Condition& condition)
{
    constexpr std::size_t shown = 2;
    QStringList values;
    for (std::size_t i = 0; i < std::min(shown, condition.values.size()); ++i)
        values += toQt(condition.values[i]);
    QString text = values.join(u", "_s);
    if (condition.values.size() > shown)
        text = QCoreApplication::translate("Scope", "%1 and %2 more").arg(text).arg(condition.values.size() - shown);
    const QString title = dimensionTitle(condition.of).toLower();
    QString says = u"%1: %2"_s.arg(title, text);
    if (condition.of.dimension == Dimension::Text)
        says = u"“%1”"_s.arg(text);
    else if (condition.match == Match::Contains)
        says = u"%1 ~ %2"_s.arg(title, text);
    else if (condition.match != Match::Is)
        says = u"%1 %2 %3"_s.arg(title, toQt(std::string(signOf(condition.match))), text);
    return condition.isExcluded ? QCoreApplication::translate("Scope", "not %1").arg(says) : says;
}

std::optional<Period> periodOf(PeriodChoice choice, std::int32_t today, const ReportingCalendar& calendar)
{
    const auto lastDays = [&](std::int32_t days) {
        return Period{calendar.startOfDay(today - days + 1), calendar.startOfDay(today + 1)};
    };
    switch (choice) {
    case PeriodChoice::ThisMonth:
        return calendar.month(calendar.monthOfDay(today));
    case PeriodChoice::LastMonth:
        return calendar.month(calendar.monthOfDay(today) - 1);
    case PeriodChoice::Last7Days:
        return lastDays(7);
    case PeriodChoice::Last30Days:
        return lastDays(30);
    case PeriodChoice::Last90Days:
        return lastDays(90);
    case PeriodChoice::All:
        break;
    }
    return {};
}

Period previousPeriod(const Period& period, const ReportingCalendar& calendar)
{
    const std::int32_t first = calendar.dayOf(period.first);
    const std::int32_t month = calendar.monthOfDay(first);
    if (calendar.month(month) == period)
        return calendar.month(month - 1);
    const std::int32_t end = calendar.dayOf(period.end);
    // Whole days are counted as days, so that a change of the clock does not shift the boundary by an hour.
    if (calendar.startOfDay(first) == period.first && calendar.startOfDay(end) == period.end)
        return {calendar.startOfDay(first - (end - first)), period.first};
    const std::int64_t length = period.end.microseconds() - period.first.microseconds();
    return {Timestamp(period.first.microseconds() - length), period.first};
}

Period comparablePeriod(const Period& period, Timestamp lastCall, const ReportingCalendar& calendar)
{
    Period before = previousPeriod(period, calendar);
    if (!period.contains(lastCall))
        return before;
    const auto dayOf = [&](Timestamp time) { return calendar.dayOf(time); };
    const std::int32_t passed = dayOf(lastCall) - dayOf(period.first) + 1;
    if (calendar.startOfDay(dayOf(period.first) + passed) < period.end)
        before.end = std::min(before.end, calendar.startOfDay(dayOf(before.first) + passed));
    return before;
}

Scope withPeriod(Scope scope, const std::optional<Period>& period, Timestamp lastCall,
                 const ReportingCalendar& calendar)
{
    const std::optional<Period> before = std::exchange(scope.filter.period, period);
    // What lay before began with the period before; how far it reached depends on the calls there were then.
    const std::optional<Period> previous = before ? std::optional(previousPeriod(*before, calendar)) : std::nullopt;
    const bool goesAlong =
        scope.baseline && previous && scope.baseline->first == previous->first && scope.baseline->end <= previous->end;
    // What is compared with itself tells nothing.
    if (goesAlong || (scope.baseline && scope.baseline == period))
        scope.baseline = period ? std::optional(comparablePeriod(*period, lastCall, calendar)) : std::nullopt;
    return scope;
}

std::optional<Period> openingPeriod(const std::optional<Period>& extent, std::int32_t today,
                                    const ReportingCalendar& calendar)
{
    if (!extent)
        return {};
    const Period thisMonth = calendar.month(calendar.monthOfDay(today));
    // The extent's end lies just after its last call.
    if (extent->end > thisMonth.first && extent->first < thisMonth.end)
        return thisMonth;
    return calendar.month(calendar.monthOf(Timestamp(extent->end.microseconds() - 1)));
}

Scope openingScope(const std::optional<Period>& extent, std::int32_t today, const ReportingCalendar& calendar)
{
    Scope scope;
    scope.filter.period = openingPeriod(extent, today, calendar);
    // A comparison with a month of which nothing is known would mark everything as new.
    if (scope.filter.period) {
        const Period before = comparablePeriod(*scope.filter.period, extent->end, calendar);
        if (extent->first < before.end)
            scope.baseline = before;
    }
    return scope;
}

void ScopeHistory::visit(Scope scope)
{
    if (scope == current())
        return;
    m_scopes.resize(m_at + 1);
    m_scopes.push_back(std::move(scope));
    ++m_at;
}

void ScopeHistory::goBack()
{
    assert(canGoBack());
    --m_at;
}

void ScopeHistory::goForward()
{
    assert(canGoForward());
    ++m_at;
}

void ScopeHistory::restart(Scope scope)
{
    m_scopes = {std::move(scope)};
    m_at = 0;
}

} // namespace plumbline
