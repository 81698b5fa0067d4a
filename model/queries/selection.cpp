// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/selection.h"
#include "model/queries/metadata_reader.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include <nlohmann/json.hpp>

#include "model/core/ascii.h"
#include "model/core/span.h"

namespace plumbline::queries {

namespace {

using nlohmann::json;

std::optional<CallTable::Column> columnOf(Dimension dimension)
{
    switch (dimension) {
    case Dimension::Feature:
        return CallTable::Feature;
    case Dimension::Model:
        return CallTable::Model;
    case Dimension::Provider:
        return CallTable::Provider;
    case Dimension::Environment:
        return CallTable::Environment;
    case Dimension::Step:
        return CallTable::Step;
    case Dimension::Agent:
        return CallTable::Agent;
    case Dimension::Tool:
        return CallTable::Tool;
    case Dimension::User:
        return CallTable::User;
    case Dimension::Session:
        return CallTable::Session;
    case Dimension::Release:
        return CallTable::Release;
    default:
        return {};
    }
}

bool isTime(Dimension dimension)
{
    return dimension == Dimension::Hour || dimension == Dimension::Day || dimension == Dimension::Week ||
           dimension == Dimension::Month;
}

} // namespace

std::int32_t timeNumber(Dimension dimension, std::int32_t localHour, const ReportingCalendar& calendar)
{
    if (dimension == Dimension::Hour)
        return localHour;
    const std::int32_t day = floorDivide(localHour, 24);
    if (dimension == Dimension::Day)
        return day;
    if (dimension == Dimension::Month)
        return calendar.monthOfDay(day);
    // 1970-01-01 was a Thursday: three days behind a Monday.
    const std::int32_t sinceMonday = (day + 3) % 7;
    return day - (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday);
}

std::string timeLabel(Dimension dimension, std::int32_t number)
{
    if (dimension == Dimension::Month)
        return ReportingCalendar::monthText(number);
    if (dimension != Dimension::Hour)
        return dateText(number);
    const std::int32_t day = floorDivide(number, 24);
    char hour[16];
    std::snprintf(hour, sizeof hour, " %02d:00", number - day * 24);
    return dateText(day) + hour;
}

Result<Selector> Selector::open(const store::Workspace& workspace, const CallTable& table,
                                const ReportingCalendar& calendar, const RowFacts& facts)
{
    return Selector(workspace, table, calendar, facts, TRY(store::NameReader::open(workspace.database())));
}

void Selector::layOutColumn(CallTable::Column column, DimensionCodes& into) const
{
    const CodedColumn& coded = m_table->column(column);
    into.count = coded.codeCount();
    if (column < CallTable::OriginColumnCount) {
        into.entries = &m_table->origins();
        into.codeOfEntry = coded.codes();
        return;
    }
    into.entries = &coded.codes();
    into.codeOfEntry.resize(coded.codeCount());
    std::iota(into.codeOfEntry.begin(), into.codeOfEntry.end(), 0U);
}

void Selector::layOutTime(Dimension dimension, DimensionCodes& into) const
{
    into.entries = &m_table->hours();
    if (m_table->hourCount() == 0)
        return;
    const std::int32_t firstHour = m_table->firstHour();
    const auto lastHour = firstHour + static_cast<std::int32_t>(m_table->hourCount()) - 1;
    const std::int32_t first = timeNumber(dimension, firstHour, *m_calendar);
    const std::int32_t last = timeNumber(dimension, lastHour, *m_calendar);
    const std::int32_t step = dimension == Dimension::Week ? 7 : 1;
    into.firstTime = first;
    into.count = static_cast<std::uint32_t>((last - first) / step + 1);
    for (std::int32_t hour = firstHour; hour <= lastHour; ++hour)
        into.codeOfEntry.push_back(
            static_cast<std::uint32_t>((timeNumber(dimension, hour, *m_calendar) - first) / step));
}

void Selector::layOutCycle(Dimension dimension, DimensionCodes& into) const
{
    into.entries = &m_table->hours();
    const bool isWeekday = dimension == Dimension::Weekday;
    if (isWeekday)
        into.labels = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    else
        for (int hour = 0; hour < 24; ++hour)
            into.labels.push_back((hour < 10 ? "0" : "") + std::to_string(hour));
    into.count = static_cast<std::uint32_t>(into.labels.size());
    for (std::uint32_t i = 0; i < m_table->hourCount(); ++i) {
        const std::int32_t hour = m_table->firstHour() + static_cast<std::int32_t>(i);
        const std::int32_t day = floorDivide(hour, 24);
        // 1970-01-01 was a Thursday: three days behind a Monday.
        const std::int32_t code = isWeekday ? (day + 3) - floorDivide(day + 3, 7) * 7 : hour - day * 24;
        into.codeOfEntry.push_back(static_cast<std::uint32_t>(code));
    }
}

Result<> Selector::layOutTags(DimensionCodes& into)
{
    const CodedColumn& sets = m_table->column(CallTable::Tags);
    layOutColumn(CallTable::Tags, into);
    into.labels = {std::string(missingValue(Dimension::Tag))};
    into.members.resize(sets.codeCount());
    into.members[0] = {0};
    std::unordered_map<std::string, std::uint32_t> known;
    for (std::uint32_t set = 1; set < sets.codeCount(); ++set) {
        const json list = json::parse(TRY(m_reader.textOf(sets.idOf(set))), nullptr, false);
        if (list.is_array()) {
            for (const json& tag : list) {
                if (!tag.is_string())
                    continue;
                const auto [at, isNew] =
                    known.emplace(tag.get<std::string>(), static_cast<std::uint32_t>(into.labels.size()));
                if (isNew)
                    into.labels.push_back(at->first);
                if (std::find(into.members[set].begin(), into.members[set].end(), at->second) ==
                    into.members[set].end())
                    into.members[set].push_back(at->second);
            }
        }
        if (into.members[set].empty())
            into.members[set] = {0};
    }
    into.count = static_cast<std::uint32_t>(into.labels.size());
    return {};
}

Result<> Selector::layOutPrompts(DimensionCodes& into)
{
    const CodedColumn& names = m_table->column(CallTable::PromptName);
    const CodedColumn& versions = m_table->column(CallTable::PromptVersion);
    into.labels = {std::string(missingValue(Dimension::Prompt))};
    std::unordered_map<std::uint64_t, std::uint32_t> known;
    into.entries = &m_table->origins();
    for (std::size_t origin = 0; origin < names.codes().size(); ++origin) {
        const std::uint32_t name = names.codes()[origin];
        const std::uint32_t version = versions.codes()[origin];
        if (name == 0) {
            into.codeOfEntry.push_back(0);
            continue;
        }
        const auto [at, isNew] =
            known.emplace(std::uint64_t{name} << 32 | version, static_cast<std::uint32_t>(into.labels.size()));
        if (isNew) {
            std::string label = TRY(m_reader.textOf(names.idOf(name)));
            if (version != 0)
                label += " v" + TRY(m_reader.textOf(versions.idOf(version)));
            into.labels.push_back(std::move(label));
        }
        into.codeOfEntry.push_back(at->second);
    }
    into.count = static_cast<std::uint32_t>(into.labels.size());
    return {};
}

Result<> Selector::layOutSources(DimensionCodes& into)
{
    const CodedColumn& imports = m_table->column(CallTable::Import);
    layOutColumn(CallTable::Import, into);
    into.labels = {std::string(missingValue(Dimension::Source))};
    store::Statement query = TRY(m_workspace->database().prepare("SELECT name FROM import WHERE id = ?"));
    for (std::uint32_t code = 1; code < imports.codeCount(); ++code) {
        TRY(query.bind(imports.idOf(code)));
        const bool isKnown = TRY(query.next());
        into.labels.push_back(sourceValue(isKnown ? query.text(0) : std::string_view(), imports.idOf(code)));
        query.reset();
    }
    return {};
}

Result<> Selector::layOutMetadata(const std::string& key, DimensionCodes& into, const StopToken& stop)
{
    const CodedColumn& sets = m_table->column(CallTable::Attributes);
    into.labels = {std::string(missingValue(Dimension::Metadata))};
    std::unordered_map<std::string, std::uint32_t> known;
    into.entries = &sets.codes();
    into.codeOfEntry.assign(sets.codeCount(), 0);
    // The cheap test first: most sets of another application do not have the key at all.
    store::Statement query =
        TRY(m_workspace->database().prepare("SELECT json FROM attribute_set WHERE id = ? AND instr(json, ?) > 0"));
    const std::string quoted = json(key).dump(-1, ' ', false, json::error_handler_t::replace);
    constexpr std::uint32_t checkEvery = 4096;
    for (std::uint32_t set = 1; set < sets.codeCount(); ++set) {
        if (set % checkEvery == 0)
            TRY(stop.check());
        TRY(query.bind(sets.idOf(set), quoted));
        if (!TRY(query.next()))
            continue;
        const json object = json::parse(query.text(0), nullptr, false);
        query.reset();
        const auto value = object.is_object() ? object.find(key) : object.end();
        if (!object.is_object() || value == object.end())
            continue;
        const auto [at, isNew] = known.emplace(scalarText(*value), static_cast<std::uint32_t>(into.labels.size()));
        if (isNew)
            into.labels.push_back(at->first);
        into.codeOfEntry[set] = at->second;
    }
    into.count = static_cast<std::uint32_t>(into.labels.size());
    return {};
}

Result<> Selector::layOut(const DimensionChoice& choice, DimensionCodes& into, const StopToken& stop)
{
    into.choice = choice;
    if (const auto column = columnOf(choice.dimension)) {
        into.names = &m_table->column(*column);
        layOutColumn(*column, into);
        return {};
    }
    if (isTime(choice.dimension)) {
        layOutTime(choice.dimension, into);
        return {};
    }
    switch (choice.dimension) {
    case Dimension::Weekday:
    case Dimension::HourOfDay:
        layOutCycle(choice.dimension, into);
        return {};
    case Dimension::Tag:
        return layOutTags(into);
    case Dimension::Prompt:
        return layOutPrompts(into);
    case Dimension::Source:
        return layOutSources(into);
    case Dimension::Metadata:
        return layOutMetadata(choice.key, into, stop);
    default:
        break;
    }
    // Status: the codes are the statuses.
    for (int status = 0; status < 4; ++status)
        into.labels.emplace_back(idOf(static_cast<SpanStatus>(status)));
    into.count = 4;
    into.entries = &m_table->origins();
    for (const CallTable::Origin& origin : m_table->originFacts())
        into.codeOfEntry.push_back(origin.status);
    return {};
}

Result<std::string> Selector::labelOf(DimensionCodes& dimension, std::uint32_t code)
{
    const Dimension kind = dimension.choice.dimension;
    if (!isTime(kind) && !dimension.names)
        return code < dimension.labels.size() ? dimension.labels[code] : std::string();
    if (!isTime(kind) && code == 0)
        return std::string(missingValue(kind));
    // An answer of many rows asks for the same few texts over and over.
    if (code >= dimension.read.size())
        dimension.read.resize(std::max<std::size_t>(code + 1, dimension.read.size() * 2));
    std::string& text = dimension.read[code];
    if (text.empty()) {
        const std::int32_t step = kind == Dimension::Week ? 7 : 1;
        text = isTime(kind) ? timeLabel(kind, dimension.firstTime + static_cast<std::int32_t>(code) * step)
                            : TRY(m_reader.textOf(dimension.names->idOf(code)));
    }
    return text;
}

Result<std::vector<std::uint8_t>> Selector::acceptedEntries(const Condition& condition, DimensionCodes& dimension)
{
    std::vector<std::uint8_t> codes(dimension.count, 0);
    for (const std::string& value : condition.values) {
        if (condition.match == Match::Contains) {
            const std::string part = lowerCase(value);
            for (std::uint32_t code = 0; code < dimension.count; ++code) {
                const std::string label = TRY(labelOf(dimension, code));
                // What stands for no value is no text that something is part of.
                if (label == missingValue(condition.of.dimension) ? value == label
                                                                  : lowerCase(label).find(part) != std::string::npos)
                    codes[code] = 1;
            }
            continue;
        }
        if (dimension.names) {
            if (value == missingValue(condition.of.dimension)) {
                codes[0] = 1;
                continue;
            }
            if (const std::uint32_t code = dimension.names->codeOf(TRY(m_reader.find(value))))
                codes[code] = 1;
            continue;
        }
        for (std::uint32_t code = 0; code < dimension.count; ++code)
            if (TRY(labelOf(dimension, code)) == value)
                codes[code] = 1;
    }
    // A tag set is accepted if one of its tags is.
    const auto isAccepted = [&](std::uint32_t code) {
        if (!dimension.overlaps())
            return codes[code] != 0;
        const std::vector<std::uint32_t>& tags = dimension.members[code];
        return std::any_of(tags.begin(), tags.end(), [&](std::uint32_t tag) { return codes[tag] != 0; });
    };
    std::vector<std::uint8_t> entries;
    entries.reserve(dimension.codeOfEntry.size());
    for (const std::uint32_t code : dimension.codeOfEntry)
        entries.push_back(isAccepted(code) != condition.isExcluded);
    return entries;
}

Result<RowSet> Selector::rowsOf(const Filter& filter, const StopToken& stop)
{
    // All conditions on one column are one look at its entry.
    struct Test
    {
        const std::vector<std::uint32_t>* entries;
        std::vector<std::uint8_t> accepted;
    };
    std::vector<Test> tests;
    std::vector<const Condition*> fields; // one look at each row that is left
    for (const Condition& condition : filter.conditions) {
        TRY(stop.check());
        if (condition.of.dimension > Dimension::Metadata) {
            fields.push_back(&condition);
            continue;
        }
        DimensionCodes dimension;
        TRY(layOut(condition.of, dimension, stop));
        std::vector<std::uint8_t> accepted = TRY(acceptedEntries(condition, dimension));
        const auto same = std::find_if(tests.begin(), tests.end(),
                                       [&](const Test& test) { return test.entries == dimension.entries; });
        if (same == tests.end()) {
            tests.push_back({dimension.entries, std::move(accepted)});
            continue;
        }
        for (std::size_t entry = 0; entry < accepted.size(); ++entry)
            same->accepted[entry] &= accepted[entry];
    }
    const CallTable::Rows range = m_table->rowsIn(filter.period);
    RowSet rows(range.first, range.end);
    for (const Test& test : tests)
        rows = rows.where([&](std::size_t row) { return test.accepted[(*test.entries)[row]]; });
    // Texts last: they are the dearest to look for.
    std::stable_sort(fields.begin(), fields.end(), [](const Condition* a, const Condition* b) {
        return (a->of.dimension == Dimension::Text) < (b->of.dimension == Dimension::Text);
    });
    for (const Condition* condition : fields)
        rows = TRY(rowsWithField(rows, *condition, stop));
    return rows;
}

} // namespace plumbline::queries
