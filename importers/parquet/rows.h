// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "importers/parquet/column.h"
#include "importers/parquet/schema.h"

namespace plumbline::parquet {

/// Puts the entries of the columns of a row group together to rows: the levels of the entries tell where lists begin
/// and what is null.
class RowAssembler
{
public:
    /// Everything given must outlive the assembler.
    RowAssembler(const Schema& schema, File& file, Unpacker& unpacker);

    void start(const RowGroup& group);
    /// Appends the next row of the group, which must have one left, as compact JSON.
    Result<> append(std::string& into);
    /// Malformed if a column has entries behind the last row.
    Result<> finish();

private:
    Result<> append(const Node& node, std::string& into);
    Result<> appendStruct(const std::vector<Node>& fields, std::string& into);
    Result<> appendElements(const Node& list, std::string& into);
    Result<> appendKey(const Node& key, std::string& into);
    Result<bool> reaches(const Node& node, std::uint8_t level) const;
    Result<bool> continues(const Node& list);
    void pass(const Node& node);
    tl::unexpected<Error> disagrees(const Node& node) const;

    const Schema& m_schema;
    std::vector<Column> m_columns;
    std::size_t m_rowBegin = 0;
};

} // namespace plumbline::parquet
