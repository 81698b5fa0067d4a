// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/decode.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "importers/parquet/delta.h"
#include "importers/parquet/runs.h"

namespace plumbline::parquet {

namespace {

tl::unexpected<Error> endsTooSoon()
{
    return fail(ErrorKind::Malformed, "a page ends too soon");
}

/// Takes `length` bytes off the front of `from`, which has them.
std::string_view take(std::string_view& from, std::size_t length)
{
    const std::string_view taken(from.data(), length);
    from.remove_prefix(length);
    return taken;
}

class PlainDecoder : public Decoder
{
public:
    PlainDecoder(const Leaf& leaf, std::string_view body) : m_leaf(leaf), m_body(body) {}

    Result<std::size_t> next(std::size_t wanted, Values& into) override
    {
        std::size_t count = 0;
        switch (m_leaf.type) {
        case PhysicalType::Boolean:
            count = booleans(wanted, into);
            break;
        case PhysicalType::Int32:
        case PhysicalType::Float:
            count = numbers<std::int32_t>(wanted, into);
            break;
        case PhysicalType::Int64:
        case PhysicalType::Double:
            count = numbers<std::int64_t>(wanted, into);
            break;
        case PhysicalType::ByteArray:
            count = byteArrays(wanted, into);
            break;
        case PhysicalType::Int96:
        case PhysicalType::FixedByteArray:
            count = std::min(wanted, m_body.size() / m_leaf.width);
            for (std::size_t i = 0; i < count; ++i)
                into.bytes[i] = take(m_body, m_leaf.width);
            break;
        }
        if (count == 0)
            return endsTooSoon();
        return count;
    }

private:
    std::size_t booleans(std::size_t wanted, Values& into)
    {
        const std::size_t count = std::min(wanted, m_body.size() * 8 - m_bit);
        for (std::size_t i = 0; i < count; ++i, ++m_bit)
            into.numbers[i] = (static_cast<unsigned char>(m_body[m_bit / 8]) >> (m_bit % 8)) & 1;
        return count;
    }

    template <class Number>
    std::size_t numbers(std::size_t wanted, Values& into)
    {
        const std::size_t count = std::min(wanted, m_body.size() / sizeof(Number));
        for (std::size_t i = 0; i < count; ++i) {
            Number number = 0;
            std::memcpy(&number, m_body.data() + i * sizeof number, sizeof number);
            into.numbers[i] = number;
        }
        m_body.remove_prefix(count * sizeof(Number));
        return count;
    }

    std::size_t byteArrays(std::size_t wanted, Values& into)
    {
        std::size_t count = 0;
        for (std::uint32_t length = 0; count < wanted && m_body.size() >= sizeof length; ++count) {
            std::memcpy(&length, m_body.data(), sizeof length);
            if (length > m_body.size() - sizeof length)
                break;
            m_body.remove_prefix(sizeof length);
            into.bytes[count] = take(m_body, length);
        }
        return count;
    }

    const Leaf& m_leaf;
    std::string_view m_body;
    std::size_t m_bit = 0;
};

class RunBooleanDecoder : public Decoder
{
public:
    explicit RunBooleanDecoder(std::string_view runs) : m_runs(runs, 1) {}

    Result<std::size_t> next(std::size_t wanted, Values& into) override
    {
        if (!m_runs.read(into.numbers.data(), wanted))
            return endsTooSoon();
        return wanted;
    }

private:
    RunReader m_runs;
};

class DictionaryDecoder : public Decoder
{
public:
    DictionaryDecoder(std::string_view runs, unsigned width, const Dictionary& dictionary)
        : m_runs(runs, width), m_dictionary(dictionary)
    {
    }

    Result<std::size_t> next(std::size_t wanted, Values& into) override
    {
        std::array<std::uint32_t, batchSize> indices;
        if (!m_runs.read(indices.data(), wanted))
            return endsTooSoon();
        for (std::size_t i = 0; i < wanted; ++i) {
            if (indices[i] >= m_dictionary.ends.size())
                return fail(ErrorKind::Malformed, "a value that its dictionary does not have");
            into.bytes[i] = m_dictionary.value(indices[i]);
        }
        return wanted;
    }

private:
    RunReader m_runs;
    const Dictionary& m_dictionary;
};

class DeltaNumberDecoder : public Decoder
{
public:
    DeltaNumberDecoder(const DeltaReader& numbers, bool isNarrow) : m_numbers(numbers), m_isNarrow(isNarrow) {}

