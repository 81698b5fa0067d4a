// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace plumbline::otlp::protobuf {

/// How a field lies on the wire and stands in JSON.
enum class FieldType : std::uint8_t
{
    String,
    Id,        ///< bytes as hexadecimal
    Bytes,     ///< bytes as base64
    Whole,     ///< varint, a number
    WholeText, ///< varint of 64 bits with sign, a string
    Bool,
    Fixed64,       ///< a string
    SignedFixed64, ///< a string
    Double,
    Fixed32,
    Message,
    Ignored, ///< a message that nothing here reads
};

struct Shape;

/// A field of a message: opentelemetry-proto's number, and the name that OTLP/JSON has for it.
struct Field
{
    std::uint32_t number = 0;
    FieldType type = FieldType::String;
    std::string_view name = {};
    const Shape* shape = nullptr;
    bool isRepeated = false;
    std::size_t provingSize = 0; ///< with as many bytes at least it shows that a message is what it is taken for
};

/// What a message consists of.
struct Shape
{
    std::span<const Field> fields;
};

extern const Shape traceRequest;
extern const Shape logsRequest;
extern const Shape metricsRequest;

} // namespace plumbline::otlp::protobuf
