// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/core/span.h"
#include "model/record/observation_writer.h"
#include "model/store/names.h"

namespace plumbline::record {

/// Writes lines of bills, each once an import. Lines that several imports brought are told by their content later, so
/// that any of them can be removed.
class BillWriter
{
public:
    static Result<BillWriter> open(const store::Database& database, std::int64_t import, store::NameWriter& names);
    Result<> add(const ObservedBillLine& line, std::uint64_t content, Recorded& recorded);

private:
    BillWriter(std::int64_t import, store::NameWriter& names, store::Statement known, store::Statement insert)
        : m_import(import), m_names(&names), m_known(std::move(known)), m_insert(std::move(insert))
    {
    }
    std::int64_t m_import;
    store::NameWriter* m_names;
    store::Statement m_known, m_insert;
};

} // namespace plumbline::record
