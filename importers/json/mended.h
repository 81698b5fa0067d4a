// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace plumbline::json {

/// JSON as programs write it that do not ask whether it is any, so that it is: numbers of any length and size become
/// strings, which ask like numbers and lose no digit; `NaN` and `Infinity` (Python) become null; half a character – a
/// text cut within an emoji – and bytes that are no UTF-8 become U+FFFD; control bytes in strings are escaped. What is
/// wrong otherwise stays wrong.
std::string mended(std::string_view text);

} // namespace plumbline::json
