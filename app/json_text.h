// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace plumbline {

/// As `--json` prints it: indented, whatever bytes its texts hold, with a newline.
template <class Json>
std::string jsonText(const Json& value)
{
    return value.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

} // namespace plumbline
