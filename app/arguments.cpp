// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"

#include <algorithm>

namespace plumbline {

Result<Arguments> Arguments::parse(const std::vector<std::string>& words, const std::vector<Option>& options)
{
    Arguments arguments;
    bool onlyRest = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (onlyRest || !word.starts_with("-") || word == "-") {
            arguments.m_rest.push_back(word);
            continue;
        }
        if (word == "--") {
            onlyRest = true;
            continue;
        }
        if (word == "-o") {
            if (i + 1 == words.size())
                return fail(ErrorKind::Usage, "-o needs a file");
            arguments.m_values["output"].push_back(words[++i]);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name =
            word.substr(std::min<std::size_t>(2, word.size()), equals == std::string::npos ? equals : equals - 2);
        const auto option =
            std::find_if(options.begin(), options.end(), [&](const Option& known) { return known.name == name; });
        if (!word.starts_with("--") || option == options.end())
            return fail(ErrorKind::Usage, "unknown option " + word);
        if (option->value.empty()) {
            if (equals != std::string::npos)
                return fail(ErrorKind::Usage, "--" + name + " takes no value");
            arguments.m_values[name].emplace_back();
        } else if (equals != std::string::npos) {
            arguments.m_values[name].push_back(word.substr(equals + 1));
        } else if (i + 1 < words.size()) {
            arguments.m_values[name].push_back(words[++i]);
        } else {
            return fail(ErrorKind::Usage, "--" + name + " needs " + std::string(option->value));
        }
    }
    return arguments;
}

std::optional<std::string> Arguments::value(std::string_view name) const
{
    const auto at = m_values.find(name);
    return at == m_values.end() ? std::nullopt : std::optional<std::string>(at->second.back());
}

std::vector<std::string> Arguments::values(std::string_view name) const
{
    const auto at = m_values.find(name);
    return at == m_values.end() ? std::vector<std::string>() : at->second;
}

Result<std::string> Arguments::required(std::string_view name) const
{
    if (auto given = value(name))
        return *given;
    return fail(ErrorKind::Usage, "--" + std::string(name) + " is needed");
}

} // namespace plumbline
