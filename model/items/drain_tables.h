// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "model/core/ledger.h"
#include "model/items/fact_table.h"
#include "model/queries/drain_answers.h"

namespace plumbline {

/// What the catalogue calls a drain, translated. An id that is none is its own title.
QString drainTitle(std::string_view id);
QString drainShortTitle(std::string_view id);
QString segmentTitle(std::string_view id);
/// A text that a drain declares, translated.
QString drainText(const char* text);
/// `certain`, `likely`, `opportunity`, `beside the bill`.
QString confidenceTitle(Confidence confidence);
Tone confidenceTone(Confidence confidence);
/// `Calibrated on this workspace's own calls: ± 2 to 4 %`.
QString splitMethodText(const LedgerSums& ledger);
/// `segments ± 1 to 2 %`: how far off they may be; empty while nothing is known of them.
QString splitErrorText(const LedgerSums& ledger);

/// The calls of a finding, those that waste most first.
class WastefulCallsTable : public RowTable<WastefulCall>
{
    Q_OBJECT

public:
    using RowTable::RowTable;

    void show(std::vector<WastefulCall> calls, const ReportingCalendar& calendar, bool isQuantity);
    const ReportingCalendar& calendar() const { return m_calendar; }

private:
    ReportingCalendar m_calendar;
};

/// The evidence of several features as one table, with the feature before each row: which tool is called where. The
/// pair and the note are those of the first that has one.
Evidence together(const std::vector<std::pair<std::string, Evidence>>& byFeature);

/// The table a drain shows as its evidence: columns as it declares them, plain numbers as figures.
class EvidenceTable : public FactTable
{
    Q_OBJECT

public:
    using FactTable::FactTable;

    void show(const Evidence& evidence);
    std::size_t allRows() const override { return m_evidence.rows.size(); }

protected:
    const std::vector<Heading>& headings() const override { return m_headings; }
    Cell cell(std::size_t row, std::size_t column) const override;

private:
    Evidence m_evidence;
    std::vector<Heading> m_headings;
};

} // namespace plumbline
