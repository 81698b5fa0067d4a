// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/core/span.h"
#include "model/record/observation_writer.h"
#include "model/store/names.h"
#include "model/store/workspace.h"

namespace plumbline::record {

/// Writes lines of bills, each once a file. Lines that several imports brought are told by their content later, and
/// those that a newer export states anew by what they are about, so that any of them can be removed.
class BillWriter
{
public:
    static Result<BillWriter> open(const store::Workspace& workspace, std::int64_t import, store::NameWriter& names);
    /// What comes now is from another file of the import.
    void startFile() { ++m_file; }
    Result<> add(const ObservedBillLine& line, std::uint64_t content, Recorded& recorded);

private:
    BillWriter(const store::Hasher& hasher, std::int64_t import, store::NameWriter& names, store::Statement known,
               store::Statement insert)
        : m_hasher(hasher), m_import(import), m_names(&names), m_known(std::move(known)), m_insert(std::move(insert))
    {
    }
    std::uint64_t statementOf(const ObservedBillLine& line) const;

    store::Hasher m_hasher;
    std::int64_t m_import, m_file = 0;
    store::NameWriter* m_names;
    store::Statement m_known, m_insert;
};

} // namespace plumbline::record
