// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "importers/json/json.h"

/// Binary data inside JSON: images, audio, files, vectors, signatures. None of it is text that a token is spent on.
namespace plumbline::prompts {

/// `data:image/png;base64,…`
bool isDataUrl(std::string_view text);

/// Whether the string under `key` is base64 of some size.
bool isPayload(std::string_view key, std::string_view text);

/// A note in the payload's place: `<image/png, 1234 bytes>`. The type is the data URL's own, or else `mimeType`.
void appendNote(std::string& into, std::string_view payload, std::string_view mimeType);

/// Compact JSON with a note for each payload.
void appendWithoutPayload(std::string& into, json::Value value);

} // namespace plumbline::prompts
