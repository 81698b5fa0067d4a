// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "model/core/ledger.h"

namespace plumbline::analysis {

struct Scope;
struct ScopeCall;

/// How sure it is that `again`, which asks the same as `first` did, could have had its answer. Nothing where the call
/// was meant to be asked again: several answers to choose from, or another try by the user.
std::optional<Confidence> repeatConfidence(const Scope& scope, const ScopeCall& first, const ScopeCall& again);

} // namespace plumbline::analysis
