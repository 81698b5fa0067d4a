// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/otlp/protobuf.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <exception>

#include <protozero/pbf_reader.hpp>

#include "importers/json/json.h"
#include "importers/otlp/protobuf_messages.h"
#include "model/core/utf8.h"

namespace plumbline::otlp {

namespace {

using protobuf::Field;
using protobuf::FieldType;
using protobuf::Shape;
using protozero::pbf_reader;
using protozero::pbf_wire_type;

constexpr int deepestMessage = 64;

std::string_view viewOf(protozero::data_view view)
{
    return {view.data(), view.size()};
}

pbf_wire_type wireTypeOf(FieldType type)
{
    switch (type) {
    case FieldType::Whole:
    case FieldType::WholeText:
    case FieldType::Bool:
        return pbf_wire_type::varint;
    case FieldType::Fixed64:
    case FieldType::SignedFixed64:
    case FieldType::Double:
        return pbf_wire_type::fixed64;
    case FieldType::Fixed32:
        return pbf_wire_type::fixed32;
    case FieldType::String:
    case FieldType::Id:
    case FieldType::Bytes:
    case FieldType::Message:
    case FieldType::Ignored:
        break;
    }
    return pbf_wire_type::length_delimited;
}

/// What to do with fields that the messages do not have.
enum class Strangers
{
    Refuse, ///< the whole message with them: it is another one
    Skip,
};

/// Writes a message as JSON by the table of its shape.
class JsonWriter
{
public:
    explicit JsonWriter(Strangers strangers) : m_strangers(strangers) {}
    bool write(std::string_view bytes, const Shape& shape, int depth);
    bool isProven() const { return m_isProven; }
    std::string take() { return std::move(m_text); }

private:
    bool writeField(std::string_view message, const Field& field, int depth);
    bool writeValue(pbf_reader& reader, const Field& field, int depth);
    void writeString(std::string_view bytes);
    void writeHex(std::string_view bytes);
    void writeBase64(std::string_view bytes);
    void writeDouble(double value);
    void prove(const Field& field, std::size_t size)
    {
        m_isProven = m_isProven || (field.provingSize > 0 && size >= field.provingSize);
    }

