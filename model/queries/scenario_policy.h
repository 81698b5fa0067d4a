// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "model/core/policy.h"
#include "model/core/scenario.h"

namespace plumbline {

/// What calls would keep if the scenario were done: documents, turns, output and models, as far as a policy can say it.
Policy policyOf(const Scenario& scenario);
std::string policyJsonOf(const Scenario& scenario);

} // namespace plumbline
