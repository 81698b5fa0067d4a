// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/usage_names.h"

#include <algorithm>
#include <array>

namespace plumbline {

namespace {

struct Name
{
    std::string_view text;
    UsagePart part;
};

// In the order of their alphabet, for binary search.
constexpr std::array names = {
    Name{"accepted_prediction_tokens", UsagePart::OutputExtra},
    Name{"cacheDetails.1h", UsagePart::CacheWrite1h},
    Name{"cacheDetails.5m", UsagePart::CacheWrite5m},
    Name{"cacheReadInputTokenCount", UsagePart::CacheRead},
    Name{"cacheReadInputTokens", UsagePart::CacheRead},
    Name{"cacheWriteInputTokenCount", UsagePart::CacheWrite},
    Name{"cacheWriteInputTokens", UsagePart::CacheWrite},
    Name{"cache_creation.ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    Name{"cache_creation.ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    Name{"cache_creation.input_tokens", UsagePart::CacheWrite},
    Name{"cache_creation_ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    Name{"cache_creation_ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    Name{"cache_creation_input_tokens", UsagePart::CacheWrite},
    Name{"cache_read.input_tokens", UsagePart::CacheRead},
    Name{"cache_read_input_tokens", UsagePart::CacheRead},
    Name{"cache_read_tokens", UsagePart::CacheRead},
    Name{"cache_write.input_tokens", UsagePart::CacheWrite},
    Name{"cache_write_input_tokens", UsagePart::CacheWrite},
    Name{"cache_write_tokens", UsagePart::CacheWrite},
    Name{"cached", UsagePart::CacheRead},
    Name{"cachedContentTokenCount", UsagePart::CacheReadInside},
    Name{"cached_content_token_count", UsagePart::CacheReadInside},
    Name{"cached_tokens", UsagePart::CacheRead},
    Name{"candidatesTokenCount", UsagePart::Output},
    Name{"candidates_token_count", UsagePart::Output},
    Name{"completion", UsagePart::Output},
    Name{"completionTokens", UsagePart::Output},
    Name{"completion_details.audio", UsagePart::OutputExtraInside},
    Name{"completion_details.reasoning", UsagePart::ReasoningInside},
    Name{"completion_tokens", UsagePart::Output},
    Name{"completion_tokens_details.accepted_prediction_tokens", UsagePart::OutputExtraInside},
    Name{"completion_tokens_details.audio_tokens", UsagePart::OutputExtraInside},
    Name{"completion_tokens_details.reasoning_tokens", UsagePart::ReasoningInside},
    Name{"completion_tokens_details.rejected_prediction_tokens", UsagePart::OutputExtraInside},
    Name{"completion_tokens_details.text_tokens", UsagePart::OutputExtraInside},
    Name{"exclusive_input.audio", UsagePart::InputAudio},
    Name{"exclusive_input.cache_creation", UsagePart::CacheWrite},
    Name{"exclusive_input.cache_read", UsagePart::CacheRead},
    Name{"exclusive_input.cache_write", UsagePart::CacheWrite},
    Name{"exclusive_input.ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    Name{"exclusive_input.ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    Name{"groundingQueries", UsagePart::WebSearches},
    Name{"grounding_queries", UsagePart::WebSearches},
    Name{"input", UsagePart::Input},
    Name{"inputTokenCount", UsagePart::Input},
    Name{"inputTokens", UsagePart::Input},
    Name{"input_audio", UsagePart::InputAudio},
    Name{"input_audio_tokens", UsagePart::InputAudio},
    Name{"input_cache_creation", UsagePart::CacheWrite},
    Name{"input_cache_creation_1h", UsagePart::CacheWrite1h},
    Name{"input_cache_creation_5m", UsagePart::CacheWrite5m},
    Name{"input_cache_read", UsagePart::CacheRead},
    Name{"input_cache_write", UsagePart::CacheWrite},
    Name{"input_cached_text_tokens", UsagePart::CacheRead},
    Name{"input_cached_tokens", UsagePart::CacheRead},
    Name{"input_image", UsagePart::InputExtra},
    Name{"input_image_tokens", UsagePart::InputExtra},
    Name{"input_text", UsagePart::InputExtra},
    Name{"input_text_tokens", UsagePart::InputExtra},
    Name{"input_token_details.audio", UsagePart::InputAudioInside},
    Name{"input_token_details.cache_creation", UsagePart::CacheWriteInside},
    Name{"input_token_details.cache_read", UsagePart::CacheReadInside},
    Name{"input_token_details.cache_write", UsagePart::CacheWriteInside},
    Name{"input_token_details.ephemeral_1h_input_tokens", UsagePart::CacheWrite1h},
    Name{"input_token_details.ephemeral_5m_input_tokens", UsagePart::CacheWrite5m},
    Name{"input_tokens", UsagePart::Input},
    Name{"input_tokens_details.audio_tokens", UsagePart::InputAudioInside},
    Name{"input_tokens_details.cache_write_tokens", UsagePart::CacheWriteInside},
    Name{"input_tokens_details.cached_tokens", UsagePart::CacheReadInside},
    Name{"num_cached_tokens", UsagePart::CacheReadInside},
    Name{"num_search_queries", UsagePart::WebSearches},
    Name{"output", UsagePart::Output},
    Name{"outputTokenCount", UsagePart::Output},
    Name{"outputTokens", UsagePart::Output},
    Name{"output_accepted_prediction_tokens", UsagePart::OutputExtra},
    Name{"output_audio", UsagePart::OutputExtra},
    Name{"output_audio_tokens", UsagePart::OutputExtra},
    Name{"output_reasoning", UsagePart::Reasoning},
    Name{"output_reasoning_tokens", UsagePart::Reasoning},
    Name{"output_rejected_prediction_tokens", UsagePart::OutputExtra},
    Name{"output_text", UsagePart::OutputExtra},
    Name{"output_text_tokens", UsagePart::OutputExtra},
    Name{"output_token_details.audio", UsagePart::OutputExtraInside},
    Name{"output_token_details.reasoning", UsagePart::ReasoningInside},
    Name{"output_tokens", UsagePart::Output},
    Name{"output_tokens_details.audio_tokens", UsagePart::OutputExtraInside},
    Name{"output_tokens_details.reasoning_tokens", UsagePart::ReasoningInside},
    Name{"output_tokens_details.text_tokens", UsagePart::OutputExtraInside},
    Name{"output_tokens_details.thinking_tokens", UsagePart::ReasoningInside},
    Name{"prompt", UsagePart::Input},
    Name{"promptTokenCount", UsagePart::Input},
    Name{"promptTokens", UsagePart::Input},
    Name{"prompt_cache_hit_tokens", UsagePart::CacheReadInside},
    Name{"prompt_cache_read_tokens", UsagePart::CacheRead},
    Name{"prompt_cache_write_tokens", UsagePart::CacheWrite},
    Name{"prompt_details.audio", UsagePart::InputAudioInside},
    Name{"prompt_details.cache_read", UsagePart::CacheReadInside},
    Name{"prompt_details.cache_write", UsagePart::CacheWriteInside},
    Name{"prompt_token_count", UsagePart::Input},
    Name{"prompt_token_details.cached_tokens", UsagePart::CacheReadInside},
    Name{"prompt_tokens", UsagePart::Input},
    Name{"prompt_tokens_details.audio_tokens", UsagePart::InputAudioInside},
    Name{"prompt_tokens_details.cache_write_tokens", UsagePart::CacheWriteInside},
    Name{"prompt_tokens_details.cached_tokens", UsagePart::CacheReadInside},
    Name{"reasoning", UsagePart::Reasoning},
    Name{"reasoning.output_tokens", UsagePart::ReasoningInside},
    Name{"reasoning_tokens", UsagePart::Reasoning},
    Name{"rejected_prediction_tokens", UsagePart::OutputExtra},
    Name{"server_tool_use.web_search_requests", UsagePart::WebSearches},
    Name{"thoughtsTokenCount", UsagePart::Reasoning},
    Name{"thoughts_token_count", UsagePart::Reasoning},
    Name{"toolUsePromptTokenCount", UsagePart::InputExtra},
    Name{"tool_use_prompt_token_count", UsagePart::InputExtra},
    Name{"total", UsagePart::Total},
    Name{"totalTokenCount", UsagePart::Total},
    Name{"totalTokens", UsagePart::Total},
    Name{"total_token_count", UsagePart::Total},
    Name{"total_tokens", UsagePart::Total},
    Name{"webSearchQueries", UsagePart::WebSearches},
    Name{"web_search_queries", UsagePart::WebSearches},
    Name{"web_search_requests", UsagePart::WebSearches},
};
static_assert(std::is_sorted(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.text < b.text; }));

} // namespace

UsagePart usagePartNamed(std::string_view text)
{
    const auto at = std::lower_bound(names.begin(), names.end(), text,
                                     [](const Name& name, std::string_view sought) { return name.text < sought; });
    if (at != names.end() && at->text == text)
        return at->part;
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
