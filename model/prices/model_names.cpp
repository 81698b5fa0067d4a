// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/model_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace plumbline {

namespace {

using Strings = std::vector<std::string>;

/// What tools call a provider contains one of these words; the earlier decides (`azure.ai.openai` is Azure).
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> providerWords = {{
    {"openrouter", ""},
    {"litellm", ""},
    {"azure", "azure"},
    {"az.ai", "azure"},
    {"bedrock", "aws"},
    {"amazon", "aws"},
    {"aws", "aws"},
    {"vertex", "google"},
    {"google", "google"},
    {"gcp.", "google"},
    {"gemini", "google"},
    {"openai", "openai"},
    {"anthropic", "anthropic"},
    {"deepseek", "deepseek"},
    {"mistral", "mistral"},
    {"codestral", "mistral"},
    {"cohere", "cohere"},
    {"groq", "groq"},
}};

constexpr std::array<std::string_view, 22> hosts = {
    "ollama",    "vllm",       "lmstudio",  "lm_studio",  "llama_cpp",  "llamacpp",  "llamafile",   "localai",
    "sglang",    "together",   "fireworks", "cerebras",   "deepinfra",  "replicate", "huggingface", "nvidia",
    "sambanova", "databricks", "watsonx",   "perplexity", "hyperbolic", "nebius",
};

/// Bedrock names models `vendor.model`.
constexpr std::array<std::string_view, 12> bedrockVendors = {
    "anthropic", "amazon", "meta", "mistral", "cohere", "ai21",
    "deepseek",  "openai", "qwen", "google",  "nvidia", "writer",
};

/// Takes a suffix of digits off, `count` of them behind `before`.
bool stripDigits(std::string_view& text, std::string_view before, std::size_t count)
{
    if (text.size() <= before.size() + count)
        return false;
    const std::string_view digits = text.substr(text.size() - count);
    const std::string_view rest = text.substr(0, text.size() - count);
    if (!std::all_of(digits.begin(), digits.end(), isDigit) || !rest.ends_with(before))
        return false;
    text = rest.substr(0, rest.size() - before.size());
    return true;
}

/// `-2025-04-14`, `-20250929`, `@20250929`.
bool stripDate(std::string_view& text)
{
    std::string_view rest = text;
    if (stripDigits(rest, "-", 2) && stripDigits(rest, "-", 2) && stripDigits(rest, "-", 4)) {
        text = rest;
        return true;
    }
    return stripDigits(text, "-", 8) || stripDigits(text, "@", 8);
}

/// Bedrock's `-v1:0`, `-v1` and `:0`; Vertex AI's `-001`.
bool stripVersion(std::string_view& text)
{
    const bool hadRevision = stripDigits(text, ":", 1);
    return stripDigits(text, "-v", 1) || stripDigits(text, "-00", 1) || hadRevision;
}

/// Names for the newest model of a line, and OpenRouter's variants that cost the same.
bool stripVariant(std::string_view& text)
{
    constexpr std::array<std::string_view, 6> variants = {"-latest", "@latest", ":thinking",
                                                          ":beta",   ":nitro",  ":floor"};
    for (const std::string_view variant : variants) {
        if (text.size() > variant.size() && text.ends_with(variant)) {
            text.remove_suffix(variant.size());
            return true;
        }
    }
    return false;
}

/// `4.5` and `4-5` are the same release; `2025-08-07` and `gpt-4-1106` are not one.
std::string withSeparator(std::string_view text, char from, char to)
{
    std::string result(text);
    for (std::size_t i = 2; i + 1 < result.size(); ++i) {
        const bool isAlone = isDigit(result[i - 1]) && isDigit(result[i + 1]) && !isDigit(result[i - 2]) &&
                             (i + 2 == result.size() || !isDigit(result[i + 2]));
        if (result[i] == from && isAlone)
            result[i] = to;
    }
    return result;
}

/// `claude-4-5-sonnet` is `claude-sonnet-4-5`, but `claude-3-5-sonnet` is its own name.
std::string withFamilyFirst(std::string_view text)
{
    constexpr std::string_view claude = "claude-";
    if (!text.starts_with(claude))
        return {};
    const std::string_view rest = text.substr(claude.size());
    const std::size_t family = rest.find_first_not_of("0123456789.-");
    if (family == 0 || family == rest.npos || rest[family - 1] != '-')
        return {};
    const std::size_t end = std::min(rest.find('-', family), rest.size());
    return std::string(claude) + std::string(rest.substr(family, end - family)) + "-" +
           std::string(rest.substr(0, family - 1)) + std::string(rest.substr(end));
}

/// `us.anthropic.claude-…` → `regional.anthropic.claude-…`; empty if it is not a name of Bedrock's.
std::string bedrockName(std::string_view text)
{
    for (const std::string_view vendor : bedrockVendors) {
        const std::string dotted = std::string(vendor) + ".";
        const std::size_t at = text.find(dotted);
        if (at == text.npos || (at > 0 && text[at - 1] != '.') || at > 12)
            continue;
        return (text.substr(0, at) == "global." ? "global." : "regional.") + std::string(text.substr(at));
    }
    return {};
}

void add(Strings& list, std::string text)
{
    if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end())
        list.push_back(std::move(text));
}

