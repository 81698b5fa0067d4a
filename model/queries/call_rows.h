// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "model/queries/call_answers.h"
#include "model/store/database.h"

namespace plumbline::queries {

/// Everything a CallRow shows; its parameter is the call's id. Column 22 is the trace's id.
extern const std::string_view selectCall;
/// Binds the id, steps and reads; empty if there is no such call.
Result<std::optional<CallRow>> readCall(store::Statement& query, CallId id);

} // namespace plumbline::queries
