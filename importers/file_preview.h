// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include "model/core/import_service.h"
#include "model/core/stop_token.h"

namespace plumbline {

/// What a file is and what it will lack, by its first records, and by its last where those are lines. A file that
/// cannot be read is a preview with its error. Cancelled.
Result<FilePreview> previewOf(const std::filesystem::path& path, const StopToken& stop);

/// Bytes; 0 of standard input and of what is not there.
std::uint64_t sizeOnDisk(const std::filesystem::path& path);
/// About what it comes to unpacked.
std::uint64_t unpackedSize(const std::filesystem::path& path);

} // namespace plumbline
