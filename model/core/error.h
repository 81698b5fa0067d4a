// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace plumbline {

/// What a caller may branch on. `Cancelled` is never shown to anybody.
enum class ErrorKind
{
    Cancelled,
    NotFound,
    Unreadable,  ///< exists, but may not or cannot be read or written
    Malformed,   ///< not what it claims to be
    Unsupported, ///< understood, and not something we take
    TooLarge,
    DiskFull,
    Locked,  ///< another process records into the workspace
    Foreign, ///< a file of some other program
    Newer,   ///< a workspace of a later version
    Older,   ///< a workspace that has to be brought up to date first
    Database,
    Usage, ///< the user's request makes no sense
};

/// Why something from the outside did not work: which file, which record (from 1), what reason.
struct Error
{
    ErrorKind kind = ErrorKind::Malformed;
    std::string reason;
    std::string file = {};
    std::optional<std::uint64_t> record = {};

    bool operator==(const Error&) const = default;

    /// One sentence for people: `export.jsonl, record 17: unexpected end`.
    std::string text() const
    {
        std::string prefix = file;
        if (record)
            prefix += (prefix.empty() ? "record " : ", record ") + std::to_string(*record);
        return prefix.empty() ? reason : prefix + ": " + reason;
    }

    Error in(std::string fileName) &&
    {
        if (file.empty())
            file = std::move(fileName);
        return std::move(*this);
    }
};

template <class T = void>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string reason)
{
    return tl::unexpected<Error>(Error{.kind = kind, .reason = std::move(reason)});
}

} // namespace plumbline

/// Unwraps a Result, or returns its error from the enclosing function.
#define TRY(expression)                                                                                                \
    (__extension__({                                                                                                   \
        auto&& tryResult = (expression);                                                                               \
        if (!tryResult)                                                                                                \
            return tl::unexpected<::plumbline::Error>(std::move(tryResult).error());                                   \
        ::plumbline::detail::unwrap(std::move(tryResult));                                                             \
    }))

namespace plumbline::detail {

template <class T>
T unwrap(Result<T>&& result)
{
    if constexpr (!std::is_void_v<T>)
        return std::move(result).value();
}

} // namespace plumbline::detail
