// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/core/error.h"

namespace plumbline::input {

/// A body as its Content-Encoding says: `gzip`, `zstd` (of any number of frames), `identity` or none. Never grows
/// beyond `most` bytes, however little it takes to say so. Malformed, Unsupported or TooLarge.
Result<std::string> unpacked(std::string_view body, std::string_view encoding, std::size_t most);

/// Base64 with or without padding; nothing for other characters.
std::optional<std::string> fromBase64(std::string_view text);

} // namespace plumbline::input
