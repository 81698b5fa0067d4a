// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/redaction.h"

namespace plumbline::collector {

/// Takes keys, addresses and what the user's patterns find out of texts. Each find is replaced by a word that is the
/// same for the same text, `[email 1f0c22ab]`: prompts that were equal stay equal.
class Redactor
{
public:
    using Pseudonym = std::function<std::string(std::string_view)>;

    /// Usage, naming the pattern that is none.
    static Result<Redactor> compile(const Redaction& redaction);
    Redactor(Redactor&&) noexcept;
    Redactor& operator=(Redactor&&) noexcept;
    ~Redactor();

    bool isNeeded() const { return !m_rules.empty(); }
    /// True if there was something to take out; `redacted` is the text then.
    bool redact(std::string_view text, const Pseudonym& pseudonymOf, std::string& redacted) const;

private:
    struct Rule;
    Redactor();
    /// What a rule finds in a text, or in the text without its escapes, which is empty or as long.
    static bool replace(const Rule& rule, std::string_view text, std::string_view blanked, const Pseudonym& pseudonymOf,
                        std::string& redacted);
    std::vector<Rule> m_rules;
};

/// Digests of texts that there is nothing to take out of: histories that are sent again are not searched again. Of two
/// digests with one place the later stays.
class CleanTexts
{
public:
    bool contains(std::uint64_t digest) const { return m_digests[digest % places] == digest; }
    void remember(std::uint64_t digest) { m_digests[digest % places] = digest; }

private:
    static constexpr std::size_t places = 65'536;
    std::vector<std::uint64_t> m_digests = std::vector<std::uint64_t>(places, 0);
};

} // namespace plumbline::collector
