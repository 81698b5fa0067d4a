// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/redactor.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include <re2/re2.h>

#include "model/core/ascii.h"

namespace plumbline::collector {

namespace {

/// A usual spelling of a secret, and what has to be in a text for it to be there at all: looking for its rarest
/// character, and then for that, is many times faster than the pattern.
struct Spelling
{
    std::string_view contains;
    char rarest;
    std::string_view pattern;
};

constexpr std::array keySpellings = {
    Spelling{"sk-", '-', R"(\bsk-[A-Za-z0-9_-]{20,})"}, // OpenAI, Anthropic, Langfuse, gateways
    Spelling{"pk-lf-", '-', R"(\bpk-lf-[0-9A-Za-z-]{8,})"},
    Spelling{"lsv2_", '_', R"(\blsv2_[a-z]{2}_[A-Za-z0-9_]{20,})"},
    Spelling{"AKIA", 'K', R"(\bAKIA[0-9A-Z]{16}\b)"}, // AWS
    Spelling{"ASIA", 'S', R"(\bASIA[0-9A-Z]{16}\b)"},
    Spelling{"AIza", 'z', R"(\bAIza[0-9A-Za-z_-]{35})"}, // Google
    Spelling{"ghp_", '_', R"(\bghp_[A-Za-z0-9]{30,})"},  // GitHub
    Spelling{"gho_", '_', R"(\bgho_[A-Za-z0-9]{30,})"},
    Spelling{"ghs_", '_', R"(\bghs_[A-Za-z0-9]{30,})"},
    Spelling{"github_pat_", '_', R"(\bgithub_pat_[A-Za-z0-9_]{30,})"},
    Spelling{"glpat-", '-', R"(\bglpat-[A-Za-z0-9_-]{20,})"},
    Spelling{"xox", 'x', R"(\bxox[abeoprs]-[A-Za-z0-9-]{10,})"}, // Slack
    Spelling{"hf_", '_', R"(\bhf_[A-Za-z0-9]{30,})"},
    Spelling{"gsk_", '_', R"(\bgsk_[A-Za-z0-9]{30,})"},
    Spelling{"xai-", '-', R"(\bxai-[A-Za-z0-9]{30,})"},
    Spelling{"_live_", '_', R"(\b[rsp]k_live_[A-Za-z0-9]{16,})"},                              // Stripe
    Spelling{"eyJ", 'J', R"(\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,})"}, // signed web tokens
    Spelling{"PRIVATE KEY-----", '-', R"((?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----)"},
};
constexpr Spelling emailSpelling = {"@", '@', R"([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"};

/// What texts hold of the characters asked for: each is looked for once.
class Characters
{
public:
    explicit Characters(std::string_view text) : m_text(text) {}
    bool has(char c)
    {
        Answer& answer = m_answers[static_cast<unsigned char>(c)];
        if (answer == Answer::Unasked)
            answer = std::memchr(m_text.data(), c, m_text.size()) ? Answer::Yes : Answer::No;
        return answer == Answer::Yes;
    }

private:
    enum class Answer : std::uint8_t
    {
        Unasked,
        Yes,
        No,
    };
    std::string_view m_text;
    std::array<Answer, 256> m_answers = {};
};

bool contains(std::string_view text, std::string_view part)
{
    return part.empty() || memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

/// How many characters the JSON escape that begins at a backslash has: `\n`, `\u001f`.
std::size_t escapeSize(std::string_view text, std::size_t at)
{
    constexpr std::size_t digits = 4, all = 6;
    const std::string_view code = text.substr(std::min(at + 2, text.size()), digits);
    const bool isCode = text.substr(at).starts_with("\\u") && code.size() == digits &&
                        std::all_of(code.begin(), code.end(), isHexDigit);
    return std::min(isCode ? all : std::size_t{2}, text.size() - at);
}

/// `at`, or where the escape ends that it is in the middle of.
std::size_t behindEscape(std::string_view text, std::size_t at)
{
    constexpr std::size_t longest = 5; // before its last character
    for (std::size_t back = 1; back <= std::min(longest, at); ++back) {
        if (text[at - back] != '\\')
            continue;
        const std::size_t last = at - back;
        std::size_t backslashes = 1;
        while (backslashes <= last && text[last - backslashes] == '\\')
            ++backslashes;
        const std::size_t end = last + escapeSize(text, last);
        return backslashes % 2 == 1 && end > at ? end : at;
    }
    return at;
}

/// The text with its escapes blanked: what stands behind a line end in JSON is no part of the `n` that spells it. Empty
/// if there are none.
std::string withoutEscapes(std::string_view text)
{
    std::string blanked;
    for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
        const std::size_t size = escapeSize(text, at);
        constexpr std::string_view ofControls = "bfnrtu";
        if (size > 1 && ofControls.find(text[at + 1]) != std::string_view::npos) {
            if (blanked.empty())
                blanked = text;
            blanked.replace(at, size, size, ' ');
        }
        at += size;
    }
    return blanked;
}

/// Where a pattern holds; behind every text where it does not.
struct Find
{
    std::size_t begin = std::string_view::npos, end = std::string_view::npos;
    auto operator<=>(const Find&) const = default;
};

/// The finds of a pattern in a text, asked for from the beginning to the end.
class Finds
{
public:
    Finds(const re2::RE2& pattern, std::string_view text) : m_pattern(pattern), m_text(text.data(), text.size()) {}