    Strangers m_strangers;
    std::string m_text;
    bool m_isProven = false;
};

bool JsonWriter::write(std::string_view bytes, const Shape& shape, int depth)
{
    if (depth > deepestMessage) {
        m_text += "{}";
        return true;
    }
    std::uint32_t present = 0;
    pbf_reader reader(bytes.data(), bytes.size());
    while (reader.next()) {
        std::size_t i = 0;
        while (i < shape.fields.size() && shape.fields[i].number != reader.tag())
            ++i;
        const bool isStranger = i == shape.fields.size();
        if (isStranger && m_strangers == Strangers::Refuse)
            return false;
        if (!isStranger && wireTypeOf(shape.fields[i].type) != reader.wire_type())
            return false;
        if (!isStranger)
            present |= 1U << i;
        reader.skip();
    }
    m_text.push_back('{');
    bool isFirst = true;
    for (std::size_t i = 0; i < shape.fields.size(); ++i) {
        if (!(present & (1U << i)) || shape.fields[i].type == FieldType::Ignored)
            continue;
        if (!isFirst)
            m_text.push_back(',');
        isFirst = false;
        if (!writeField(bytes, shape.fields[i], depth))
            return false;
    }
    m_text.push_back('}');
    return true;
}

bool JsonWriter::writeField(std::string_view message, const Field& field, int depth)
{
    json::appendQuoted(m_text, field.name);
    m_text += field.isRepeated ? ":[" : ":";
    const std::size_t begin = m_text.size();
    pbf_reader reader(message.data(), message.size());
    while (reader.next()) {
        if (reader.tag() != field.number) {
            reader.skip();
            continue;
        }
        // Of a field that should be there once the last counts.
        if (!field.isRepeated)
            m_text.resize(begin);
        else if (m_text.size() > begin)
            m_text.push_back(',');
        if (!writeValue(reader, field, depth))
            return false;
    }
    if (field.isRepeated)
        m_text.push_back(']');
    return true;
}

bool JsonWriter::writeValue(pbf_reader& reader, const Field& field, int depth)
{
    const auto quoted = [this](auto number) { m_text += '"' + std::to_string(number) + '"'; };
    switch (field.type) {
    case FieldType::Message:
        return write(viewOf(reader.get_view()), *field.shape, depth + 1);
    case FieldType::Whole:
        m_text += std::to_string(reader.get_uint32());
        return true;
    case FieldType::WholeText:
        quoted(reader.get_int64());
        return true;
    case FieldType::Bool:
        m_text += reader.get_bool() ? "true" : "false";
        return true;
    case FieldType::Fixed64:
        quoted(reader.get_fixed64());
        prove(field, sizeof(std::uint64_t));
        return true;
    case FieldType::SignedFixed64:
        quoted(reader.get_sfixed64());
        return true;
    case FieldType::Double:
        writeDouble(reader.get_double());
        return true;
    case FieldType::Fixed32:
        m_text += std::to_string(reader.get_fixed32());
        return true;
    case FieldType::String:
    case FieldType::Id:
    case FieldType::Bytes:
    case FieldType::Ignored:
        break;
    }
    const std::string_view bytes = viewOf(reader.get_view());
    prove(field, bytes.size());
    if (field.type == FieldType::Id)
        writeHex(bytes);
    else if (field.type == FieldType::Bytes)
        writeBase64(bytes);
    else
        writeString(bytes);
    return true;
}

void JsonWriter::writeString(std::string_view bytes)
{
    // Nobody checks strings on the way, and JSON is UTF-8.
    std::string replaced;
    bool isReplaced = false;
    for (std::size_t i = 0; i < bytes.size();) {
        const std::size_t size = characterSize(bytes.substr(i));
        if (size == 0 && !isReplaced) {
            replaced = bytes.substr(0, i);
            isReplaced = true;
        }
        if (isReplaced)
            replaced += size == 0 ? std::string_view("\xEF\xBF\xBD") : bytes.substr(i, size);
        i += std::max<std::size_t>(size, 1);
    }
    json::appendQuoted(m_text, isReplaced ? std::string_view(replaced) : bytes);
}

void JsonWriter::writeHex(std::string_view bytes)
{
    constexpr char digits[] = "0123456789abcdef";
    m_text.push_back('"');
    for (const char c : bytes) {
        m_text.push_back(digits[static_cast<unsigned char>(c) >> 4U]);
        m_text.push_back(digits[static_cast<unsigned char>(c) & 15U]);
    }
    m_text.push_back('"');
}

void JsonWriter::writeBase64(std::string_view bytes)
{
    constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    m_text.push_back('"');
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = (group << 8U) | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            m_text.push_back(k <= count ? digits[(group >> (18U - 6U * k)) & 63U] : '=');
    }
    m_text.push_back('"');
}

void JsonWriter::writeDouble(double value)
{
    if (std::isnan(value)) {
        m_text += "\"NaN\"";
    } else if (std::isinf(value)) {
        m_text += value < 0 ? "\"-Infinity\"" : "\"Infinity\"";
    } else {
        char digits[40];
        const auto result = std::to_chars(digits, digits + sizeof digits, value);
        m_text.append(digits, result.ptr);
    }
}

std::optional<std::string> jsonOf(std::string_view bytes, const Shape& request, Strangers strangers)
{
    try {
        JsonWriter writer(strangers);
        if (writer.write(bytes, request, 0) && (writer.isProven() || strangers == Strangers::Skip))
            return writer.take();
    } catch (const std::exception&) { // protozero says so that bytes are no protobuf
    }
    return {};
}

/// The length before a message; empty if there is none.
std::optional<std::size_t> takeVarint(std::string_view& bytes)
{
    std::uint64_t length = 0;
    for (unsigned i = 0; i < 5 && i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        length |= static_cast<std::uint64_t>(byte & 0x7FU) << (7 * i);
        if (byte < 0x80) {
            bytes.remove_prefix(i + 1);
            return length;
        }
    }
    return {};
}

std::optional<std::size_t> takeFourBytes(std::string_view& bytes)
{
    if (bytes.size() < 4)
        return {};
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i)
        length = (length << 8U) | static_cast<unsigned char>(bytes[i]);
    bytes.remove_prefix(4);
    return length;
}

template <class TakeLength>
bool cut(std::string_view rest, std::vector<std::string_view>& messages, TakeLength takeLength)
{
    messages.clear();
    while (!rest.empty()) {
        const std::optional<std::size_t> length = takeLength(rest);
        if (!length || *length == 0 || *length > rest.size())
            break;
        messages.push_back(rest.substr(0, *length));
        rest.remove_prefix(*length);
    }
    if (rest.empty() && !messages.empty() && jsonFromProtobuf(messages.front()))
        return true;
    messages.clear();
    return false;
}

} // namespace

std::optional<std::string> jsonFromProtobuf(std::string_view bytes)
{
    for (const Shape* request : {&protobuf::traceRequest, &protobuf::logsRequest, &protobuf::metricsRequest})
        if (auto text = jsonOf(bytes, *request, Strangers::Refuse))
            return text;
    return {};
}

std::optional<std::string> jsonFromRequest(std::string_view bytes, Signal signal)
{
    const Shape* const shapes[] = {&protobuf::traceRequest, &protobuf::logsRequest, &protobuf::metricsRequest};
    return jsonOf(bytes, *shapes[static_cast<std::size_t>(signal)], Strangers::Skip);
}

bool splitProtobuf(std::string_view whole, std::vector<std::string_view>& messages)
{
    return cut(whole, messages, takeVarint) || cut(whole, messages, takeFourBytes);
}

} // namespace plumbline::otlp
