// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

#include "importers/collector/redactor.h"
#include "importers/json/json.h"
#include "model/core/span.h"

namespace plumbline::collector {

/// Observations without what the redactor takes out of their texts. For one batch, on one thread.
class Redacted
{
public:
    /// How texts are told apart, with the workspace's secret.
    struct Secret
    {
        std::function<std::uint64_t(std::string_view)> digestOf = {};
        Redactor::Pseudonym pseudonymOf = {};
    };
    Redacted(const Redactor& redactor, CleanTexts& cleanTexts, Secret secret);

    /// What was given, if there is nothing to look for; otherwise a copy that lives until the next is asked for.
    const ObservedSpan& of(const ObservedSpan& span);
    const ObservedTrace& of(const ObservedTrace& trace);
    const ObservedScore& of(const ObservedScore& score);

private:
    void redact(std::string_view& text);
    /// What was JSON is JSON afterwards, or nothing.
    void redactJson(std::string_view& text);
    void appendQuotingFinds(std::string& into, json::Value value);

    const Redactor& m_redactor;
    CleanTexts& m_cleanTexts;
    Secret m_secret;
    json::Parser m_parser;
    ObservedSpan m_span;
    ObservedTrace m_trace;
    ObservedScore m_score;
    std::deque<std::string> m_texts; ///< made for the observation at hand
};

} // namespace plumbline::collector
