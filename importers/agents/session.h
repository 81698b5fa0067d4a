// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "importers/json/json.h"

namespace plumbline::agents {

/// The project of a working directory: its last name. `/home/u/shop` is `shop`.
inline std::string_view projectOf(std::string_view folder)
{
    while (!folder.empty() && (folder.back() == '/' || folder.back() == '\\'))
        folder.remove_suffix(1);
    const std::size_t slash = folder.find_last_of("/\\");
    return slash == std::string_view::npos ? folder : folder.substr(slash + 1);
}

/// These texts of an object as a compact JSON object; empty without any.
inline std::string attributesOf(json::Object object, std::initializer_list<std::string_view> keys)
{
    std::string attributes = "{";
    for (const std::string_view key : keys) {
        const std::string_view text = object[key].text();
        if (text.empty())
            continue;
        if (attributes.size() > 1)
            attributes += ",";
        json::appendQuoted(attributes, key);
        attributes += ":";
        json::appendQuoted(attributes, text);
    }
    return attributes.size() > 1 ? attributes + "}" : std::string();
}

} // namespace plumbline::agents
