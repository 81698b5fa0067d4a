// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/redaction.h"

namespace plumbline {

std::string Redaction::text() const
{
    std::string lines;
    const auto add = [&](std::string_view line) {
        lines += lines.empty() ? "" : "\n";
        lines += line;
    };
    if (keys)
        add("keys");
    if (emails)
        add("emails");
    for (const std::string& pattern : patterns)
        add("/" + pattern + "/");
    return lines.empty() ? "none" : lines;
}

Result<Redaction> Redaction::fromText(std::string_view text)
{
    Redaction redaction{.keys = false, .emails = false};
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty() || line == "none")
            continue;
        if (line == "keys")
            redaction.keys = true;
        else if (line == "emails")
            redaction.emails = true;
        else if (line.size() > 2 && line.front() == '/' && line.back() == '/')
            redaction.patterns.emplace_back(line.substr(1, line.size() - 2));
        else
            return fail(ErrorKind::Usage,
                        "'" + std::string(line) + "' is nothing to redact: keys, emails, or a pattern as /…/");
    }
    return redaction;
}

} // namespace plumbline
