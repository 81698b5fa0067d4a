// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/input/unpack.h"

#include <algorithm>
#include <array>
#include <memory>

#include <zlib.h>
#include <zstd.h>

namespace plumbline::input {

namespace {

constexpr std::size_t pieceBytes = 256 * 1024;

Result<std::string> tooLarge(std::size_t most)
{
    return fail(ErrorKind::TooLarge, "unpacks to more than " + std::to_string(most >> 20) + " MB");
}

/// Room for a further piece. Grows in a few large steps up to what is allowed at most: each takes a copy beside it.
void makeRoom(std::string& text, std::size_t most)
{
    const std::size_t size = text.size() + pieceBytes;
    if (size > text.capacity())
        text.reserve(std::max(size, text.capacity() * 4 < most ? text.capacity() * 4 : most + 2 * pieceBytes));
    text.resize(size);
}

Result<std::string> gunzipped(std::string_view body, std::size_t most)
{
    z_stream stream{};
    constexpr int anyWindow = 15 + 32; // gzip or zlib, as the header says
    if (inflateInit2(&stream, anyWindow) != Z_OK)
        return fail(ErrorKind::Malformed, "gzip could not be set up");
    const auto end = [](z_stream* ended) { inflateEnd(ended); };
    const std::unique_ptr<z_stream, decltype(end)> ender(&stream, end);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
    stream.avail_in = static_cast<uInt>(body.size());
    std::string text;
    for (;;) {
        const std::size_t before = text.size();
        makeRoom(text, most);
        stream.next_out = reinterpret_cast<Bytef*>(text.data() + before);
        stream.avail_out = static_cast<uInt>(pieceBytes);
        const int code = inflate(&stream, Z_NO_FLUSH);
        text.resize(text.size() - stream.avail_out);
        if (text.size() > most)
            return tooLarge(most);
        if (code == Z_STREAM_END) {
            if (stream.avail_in == 0)
                return text;
            if (inflateReset(&stream) != Z_OK) // another member follows
                return fail(ErrorKind::Malformed, "damaged gzip data");
        } else if (code != Z_OK || (stream.avail_in == 0 && text.size() == before)) {
            return fail(ErrorKind::Malformed, "damaged gzip data");
        }
    }
}

Result<std::string> unzstd(std::string_view body, std::size_t most)
{
    const auto free = [](ZSTD_DCtx* context) { ZSTD_freeDCtx(context); };
    const std::unique_ptr<ZSTD_DCtx, decltype(free)> context(ZSTD_createDCtx(), free);
    ZSTD_inBuffer in{body.data(), body.size(), 0};
    std::string text;
    std::size_t hint = 0;
    do {
        const std::size_t before = text.size();
        makeRoom(text, most);
        ZSTD_outBuffer out{text.data() + before, pieceBytes, 0};
        hint = ZSTD_decompressStream(context.get(), &out, &in);
        text.resize(before + out.pos);
        if (ZSTD_isError(hint))
            return fail(ErrorKind::Malformed, std::string("damaged zstd data: ") + ZSTD_getErrorName(hint));
        if (text.size() > most)
            return tooLarge(most);
        if (out.pos == 0 && in.pos == in.size && hint != 0)
            return fail(ErrorKind::Malformed, "damaged zstd data: cut off");
    } while (in.pos < in.size || hint != 0);
    return text;
}

} // namespace

Result<std::string> unpacked(std::string_view body, std::string_view encoding, std::size_t most)
{
    if (body.size() > most)
        return tooLarge(most);
    if (encoding.empty() || encoding == "identity")
        return std::string(body);
    if (encoding == "gzip" || encoding == "deflate")
        return gunzipped(body, most);
    if (encoding == "zstd")
        return unzstd(body, most);
    // What is said again to the client, and to the user, is a word.
    const bool isWord = std::all_of(encoding.begin(), encoding.end(), [](char c) { return c > ' ' && c <= '~'; });
    return fail(ErrorKind::Unsupported,
                isWord ? "Content-Encoding " + std::string(encoding) + " is not known" : "no known Content-Encoding");
}

std::optional<std::string> fromBase64(std::string_view text)
{
    static const std::array<std::int8_t, 256> values = [] {
        std::array<std::int8_t, 256> filled;
        filled.fill(-1);
        constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (std::size_t i = 0; i < alphabet.size(); ++i)
            filled[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
        filled['-'] = 62; // the spelling for URLs
        filled['_'] = 63;
        return filled;
    }();
    std::string bytes;
    bytes.reserve(text.size() * 3 / 4);
    unsigned bits = 0;
    int count = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (c == '\n' || c == '\r')
            continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0 || padding > 0)
            return {};
        bits = bits << 6 | static_cast<unsigned>(value);
        if (++count == 4) {
            bytes.push_back(static_cast<char>(bits >> 16));
            bytes.push_back(static_cast<char>(bits >> 8));
            bytes.push_back(static_cast<char>(bits));
            bits = 0;
            count = 0;
        }
    }
    if (count == 1 || padding > 2)
        return {};
    if (count == 2)
        bytes.push_back(static_cast<char>(bits >> 4));
    if (count == 3) {
        bytes.push_back(static_cast<char>(bits >> 10));
        bytes.push_back(static_cast<char>(bits >> 2));
    }
    return bytes;
}

} // namespace plumbline::input
