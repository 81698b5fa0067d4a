// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a request to the collector: what it answers, and what it would record, without a server or a workspace.
// The first three letters choose the route, the Content-Type and the Content-Encoding; the rest is the body.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

#include <protozero/pbf_reader.hpp>

#include "importers/collector/intake.h"
#include "importers/collector/redacted.h"
#include "support/looking.h"

namespace {

using namespace plumbline;
using namespace plumbline::collector;

[[noreturn]] void fault(const char* what, std::string_view text = {})
{
    std::fprintf(stderr, "%s: %.*s\n", what, static_cast<int>(text.size()), text.data());
    std::abort();
}

bool isJson(std::string_view text)
{
    json::Parser parser;
    return parser.parseCopy(text).has_value();
}

bool isProtobufMessage(std::string_view bytes)
{
    try {
        protozero::pbf_reader reader(bytes.data(), bytes.size());
        while (reader.next())
            reader.skip();
    } catch (const protozero::exception&) {
        return false;
    }
    return true;
}

/// Keeps every text, to see whether they are all UTF-8.
class Texts : public test::Looking
{
public:
    void look(std::string_view text) override
    {
        m_all += m_all.size() > 1 ? "," : "";
        json::appendQuoted(m_all, text);
    }
    bool areUtf8() const { return isJson(m_all + "]"); }

private:
    std::string m_all = "[";
};

/// What the collector's own sink does, as far as it goes without a workspace.
class MemoryPostSink : public PostSink
{
public:
    MemoryPostSink(const Redactor& redactor, bool keepsBlocks)
        : m_redacted(redactor, m_cleanTexts,
                     {.digestOf = std::hash<std::string_view>(),
                      .pseudonymOf = [](std::string_view text) { return std::to_string(text.size()); }})
        , m_keepsBlocks(keepsBlocks)
    {
    }
    Result<> startRecord(std::string_view raw, std::string_view format) override
    {
        m_texts.look(format);
        m_hasRecord = true;
        for (const char c : raw)
            m_sum = m_sum + static_cast<unsigned char>(c);
        return {};
    }
    Result<std::string> traceOfSpan(std::string_view span) override
    {
        m_texts.look(span);
        return std::string();
    }
    Result<> add(const ObservedSpan& span) override
    {
        for (const std::string_view text : {span.parameters, span.tags, span.attributes})
            mustBeJson(text);
        const ObservedSpan& redacted = m_redacted.of(span);
        for (const std::string_view text : {redacted.parameters, redacted.tags, redacted.attributes})
            mustBeJson(text);
        return looked(redacted);
    }
    Result<> add(const ObservedTrace& trace) override
    {
        const ObservedTrace& redacted = m_redacted.of(trace);
        mustBeJson(redacted.tags);
        mustBeJson(redacted.attributes);
        return looked(redacted);
    }
    Result<> add(const ObservedScore& score) override { return looked(m_redacted.of(score)); }
    Result<> add(const ObservedBillLine&) override { fault("a bill was posted"); }
    bool keepsBlocks() const override { return m_keepsBlocks; }
    void skip(std::string_view reason) override
    {
        if (reason.empty())
            fault("something is skipped without a reason");
        m_texts.look(reason);
    }
    void note(std::string_view text) override { m_texts.look(text); }

    const Texts& texts() const { return m_texts; }
    std::size_t added() const { return m_added; }

private:
    template <class Observed>
    Result<> looked(const Observed& observed)
    {
        if (!m_hasRecord)
            fault("an observation of no record");
        ++m_added;
        m_texts.lookAt(observed);
        return {};
    }
    static void mustBeJson(std::string_view text)
    {
        if (!text.empty() && !isJson(text))
            fault("no JSON", text);
    }

    CleanTexts m_cleanTexts;
    Redacted m_redacted;
    Texts m_texts;
    volatile unsigned m_sum = 0;
    std::size_t m_added = 0;
    bool m_keepsBlocks, m_hasRecord = false;
};

struct Request
{
    std::string_view method, path;
};

constexpr Request requests[] = {
    {"POST", "/v1/traces"},
    {"POST", "/v1/logs"},
    {"POST", "/v1/metrics"},
    {"POST", "/otel"},
    {"POST", "/runs"},
    {"PATCH", "/runs/0a1b"},
    {"POST", "/runs/batch"},
    {"POST", "/runs/multipart"},
    {"POST", "/feedback"},
    {"POST", "/api/public/ingestion"},
    {"POST", "/api/public/traces"},
    {"POST", "/api/public/spans"},
    {"PATCH", "/api/public/spans"},
    {"POST", "/api/public/events"},
    {"POST", "/api/public/generations"},
    {"PATCH", "/api/public/generations"},
    {"POST", "/api/public/scores"},
    {"PATCH", "/runs/"},
};
constexpr std::string_view types[] = {
    "application/json", "application/x-protobuf", "multipart/form-data; boundary=x", {}};
constexpr std::string_view encodings[] = {{}, "gzip", "zstd", {}};

/// What the letter at the beginning of `text`, counted from `a`, chooses of a list.
template <class Thing, std::size_t size>
const Thing& chosen(std::string_view& text, const Thing (&list)[size])
{
    const std::size_t letter = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    return list[(letter + 256 - 'a') % size];
}

/// Up to the end of the line.
std::string_view line(std::string_view& text)
{
    const std::string_view found = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(found.size() + 1, text.size()));
    return found;
}

void mustBeAnAnswer(const Answer& answer)
{
    switch (answer.status) {
    case 200:
    case 202:
    case 207:
    case 400:
    case 413:
    case 415:
    case 422:
        break;
    default:
        fault("an answer of another status", std::to_string(answer.status));
    }
    if (isProtobuf(answer.contentType) ? !isProtobufMessage(answer.body) : !isJson(answer.body))
        fault("an answer that cannot be read", answer.body);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const Redactor redactor = *Redactor::compile({.patterns = {"[0-9A-F]{3,}", "\"[xyz]+\""}});
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    if (size < 3)
        return 0;
    const Request& request = chosen(rest, requests);
    std::string_view type = chosen(rest, types);
    const std::string_view& encodingOfList = chosen(rest, encodings);
    // The last of each list is whatever stands there.
    const std::string path =
        std::string(request.path) + std::string(&request == std::end(requests) - 1 ? line(rest) : std::string_view());
    if (type.empty())
        type = line(rest);
    const std::string_view encoding = &encodingOfList == std::end(encodings) - 1 ? line(rest) : encodingOfList;
    const Destination destination = destinationOf(request.method, path);
    if (!isRecorded(destination.route))
        return 0;

    Intake intake;
    unsigned firstStatus = 0;
    // A client that got no answer sends it again; and somebody may want figures only.
    for (const bool keepsBlocks : {true, true, false}) {
        Post post{.method = std::string(request.method),
                  .path = path,
                  .contentType = std::string(type),
                  .contentEncoding = std::string(encoding),
                  .body = std::string(rest)};
        MemoryPostSink sink(redactor, keepsBlocks);
        const auto answer = intake.take(post, destination, sink);
        if (!answer)
            fault("an error that is not the sink's", answer.error().reason);
        mustBeAnAnswer(*answer);
        if (answer->status >= 400 && sink.added() > 0)
            fault("what is refused is recorded", answer->body);
        if (firstStatus != 0 && answer->status != firstStatus)
            fault("another answer to the same", answer->body);
        firstStatus = answer->status;
        if (post.body.compare(0, rest.size(), rest) != 0)
            fault("the body has changed");
        if (!sink.texts().areUtf8())
            fault("a text that is not UTF-8");
    }
    return 0;
}
