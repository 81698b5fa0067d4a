// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/record/observation.h"

namespace plumbline::record {

/// One span of a trace, made of all its witnesses.
struct Span
{
    Observation facts = {};   ///< `id` is the lowest of its witnesses: it stays when others come
    std::int32_t parent = -1; ///< index in the trace; -1 for roots and where the parent is not there
};

/// Composes the spans of one trace from its observations, in any order: the answer does not depend on it. Of two
/// witnesses that contradict each other the one recorded later holds, then the one with the greater digest; usage is
/// taken whole from the witness that knows most of it. A root named as its trace is the trace's other root, if that
/// began with it. Circles of parents are cut.
std::vector<Span> compose(std::vector<Observation>& observations);

} // namespace plumbline::record
