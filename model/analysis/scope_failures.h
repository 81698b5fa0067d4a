// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/analysis/scope.h"
#include "model/store/workspace.h"

namespace plumbline::analysis {

/// Reads failed steps that are no calls, of the traces in which a call is asked again: whether a parser could not
/// read the first answer.
Result<> readFailures(const store::Database& database, Scope& scope);

/// Digest of what a call asks for: model, settings and prompt, without what changes from request to request. Equal for
/// a retry and a duplicate. 0: its prompt is not known.
std::uint64_t signatureOf(const Scope& scope, const ScopeCall& call);

} // namespace plumbline::analysis
