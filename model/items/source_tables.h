// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "model/core/time.h"
#include "model/items/fact_table.h"
#include "model/queries/workspace_answers.h"

namespace plumbline {

/// What was imported, and in what state it is.
class SourcesTable : public RowTable<SourceRow>
{
    Q_OBJECT

public:
    explicit SourcesTable(QObject* parent = nullptr);

    void show(std::vector<SourceRow> sources, const ReportingCalendar& calendar);
    const ReportingCalendar& calendar() const { return m_calendar; }

private:
    ReportingCalendar m_calendar;
};

/// Files that may be imported, and what each would bring.
class PreviewTable : public RowTable<FilePreview>
{
    Q_OBJECT

public:
    explicit PreviewTable(QObject* parent = nullptr);

    void show(std::vector<FilePreview> files, const ReportingCalendar& calendar);
    const ReportingCalendar& calendar() const { return m_calendar; }

private:
    ReportingCalendar m_calendar;
};

/// One line of an import report: a reason, how often, where first.
class SkippedTable : public RowTable<Skipped>
{
    Q_OBJECT

public:
    explicit SkippedTable(QObject* parent = nullptr);

    void show(std::vector<Skipped> skipped);
};

} // namespace plumbline
