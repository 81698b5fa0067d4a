// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"

namespace plumbline {

/// An option a command knows.
struct Option
{
    std::string_view name;       ///< without dashes
    std::string_view value = {}; ///< what it takes, for the help: `FILE`; empty: nothing
    std::string_view help = {};
};

/// What a command was called with: `--name value`, `--name=value`, `--flag` and the rest in order. `--` ends options.
class Arguments
{
public:
    /// Usage: an option the command does not know, or one without its value.
    static Result<Arguments> parse(const std::vector<std::string>& words, const std::vector<Option>& options);

    bool has(std::string_view name) const { return m_values.find(name) != m_values.end(); }
    /// The last value given.
    std::optional<std::string> value(std::string_view name) const;
    std::vector<std::string> values(std::string_view name) const;
    /// Usage, naming the option, if it was not given.
    Result<std::string> required(std::string_view name) const;
    const std::vector<std::string>& rest() const { return m_rest; }

private:
    std::map<std::string, std::vector<std::string>, std::less<>> m_values;
    std::vector<std::string> m_rest;
};

} // namespace plumbline
