// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "model/queries/drain_answers.h"

namespace plumbline {

/// A finding for people: what it is, what to do about it, its evidence by feature, and the calls that waste most.
std::string findingText(const std::string& drain, const FindingAnswer& finding);
/// The same for programs.
nlohmann::ordered_json findingObject(const std::string& drain, const FindingAnswer& finding);

} // namespace plumbline
