// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "importers/json/json.h"
#include "model/core/field_mapping.h"

namespace plumbline::mapped {

/// The format whose records are read by a mapping.
inline constexpr std::string_view formatId = "usage-log";

/// Which fields of a record hold what, by the names that people give them: `ts`, `llm_model`, `prompt_tokens`,
/// `usage.input_tokens`, `use_case`, … Three levels deep. Of several names for one thing the plainest is taken.
FieldMapping propose(json::Value record);

/// The letters and digits of a key's last part, small: `meta.Request-ID` is requestid.
std::string normalisedKey(std::string_view path);

} // namespace plumbline::mapped
