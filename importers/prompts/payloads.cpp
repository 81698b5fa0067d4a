// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/prompts/payloads.h"

#include <algorithm>
#include <array>
#include <utility>

namespace plumbline::prompts {

namespace {

constexpr std::size_t smallest = 256;
constexpr std::string_view noMimeType = "binary";

bool isBase64(std::string_view text)
{
    constexpr auto isDigit = [] {
        std::array<bool, 256> table = {};
        for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\r\n"))
            table[static_cast<unsigned char>(c)] = true;
        return table;
    }();
    // The beginning tells: text has a space or a mark among so many characters.
    const std::string_view head = text.substr(0, smallest);
    return text.size() > smallest &&
           std::all_of(head.begin(), head.end(), [&](char c) { return isDigit[static_cast<unsigned char>(c)]; });
}

/// Names under which vendors put base64 or ciphertext. Elsewhere a long word may be meant.
bool isPayloadKey(std::string_view key)
{
    constexpr std::string_view keys[] = {"data",
                                         "bytes",
                                         "file_data",
                                         "base64",
                                         "b64_json",
                                         "content",
                                         "image",
                                         "url",
                                         "image_url",
                                         "audio",
                                         "signature",
                                         "body",
                                         "thoughtSignature",
                                         "thought_signature",
                                         "encrypted_content",
                                         "result"};
    return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

bool isVectorKey(std::string_view key)
{
    return key == "embedding" || key == "embeddings" || key == "vector";
}

/// The objects around a value, from the inside. Asked for a media type only when a payload turns up.
struct Surroundings
{
    json::Object object;
    const Surroundings* outer = nullptr;
};

std::string_view mimeTypeIn(const Surroundings* around)
{
    for (; around != nullptr; around = around->outer)
        for (const std::string_view key : {"media_type", "mime_type", "mimeType", "mediaType", "format"})
            if (const std::string_view type = around->object[key].text(); !type.empty())
                return type;
    return {};
}

void append(std::string& into, std::string_view key, json::Value value, const Surroundings* around, int depth)
{
    if (depth > 64) {
        value.appendCompact(into);
    } else if (value.isObject()) {
        const Surroundings inner{value.object(), around};
        char separator = '{';
        for (const auto [name, member] : inner.object) {
            into.push_back(std::exchange(separator, ','));
            json::appendQuoted(into, name);
            into.push_back(':');
            append(into, name, member, &inner, depth + 1);
        }
        into += separator == '{' ? "{}" : "}";
    } else if (value.isArray()) {
        const json::Array array = value.array();
        if (isVectorKey(key) && !array.isEmpty() && (*array.begin()).isNumber()) {
            into += "\"<vector, " + std::to_string(array.size()) + " numbers>\"";
            return;
        }
        char separator = '[';
        for (const json::Value element : array) {
            into.push_back(std::exchange(separator, ','));
            append(into, key, element, around, depth + 1);
        }
        into += separator == '[' ? "[]" : "]";
    } else if (value.isString() && isPayload(key, value.text())) {
        into.push_back('"');
        appendNote(into, value.text(), mimeTypeIn(around));
        into.push_back('"');
    } else {
        value.appendCompact(into);
    }
}

} // namespace

bool isDataUrl(std::string_view text)
{
    return text.starts_with("data:") && text.substr(0, 128).find(";base64,") != text.npos;
}

bool isPayload(std::string_view key, std::string_view text)
{
    return isDataUrl(text) || (text.size() > smallest && isPayloadKey(key) && isBase64(text));
}

void appendNote(std::string& into, std::string_view payload, std::string_view mimeType)
{
    if (isDataUrl(payload)) {
        mimeType = payload.substr(5, payload.find_first_of(";,") - 5);
        payload.remove_prefix(payload.find(',') + 1);
    }
    while (payload.ends_with('='))
        payload.remove_suffix(1);
    into.push_back('<');
    // The type may be anything, and the note stands between quotes.
    for (const char c : mimeType.empty() ? noMimeType : mimeType.substr(0, 64))
        into.push_back(c >= ' ' && c < 0x7F && c != '"' && c != '\\' ? c : '?');
    into += ", " + std::to_string(payload.size() * 3 / 4) + " bytes>";
}

void appendWithoutPayload(std::string& into, json::Value value)
{
    append(into, {}, value, nullptr, 0);
}

} // namespace plumbline::prompts
