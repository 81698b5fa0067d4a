// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "importers/input/buffer.h"
#include "importers/input/record_reader.h"

namespace plumbline::input {

/// A splitter over what the buffer holds and the file still has, if that is OTLP in protobuf: one message, or several
/// with their lengths. Null if it is something else; then the buffer still has all of it. A file of more than a record
/// may have is TooLarge.
Result<std::unique_ptr<Splitter>> otlpMessages(Buffer& buffer);

} // namespace plumbline::input