    Find from(std::size_t at)
    {
        if (m_isAsked && m_next.begin >= at)
            return m_next;
        m_isAsked = true;
        m_next = {};
        re2::StringPiece found;
        if (at < m_text.size() && m_pattern.Match(m_text, at, m_text.size(), re2::RE2::UNANCHORED, &found, 1)) {
            m_next.begin = static_cast<std::size_t>(found.data() - m_text.data());
            m_next.end = m_next.begin + found.size();
        }
        return m_next;
    }

private:
    const re2::RE2& m_pattern;
    re2::StringPiece m_text;
    Find m_next;
    bool m_isAsked = false;
};

} // namespace

struct Redactor::Rule
{
    std::string_view word;
    std::string_view contains;
    char rarest = 0;
    std::unique_ptr<re2::RE2> pattern;
};

Redactor::Redactor() = default;
Redactor::Redactor(Redactor&&) noexcept = default;
Redactor& Redactor::operator=(Redactor&&) noexcept = default;
Redactor::~Redactor() = default;

Result<Redactor> Redactor::compile(const Redaction& redaction)
{
    Redactor redactor;
    const auto add = [&](std::string_view word, const Spelling& spelling) {
        RE2::Options options;
        options.set_log_errors(false);
        redactor.m_rules.push_back(
            {word, spelling.contains, spelling.rarest,
             std::make_unique<re2::RE2>(re2::StringPiece(spelling.pattern.data(), spelling.pattern.size()), options)});
        return redactor.m_rules.back().pattern->ok();
    };
    if (redaction.keys)
        for (const Spelling& spelling : keySpellings)
            add("key", spelling);
    if (redaction.emails)
        add("email", emailSpelling);
    for (const std::string& pattern : redaction.patterns) {
        if (!add("redacted", {.contains = {}, .rarest = 0, .pattern = pattern}))
            return fail(ErrorKind::Usage,
                        "the pattern /" + pattern + "/ is none: " + redactor.m_rules.back().pattern->error());
        re2::StringPiece nothing;
        if (redactor.m_rules.back().pattern->Match(nothing, 0, 0, re2::RE2::UNANCHORED, nullptr, 0))
            return fail(ErrorKind::Usage, "the pattern /" + pattern + "/ holds for the empty text");
    }
    return redactor;
}

bool Redactor::replace(const Rule& rule, std::string_view text, std::string_view blanked, const Pseudonym& pseudonymOf,
                       std::string& redacted)
{
    Finds asItIs(*rule.pattern, text), withoutEscapes(*rule.pattern, blanked);
    std::string result;
    std::size_t kept = 0, at = 0;
    while (at < text.size()) {
        const Find first = std::min(asItIs.from(at), withoutEscapes.from(at));
        if (first.begin >= text.size())
            break;
        // What is JSON stays JSON: half an escape is none.
        const std::size_t begin = behindEscape(text, first.begin);
        const std::size_t end = behindEscape(text, first.end);
        at = std::max(end, at + 1);
        if (begin >= end)
            continue;
        result += text.substr(kept, begin - kept);
        result += "[" + std::string(rule.word) + " " + pseudonymOf(text.substr(begin, end - begin)) + "]";
        kept = end;
    }
    if (kept == 0)
        return false;
    result += text.substr(kept);
    redacted = std::move(result);
    return true;
}

bool Redactor::redact(std::string_view text, const Pseudonym& pseudonymOf, std::string& redacted) const
{
    bool isRedacted = false;
    Characters characters(text);
    std::optional<std::string> blanked; // made again after each change
    for (const Rule& rule : m_rules) {
        if (rule.rarest && !characters.has(rule.rarest))
            continue;
        const std::string_view source = isRedacted ? std::string_view(redacted) : text;
        if (!contains(source, rule.contains))
            continue;
        if (!blanked)
            blanked = characters.has('\\') ? withoutEscapes(source) : std::string();
        if (replace(rule, source, *blanked, pseudonymOf, redacted)) {
            isRedacted = true;
            blanked.reset();
        }
    }
    return isRedacted;
}

} // namespace plumbline::collector
