// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/feature_rules.h"

#include <array>

#include "model/core/ascii.h"

namespace plumbline {

namespace {

constexpr std::array<std::string_view, 12> fieldIds = {"feature",     "trace-name", "root-name", "prompt-name",
                                                       "service",     "step",       "tag",       "model",
                                                       "environment", "user",       "agent",     "metadata"};

} // namespace

FeatureRules defaultFeatureRules()
{
    return {
        {.field = RuleField::Attribute},  {.field = RuleField::TraceName}, {.field = RuleField::RootName},
        {.field = RuleField::PromptName}, {.field = RuleField::Service},
    };
}

std::string textOf(const FeatureRule& rule)
{
    std::string text(fieldIds[static_cast<std::size_t>(rule.field)]);
    if (rule.field == RuleField::Metadata)
        text += "." + rule.key;
    if (rule.test == RuleTest::IsSet)
        text += " is set";
    else
        text += (rule.test == RuleTest::Equals ? " = " : " ~ ") + rule.value;
    if (!rule.feature.empty())
        text += " -> " + rule.feature;
    return text;
}

Result<FeatureRule> featureRuleFromText(std::string_view line)
{
    const auto wrong = [&](const std::string& why) {
        return fail(ErrorKind::Usage, "'" + std::string(trimmed(line)) + "': " + why);
    };
    FeatureRule rule;
    std::string_view when = trimmed(line);
    if (const std::size_t arrow = when.rfind(" -> "); arrow != std::string_view::npos) {
        rule.feature = trimmed(when.substr(arrow + 4));
        when = trimmed(when.substr(0, arrow));
    }
    std::string_view field;
    const std::size_t equals = when.find(" = ");
    const std::size_t tilde = when.find(" ~ ");
    const std::size_t at = std::min(equals, tilde);
    // A value may end in "is set" as well.
    if (at == std::string_view::npos && when.ends_with(" is set")) {
        field = trimmed(when.substr(0, when.size() - 7));
    } else {
        if (at == std::string_view::npos)
            return wrong("a rule reads FIELD is set, FIELD = VALUE or FIELD ~ PATTERN, then perhaps -> FEATURE");
        rule.test = at == equals ? RuleTest::Equals : RuleTest::Matches;
        field = trimmed(when.substr(0, at));
        rule.value = trimmed(when.substr(at + 3));
        if (rule.value.empty())
            return wrong("nothing to compare with");
    }
    if (field.starts_with("metadata.")) {
        rule.field = RuleField::Metadata;
        rule.key = field.substr(9);
        if (rule.key.empty())
            return wrong("metadata needs a key");
        return rule;
    }
    for (std::size_t i = 0; i + 1 < fieldIds.size(); ++i) {
        if (fieldIds[i] == field) {
            rule.field = static_cast<RuleField>(i);
            return rule;
        }
    }
    std::string known;
    for (const std::string_view id : fieldIds)
        known += std::string(known.empty() ? "" : ", ") + std::string(id) + (id == "metadata" ? ".KEY" : "");
    return wrong("unknown field '" + std::string(field) + "'; known are " + known);
}

std::string textOf(const FeatureRules& rules)
{
    std::string text;
    for (const FeatureRule& rule : rules)
        text += textOf(rule) + "\n";
    return text;
}

Result<FeatureRules> featureRulesFromText(std::string_view text)
{
    FeatureRules rules;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (!line.empty() && line[0] != '#')
            rules.push_back(TRY(featureRuleFromText(line)));
    }
    return rules;
}

bool matchesPattern(std::string_view text, std::string_view pattern)
{
    // Greedy with one way back: the last star takes one byte more.
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t afterStar = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            afterStar = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++afterStar;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool isOperationName(std::string_view name)
{
    // Span names that instrumentations give by themselves: Vercel AI SDK, OTel GenAI, LangChain, LiteLLM, OpenAI
    // wrappers.
    constexpr std::string_view prefixes[] = {"ai.",         "invoke_agent",     "create_agent",      "chat ",
                                             "embeddings ", "text_completion ", "generate_content ", "execute_tool ",
                                             "litellm-",    "OpenAI-"};
    constexpr std::string_view names[] = {"chat",
                                          "embeddings",
                                          "ChatOpenAI",
                                          "AzureChatOpenAI",
                                          "ChatAnthropic",
                                          "ChatBedrock",
                                          "ChatVertexAI",
                                          "ChatGoogleGenerativeAI",
                                          "RunnableSequence",
                                          "LangGraph",
                                          "LLMChain",
                                          "AgentExecutor",
                                          "openai.chat",
                                          "anthropic.chat",
                                          "ChatCompletion",
                                          "Completions",
                                          "Converse",
                                          "ConverseStream",
                                          "InvokeModel",
                                          "InvokeModelWithResponseStream",
                                          "bedrock.completion",
                                          "bedrock.converse",
                                          "acompletion",
                                          "aembedding",
                                          "anthropic_messages",
                                          "aresponses",
                                          "atext_completion",
                                          "completion",
                                          "embedding",
                                          "pass_through_endpoint",
                                          "responses",
                                          "text_completion",
                                          "batch request", // and what readers of logs call it where nobody else does
                                          "raw answer",
                                          "advisor",
                                          "generateText",
                                          "streamText"};
    for (const std::string_view prefix : prefixes)
        if (name.starts_with(prefix))
            return true;
    for (const std::string_view known : names)
        if (name == known)
            return true;
    return false;
}

bool isHttpRoute(std::string_view name)
{
    for (const std::string_view method : {"GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "HEAD ", "OPTIONS "})
        if (name.starts_with(method) && name.substr(method.size()).starts_with('/'))
            return true;
    return name.starts_with("http://") || name.starts_with("https://");
}

} // namespace plumbline
