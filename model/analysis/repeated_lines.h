// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "model/analysis/evidence.h"

namespace plumbline {

/// The lines that a text says more than once, as people can read them: at most a hundred. Empty where there are none.
Evidence repeatedLinesOf(std::string_view text);

} // namespace plumbline
