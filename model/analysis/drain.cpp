// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/drain.h"

#include "model/analysis/packed.h"

namespace plumbline {

std::optional<std::uint8_t> drainNumberOf(std::string_view id)
{
    for (std::size_t i = 0; i < allDrains().size(); ++i)
        if (allDrains()[i].id == id)
            return static_cast<std::uint8_t>(i);
    return {};
}

const std::string& drainCatalogue()
{
    static const std::string catalogue = [] {
        std::string ids;
        for (const Drain& drain : allDrains())
            ids.append(ids.empty() ? "" : ",").append(drain.id);
        // What is kept of a call is read by this program alone.
        return ids + ";analysis " + std::to_string(analysis::analysisVersion);
    }();
    return catalogue;
}

const Drain* drainOf(std::string_view id)
{
    const auto number = drainNumberOf(id);
    return number ? &allDrains()[*number] : nullptr;
}

} // namespace plumbline
