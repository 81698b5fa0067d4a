// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/question_options.h"

namespace plumbline {

/// Opens the workspace of `--store` after its calls were looked at for drains: those that changed since the last look.
/// While another process records, what is known already is answered, and that is said on standard error.
Result<Queries> openAnalysed(const CommandCall& call);

} // namespace plumbline
