// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "importers/detect.h"
#include "importers/format.h"
#include "importers/input/record_reader.h"

namespace plumbline::test {

/// Keeps what a format reads, a line of text each: everything a span, trace or score says.
class MemorySink : public RecordSink
{
public:
    std::vector<std::string> read = {}; ///< spans, traces and scores in their order
    std::size_t spans = 0;
    std::vector<std::string> skipped = {};
    std::vector<std::string> notes = {};

    Result<> add(const ObservedSpan& span) override
    {
        ++spans;
        begin("span");
        texts({span.traceId,      span.spanId,        span.parentId,      idOf(span.kind), span.name,
               idOf(span.status), span.statusMessage, span.model,         span.provider,   span.parameters,
               span.serviceTier,  span.responseId,    span.finishReason,  span.feature,    span.traceName,
               span.environment,  span.release,       span.version,       span.service,    span.user,
               span.session,      span.promptName,    span.promptVersion, span.tags,       span.attributes});
        for (const auto& time : {span.start, span.end, span.firstToken, span.recordedAt})
            text(time ? isoText(*time) : "-");
        for (const auto& [name, tokens] : span.reportedUsage)
            text(std::string(name) + " " + std::to_string(tokens));
        for (const auto& tokens : {span.usage.uncachedInput, span.usage.cacheRead, span.usage.cacheWrite5m,
                                   span.usage.cacheWrite1h, span.usage.visibleOutput, span.usage.reasoning})
            text(tokens ? std::to_string(*tokens) : "-");
        text(span.reportedCost ? decimalText(*span.reportedCost) : "-");
        text(std::to_string(span.isPartial) + std::to_string(span.isPromptTruncated));
        for (const ObservedBlock& block : span.blocks) {
            texts({idOf(block.role), idOf(block.kind), block.toolName, block.documentId, block.text});
            text(std::to_string(block.isOutput) + " " + std::to_string(block.message) + " " +
                 (block.documentRank ? std::to_string(*block.documentRank) : "-"));
        }
        return {};
    }
    Result<> add(const ObservedTrace& trace) override
    {
        begin("trace");
        texts({trace.traceId, trace.name, trace.environment, trace.release, trace.version, trace.user, trace.session,
               trace.feature, trace.tags, trace.attributes});
        text(trace.start ? isoText(*trace.start) : "-");
        text(trace.reportedCost ? decimalText(*trace.reportedCost) : "-");
        return {};
    }
    Result<> add(const ObservedScore& score) override
    {
        begin("score");
        texts({score.scoreId, score.traceId, score.spanId, score.sessionId, score.name, score.text});
        text(score.value ? std::to_string(*score.value) : "-");
        return {};
    }
    Result<> add(const ObservedBillLine& line) override
    {
        begin("bill");
        texts({line.provider, line.model, line.meter, line.project, line.apiKey, line.tier, line.currency,
               line.description});
        for (const auto& time : {line.start, line.end})
            text(time ? isoText(*time) : "-");
        for (const auto& tokens : {line.usage.uncachedInput, line.usage.cacheRead, line.usage.cacheWrite5m,
                                   line.usage.cacheWrite1h, line.usage.visibleOutput, line.requests})
            text(tokens ? std::to_string(*tokens) : "-");
        text(line.cost ? decimalText(*line.cost) : "-");
        return {};
    }
    void skip(std::string_view reason) override { skipped.emplace_back(reason); }
    void note(std::string_view text) override { notes.emplace_back(text); }

private:
    void begin(std::string kind) { read.push_back(std::move(kind)); }
    void text(const std::string& part) { read.back() += "|" + part; }
    void texts(std::initializer_list<std::string_view> parts)
    {
        for (const std::string_view part : parts)
            text(std::string(part));
    }
};

/// Reads a file into memory as far as it goes, as an import would.
inline MemorySink readIntoMemory(const std::filesystem::path& path)
{
    MemorySink sink;
    auto file = RecognisedFile::open(path, {});
    if (!file)
        return sink;
    const auto reader = file->format().reader();
    json::Parser parser;
    for (;;) {
        const auto found = file->next();
        if (!found || !*found)
            return sink;
        if (!(*found)->record || !reader->wants((*found)->record->text, sink))
            continue;
        if (const auto value = parser.parse((*found)->record->text))
            (void)reader->read(*(*found)->record, *value, sink);
    }
}

} // namespace plumbline::test
