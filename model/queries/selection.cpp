// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/selection.h"

#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

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

std::string scalarText(const json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, json::error_handler_t::replace);
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
                                const ReportingCalendar& calendar)
{
    return Selector(workspace, table, calendar, TRY(store::NameReader::open(workspace.database())));
}

void Selector::layOutTime(Dimension dimension, DimensionCodes& into) const
{
    const std::vector<std::int32_t>& hours = m_table->localHour();
    if (hours.empty())
        return;
    // In the order of time, yet clocks that are set back by more than an hour take the local hour with them.
    const auto [earliest, latest] = std::minmax_element(hours.begin(), hours.end());
    const std::int32_t first = timeNumber(dimension, *earliest, *m_calendar);
    const std::int32_t last = timeNumber(dimension, *latest, *m_calendar);
    const std::int32_t step = dimension == Dimension::Week ? 7 : 1;
    into.firstTime = first;
    into.count = static_cast<std::uint32_t>((last - first) / step + 1);
    into.own.resize(hours.size());
    std::int32_t lastHour = hours.front() - 1;
    std::uint32_t code = 0;
    for (std::size_t row = 0; row < hours.size(); ++row) {
        if (hours[row] != lastHour) {
            lastHour = hours[row];
            code = static_cast<std::uint32_t>((timeNumber(dimension, lastHour, *m_calendar) - first) / step);
        }
        into.own[row] = code;
    }
}

Result<> Selector::layOutTags(DimensionCodes& into)
{
    const CodedColumn& sets = m_table->column(CallTable::Tags);
    into.codes = &sets.codes();
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
    into.own.reserve(names.codes().size());
    for (std::size_t row = 0; row < names.codes().size(); ++row) {
        const std::uint32_t name = names.codes()[row];
        const std::uint32_t version = versions.codes()[row];
        if (name == 0) {
            into.own.push_back(0);
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
        into.own.push_back(at->second);
    }
    into.count = static_cast<std::uint32_t>(into.labels.size());
    return {};
}

Result<> Selector::layOutSources(DimensionCodes& into)
{
    const CodedColumn& imports = m_table->column(CallTable::Import);
    into.codes = &imports.codes();
    into.count = imports.codeCount();
    into.labels = {std::string(missingValue(Dimension::Source))};
    store::Statement query = TRY(m_workspace->database().prepare("SELECT name FROM import WHERE id = ?"));
    for (std::uint32_t code = 1; code < imports.codeCount(); ++code) {
        TRY(query.bind(imports.idOf(code)));
        into.labels.push_back(TRY(query.next()) ? std::string(query.text(0)) : std::string());
        query.reset();
        into.labels.back() += " #" + std::to_string(imports.idOf(code));
    }
    return {};
}

Result<> Selector::layOutMetadata(const std::string& key, DimensionCodes& into, const StopToken& stop)
{
    const CodedColumn& sets = m_table->column(CallTable::Attributes);
    into.labels = {std::string(missingValue(Dimension::Metadata))};
    std::unordered_map<std::string, std::uint32_t> known;
    std::vector<std::uint32_t> codeOfSet(sets.codeCount(), 0);
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
        codeOfSet[set] = at->second;
    }
    into.own.reserve(sets.codes().size());
    for (const std::uint32_t set : sets.codes())
        into.own.push_back(codeOfSet[set]);
    into.count = static_cast<std::uint32_t>(into.labels.size());
    return {};
}

Result<> Selector::layOut(const DimensionChoice& choice, DimensionCodes& into, const StopToken& stop)
{
    into.choice = choice;
    if (const auto column = columnOf(choice.dimension)) {
        into.names = &m_table->column(*column);
        into.codes = &into.names->codes();
        into.count = into.names->codeCount();
        return {};
    }
    if (isTime(choice.dimension)) {
        layOutTime(choice.dimension, into);
        return {};
    }
    switch (choice.dimension) {
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
    into.own.assign(m_table->status().begin(), m_table->status().end());
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

Result<std::vector<bool>> Selector::acceptedCodes(const Condition& condition, DimensionCodes& dimension)
{
    std::vector<bool> accepted(dimension.count, false);
    for (const std::string& value : condition.values) {
        if (dimension.names) {
            if (value == missingValue(condition.of.dimension)) {
                accepted[0] = true;
                continue;
            }
            if (const std::uint32_t code = dimension.names->codeOf(TRY(m_reader.find(value))))
                accepted[code] = true;
            continue;
        }
        for (std::uint32_t code = 0; code < dimension.count; ++code)
            if (TRY(labelOf(dimension, code)) == value)
                accepted[code] = true;
    }
    if (!dimension.overlaps()) {
        if (condition.isExcluded)
            accepted.flip();
        return accepted;
    }
    // A tag set is accepted if one of its tags is.
    std::vector<bool> sets(dimension.members.size(), false);
    for (std::size_t set = 0; set < sets.size(); ++set)
        for (const std::uint32_t tag : dimension.members[set])
            if (accepted[tag])
                sets[set] = true;
    if (condition.isExcluded)
        sets.flip();
    return sets;
}

Result<std::vector<std::uint32_t>> Selector::rowsOf(const Filter& filter, const StopToken& stop)
{
    const CallTable::Rows range = m_table->rowsIn(filter.period);
    std::vector<std::uint32_t> rows(range.end - range.first);
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i] = static_cast<std::uint32_t>(range.first + i);
    for (const Condition& condition : filter.conditions) {
        TRY(stop.check());
        DimensionCodes dimension;
        TRY(layOut(condition.of, dimension, stop));
        const std::vector<bool> accepted = TRY(acceptedCodes(condition, dimension));
        const std::vector<std::uint32_t>& codes = *dimension.codes;
        std::size_t kept = 0;
        for (const std::uint32_t row : rows)
            if (!codes.empty() && accepted[codes[row]])
                rows[kept++] = row;
        rows.resize(kept);
    }
    return rows;
}

} // namespace plumbline::queries
