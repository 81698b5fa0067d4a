// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/otlp/instrumentation.h"

#include <charconv>

namespace plumbline::otlp {

Instrumentation instrumentationOf(json::Value scope)
{
    return {scope["name"].text(), scope["version"].text()};
}

bool isBefore(std::string_view version, int major, int minor)
{
    int itsMajor = 0;
    int itsMinor = 0;
    const char* const end = version.data() + version.size();
    const auto [afterMajor, error] = std::from_chars(version.data(), end, itsMajor);
    if (version.empty() || error != std::errc())
        return false;
    if (afterMajor != end && *afterMajor == '.')
        std::from_chars(afterMajor + 1, end, itsMinor);
    return itsMajor < major || (itsMajor == major && itsMinor < minor);
}

} // namespace plumbline::otlp