    Result<std::size_t> next(std::size_t wanted, Values& into) override
    {
        if (!m_numbers.read(into.numbers.data(), wanted))
            return endsTooSoon();
        if (m_isNarrow)
            for (std::size_t i = 0; i < wanted; ++i)
                into.numbers[i] = static_cast<std::int32_t>(into.numbers[i]);
        return wanted;
    }

private:
    DeltaReader m_numbers;
    bool m_isNarrow;
};

class DeltaLengthDecoder : public Decoder
{
public:
    DeltaLengthDecoder(const DeltaReader& lengths, std::string_view bytes) : m_lengths(lengths), m_bytes(bytes) {}

    Result<std::size_t> next(std::size_t wanted, Values& into) override
    {
        std::array<std::int64_t, batchSize> lengths;
        if (!m_lengths.read(lengths.data(), wanted))
            return endsTooSoon();
        for (std::size_t i = 0; i < wanted; ++i) {
            if (lengths[i] < 0 || static_cast<std::uint64_t>(lengths[i]) > m_bytes.size())
                return endsTooSoon();
            into.bytes[i] = take(m_bytes, static_cast<std::size_t>(lengths[i]));
        }
        return wanted;
    }

private:
    DeltaReader m_lengths;
    std::string_view m_bytes;
};

/// Values that share their begin with the one before. One at a time: what is shared could make a batch of any size.
class DeltaBytesDecoder : public Decoder
{
public:
    DeltaBytesDecoder(const Leaf& leaf, const DeltaReader& shared, const DeltaReader& lengths, std::string_view bytes)
        : m_leaf(leaf), m_shared(shared), m_lengths(lengths), m_bytes(bytes)
    {
    }

    Result<std::size_t> next(std::size_t, Values& into) override
    {
        std::int64_t shared = 0, length = 0;
        if (!m_shared.read(&shared, 1) || !m_lengths.read(&length, 1) || shared < 0 || length < 0 ||
            static_cast<std::uint64_t>(shared) > m_value.size() || static_cast<std::uint64_t>(length) > m_bytes.size())
            return endsTooSoon();
        m_value.resize(static_cast<std::size_t>(shared));
        m_value += take(m_bytes, static_cast<std::size_t>(length));
        if (m_leaf.width != 0 && m_value.size() != m_leaf.width)
            return fail(ErrorKind::Malformed, "a value of the wrong length");
        into.bytes[0] = m_value;
        return 1;
    }

private:
    const Leaf& m_leaf;
    DeltaReader m_shared, m_lengths;
    std::string_view m_bytes;
    std::string m_value; ///< never longer than all the bytes of the page
};

/// Values of which all first bytes lie together, then all second ones, and so on.
class SplitDecoder : public Decoder
{
public:
    SplitDecoder(const Leaf& leaf, std::string_view body)
        : m_leaf(leaf), m_body(body), m_count(body.size() / leaf.width)
    {
    }

