// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/input/byte_source.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

namespace plumbline::input {

namespace {

/// Tells the packing, if any; what is not packed is read past it.
constexpr std::size_t firstBytes = 4096;
constexpr std::size_t packedBytes = 256 * 1024;
/// A zstd window beyond it is refused: a few bytes could ask for gigabytes. 2^27 is what `zstd --ultra` uses at most.
constexpr int largestWindowLog = 27;

enum class Packing
{
    None,
    Gzip,
    Zstd,
};

Packing packingOf(std::string_view start)
{
    if (start.starts_with("\x1f\x8b"))
        return Packing::Gzip;
    if (start.starts_with("\x28\xb5\x2f\xfd"))
        return Packing::Zstd;
    return Packing::None;
}

struct FreeZstd
{
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

} // namespace

struct ByteSource::State
{
    int descriptor = -1;
    std::uint64_t position = 0;
    Packing packing = Packing::None;
    std::vector<char> packed = std::vector<char>(firstBytes);
    std::size_t begin = 0, end = 0; ///< of the packed bytes not used yet
    bool isAtEnd = false;
    z_stream gzip = {};
    bool gzipIsOpen = false;
    bool memberIsDone = true; ///< nothing of a gzip member or zstd frame is pending
    std::unique_ptr<ZSTD_DCtx, FreeZstd> zstd = {};

    ~State()
    {
        if (gzipIsOpen)
            inflateEnd(&gzip);
        if (descriptor > 0)
            close(descriptor);
    }

    /// Reads more packed bytes behind those that are left. False at the end of the file.
    Result<bool> fill()
    {
        if (begin == end)
            begin = end = 0;
        if (isAtEnd || end == packed.size())
            return !isAtEnd;
        for (;;) {
            const ssize_t got = ::read(descriptor, packed.data() + end, packed.size() - end);
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return fail(ErrorKind::Unreadable, std::string("cannot be read: ") + std::strerror(errno));
            isAtEnd = got == 0;
            end += static_cast<std::size_t>(got);
            position += static_cast<std::uint64_t>(got);
            return got > 0;
        }
    }

    Result<std::size_t> readPlain(char* into, std::size_t size);
    Result<std::size_t> readGzip(char* into, std::size_t size);
    Result<std::size_t> readZstd(char* into, std::size_t size);
};

ByteSource::ByteSource(std::unique_ptr<State> state) : m_state(std::move(state)) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

Result<ByteSource> ByteSource::open(const std::filesystem::path& path)
{
    auto state = std::make_unique<State>();
    if (path == "-") {
        state->descriptor = STDIN_FILENO;
    } else {
        state->descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat status = {};
        if (state->descriptor < 0)
            return tl::unexpected(Error{errno == ENOENT ? ErrorKind::NotFound : ErrorKind::Unreadable,
                                        errno == ENOENT ? std::string("no such file")
                                                        : std::string("cannot be opened: ") + std::strerror(errno),
                                        path.string()});
        if (fstat(state->descriptor, &status) == 0 && S_ISDIR(status.st_mode))
            return tl::unexpected(Error{ErrorKind::Unreadable, "a folder, not a file", path.string()});
    }
    // Short reads from pipes: the first bytes that tell the packing may come one by one.
    while (state->end < 4 && TRY(state->fill())) {
    }
    state->packing = packingOf({state->packed.data(), state->end});
    if (state->packing != Packing::None)
        state->packed.resize(packedBytes);
    if (state->packing == Packing::Gzip) {
        // 15 bits of window, and 16 for the gzip header.
        if (inflateInit2(&state->gzip, 15 + 16) != Z_OK)
            return fail(ErrorKind::Unreadable, "gzip could not be set up");
        state->gzipIsOpen = true;
    } else if (state->packing == Packing::Zstd) {
        state->zstd.reset(ZSTD_createDCtx());
        ZSTD_DCtx_setParameter(state->zstd.get(), ZSTD_d_windowLogMax, largestWindowLog);
    }
    return ByteSource(std::move(state));
}

std::uint64_t ByteSource::position() const
{
    return m_state->position;
}

Result<std::size_t> ByteSource::read(char* into, std::size_t size)
{
    switch (m_state->packing) {
    case Packing::Gzip:
        return m_state->readGzip(into, size);
    case Packing::Zstd:
        return m_state->readZstd(into, size);
    case Packing::None:
        break;
    }
    return m_state->readPlain(into, size);
}

Result<std::size_t> ByteSource::State::readPlain(char* into, std::size_t size)
{
    if (begin < end) {
        const std::size_t count = std::min(size, end - begin);
        std::memcpy(into, packed.data() + begin, count);
        begin += count;
        return count;
    }
    for (;;) {
        const ssize_t got = ::read(descriptor, into, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(ErrorKind::Unreadable, std::string("cannot be read: ") + std::strerror(errno));
        position += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
    }
}

Result<std::size_t> ByteSource::State::readGzip(char* into, std::size_t size)
{
    for (;;) {
        if (begin == end && !TRY(fill())) {
            if (!memberIsDone)
                return fail(ErrorKind::Malformed, "the gzip file ends too soon");
            return 0;
        }
        memberIsDone = false;
        gzip.next_in = reinterpret_cast<Bytef*>(packed.data() + begin);
        gzip.avail_in = static_cast<uInt>(end - begin);
        gzip.next_out = reinterpret_cast<Bytef*>(into);
        gzip.avail_out = static_cast<uInt>(size);
        const int code = inflate(&gzip, Z_NO_FLUSH);
        begin = end - gzip.avail_in;
        const std::size_t got = size - gzip.avail_out;
        if (code == Z_STREAM_END) {
            memberIsDone = true;
            if (inflateReset(&gzip) != Z_OK)
                return fail(ErrorKind::Malformed, "broken gzip data");
            // Zeros behind the last member are padding of tapes and blocks.
            while (begin < end && packed[begin] == '\0')
                ++begin;
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            return fail(ErrorKind::Malformed, "broken gzip data");
        }
        if (got > 0)
            return got;
    }
}

Result<std::size_t> ByteSource::State::readZstd(char* into, std::size_t size)
{
    for (;;) {
        if (begin == end && !TRY(fill())) {
            if (!memberIsDone)
                return fail(ErrorKind::Malformed, "the zstd file ends too soon");
            return 0;
        }
        ZSTD_inBuffer input{packed.data() + begin, end - begin, 0};
        ZSTD_outBuffer output{into, size, 0};
        const std::size_t hint = ZSTD_decompressStream(zstd.get(), &output, &input);
        begin += input.pos;
        if (ZSTD_isError(hint))
            return fail(ErrorKind::Malformed, std::string("broken zstd data: ") + ZSTD_getErrorName(hint));
        memberIsDone = hint == 0;
        if (output.pos > 0)
            return output.pos;
    }
}

} // namespace plumbline::input