/// `base` and what it is called without date, version and variant.
void addPlainSpellings(Strings& list, std::string_view base)
{
    add(list, std::string(base));
    std::string_view text = base;
    while (stripVariant(text) || stripVersion(text) || stripDate(text))
        add(list, std::string(text));
}

void addSpellings(Strings& list, std::string_view base)
{
    Strings plain;
    addPlainSpellings(plain, base);
    if (const std::size_t at = base.find('@'); at != base.npos) {
        std::string dashed(base);
        dashed[at] = '-';
        addPlainSpellings(plain, dashed);
    }
    for (const std::string& text : plain)
        add(list, text);
    for (const std::string& text : plain)
        for (const auto& [from, to] : {std::pair('.', '-'), std::pair('-', '.')})
            add(list, withSeparator(text, from, to));
    for (const std::string& text : plain)
        add(list, withFamilyFirst(withSeparator(text, '.', '-')));
}

} // namespace

std::string canonicalProvider(std::string_view provider)
{
    const std::string name = lowerCase(provider);
    for (const std::string_view host : hosts)
        if (name.find(host) != name.npos)
            return std::string(host);
    // Too short to be looked for inside other words.
    if (name == "xai" || name == "x-ai" || name == "x_ai" || name.starts_with("xai."))
        return "x-ai";
    for (const auto& [word, id] : providerWords)
        if (name.find(word) != name.npos)
            return std::string(id);
    return name;
}

bool setsOwnPrices(std::string_view canonicalProvider)
{
    return std::find(hosts.begin(), hosts.end(), canonicalProvider) != hosts.end();
}

ModelName readModelName(std::string_view model, std::string_view provider)
{
    // Far beyond any real name; bounds what hostile input can cost.
    constexpr std::size_t longestName = 512;
    constexpr std::size_t deepestPath = 16;
    const std::string name = lowerCase(model.substr(0, longestName));

    ModelName result;
    // OpenRouter gives these away; the price of the model they come from does not hold.
    if (name.ends_with(":free"))
        return result;
    if (name.starts_with("arn:aws"))
        add(result.providers, "aws");

    Strings suffixes = {name};
    for (std::size_t at = 0; suffixes.size() < deepestPath;) {
        const std::size_t slash = name.find('/', at);
        if (slash == name.npos)
            break;
        add(result.providers, canonicalProvider(std::string_view(name).substr(at, slash - at)));
        at = slash + 1;
        add(suffixes, name.substr(at));
    }
    for (const std::string& suffix : suffixes) {
        const std::string bedrock = bedrockName(suffix);
        if (!bedrock.empty())
            add(result.providers, "aws");
        addSpellings(result.spellings, suffix);
        addSpellings(result.spellings, bedrock);
    }
    add(result.providers, canonicalProvider(provider));
    // Bedrock's own clients write the vendor, others need not.
    if (std::find(result.providers.begin(), result.providers.end(), "aws") != result.providers.end())
        for (const auto& [family, vendor] : {std::pair("claude", "anthropic."), std::pair("gpt-", "openai.")})
            if (suffixes.back().starts_with(family))
                addSpellings(result.spellings, std::string("regional.") + vendor + suffixes.back());
    return result;
}

} // namespace plumbline
