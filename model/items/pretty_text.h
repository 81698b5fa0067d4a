// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace plumbline {

/// JSON with a line a member, in the order it came in; nothing where the text is no object or array, as far as its
/// brackets and strings tell. Linear in the text.
std::optional<QString> prettyJson(const QString& text);

} // namespace plumbline
