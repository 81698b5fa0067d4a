// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "model/core/span.h"
#include "model/store/names.h"

namespace plumbline::record {

/// Writes scores and feedback. Those of one id are told by it when they are read: the last one counts.
class ScoreWriter
{
public:
    static Result<ScoreWriter> open(const store::Workspace& workspace, store::NameWriter& names);
    /// `content` is the digest of the score's id, or of its record if it has none.
    Result<> add(const ObservedScore& score, std::int64_t import, std::uint64_t content,
                 std::optional<std::int64_t> trace);

private:
    ScoreWriter(store::NameWriter& names, store::Statement insert) : m_names(&names), m_insert(std::move(insert)) {}
    store::NameWriter* m_names;
    store::Statement m_insert;
    std::string m_span;
};

} // namespace plumbline::record
