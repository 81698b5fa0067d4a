// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "model/core/billed_total.h"
#include "model/core/stop_token.h"

namespace plumbline {

/// Records a total that was typed in, as an import of its own: it can be removed like any source. Usage: no provider,
/// no currency, or it is recorded already. Locked.
Result<> addBilledTotal(const std::filesystem::path& workspace, const BilledTotal& total, const StopToken& stop);

/// Takes one back. NotFound: no such total was typed in. Locked.
Result<> removeBilledTotal(const std::filesystem::path& workspace, const BilledTotal& total, const StopToken& stop);

} // namespace plumbline
