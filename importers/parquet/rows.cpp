// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/rows.h"

#include <algorithm>

#include "importers/parquet/value_text.h"

namespace plumbline::parquet {

namespace {

/// What all columns together read ahead, unless their pages are larger.
constexpr std::size_t readAhead = std::size_t{64} << 20;
constexpr std::size_t largestRow = std::size_t{256} << 20;

} // namespace

RowAssembler::RowAssembler(const Schema& schema, File& file, Unpacker& unpacker) : m_schema(schema)
{
    const std::size_t count = schema.leaves.size();
    const std::size_t window = std::clamp<std::size_t>(readAhead / count, std::size_t{8} << 10, std::size_t{1} << 20);
    m_columns.reserve(count);
    for (const Leaf& leaf : schema.leaves)
        m_columns.emplace_back(leaf, file, unpacker, window);
}

void RowAssembler::start(const RowGroup& group)
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        m_columns[i].start(group.columns[i]);
}

tl::unexpected<Error> RowAssembler::disagrees(const Node& node) const
{
    return fail(ErrorKind::Malformed, inColumn(m_schema.leaves[node.firstLeaf].name, "its parts do not fit together"));
}

Result<> RowAssembler::append(std::string& into)
{
    m_rowBegin = into.size();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        Column& column = m_columns[i];
        if ((!column.isReady() && !TRY(column.more())) || column.repetition() != 0)
            return fail(ErrorKind::Malformed,
                        inColumn(m_schema.leaves[i].name, "it does not have a value for each row"));
    }
    return appendStruct(m_schema.columns, into);
}

Result<> RowAssembler::finish()
{
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        if (m_columns[i].isReady() || TRY(m_columns[i].more()))
            return fail(ErrorKind::Malformed,
                        inColumn(m_schema.leaves[i].name, "it has more values than there are rows"));
    return {};
}

/// Every column below `node` has a current entry that belongs to it.
Result<> RowAssembler::append(const Node& node, std::string& into)
{
    if (node.kind == Node::Kind::Leaf)
        return m_columns[node.firstLeaf].take(into);
    if (!TRY(reaches(node, node.definedAt))) {
        pass(node);
        into += "null";
        return {};
    }
    if (node.kind == Node::Kind::Struct)
        return appendStruct(node.children, into);
    if (!TRY(reaches(node, node.filledAt))) {
        pass(node);
        into += node.kind == Node::Kind::List ? "[]" : "{}";
        return {};
    }
    return appendElements(node, into);
}

Result<> RowAssembler::appendStruct(const std::vector<Node>& fields, std::string& into)
{
    char before = '{';
    for (const Node& field : fields) {
        into.push_back(before);
        before = ',';
        into += field.key;
        TRY(append(field, into));
        if (into.size() - m_rowBegin > largestRow)
            return fail(ErrorKind::TooLarge, "a row of more than 256 MB");
    }
    into.push_back('}');
    return {};
}

Result<> RowAssembler::appendElements(const Node& list, std::string& into)
{
    const bool isMap = list.kind == Node::Kind::Map;
    into.push_back(isMap ? '{' : '[');
    for (bool isFirst = true; isFirst || TRY(continues(list)); isFirst = false) {
        if (!isFirst)
            into.push_back(',');
        if (isMap) {
            TRY(appendKey(list.children[0], into));
            into.push_back(':');
        }
        TRY(append(list.children.back(), into));
        if (into.size() - m_rowBegin > largestRow)
            return fail(ErrorKind::TooLarge, "a row of more than 256 MB");
    }
    into.push_back(isMap ? '}' : ']');
    return {};
}

/// Keys of JSON objects are strings, whatever they were.
Result<> RowAssembler::appendKey(const Node& key, std::string& into)
{
    const std::size_t begin = into.size();
    TRY(append(key, into));
    if (into[begin] != '"') {
        into.insert(begin, 1, '"');
        into.push_back('"');
    }
    return {};
}

/// Whether the current entries below `node` are defined that far, which all of them must agree on.
Result<bool> RowAssembler::reaches(const Node& node, std::uint8_t level) const
{
    const bool isReached = m_columns[node.firstLeaf].definition() >= level;
    for (std::uint32_t i = node.firstLeaf + 1; i < node.endLeaf; ++i)
        if ((m_columns[i].definition() >= level) != isReached)
            return disagrees(node);
    return isReached;
}

/// Whether another element of `list` follows, which all columns below it must agree on.
Result<bool> RowAssembler::continues(const Node& list)
{
    bool isContinued = false;
    for (std::uint32_t i = list.firstLeaf; i < list.endLeaf; ++i) {
        Column& column = m_columns[i];
        const bool isReady = column.isReady() || TRY(column.more());
        const bool isContinuedHere = isReady && column.repetition() == list.repetition;
        if (i == list.firstLeaf)
            isContinued = isContinuedHere;
        if (isContinuedHere != isContinued || (isReady && column.repetition() > list.repetition))
            return disagrees(list);
    }
    return isContinued;
}

void RowAssembler::pass(const Node& node)
{
    for (std::uint32_t i = node.firstLeaf; i < node.endLeaf; ++i)
        m_columns[i].step();
}

} // namespace plumbline::parquet
