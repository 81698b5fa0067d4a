// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "model/core/error.h"

namespace plumbline {

/// The whole of a small file a user named. Unreadable or TooLarge (64 MB).
inline Result<std::string> readTextFile(const std::filesystem::path& path)
{
    constexpr std::uintmax_t mostBytes = std::uintmax_t{64} << 20;
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error)
        return tl::unexpected(Error{ErrorKind::Unreadable, "cannot be read: " + error.message(), path.string()});
    if (size > mostBytes)
        return tl::unexpected(Error{ErrorKind::TooLarge, "larger than 64 MB", path.string()});
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file && text.empty() && size > 0)
        return tl::unexpected(Error{ErrorKind::Unreadable, "cannot be read", path.string()});
    return text;
}

/// In place of what was there. Unreadable: it cannot be written, or not whole.
inline Result<> writeTextFile(const std::filesystem::path& path, const std::string& text)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file)
        return tl::unexpected(Error{ErrorKind::Unreadable, "cannot be written", path.string()});
    return {};
}

} // namespace plumbline
