// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "importers/parquet/metadata.h"

namespace plumbline::parquet {

/// How a value is written as JSON.
enum class Shape
{
    Boolean,
    Signed,
    Unsigned32,
    Unsigned64,
    Float,
    Double,
    Text,
    Uuid,
    DecimalNumber,
    DecimalBytes,
    Date,
    TimeMillis,
    TimeMicros,
    TimeNanos,
    TimestampMillis,
    TimestampMicros,
    TimestampNanos,
    Int96,
    Nothing,
};

/// A column of values: what its pages hold and what becomes of it.
struct Leaf
{
    std::string name = {}; ///< for people: the name of the top-level column
    PhysicalType type = PhysicalType::Int32;
    std::uint32_t width = 0; ///< bytes of a value, 0 for BYTE_ARRAY and booleans
    Shape shape = Shape::Signed;
    std::uint32_t scale = 0;            ///< digits of a decimal behind the point
    std::uint8_t highestDefinition = 0; ///< the level of a value that is there
    std::uint8_t highestRepetition = 0; ///< the lists around it
};

/// A value, struct, list or map of a row, and the definition levels that tell whether it is there.
struct Node
{
    enum class Kind
    {
        Leaf,
        Struct,
        List, ///< children: the element
        Map,  ///< children: key and value
    };

    Kind kind = Kind::Leaf;
    std::string key = {};        ///< in its struct: the quoted name and a colon
    std::uint8_t definedAt = 0;  ///< below it, it is null
    std::uint8_t filledAt = 0;   ///< below it, a list or map is empty
    std::uint8_t repetition = 0; ///< the level of the second and later elements of a list or map
    std::uint32_t firstLeaf = 0;
    std::uint32_t endLeaf = 0;
    std::vector<Node> children = {};
};

struct Schema
{
    std::vector<Node> columns = {};
    std::vector<Leaf> leaves = {};
};

/// The tree of what a footer lists. Malformed, or Unsupported with the name of the column.
Result<Schema> readSchema(const std::vector<SchemaElement>& elements);

} // namespace plumbline::parquet
