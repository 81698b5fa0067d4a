// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "importers/json/json.h"

namespace plumbline::langfuse {

/// The facts of a Langfuse row that are read, whatever their spelling: camelCase of the UI and the API, snake_case of
/// blob exports, the names of older servers.
enum class Field : std::uint8_t
{
    Id,
    TraceId,
    ParentId,
    Type,
    Name,
    StartTime,
    EndTime,
    CompletionStartTime,
    Timestamp,
    CreatedAt,
    UpdatedAt,
    Level,
    StatusMessage,
    Model,
    ModelParameters,
    UsageDetails,
    ProvidedUsageDetails,
    CostDetails,
    TotalCost,
    CalculatedTotalCost,
    Usage,
    PromptTokens,
    CompletionTokens,
    TotalTokens,
    InputTokens,
    OutputTokens,
    Unit,
    Input,
    Output,
    Prompt,     ///< of clients before there was `input`
    Completion, ///< … `output`
    Metadata,
    Environment,
    Release,
    Version,
    UserId,
    SessionId,
    Tags,
    TraceName,
    PromptName,
    PromptVersion,
    ToolDefinitions,
    ToolCalls,
    ToolCallNames,
    UsagePricingTierName,
    Bookmarked,
    HtmlPath,
    CountTraces,
    SessionDuration,
    ObservationId,
    Value,
    StringValue,
    DataType,
    Source,
    Comments,
    Known, ///< a name that is Langfuse's, and not needed
    Unknown,
};
constexpr std::size_t fieldCount = static_cast<std::size_t>(Field::Known);

/// A row, sorted by meaning.
struct Row
{
    std::array<json::Value, fieldCount> values = {};
    /// Columns behind `comments` that are none of Langfuse's: one a score name, with an array of values.
    std::vector<json::Member> scores = {};

    json::Value operator[](Field field) const { return values[static_cast<std::size_t>(field)]; }
    std::string_view text(Field field) const { return (*this)[field].text(); }
    bool has(Field field) const { return (*this)[field].exists(); }
};

Field fieldNamed(std::string_view key);
/// Fills `row` anew.
void sortInto(Row& row, json::Object object);

} // namespace plumbline::langfuse
