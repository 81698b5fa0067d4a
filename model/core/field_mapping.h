// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/core/error.h"

namespace plumbline {

/// What a record of somebody's own log can say, by the names that mappings use.
enum class LogField
{
    Time,
    End,
    LatencyMs,
    Model,
    Provider,
    Input,    ///< tokens; whether cached ones are among them is told by their names and totals
    Uncached, ///< tokens, without cached ones for certain
    CacheRead,
    CacheWrite,
    Output,
    Reasoning,
    Total,
    Cost, ///< dollars
    Feature,
    Step,
    User,
    Session,
    Trace,
    Id,
    Parent,
    Response, ///< the provider's id of the answer
    Environment,
    Release,
    Tier,
    Status,
    Error,
    Tags,
    Prompt,
    Answer,
};
constexpr std::size_t logFieldCount = 29;
/// `time`, `latency_ms`, `cache_read`, …
std::string_view idOf(LogField field);

/// Which field of a log holds what: paths of keys joined by dots.
class FieldMapping
{
public:
    /// `time=ts,model=llm.name,input=usage.in`. Usage names the part that is wrong.
    static Result<FieldMapping> fromText(std::string_view text);
    std::string text() const;

    void set(LogField field, std::string path);
    /// Empty if the log does not say.
    std::string_view pathOf(LogField field) const;
    /// Enough to make calls of: a time, and a model with tokens or cost.
    bool isUsable() const;
    bool operator==(const FieldMapping&) const = default;

private:
    std::vector<std::pair<LogField, std::string>> m_paths; ///< in the order of the fields
};

} // namespace plumbline
