// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/ledger.h"

#include <string>

namespace plumbline {

namespace {

constexpr std::array<std::string_view, confidenceCount> confidenceIds{"high", "medium", "opportunity", "beside"};

} // namespace

std::string_view idOf(Confidence confidence)
{
    return confidenceIds[static_cast<std::size_t>(confidence)];
}

Result<Confidence> confidenceFromId(std::string_view id)
{
    for (std::size_t i = 0; i < confidenceIds.size(); ++i)
        if (confidenceIds[i] == id)
            return static_cast<Confidence>(i);
    return fail(ErrorKind::Usage,
                "'" + std::string(id) + "' is no confidence; there are high, medium, opportunity and beside");
}

} // namespace plumbline
