// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/store/digest.h"

namespace plumbline::store {

/// How ids of the outside world are kept: losslessly, and short where they are UUIDs or hex. The first byte tells what
/// follows: `u` 16 bytes of a lower-case UUID, `h` bytes of lower-case hex, `t` the text itself. Empty stays empty.
void appendPackedId(std::string& into, std::string_view id);
std::string packedId(std::string_view id);
/// The id as the source spelled it.
std::string unpackedId(std::string_view packed);

/// The key of an id. A UUID and its digits without dashes are one: OpenTelemetry's trace id is LangSmith's.
std::uint64_t keyOfId(const Hasher& hasher, std::string_view packed);

} // namespace plumbline::store
