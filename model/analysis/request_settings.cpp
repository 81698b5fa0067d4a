// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/request_settings.h"

#include <array>

#include <nlohmann/json.hpp>

#include "model/analysis/scope.h"
#include "model/core/ascii.h"

namespace plumbline::analysis {

namespace {

/// A retry may ask for more or less of the same answer.
bool isLimit(std::string_view key)
{
    constexpr std::array limits{"max_tokens", "max_completion_tokens", "max_output_tokens",
                                "maxTokens",  "maxOutputTokens",       "max_tokens_to_sample",
                                "timeout",    "max_retries",           "maxRetries"};
    for (const std::string_view limit : limits)
        if (key == limit)
            return true;
    return false;
}

} // namespace

RequestSettings settingsFrom(std::string_view text, const store::Hasher& hasher)
{
    RequestSettings settings;
    nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) {
        settings.digest = hasher.hash64(text);
        return settings;
    }
    for (auto entry = json.begin(); entry != json.end();) {
        if (entry.key() == "temperature") {
            // Some tools write numbers as texts.
            if (entry->is_number())
                settings.temperature = entry->get<float>();
            else if (entry->is_string())
                settings.temperature = std::strtof(entry->get<std::string>().c_str(), nullptr);
        }
        entry = isLimit(entry.key()) ? json.erase(entry) : std::next(entry);
    }
    settings.digest = hasher.hash64(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    return settings;
}

Finish finishFrom(std::string_view text)
{
    const std::string name = lowerCase(text);
    const auto has = [&](std::string_view part) { return name.find(part) != std::string::npos; };
    if (name.empty())
        return Finish::Unknown;
    if (has("cancel") || has("abort") || has("disconnect"))
        return Finish::Cancelled;
    if (has("tool") || has("function"))
        return Finish::ToolCalls;
    if (has("length") || has("max_tokens") || has("max_output"))
        return Finish::Length;
    if (has("filter") || has("safety") || has("refusal") || has("recitation") || has("blocklist"))
        return Finish::ContentFilter;
    if (has("error") || has("malformed"))
        return Finish::Error;
    if (has("stop") || has("end") || has("complete"))
        return Finish::Stop;
    return Finish::Unknown;
}

} // namespace plumbline::analysis
