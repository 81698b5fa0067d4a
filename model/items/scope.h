// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

#include "model/core/filter.h"

namespace plumbline {

/// What all pages look at: which calls, and the period they are compared with, if any.
struct Scope
{
    Filter filter = {};
    std::optional<Period> baseline = {};
    /// Compared with the calls of another value of this dimension, such as another release, in place of the filter's.
    std::optional<Condition> against = {};

    bool operator==(const Scope&) const = default;
};

/// The calls that the scope is compared with; nothing where it is with none.
std::optional<Filter> comparedCalls(const Scope& scope);
/// The scope compared with other values of a dimension. Where its filter holds no value of it, all others are compared
/// with those.
Scope comparedWith(Scope scope, const DimensionChoice& of, const std::vector<std::string>& values);
/// The scope compared with nothing: without the exclusion that comparing brought.
Scope withoutComparison(Scope scope);
/// `release: v1`, or the period; empty where it is compared with nothing.
QString comparisonText(const Scope& scope, const ReportingCalendar& calendar);

/// The scope with one more condition. One on a dimension that has a chip already replaces its values; exclusions
/// gather.
Scope narrowed(Scope scope, const Condition& condition);
/// The scope without its chip `index`.
Scope without(Scope scope, std::size_t index);
/// `environment: production`, `not feature: chat, search`, `model: gpt-4o and 3 more`.
QString chipText(const Condition& condition);
/// The translated title of a dimension: `Prompt version`, or the metadata key.
QString dimensionTitle(const DimensionChoice& choice);

/// The periods the menu names. `today` is the local day of now.
enum class PeriodChoice
{
    ThisMonth,
    LastMonth,
    Last7Days,
    Last30Days,
    Last90Days,
    All,
};
std::optional<Period> periodOf(PeriodChoice choice, std::int32_t today, const ReportingCalendar& calendar);
/// The reporting month before a reporting month; before any other period one as long.
Period previousPeriod(const Period& period, const ReportingCalendar& calendar);
/// What a period that is not over yet is fairly compared with: as many days of the one before as have passed by
/// `lastCall`. The whole period before where it is over.
Period comparablePeriod(const Period& period, Timestamp lastCall, const ReportingCalendar& calendar);
/// The scope over another period, or over all time. A comparison with what lay before goes along; one with a period
/// that somebody chose stays. `lastCall` as above.
Scope withPeriod(Scope scope, const std::optional<Period>& period, Timestamp lastCall,
                 const ReportingCalendar& calendar);
/// Where a workspace opens: this month if it has calls, else the month of its last call; nothing without calls.
std::optional<Period> openingPeriod(const std::optional<Period>& extent, std::int32_t today,
                                    const ReportingCalendar& calendar);
/// That period with what it is compared with: the one before, if anything is known of it.
Scope openingScope(const std::optional<Period>& extent, std::int32_t today, const ReportingCalendar& calendar);

/// Scopes in the order they were looked at, with a place in it: what Alt+Left and Alt+Right walk.
class ScopeHistory
{
public:
    const Scope& current() const { return m_scopes[m_at]; }
    /// Goes on from here; what lay ahead is forgotten. The same scope again changes nothing.
    void visit(Scope scope);
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_scopes.size(); }
    void goBack();
    void goForward();
    /// Forgets everything: another workspace was opened.
    void restart(Scope scope);

private:
    std::vector<Scope> m_scopes = {Scope{}};
    std::size_t m_at = 0;
};

} // namespace plumbline
