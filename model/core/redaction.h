// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"

namespace plumbline {

/// What is taken out of texts before anything is written.
struct Redaction
{
    bool keys = true;                       ///< API keys, tokens and private keys in the usual spellings
    bool emails = true;                     ///< e-mail addresses
    std::vector<std::string> patterns = {}; ///< the user's own, regular expressions in RE2's syntax

    bool operator==(const Redaction&) const = default;
    /// `keys`, `emails`, and `/…/` for each pattern, a line each; `none` if there is nothing.
    std::string text() const;
    /// Usage, naming the line.
    static Result<Redaction> fromText(std::string_view text);
};

} // namespace plumbline
