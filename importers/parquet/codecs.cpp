// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/parquet/codecs.h"

#include <snappy.h>
#include <zlib.h>
#include <zstd.h>

namespace plumbline::parquet {

namespace {

struct FreeZstd
{
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

Result<> unpackSnappy(std::string_view packed, char* into, std::size_t size)
{
    std::size_t claimed = 0;
    if (!snappy::GetUncompressedLength(packed.data(), packed.size(), &claimed) || claimed != size ||
        !snappy::RawUncompress(packed.data(), packed.size(), into))
        return fail(ErrorKind::Malformed, "broken snappy data");
    return {};
}

} // namespace

struct Unpacker::State
{
    std::unique_ptr<ZSTD_DCtx, FreeZstd> zstd = {};
    z_stream gzip = {};
    bool gzipIsOpen = false;

    ~State()
    {
        if (gzipIsOpen)
            inflateEnd(&gzip);
    }

    Result<> unpackZstd(std::string_view packed, char* into, std::size_t size)
    {
        if (zstd == nullptr)
            zstd.reset(ZSTD_createDCtx());
        const std::size_t got = ZSTD_decompressDCtx(zstd.get(), into, size, packed.data(), packed.size());
        if (ZSTD_isError(got) || got != size)
            return fail(ErrorKind::Malformed, "broken zstd data");
        return {};
    }

    Result<> unpackGzip(std::string_view packed, char* into, std::size_t size)
    {
        // 15 bits of window, and 32 for either of the headers that writers use.
        if (!gzipIsOpen && inflateInit2(&gzip, 15 + 32) != Z_OK)
            return fail(ErrorKind::Unreadable, "gzip could not be set up");
        gzipIsOpen = true;
        gzip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
        gzip.avail_in = static_cast<uInt>(packed.size());
        gzip.next_out = reinterpret_cast<Bytef*>(into);
        gzip.avail_out = static_cast<uInt>(size);
        do {
            // Some writers put several members into a page.
            if (inflateReset(&gzip) != Z_OK || inflate(&gzip, Z_FINISH) != Z_STREAM_END)
                return fail(ErrorKind::Malformed, "broken gzip data");
        } while (gzip.avail_in > 0 && gzip.avail_out > 0);
        if (gzip.avail_out > 0)
            return fail(ErrorKind::Malformed, "broken gzip data");
        return {};
    }
};

Unpacker::Unpacker() : m_state(std::make_unique<State>()) {}
Unpacker::~Unpacker() = default;

Result<> checkCodec(Codec codec)
{
    switch (codec) {
    case Codec::Uncompressed:
    case Codec::Snappy:
    case Codec::Gzip:
    case Codec::Zstd:
        return {};
    case Codec::Lzo:
        return fail(ErrorKind::Unsupported, "LZO compression");
    case Codec::Brotli:
        return fail(ErrorKind::Unsupported, "Brotli compression");
    case Codec::Lz4:
    case Codec::Lz4Raw:
        return fail(ErrorKind::Unsupported, "LZ4 compression");
    }
    return fail(ErrorKind::Unsupported, "an unknown compression");
}

std::uint64_t mostUnpacked(Codec codec, std::uint64_t packed)
{
    switch (codec) {
    case Codec::Snappy:
        return (packed + 1) * 32; // a copy of 64 bytes takes three
    case Codec::Gzip:
        return (packed + 1) * 1040; // a copy of 258 bytes takes two bits
    case Codec::Zstd:
        return (packed + 1) * 40'000; // a block of 128 KB takes four bytes
    default:
        return packed;
    }
}

Result<> Unpacker::unpack(Codec codec, std::string_view packed, char* into, std::size_t size)
{
    switch (codec) {
    case Codec::Snappy:
        return unpackSnappy(packed, into, size);
    case Codec::Gzip:
        return m_state->unpackGzip(packed, into, size);
    case Codec::Zstd:
        return m_state->unpackZstd(packed, into, size);
    default:
        return checkCodec(codec);
    }
}

} // namespace plumbline::parquet
