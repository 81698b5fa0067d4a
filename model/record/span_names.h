// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>

#include "model/core/span.h"
#include "model/record/observation_facts.h"
#include "model/store/names.h"

namespace plumbline::record {

/// The names of spans, one after another: what a fact was called last it mostly is called again.
class SpanNames
{
public:
    /// Puts the ids of the span's names into its facts.
    Result<> put(const ObservedSpan& span, store::NameWriter& names, ObservationFacts& facts);

private:
    struct Last
    {
        std::string text = {};
        NameId id = 0;
    };
    std::array<Last, 17> m_last; ///< by fact, in the order of put()
};

} // namespace plumbline::record
