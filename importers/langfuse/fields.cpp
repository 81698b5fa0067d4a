// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/langfuse/fields.h"

#include "model/core/word_table.h"

namespace plumbline::langfuse {

namespace {

constexpr Word<Field> spellings[] = {
    {"id", Field::Id},
    {"traceId", Field::TraceId},
    {"trace_id", Field::TraceId},
    {"parentObservationId", Field::ParentId},
    {"parent_observation_id", Field::ParentId},
    {"type", Field::Type},
    {"name", Field::Name},
    {"startTime", Field::StartTime},
    {"start_time", Field::StartTime},
    {"endTime", Field::EndTime},
    {"end_time", Field::EndTime},
    {"completionStartTime", Field::CompletionStartTime},
    {"completion_start_time", Field::CompletionStartTime},
    {"timestamp", Field::Timestamp},
    {"createdAt", Field::CreatedAt},
    {"created_at", Field::CreatedAt},
    {"updatedAt", Field::UpdatedAt},
    {"updated_at", Field::UpdatedAt},
    {"level", Field::Level},
    {"statusMessage", Field::StatusMessage},
    {"status_message", Field::StatusMessage},
    {"model", Field::Model},
    {"providedModelName", Field::Model},
    {"provided_model_name", Field::Model},
    {"modelParameters", Field::ModelParameters},
    {"model_parameters", Field::ModelParameters},
    {"usageDetails", Field::UsageDetails},
    {"usage_details", Field::UsageDetails},
    {"providedUsageDetails", Field::ProvidedUsageDetails},
    {"provided_usage_details", Field::ProvidedUsageDetails},
    {"costDetails", Field::CostDetails},
    {"cost_details", Field::CostDetails},
    {"totalCost", Field::TotalCost},
    {"total_cost", Field::TotalCost},
    {"calculatedTotalCost", Field::CalculatedTotalCost},
    {"calculated_total_cost", Field::CalculatedTotalCost},
    {"usage", Field::Usage},
    {"promptTokens", Field::PromptTokens},
    {"prompt_tokens", Field::PromptTokens},
    {"completionTokens", Field::CompletionTokens},
    {"completion_tokens", Field::CompletionTokens},
    {"totalTokens", Field::TotalTokens},
    {"total_tokens", Field::TotalTokens},
    {"inputTokens", Field::InputTokens},
    {"outputTokens", Field::OutputTokens},
    {"unit", Field::Unit},
    {"input", Field::Input},
    {"output", Field::Output},
    {"prompt", Field::Prompt},
    {"completion", Field::Completion},
    {"metadata", Field::Metadata},
    {"environment", Field::Environment},
    {"release", Field::Release},
    {"version", Field::Version},
    {"userId", Field::UserId},
    {"user_id", Field::UserId},
    {"sessionId", Field::SessionId},
    {"session_id", Field::SessionId},
    {"tags", Field::Tags},
    {"traceTags", Field::Tags},
    {"trace_tags", Field::Tags},
    {"traceName", Field::TraceName},
    {"trace_name", Field::TraceName},
    {"promptName", Field::PromptName},
    {"prompt_name", Field::PromptName},
    {"promptVersion", Field::PromptVersion},
    {"prompt_version", Field::PromptVersion},
    {"toolDefinitions", Field::ToolDefinitions},
    {"tool_definitions", Field::ToolDefinitions},
    {"toolCalls", Field::ToolCalls},
    {"tool_calls", Field::ToolCalls},
    {"toolCallNames", Field::ToolCallNames},
    {"tool_call_names", Field::ToolCallNames},
    {"usagePricingTierName", Field::UsagePricingTierName},
    {"usage_pricing_tier_name", Field::UsagePricingTierName},
    {"bookmarked", Field::Bookmarked},
    {"htmlPath", Field::HtmlPath},
    {"countTraces", Field::CountTraces},
    {"sessionDuration", Field::SessionDuration},
    {"observationId", Field::ObservationId},
    {"observation_id", Field::ObservationId},
    {"value", Field::Value},
    {"stringValue", Field::StringValue},
    {"string_value", Field::StringValue},
    {"dataType", Field::DataType},
    {"data_type", Field::DataType},
    {"source", Field::Source},
    {"comments", Field::Comments},
    {"comment", Field::Known},
    {"projectId", Field::Known},
    {"project_id", Field::Known},
    {"internalModelId", Field::Known},
    {"internalModel", Field::Known},
    {"modelId", Field::Known},
    {"model_id", Field::Known},
    {"promptId", Field::Known},
    {"prompt_id", Field::Known},
    {"latency", Field::Known},
    {"latencyMs", Field::Known},
    {"timeToFirstToken", Field::Known},
    {"timeToFirstTokenMs", Field::Known},
    {"time_to_first_token", Field::Known},
    {"providedCostDetails", Field::Known},
    {"inputCost", Field::Known},
    {"outputCost", Field::Known},
    {"calculatedInputCost", Field::Known},
    {"calculatedOutputCost", Field::Known},
    {"inputUsage", Field::Known},
    {"outputUsage", Field::Known},
    {"totalUsage", Field::Known},
    {"usagePricingTierId", Field::Known},
    {"usage_pricing_tier_id", Field::Known},
    {"traceTimestamp", Field::Known},
    {"toolDefinitionsCount", Field::Known},
    {"toolCallsCount", Field::Known},
    {"inputPrice", Field::Known},
    {"outputPrice", Field::Known},
    {"totalPrice", Field::Known},
    {"input_price", Field::Known},
    {"output_price", Field::Known},
    {"total_price", Field::Known},
    {"public", Field::Known},
    {"scores", Field::Known},
    {"observations", Field::Known},
    {"externalId", Field::Known},
    {"is_root_observation", Field::Known},
    {"isRootObservation", Field::Known},
    {"errorCount", Field::Known},
    {"warningCount", Field::Known},
    {"defaultCount", Field::Known},
    {"debugCount", Field::Known},
    {"observationCount", Field::Known},
};

/// A row has some fifty keys and there are millions of rows: finding one must cost next to nothing.
constexpr WordTable table(spellings);

} // namespace

Field fieldNamed(std::string_view key)
{
    const Field* field = table.find(key);
    return field ? *field : Field::Unknown;
}

void sortInto(Row& row, json::Object object)
{
    row.values.fill(json::Value());
    row.scores.clear();
    bool isBehindComments = false;
    for (const auto [key, value] : object) {
        const Field field = fieldNamed(key);
        if (field < Field::Known) {
            // The same fact in two spellings: the one that says something.
            json::Value& slot = row.values[static_cast<std::size_t>(field)];
            if (!slot.exists() || slot.isNull() || (!value.isNull() && !(value.isString() && value.text().empty())))
                slot = value;
            isBehindComments |= field == Field::Comments;
        } else if (field == Field::Unknown && isBehindComments && value.isArray()) {
            row.scores.push_back({key, value});
        }
    }
}

} // namespace plumbline::langfuse
