// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/items/fact_table.h"
#include "model/queries/prompt_versions.h"

namespace plumbline {

/// `support-chat / answer`.
QString promptName(const PromptRow& prompt);
/// What is to be said of a prompt in few words: that it is never cached, that it changes with every request.
Cell promptNote(const PromptRow& prompt);

/// Every system prompt and tool set, with the step it belongs to and what it costs.
class PromptsTable : public RowTable<PromptRow>
{
    Q_OBJECT

public:
    explicit PromptsTable(QObject* parent = nullptr);
    void show(const PromptsAnswer& answer, const ReportingCalendar& calendar);
    const ReportingCalendar& calendar() const { return m_calendar; }
    MoneySum costOfMonth(const PromptRow& row) const { return perMonth(row.figures.cost, m_answer.days); }
    MoneySum costOfMonthBefore(const PromptRow& row) const
    {
        return perMonth(row.before ? row.before->cost : MoneySum(), m_answer.daysBefore);
    }

private:
    PromptsAnswer m_answer; ///< without its rows
    ReportingCalendar m_calendar;
};

/// The versions of one prompt, the newest first.
class VersionsTable : public RowTable<PromptVersion>
{
    Q_OBJECT

public:
    explicit VersionsTable(QObject* parent = nullptr);
    void show(const PromptRow& prompt, const ReportingCalendar& calendar);
    const ReportingCalendar& calendar() const { return m_calendar; }

private:
    ReportingCalendar m_calendar;
};

/// The tools that a prompt's calls were offered, and how many of them used each.
class OfferedToolsTable : public RowTable<OfferedTool>
{
    Q_OBJECT

public:
    explicit OfferedToolsTable(QObject* parent = nullptr);
    void show(const PromptRow& prompt);
};

/// The sets of tools of a prompt, the newest first, each with what differs from the one before it.
class ToolSetsTable : public RowTable<ToolSetVersion>
{
    Q_OBJECT

public:
    explicit ToolSetsTable(QObject* parent = nullptr);
    void show(const PromptRow& prompt, const ReportingCalendar& calendar);
    const ReportingCalendar& calendar() const { return m_calendar; }
    /// Tokens a call more than with the set before; none: it is the first, or they are not split.
    std::optional<double> growthOf(const ToolSetVersion& row) const;

private:
    ReportingCalendar m_calendar;
    std::vector<ToolSetVersion> m_sets; ///< the oldest first
};

} // namespace plumbline
