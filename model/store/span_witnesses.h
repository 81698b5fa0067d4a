// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/store/database.h"

namespace plumbline::store {

/// Which observations tell of a span. They are found by trace alone, so that those of a trace are read once and kept:
/// of a hundred thousand spans each would else look at all others. For one state of the workspace. One thread.
class SpanWitnesses
{
public:
    static Result<SpanWitnesses> open(const Database& database);

    /// Their ids in finished imports, the lowest first; `span` is the packed id. Valid until the next question.
    Result<const std::vector<std::int64_t>*> of(std::int64_t trace, std::string_view span);

private:
    using Spans = std::unordered_map<std::string, std::vector<std::int64_t>>;

    explicit SpanWitnesses(Statement ofTrace) : m_ofTrace(std::move(ofTrace)) {}

    Statement m_ofTrace;
    std::unordered_map<std::int64_t, Spans> m_known; ///< by trace
    std::size_t m_kept = 0;                          ///< observations of those
};

} // namespace plumbline::store
