// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/core/filter.h"
#include "model/queries/call_table.h"
#include "model/queries/lazy.h"
#include "model/queries/ledger_table.h"
#include "model/queries/prompt_index.h"
#include "model/queries/row_set.h"
#include "model/queries/text_matches.h"
#include "model/store/names.h"

namespace plumbline::queries {

/// A dimension laid out for grouping: a code for every entry of a column, and a text for every code. The column is that
/// of the origins, the hours, or a coded one of the rows. Overlapping for tags only: then `members` lists, for a code
/// of tag sets, the tags in it.
struct DimensionCodes
{
    DimensionChoice choice = {};
    const std::vector<std::uint32_t>* entries = nullptr; ///< by row
    std::vector<std::uint32_t> codeOfEntry = {};
    std::uint32_t count = 1;
    std::vector<std::vector<std::uint32_t>> members = {}; ///< by tag-set code; empty for single-valued dimensions
    std::vector<std::string> labels = {};                 ///< by code, where they exist already
    const CodedColumn* names = nullptr;                   ///< else: codes of ids of the table `name`
    std::vector<std::string> read = {};                   ///< by code: texts looked up before
    std::int32_t firstTime = 0; ///< of Hour, Day, Week, Month: the number that code 0 stands for

    bool overlaps() const { return !members.empty(); }
    std::uint32_t codeOf(std::size_t row) const { return codeOfEntry[(*entries)[row]]; }
};

/// What is read when a condition first asks for it, and kept.
struct RowFacts
{
    LazyLedger* ledger = nullptr;
    TextMatches* texts = nullptr;
    Lazy<PromptIndex>* prompts = nullptr;
};

/// Lays dimensions out and answers which rows a filter holds. Made for one question; reads texts from the workspace.
class Selector
{
public:
    static Result<Selector> open(const store::Workspace& workspace, const CallTable& table,
                                 const ReportingCalendar& calendar, const RowFacts& facts);

    /// Fills `into`; what is read of metadata may take its time.
    Result<> layOut(const DimensionChoice& choice, DimensionCodes& into, const StopToken& stop);
    /// The text of a code: `missingValue` for 0 of dimensions that calls may lack.
    Result<std::string> labelOf(DimensionCodes& dimension, std::uint32_t code);
    /// Rows of the filter.
    Result<RowSet> rowsOf(const Filter& filter, const StopToken& stop);

private:
    Selector(const store::Workspace& workspace, const CallTable& table, const ReportingCalendar& calendar,
             const RowFacts& facts, store::NameReader reader)
        : m_workspace(&workspace), m_table(&table), m_calendar(&calendar), m_facts(facts), m_reader(std::move(reader))
    {
    }
    /// A column of the table as it is.
    void layOutColumn(CallTable::Column column, DimensionCodes& into) const;
    void layOutTime(Dimension dimension, DimensionCodes& into) const;
    /// What comes again and again: weekdays, hours of the day.
    void layOutCycle(Dimension dimension, DimensionCodes& into) const;
    Result<> layOutTags(DimensionCodes& into);
    Result<> layOutPrompts(DimensionCodes& into);
    Result<> layOutSources(DimensionCodes& into);
    Result<> layOutMetadata(const std::string& key, DimensionCodes& into, const StopToken& stop);
    /// Those of some rows that a condition on a field holds for, which no column is laid out for.
    Result<RowSet> rowsWithField(const RowSet& rows, const Condition& condition, const StopToken& stop);
    /// Those sent with some instructions, or with some tools.
    Result<RowSet> rowsSentWith(const RowSet& rows, const Condition& condition, const StopToken& stop);
    /// Which entries a condition accepts: 1 or 0.
    Result<std::vector<std::uint8_t>> acceptedEntries(const Condition& condition, DimensionCodes& dimension);

    const store::Workspace* m_workspace;
    const CallTable* m_table;
    const ReportingCalendar* m_calendar;
    RowFacts m_facts;
    store::NameReader m_reader;
};

/// `2026-10-01 14:00`, `2026-10-01`, `2026-10`: how the number of an hour, day, week or month is written.
std::string timeLabel(Dimension dimension, std::int32_t number);
/// Hour, day, Monday or month number of a local hour.
std::int32_t timeNumber(Dimension dimension, std::int32_t localHour, const ReportingCalendar& calendar);

} // namespace plumbline::queries
