// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/redactor.h"

#include <array>
#include <cstring>

#include <re2/re2.h>

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

/// In JSON the letter of an escape such as `\n` belongs to it, not to what follows.
bool isBehindEscape(std::string_view text, std::size_t at)
{
    std::size_t backslashes = 0;
    while (backslashes < at && text[at - 1 - backslashes] == '\\')
        ++backslashes;
    return backslashes % 2 == 1;
}

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

bool Redactor::redact(std::string_view text, const Pseudonym& pseudonymOf, std::string& redacted) const
{
    bool isRedacted = false;
    Characters characters(text);
    for (const Rule& rule : m_rules) {
        if (rule.rarest && !characters.has(rule.rarest))
            continue;
        const std::string_view source = isRedacted ? std::string_view(redacted) : text;
        if (!contains(source, rule.contains))
            continue;
        const re2::StringPiece piece(source.data(), source.size());
        std::string result;
        std::size_t kept = 0, at = 0;
        re2::StringPiece found;
        while (at <= source.size() && rule.pattern->Match(piece, at, source.size(), re2::RE2::UNANCHORED, &found, 1)) {
            auto begin = static_cast<std::size_t>(found.data() - source.data());
            const std::size_t end = begin + found.size();
            begin += begin < end && isBehindEscape(source, begin) ? 1 : 0;
            at = std::max(end, at + 1);
            if (begin >= end)
                continue;
            result += source.substr(kept, begin - kept);
            result += "[" + std::string(rule.word) + " " + pseudonymOf(source.substr(begin, end - begin)) + "]";
            kept = end;
        }
        if (kept == 0)
            continue;
        result += source.substr(kept);
        redacted = std::move(result);
        isRedacted = true;
    }
    return isRedacted;
}

} // namespace plumbline::collector
