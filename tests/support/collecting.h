// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/http_client.h"
#include "support/workspace.h"

#include <zlib.h>

#include "importers/collector/collector.h"

namespace plumbline::test {

inline const Headers json = {{"Content-Type", "application/json"}};
inline const Headers protobuf = {{"Content-Type", "application/x-protobuf"}};

/// One call of gpt-4o-mini: 10 tokens in, 5 out.
constexpr std::string_view span =
    R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0102030405060708090a0b0c0d0e0f10",)"
    R"("spanId":"0102030405060708","name":"chat m","startTimeUnixNano":"1788000000000000000",)"
    R"("endTimeUnixNano":"1788000001000000000","attributes":[)"
    R"({"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},)"
    R"({"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o-mini"}},)"
    R"({"key":"gen_ai.usage.input_tokens","value":{"intValue":"10"}},)"
    R"({"key":"gen_ai.usage.output_tokens","value":{"intValue":"5"}}]}]}]}]})";

inline Headers with(Headers headers, const char* name, const char* value)
{
    headers.emplace_back(name, value);
    return headers;
}

inline std::string gzipped(const std::string& text)
{
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

inline unsigned portOf(const Collector& collector)
{
    const std::string address = collector.status().address;
    return static_cast<unsigned>(std::stoul(address.substr(address.rfind(':') + 1)));
}

/// Everything the workspace's files hold.
inline std::string bytesOf(const TemporaryWorkspace& workspace)
{
    std::string bytes;
    for (const auto& entry : std::filesystem::directory_iterator(workspace.folder())) {
        QFile file(QString::fromStdString(entry.path().string()));
        if (file.open(QIODevice::ReadOnly))
            bytes += file.readAll().toStdString();
    }
    return bytes;
}

} // namespace plumbline::test
