// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace plumbline::agents {

/// The project of a working directory: its last name. `…/work/shop` is `shop`.
inline std::string_view projectOf(std::string_view folder)
{
    while (!folder.empty() && (folder.back() == '/' || folder.back() == '\\'))
        folder.remove_suffix(1);
    const std::size_t slash = folder.find_last_of("/\\");
    return slash == std::string_view::npos ? folder : folder.substr(slash + 1);
}

} // namespace plumbline::agents
