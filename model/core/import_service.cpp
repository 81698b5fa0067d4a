// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/import_service.h"

namespace plumbline {

std::string_view idOf(Privacy privacy)
{
    constexpr std::string_view ids[] = {"bodies", "digests", "metadata"};
    return ids[static_cast<std::size_t>(privacy)];
}

Result<Privacy> privacyFromId(std::string_view id)
{
    for (const Privacy privacy : {Privacy::Bodies, Privacy::Digests, Privacy::Metadata})
        if (idOf(privacy) == id)
            return privacy;
    return fail(ErrorKind::Usage,
                "unknown privacy level '" + std::string(id) + "'; known are bodies, digests, metadata");
}

} // namespace plumbline
