// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "importers/parquet/schema.h"

/// Values as JSON, appended to `into`.
namespace plumbline::parquet {

/// A JSON string; ill-formed UTF-8 becomes U+FFFD.
void appendText(std::string& into, std::string_view text);

/// A value of BOOLEAN, INT32, INT64, FLOAT or DOUBLE; of the latter two, the bits.
void appendNumber(std::string& into, const Leaf& leaf, std::int64_t number);

/// A value of BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY or INT96.
void appendBytes(std::string& into, const Leaf& leaf, std::string_view bytes);

/// What went wrong in which column, for people.
std::string inColumn(std::string_view column, std::string_view reason);

} // namespace plumbline::parquet