    Result<std::size_t> next(std::size_t wanted, Values& into) override
    {
        const std::size_t count = std::min({wanted, m_count - m_next, std::max<std::size_t>(1, 65536 / m_leaf.width)});
        if (count == 0)
            return endsTooSoon();
        m_joined.resize(count * m_leaf.width);
        for (std::size_t part = 0; part < m_leaf.width; ++part)
            for (std::size_t i = 0; i < count; ++i)
                m_joined[i * m_leaf.width + part] = m_body[part * m_count + m_next + i];
        m_next += count;
        return PlainDecoder(m_leaf, m_joined).next(count, into);
    }

private:
    const Leaf& m_leaf;
    std::string_view m_body;
    std::size_t m_count;
    std::size_t m_next = 0;
    std::string m_joined;
};

Result<std::unique_ptr<Decoder>> runBooleans(std::string_view body)
{
    std::uint32_t size = 0;
    if (body.size() < sizeof size)
        return endsTooSoon();
    std::memcpy(&size, body.data(), sizeof size);
    body.remove_prefix(sizeof size);
    return std::make_unique<RunBooleanDecoder>(body.substr(0, size));
}

Result<std::unique_ptr<Decoder>> dictionaryIndices(std::string_view body, const Dictionary& dictionary)
{
    // A page of nulls only may have no body.
    const unsigned width = body.empty() ? 0 : static_cast<unsigned char>(body[0]);
    if (width > 32)
        return fail(ErrorKind::Malformed, "dictionary indices of more than 32 bits");
    return std::make_unique<DictionaryDecoder>(body.substr(body.empty() ? 0 : 1), width, dictionary);
}

Result<std::unique_ptr<Decoder>> deltaBytes(const Leaf& leaf, std::string_view body)
{
    const auto shared = DeltaReader::open(body);
    const auto rest = shared ? shared->behind() : std::nullopt;
    const auto lengths = rest ? DeltaReader::open(*rest) : std::nullopt;
    const auto bytes = lengths ? lengths->behind() : std::nullopt;
    if (!bytes)
        return endsTooSoon();
    return std::make_unique<DeltaBytesDecoder>(leaf, *shared, *lengths, *bytes);
}

std::string encodingName(Encoding encoding)
{
    constexpr std::array names = {"PLAIN",
                                  "1",
                                  "PLAIN_DICTIONARY",
                                  "RLE",
                                  "BIT_PACKED",
                                  "DELTA_BINARY_PACKED",
                                  "DELTA_LENGTH_BYTE_ARRAY",
                                  "DELTA_BYTE_ARRAY",
                                  "RLE_DICTIONARY",
                                  "BYTE_STREAM_SPLIT"};
    const auto number = static_cast<std::size_t>(encoding);
    return number < names.size() ? names[number] : std::to_string(static_cast<int>(encoding));
}

std::string typeName(PhysicalType type)
{
    constexpr std::array names = {"BOOLEAN", "INT32",  "INT64",      "INT96",
                                  "FLOAT",   "DOUBLE", "BYTE_ARRAY", "FIXED_LEN_BYTE_ARRAY"};
    return names[static_cast<std::size_t>(type)];
}

} // namespace

bool isNumeric(PhysicalType type)
{
    return type != PhysicalType::ByteArray && type != PhysicalType::FixedByteArray && type != PhysicalType::Int96;
}

std::unique_ptr<Decoder> plainDecoder(const Leaf& leaf, std::string_view body)
{
    return std::make_unique<PlainDecoder>(leaf, body);
}

Result<std::unique_ptr<Decoder>> decoderFor(const Leaf& leaf, Encoding encoding, std::string_view body,
                                            const Dictionary& dictionary)
{
    const bool isInteger = leaf.type == PhysicalType::Int32 || leaf.type == PhysicalType::Int64;
    const bool isByteArray = leaf.type == PhysicalType::ByteArray;
    switch (encoding) {
    case Encoding::Plain:
        return plainDecoder(leaf, body);
    case Encoding::PlainDictionary:
    case Encoding::RleDictionary:
        return dictionaryIndices(body, dictionary);
    case Encoding::Rle:
        if (leaf.type == PhysicalType::Boolean)
            return runBooleans(body);
        break;
    case Encoding::DeltaBinaryPacked:
        if (isInteger) {
            const auto numbers = DeltaReader::open(body);
            if (!numbers)
                return endsTooSoon();
            return std::make_unique<DeltaNumberDecoder>(*numbers, leaf.type == PhysicalType::Int32);
        }
        break;
    case Encoding::DeltaLengthByteArray:
        if (isByteArray) {
            const auto lengths = DeltaReader::open(body);
            const auto bytes = lengths ? lengths->behind() : std::nullopt;
            if (!bytes)
                return endsTooSoon();
            return std::make_unique<DeltaLengthDecoder>(*lengths, *bytes);
        }
        break;
    case Encoding::DeltaByteArray:
        if (isByteArray || leaf.type == PhysicalType::FixedByteArray)
            return deltaBytes(leaf, body);
        break;
    case Encoding::ByteStreamSplit:
        if (leaf.width != 0 && leaf.type != PhysicalType::Int96)
            return std::make_unique<SplitDecoder>(leaf, body);
        break;
    case Encoding::BitPacked:
        break;
    }
    return fail(ErrorKind::Unsupported, "encoding " + encodingName(encoding) + " of " + typeName(leaf.type));
}

} // namespace plumbline::parquet
