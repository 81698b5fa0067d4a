// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/langfuse/fields.h"

#include "model/core/word_table.h"

namespace plumbline::langfuse {

namespace {

constexpr std::array spellings = {
    Word<Field>{"id", Field::Id},
    Word<Field>{"traceId", Field::TraceId},
    Word<Field>{"trace_id", Field::TraceId},
    Word<Field>{"parentObservationId", Field::ParentId},
    Word<Field>{"parent_observation_id", Field::ParentId},
    Word<Field>{"type", Field::Type},
    Word<Field>{"name", Field::Name},
    Word<Field>{"startTime", Field::StartTime},
    Word<Field>{"start_time", Field::StartTime},
    Word<Field>{"endTime", Field::EndTime},
    Word<Field>{"end_time", Field::EndTime},
    Word<Field>{"completionStartTime", Field::CompletionStartTime},
    Word<Field>{"completion_start_time", Field::CompletionStartTime},
    Word<Field>{"timestamp", Field::Timestamp},
    Word<Field>{"createdAt", Field::CreatedAt},
    Word<Field>{"created_at", Field::CreatedAt},
    Word<Field>{"updatedAt", Field::UpdatedAt},
    Word<Field>{"updated_at", Field::UpdatedAt},
    Word<Field>{"level", Field::Level},
    Word<Field>{"statusMessage", Field::StatusMessage},
    Word<Field>{"status_message", Field::StatusMessage},
    Word<Field>{"model", Field::Model},
    Word<Field>{"providedModelName", Field::Model},
    Word<Field>{"provided_model_name", Field::Model},
    Word<Field>{"modelParameters", Field::ModelParameters},
    Word<Field>{"model_parameters", Field::ModelParameters},
    Word<Field>{"usageDetails", Field::UsageDetails},
    Word<Field>{"usage_details", Field::UsageDetails},
    Word<Field>{"providedUsageDetails", Field::ProvidedUsageDetails},
    Word<Field>{"provided_usage_details", Field::ProvidedUsageDetails},
    Word<Field>{"costDetails", Field::CostDetails},
    Word<Field>{"cost_details", Field::CostDetails},
    Word<Field>{"totalCost", Field::TotalCost},
    Word<Field>{"total_cost", Field::TotalCost},
    Word<Field>{"calculatedTotalCost", Field::CalculatedTotalCost},
    Word<Field>{"calculated_total_cost", Field::CalculatedTotalCost},
    Word<Field>{"usage", Field::Usage},
    Word<Field>{"promptTokens", Field::PromptTokens},
    Word<Field>{"prompt_tokens", Field::PromptTokens},
    Word<Field>{"completionTokens", Field::CompletionTokens},
    Word<Field>{"completion_tokens", Field::CompletionTokens},
    Word<Field>{"totalTokens", Field::TotalTokens},
    Word<Field>{"total_tokens", Field::TotalTokens},
    Word<Field>{"inputTokens", Field::InputTokens},
    Word<Field>{"outputTokens", Field::OutputTokens},
    Word<Field>{"unit", Field::Unit},
    Word<Field>{"input", Field::Input},
    Word<Field>{"output", Field::Output},
    Word<Field>{"prompt", Field::Prompt},
    Word<Field>{"completion", Field::Completion},
    Word<Field>{"metadata", Field::Metadata},
    Word<Field>{"environment", Field::Environment},
    Word<Field>{"release", Field::Release},
    Word<Field>{"version", Field::Version},
    Word<Field>{"userId", Field::UserId},
    Word<Field>{"user_id", Field::UserId},
    Word<Field>{"sessionId", Field::SessionId},
    Word<Field>{"session_id", Field::SessionId},
    Word<Field>{"tags", Field::Tags},
    Word<Field>{"traceTags", Field::Tags},
    Word<Field>{"trace_tags", Field::Tags},
    Word<Field>{"traceName", Field::TraceName},
    Word<Field>{"trace_name", Field::TraceName},
    Word<Field>{"promptName", Field::PromptName},
    Word<Field>{"prompt_name", Field::PromptName},
    Word<Field>{"promptVersion", Field::PromptVersion},
    Word<Field>{"prompt_version", Field::PromptVersion},
    Word<Field>{"toolDefinitions", Field::ToolDefinitions},
    Word<Field>{"tool_definitions", Field::ToolDefinitions},
    Word<Field>{"toolCalls", Field::ToolCalls},
    Word<Field>{"tool_calls", Field::ToolCalls},
    Word<Field>{"toolCallNames", Field::ToolCallNames},
    Word<Field>{"tool_call_names", Field::ToolCallNames},
    Word<Field>{"usagePricingTierName", Field::UsagePricingTierName},
    Word<Field>{"usage_pricing_tier_name", Field::UsagePricingTierName},
    Word<Field>{"bookmarked", Field::Bookmarked},
    Word<Field>{"htmlPath", Field::HtmlPath},
    Word<Field>{"countTraces", Field::CountTraces},
    Word<Field>{"sessionDuration", Field::SessionDuration},
    Word<Field>{"observationId", Field::ObservationId},
    Word<Field>{"observation_id", Field::ObservationId},
    Word<Field>{"value", Field::Value},
    Word<Field>{"stringValue", Field::StringValue},
    Word<Field>{"string_value", Field::StringValue},
    Word<Field>{"dataType", Field::DataType},
    Word<Field>{"data_type", Field::DataType},
    Word<Field>{"source", Field::Source},
    Word<Field>{"comments", Field::Comments},
    Word<Field>{"comment", Field::Known},
    Word<Field>{"projectId", Field::Known},
    Word<Field>{"project_id", Field::Known},
    Word<Field>{"internalModelId", Field::Known},
    Word<Field>{"internalModel", Field::Known},
    Word<Field>{"modelId", Field::Known},
    Word<Field>{"model_id", Field::Known},
    Word<Field>{"promptId", Field::Known},
    Word<Field>{"prompt_id", Field::Known},
    Word<Field>{"latency", Field::Known},
    Word<Field>{"latencyMs", Field::Known},
    Word<Field>{"timeToFirstToken", Field::Known},
    Word<Field>{"timeToFirstTokenMs", Field::Known},
    Word<Field>{"time_to_first_token", Field::Known},
    Word<Field>{"providedCostDetails", Field::Known},
    Word<Field>{"inputCost", Field::Known},
    Word<Field>{"outputCost", Field::Known},
    Word<Field>{"calculatedInputCost", Field::Known},
    Word<Field>{"calculatedOutputCost", Field::Known},
    Word<Field>{"inputUsage", Field::Known},
    Word<Field>{"outputUsage", Field::Known},
    Word<Field>{"totalUsage", Field::Known},
    Word<Field>{"usagePricingTierId", Field::Known},
    Word<Field>{"usage_pricing_tier_id", Field::Known},
    Word<Field>{"traceTimestamp", Field::Known},
    Word<Field>{"toolDefinitionsCount", Field::Known},
    Word<Field>{"toolCallsCount", Field::Known},
    Word<Field>{"inputPrice", Field::Known},
    Word<Field>{"outputPrice", Field::Known},
    Word<Field>{"totalPrice", Field::Known},
    Word<Field>{"input_price", Field::Known},
    Word<Field>{"output_price", Field::Known},
    Word<Field>{"total_price", Field::Known},
    Word<Field>{"public", Field::Known},
    Word<Field>{"scores", Field::Known},
    Word<Field>{"observations", Field::Known},
    Word<Field>{"externalId", Field::Known},
    Word<Field>{"is_root_observation", Field::Known},
    Word<Field>{"isRootObservation", Field::Known},
    Word<Field>{"errorCount", Field::Known},
    Word<Field>{"warningCount", Field::Known},
    Word<Field>{"defaultCount", Field::Known},
    Word<Field>{"debugCount", Field::Known},
    Word<Field>{"observationCount", Field::Known},
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
