// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file to import: detection, every splitter and every reader, without a workspace. For libFuzzer, and
// for the test that replays the seeds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "importers/detect.h"

namespace {

using namespace plumbline;

/// Looks at everything a reader hands over, so that a text that is gone by then is found.
class LookingSink : public RecordSink
{
public:
    Result<> add(const ObservedSpan& span) override
    {
        for (const std::string_view text :
             {span.traceId,   span.spanId,      span.parentId,      span.name,       span.statusMessage, span.model,
              span.provider,  span.parameters,  span.serviceTier,   span.responseId, span.finishReason,  span.feature,
              span.traceName, span.environment, span.release,       span.version,    span.service,       span.user,
              span.session,   span.promptName,  span.promptVersion, span.tags,       span.attributes})
            look(text);
        for (const auto& [name, tokens] : span.reportedUsage)
            look(name);
        for (const ObservedBlock& block : span.blocks)
            for (const std::string_view text : {block.toolName, block.documentId, block.text})
                look(text);
        if (span.traceId.empty())
            std::abort(); // a span of no trace cannot be settled
        const Usage& usage = span.usage;
        for (const auto& bucket : {usage.uncachedInput, usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h,
                                   usage.visibleOutput, usage.reasoning, usage.audioInput, usage.webSearches})
            if (bucket && (*bucket < 0 || *bucket > 4'294'967'295))
                std::abort(); // no call consumed that
        return {};
    }
    Result<> add(const ObservedTrace& trace) override
    {
        for (const std::string_view text : {trace.traceId, trace.name, trace.environment, trace.release, trace.version,
                                            trace.user, trace.session, trace.feature, trace.tags, trace.attributes})
            look(text);
        return {};
    }
    Result<> add(const ObservedScore& score) override
    {
        for (const std::string_view text :
             {score.scoreId, score.traceId, score.spanId, score.sessionId, score.name, score.text})
            look(text);
        return {};
    }
    Result<> add(const ObservedBillLine& line) override
    {
        for (const std::string_view text : {line.provider, line.model, line.meter, line.project, line.apiKey, line.tier,
                                            line.currency, line.description})
            look(text);
        return {};
    }
    void skip(std::string_view reason) override { look(reason); }
    void note(std::string_view text) override { look(text); }

private:
    void look(std::string_view text)
    {
        for (const char c : text)
            m_seen = m_seen + static_cast<unsigned char>(c);
    }
    volatile unsigned m_seen = 0;
};

void readAs(const std::string& path, const std::string& format)
{
    auto file = RecognisedFile::open(path, format);
    if (!file)
        return;
    LookingSink sink;
    json::Parser parser;
    const std::unique_ptr<FormatReader> reader = file->format().reader();
    for (auto found = file->next(); found && *found; found = file->next())
        if ((*found)->record && reader->wants((*found)->record->text, sink))
            if (const auto value = parser.parse((*found)->record->text))
                (void)reader->read(*(*found)->record, *value, sink);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const int file = memfd_create("fuzzed", 0);
    static const std::string path = "/proc/self/fd/" + std::to_string(file);
    if (file < 0 || ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != static_cast<ssize_t>(size))
        return 0;
    readAs(path, {});
    // And as what it is not: the first byte chooses.
    if (size > 0)
        readAs(path, std::string(allFormats()[data[0] % allFormats().size()].id));
    return 0;
}
