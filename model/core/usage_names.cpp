// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/usage_names.h"

#include <array>

#include "model/core/word_table.h"

namespace plumbline {

namespace {

constexpr Word<UsagePart> names[] = {
    {"accepted_prediction_tokens", UsagePart::OutputExtra},
    {"cacheDetails.1h", UsagePart::CacheWrite1h},
    {"cacheDetails.5m", UsagePart::CacheWrite5m},
    {"cacheReadInputTokenCount", UsagePart::CacheRead},
    {"cacheReadInputTokens", UsagePart::CacheRead},
    {"cacheWriteInputTokenCount", UsagePart::CacheWrite},
    {"cacheWriteInputTokens", UsagePart::CacheWrite},
    {"cache_creation.ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    {"cache_creation.ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    {"cache_creation.input_tokens", UsagePart::CacheWrite},
    {"cache_creation_ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    {"cache_creation_ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    {"cache_creation_input_tokens", UsagePart::CacheWrite},
    {"cache_read.input_tokens", UsagePart::CacheRead},
    {"cache_read_input_tokens", UsagePart::CacheRead},
    {"cache_read_tokens", UsagePart::CacheRead},
    {"cache_write.input_tokens", UsagePart::CacheWrite},
    {"cache_write_input_tokens", UsagePart::CacheWrite},
    {"cache_write_tokens", UsagePart::CacheWrite},
    {"cached", UsagePart::CacheRead},
    {"cachedContentTokenCount", UsagePart::CacheReadInside},
    {"cached_content_token_count", UsagePart::CacheReadInside},
    {"cached_tokens", UsagePart::CacheRead},
    {"candidatesTokenCount", UsagePart::Output},
    {"candidates_token_count", UsagePart::Output},
    {"completion", UsagePart::Output},
    {"completionTokens", UsagePart::Output},
    {"completion_details.audio", UsagePart::OutputExtraInside},
    {"completion_details.reasoning", UsagePart::ReasoningInside},
    {"completion_tokens", UsagePart::Output},
    {"completion_tokens_details.accepted_prediction_tokens", UsagePart::OutputExtraInside},
    {"completion_tokens_details.audio_tokens", UsagePart::OutputExtraInside},
    {"completion_tokens_details.reasoning_tokens", UsagePart::ReasoningInside},
    {"completion_tokens_details.rejected_prediction_tokens", UsagePart::OutputExtraInside},
    {"completion_tokens_details.text_tokens", UsagePart::OutputExtraInside},
    {"exclusive_input.audio", UsagePart::InputAudio},
    {"exclusive_input.cache_creation", UsagePart::CacheWrite},
    {"exclusive_input.cache_read", UsagePart::CacheRead},
    {"exclusive_input.cache_write", UsagePart::CacheWrite},
    {"exclusive_input.ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    {"exclusive_input.ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    {"groundingQueries", UsagePart::WebSearches},
    {"grounding_queries", UsagePart::WebSearches},
    {"input", UsagePart::Input},
    {"inputTokenCount", UsagePart::Input},
    {"inputTokens", UsagePart::Input},
    {"input_audio", UsagePart::InputAudio},
    {"input_audio_tokens", UsagePart::InputAudio},
    {"input_cache_creation", UsagePart::CacheWrite},
    {"input_cache_creation_1h", UsagePart::CacheWrite1h},
    {"input_cache_creation_5m", UsagePart::CacheWrite5m},
    {"input_cache_read", UsagePart::CacheRead},
    {"input_cache_write", UsagePart::CacheWrite},
    {"input_cached_text_tokens", UsagePart::CacheRead},
    {"input_cached_tokens", UsagePart::CacheRead},
    {"input_image", UsagePart::InputExtra},
    {"input_image_tokens", UsagePart::InputExtra},
    {"input_text", UsagePart::InputExtra},
    {"input_text_tokens", UsagePart::InputExtra},
    {"input_token_details.audio", UsagePart::InputAudioInside},
    {"input_token_details.audio_tokens", UsagePart::InputAudioInside},
    {"input_token_details.cache_creation", UsagePart::CacheWriteInside},
    {"input_token_details.cache_read", UsagePart::CacheReadInside},
    {"input_token_details.cache_write", UsagePart::CacheWriteInside},
    {"input_token_details.cached_tokens", UsagePart::CacheReadInside},
    {"input_token_details.ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    {"input_token_details.ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    {"input_tokens", UsagePart::Input},
    {"input_tokens_details.audio_tokens", UsagePart::InputAudioInside},
    {"input_tokens_details.cache_write_tokens", UsagePart::CacheWriteInside},
    {"input_tokens_details.cached_tokens", UsagePart::CacheReadInside},
    {"num_cached_tokens", UsagePart::CacheReadInside},
    {"num_search_queries", UsagePart::WebSearches},
    {"output", UsagePart::Output},
    {"outputTokenCount", UsagePart::Output},
    {"outputTokens", UsagePart::Output},
    {"output_accepted_prediction_tokens", UsagePart::OutputExtra},
    {"output_audio", UsagePart::OutputExtra},
    {"output_audio_tokens", UsagePart::OutputExtra},
    {"output_reasoning", UsagePart::Reasoning},
    {"output_reasoning_tokens", UsagePart::Reasoning},
    {"output_rejected_prediction_tokens", UsagePart::OutputExtra},
    {"output_text", UsagePart::OutputExtra},
    {"output_text_tokens", UsagePart::OutputExtra},
    {"output_token_details.audio", UsagePart::OutputExtraInside},
    {"output_token_details.audio_tokens", UsagePart::OutputExtraInside},
    {"output_token_details.reasoning", UsagePart::ReasoningInside},
    {"output_token_details.reasoning_tokens", UsagePart::ReasoningInside},
    {"output_tokens", UsagePart::Output},
    {"output_tokens_details.audio_tokens", UsagePart::OutputExtraInside},
    {"output_tokens_details.reasoning_tokens", UsagePart::ReasoningInside},
    {"output_tokens_details.text_tokens", UsagePart::OutputExtraInside},
    {"output_tokens_details.thinking_tokens", UsagePart::ReasoningInside},
    {"prompt", UsagePart::Input},
    {"promptTokenCount", UsagePart::Input},
    {"promptTokens", UsagePart::Input},
    {"prompt_cache_hit_tokens", UsagePart::CacheReadInside},
    {"prompt_cache_read_tokens", UsagePart::CacheRead},
    {"prompt_cache_write_tokens", UsagePart::CacheWrite},
    {"prompt_details.audio", UsagePart::InputAudioInside},
    {"prompt_details.cache_read", UsagePart::CacheReadInside},
    {"prompt_details.cache_write", UsagePart::CacheWriteInside},
    {"prompt_token_count", UsagePart::Input},
    {"prompt_token_details.cached_tokens", UsagePart::CacheReadInside},
    {"prompt_tokens", UsagePart::Input},
    {"prompt_tokens_details.audio_tokens", UsagePart::InputAudioInside},
    {"prompt_tokens_details.cache_write_tokens", UsagePart::CacheWriteInside},
    {"prompt_tokens_details.cached_tokens", UsagePart::CacheReadInside},
    {"reasoning", UsagePart::Reasoning},
    {"reasoning.output_tokens", UsagePart::ReasoningInside},
    {"reasoning_tokens", UsagePart::Reasoning},
    {"rejected_prediction_tokens", UsagePart::OutputExtra},
    {"server_tool_use.web_search_requests", UsagePart::WebSearches},
    {"thoughtsTokenCount", UsagePart::Reasoning},
    {"thoughts_token_count", UsagePart::Reasoning},
    {"toolUsePromptTokenCount", UsagePart::InputExtra},
    {"tool_use_prompt_token_count", UsagePart::InputExtra},
    {"total", UsagePart::Total},
    {"totalTokenCount", UsagePart::Total},
    {"totalTokens", UsagePart::Total},
    {"total_cached_tokens", UsagePart::CacheReadInside},
    {"total_input_tokens", UsagePart::Input},
    {"total_output_tokens", UsagePart::Output},
    {"total_thought_tokens", UsagePart::Reasoning},
    {"total_token_count", UsagePart::Total},
    {"total_tokens", UsagePart::Total},
    {"total_tool_use_tokens", UsagePart::InputExtra},
    {"webSearchQueries", UsagePart::WebSearches},
    {"web_search_queries", UsagePart::WebSearches},
    {"web_search_requests", UsagePart::WebSearches},
};

constexpr WordTable table(names);

} // namespace

UsagePart usagePartNamed(std::string_view text)
{
    if (const UsagePart* part = table.find(text))
        return *part;
    // LangChain on Vertex names tokens by modality.
    if (text.starts_with("input_modality_"))
        return UsagePart::InputExtra;
    if (text.starts_with("output_modality_"))
        return UsagePart::OutputExtra;
    if (text.starts_with("cached_modality_"))
        return UsagePart::CacheRead;
    return UsagePart::Unknown;
}

} // namespace plumbline
