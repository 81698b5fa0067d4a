// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/usage_names.h"

#include <array>

#include "model/core/word_table.h"

namespace plumbline {

namespace {

constexpr std::array names = {
    Word<UsagePart>{"accepted_prediction_tokens", UsagePart::OutputExtra},
    Word<UsagePart>{"cacheDetails.1h", UsagePart::CacheWrite1h},
    Word<UsagePart>{"cacheDetails.5m", UsagePart::CacheWrite5m},
    Word<UsagePart>{"cacheReadInputTokenCount", UsagePart::CacheRead},
    Word<UsagePart>{"cacheReadInputTokens", UsagePart::CacheRead},
    Word<UsagePart>{"cacheWriteInputTokenCount", UsagePart::CacheWrite},
    Word<UsagePart>{"cacheWriteInputTokens", UsagePart::CacheWrite},
    Word<UsagePart>{"cache_creation.ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    Word<UsagePart>{"cache_creation.ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    Word<UsagePart>{"cache_creation.input_tokens", UsagePart::CacheWrite},
    Word<UsagePart>{"cache_creation_ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    Word<UsagePart>{"cache_creation_ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    Word<UsagePart>{"cache_creation_input_tokens", UsagePart::CacheWrite},
    Word<UsagePart>{"cache_read.input_tokens", UsagePart::CacheRead},
    Word<UsagePart>{"cache_read_input_tokens", UsagePart::CacheRead},
    Word<UsagePart>{"cache_read_tokens", UsagePart::CacheRead},
    Word<UsagePart>{"cache_write.input_tokens", UsagePart::CacheWrite},
    Word<UsagePart>{"cache_write_input_tokens", UsagePart::CacheWrite},
    Word<UsagePart>{"cache_write_tokens", UsagePart::CacheWrite},
    Word<UsagePart>{"cached", UsagePart::CacheRead},
    Word<UsagePart>{"cachedContentTokenCount", UsagePart::CacheReadInside},
    Word<UsagePart>{"cached_content_token_count", UsagePart::CacheReadInside},
    Word<UsagePart>{"cached_tokens", UsagePart::CacheRead},
    Word<UsagePart>{"candidatesTokenCount", UsagePart::Output},
    Word<UsagePart>{"candidates_token_count", UsagePart::Output},
    Word<UsagePart>{"completion", UsagePart::Output},
    Word<UsagePart>{"completionTokens", UsagePart::Output},
    Word<UsagePart>{"completion_details.audio", UsagePart::OutputExtraInside},
    Word<UsagePart>{"completion_details.reasoning", UsagePart::ReasoningInside},
    Word<UsagePart>{"completion_tokens", UsagePart::Output},
    Word<UsagePart>{"completion_tokens_details.accepted_prediction_tokens", UsagePart::OutputExtraInside},
    Word<UsagePart>{"completion_tokens_details.audio_tokens", UsagePart::OutputExtraInside},
    Word<UsagePart>{"completion_tokens_details.reasoning_tokens", UsagePart::ReasoningInside},
    Word<UsagePart>{"completion_tokens_details.rejected_prediction_tokens", UsagePart::OutputExtraInside},
    Word<UsagePart>{"completion_tokens_details.text_tokens", UsagePart::OutputExtraInside},
    Word<UsagePart>{"exclusive_input.audio", UsagePart::InputAudio},
    Word<UsagePart>{"exclusive_input.cache_creation", UsagePart::CacheWrite},
    Word<UsagePart>{"exclusive_input.cache_read", UsagePart::CacheRead},
    Word<UsagePart>{"exclusive_input.cache_write", UsagePart::CacheWrite},
    Word<UsagePart>{"exclusive_input.ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    Word<UsagePart>{"exclusive_input.ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    Word<UsagePart>{"groundingQueries", UsagePart::WebSearches},
    Word<UsagePart>{"grounding_queries", UsagePart::WebSearches},
    Word<UsagePart>{"input", UsagePart::Input},
    Word<UsagePart>{"inputTokenCount", UsagePart::Input},
    Word<UsagePart>{"inputTokens", UsagePart::Input},
    Word<UsagePart>{"input_audio", UsagePart::InputAudio},
    Word<UsagePart>{"input_audio_tokens", UsagePart::InputAudio},
    Word<UsagePart>{"input_cache_creation", UsagePart::CacheWrite},
    Word<UsagePart>{"input_cache_creation_1h", UsagePart::CacheWrite1h},
    Word<UsagePart>{"input_cache_creation_5m", UsagePart::CacheWrite5m},
    Word<UsagePart>{"input_cache_read", UsagePart::CacheRead},
    Word<UsagePart>{"input_cache_write", UsagePart::CacheWrite},
    Word<UsagePart>{"input_cached_text_tokens", UsagePart::CacheRead},
    Word<UsagePart>{"input_cached_tokens", UsagePart::CacheRead},
    Word<UsagePart>{"input_image", UsagePart::InputExtra},
    Word<UsagePart>{"input_image_tokens", UsagePart::InputExtra},
    Word<UsagePart>{"input_text", UsagePart::InputExtra},
    Word<UsagePart>{"input_text_tokens", UsagePart::InputExtra},
    Word<UsagePart>{"input_token_details.audio", UsagePart::InputAudioInside},
    Word<UsagePart>{"input_token_details.cache_creation", UsagePart::CacheWriteInside},
    Word<UsagePart>{"input_token_details.cache_read", UsagePart::CacheReadInside},
    Word<UsagePart>{"input_token_details.cache_write", UsagePart::CacheWriteInside},
    Word<UsagePart>{"input_token_details.ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    Word<UsagePart>{"input_token_details.ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    Word<UsagePart>{"input_tokens", UsagePart::Input},
    Word<UsagePart>{"input_tokens_details.audio_tokens", UsagePart::InputAudioInside},
    Word<UsagePart>{"input_tokens_details.cache_write_tokens", UsagePart::CacheWriteInside},
    Word<UsagePart>{"input_tokens_details.cached_tokens", UsagePart::CacheReadInside},
    Word<UsagePart>{"num_cached_tokens", UsagePart::CacheReadInside},
    Word<UsagePart>{"num_search_queries", UsagePart::WebSearches},
    Word<UsagePart>{"output", UsagePart::Output},
    Word<UsagePart>{"outputTokenCount", UsagePart::Output},
    Word<UsagePart>{"outputTokens", UsagePart::Output},
    Word<UsagePart>{"output_accepted_prediction_tokens", UsagePart::OutputExtra},
    Word<UsagePart>{"output_audio", UsagePart::OutputExtra},
    Word<UsagePart>{"output_audio_tokens", UsagePart::OutputExtra},
    Word<UsagePart>{"output_reasoning", UsagePart::Reasoning},
    Word<UsagePart>{"output_reasoning_tokens", UsagePart::Reasoning},
    Word<UsagePart>{"output_rejected_prediction_tokens", UsagePart::OutputExtra},
    Word<UsagePart>{"output_text", UsagePart::OutputExtra},
    Word<UsagePart>{"output_text_tokens", UsagePart::OutputExtra},
    Word<UsagePart>{"output_token_details.audio", UsagePart::OutputExtraInside},
    Word<UsagePart>{"output_token_details.reasoning", UsagePart::ReasoningInside},
    Word<UsagePart>{"output_tokens", UsagePart::Output},
    Word<UsagePart>{"output_tokens_details.audio_tokens", UsagePart::OutputExtraInside},
    Word<UsagePart>{"output_tokens_details.reasoning_tokens", UsagePart::ReasoningInside},
    Word<UsagePart>{"output_tokens_details.text_tokens", UsagePart::OutputExtraInside},
    Word<UsagePart>{"output_tokens_details.thinking_tokens", UsagePart::ReasoningInside},
    Word<UsagePart>{"prompt", UsagePart::Input},
    Word<UsagePart>{"promptTokenCount", UsagePart::Input},
    Word<UsagePart>{"promptTokens", UsagePart::Input},
    Word<UsagePart>{"prompt_cache_hit_tokens", UsagePart::CacheReadInside},
    Word<UsagePart>{"prompt_cache_read_tokens", UsagePart::CacheRead},
    Word<UsagePart>{"prompt_cache_write_tokens", UsagePart::CacheWrite},
    Word<UsagePart>{"prompt_details.audio", UsagePart::InputAudioInside},
    Word<UsagePart>{"prompt_details.cache_read", UsagePart::CacheReadInside},
    Word<UsagePart>{"prompt_details.cache_write", UsagePart::CacheWriteInside},
    Word<UsagePart>{"prompt_token_count", UsagePart::Input},
    Word<UsagePart>{"prompt_token_details.cached_tokens", UsagePart::CacheReadInside},
    Word<UsagePart>{"prompt_tokens", UsagePart::Input},
    Word<UsagePart>{"prompt_tokens_details.audio_tokens", UsagePart::InputAudioInside},
    Word<UsagePart>{"prompt_tokens_details.cache_write_tokens", UsagePart::CacheWriteInside},
    Word<UsagePart>{"prompt_tokens_details.cached_tokens", UsagePart::CacheReadInside},
    Word<UsagePart>{"reasoning", UsagePart::Reasoning},
    Word<UsagePart>{"reasoning.output_tokens", UsagePart::ReasoningInside},
    Word<UsagePart>{"reasoning_tokens", UsagePart::Reasoning},
    Word<UsagePart>{"rejected_prediction_tokens", UsagePart::OutputExtra},
    Word<UsagePart>{"server_tool_use.web_search_requests", UsagePart::WebSearches},
    Word<UsagePart>{"thoughtsTokenCount", UsagePart::Reasoning},
    Word<UsagePart>{"thoughts_token_count", UsagePart::Reasoning},
    Word<UsagePart>{"toolUsePromptTokenCount", UsagePart::InputExtra},
    Word<UsagePart>{"tool_use_prompt_token_count", UsagePart::InputExtra},
    Word<UsagePart>{"total", UsagePart::Total},
    Word<UsagePart>{"totalTokenCount", UsagePart::Total},
    Word<UsagePart>{"totalTokens", UsagePart::Total},
    Word<UsagePart>{"total_token_count", UsagePart::Total},
    Word<UsagePart>{"total_tokens", UsagePart::Total},
    Word<UsagePart>{"webSearchQueries", UsagePart::WebSearches},
    Word<UsagePart>{"web_search_queries", UsagePart::WebSearches},
    Word<UsagePart>{"web_search_requests", UsagePart::WebSearches},
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
