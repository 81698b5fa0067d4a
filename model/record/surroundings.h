// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "model/record/compose.h"

namespace plumbline::record {

/// What a call has from the spans above it.
struct Surroundings
{
    Attribution attribution = {};
    NameId rootName = 0;
    NameId agent = 0;
    NameId tool = 0;
};
Surroundings surroundingsOf(const std::vector<Span>& spans, std::size_t call);

/// What the roots say, for leaves whose way up is broken: the earliest root first.
Attribution attributionOfRoots(const std::vector<Span>& spans);

} // namespace plumbline::record
