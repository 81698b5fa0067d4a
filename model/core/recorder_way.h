// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

namespace plumbline {

/// Asks who else of this process records into a workspace to let go of it as long as the answer lives. Empty where
/// nobody else does.
using AskForWay = std::function<std::shared_ptr<void>(const std::filesystem::path& workspace)>;

} // namespace plumbline
