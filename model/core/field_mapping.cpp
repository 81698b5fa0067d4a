// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/field_mapping.h"

#include <algorithm>
#include <iterator>

#include "model/core/ascii.h"

namespace plumbline {

namespace {

constexpr std::string_view logFieldIds[] = {
    "time",        "end",    "latency_ms", "model",  "provider", "input",       "uncached", "cache_read",
    "cache_write", "output", "reasoning",  "total",  "cost",     "feature",     "step",     "user",
    "session",     "trace",  "id",         "parent", "response", "environment", "release",  "tier",
    "status",      "error",  "tags",       "prompt", "answer",
};
static_assert(std::size(logFieldIds) == logFieldCount);

} // namespace

std::string_view idOf(LogField field)
{
    return logFieldIds[static_cast<std::size_t>(field)];
}

Result<FieldMapping> FieldMapping::fromText(std::string_view text)
{
    FieldMapping mapping;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string_view part = trimmed(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        if (part.empty())
            continue;
        const std::size_t equals = part.find('=');
        const std::string_view name = trimmed(part.substr(0, equals));
        const auto known = std::find(std::begin(logFieldIds), std::end(logFieldIds), name);
        if (equals == std::string_view::npos || trimmed(part.substr(equals + 1)).empty())
            return fail(ErrorKind::Usage, "'" + std::string(part) + "' is no part of a mapping: name=path is expected");
        if (known == std::end(logFieldIds)) {
            std::string all;
            for (const std::string_view id : logFieldIds)
                all += " " + std::string(id);
            return fail(ErrorKind::Usage, "a log has no field '" + std::string(name) + "'; there are" + all);
        }
        mapping.set(static_cast<LogField>(known - std::begin(logFieldIds)),
                    std::string(trimmed(part.substr(equals + 1))));
    }
    return mapping;
}

std::string FieldMapping::text() const
{
    std::string text;
    for (const auto& [field, path] : m_paths)
        text += (text.empty() ? "" : ",") + std::string(idOf(field)) + "=" + path;
    return text;
}

void FieldMapping::set(LogField field, std::string path)
{
    const auto at = std::lower_bound(m_paths.begin(), m_paths.end(), field,
                                     [](const auto& known, LogField wanted) { return known.first < wanted; });
    if (at != m_paths.end() && at->first == field)
        at->second = std::move(path);
    else
        m_paths.emplace(at, field, std::move(path));
}

std::string_view FieldMapping::pathOf(LogField field) const
{
    for (const auto& [known, path] : m_paths)
        if (known == field)
            return path;
    return {};
}

bool FieldMapping::isUsable() const
{
    const auto has = [this](LogField field) { return !pathOf(field).empty(); };
    return has(LogField::Time) && has(LogField::Model) &&
           (has(LogField::Input) || has(LogField::Uncached) || has(LogField::Output) || has(LogField::Total) ||
            has(LogField::Cost));
}

} // namespace plumbline
