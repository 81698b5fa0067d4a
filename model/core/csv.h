// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace plumbline {

/// A field as CSV (RFC 4180) wants it: quoted where it must be, and never taken for a formula by a spreadsheet.
std::string csvField(std::string_view text);

} // namespace plumbline
