// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "importers/json/json.h"
#include "model/core/span.h"

namespace plumbline {

namespace prompts {
class BlockWriter;
}

/// Splits the prompt and the answer of a span into blocks, whoever wrote them: OpenAI (chat, completions, Responses),
/// Anthropic, Gemini, Bedrock, LangChain, OpenTelemetry, the Vercel AI SDK, Langfuse, retrievers. Also when the JSON
/// stands in a string. What nobody knows is one Text block of its JSON, so that no text is lost.
///
/// Texts of blocks point into the record the Value belongs to, or into the splitter: they live until the next parse of
/// that record's parser or the next begin(). One splitter serves one thread. Nothing here fails.
class PromptSplitter
{
public:
    PromptSplitter();
    ~PromptSplitter();
    PromptSplitter(PromptSplitter&&) noexcept;
    PromptSplitter& operator=(PromptSplitter&&) noexcept;

    /// Forgets the last span: its texts, its tool calls, its count of messages.
    void begin();

    /// Appends the blocks of what was sent. Messages are counted on from the last call; a text without a speaker is the
    /// user's.
    void splitInput(json::Value input, std::vector<ObservedBlock>& into);
    /// The same for instructions that a source keeps apart from the messages.
    void splitSystemInstructions(json::Value instructions, std::vector<ObservedBlock>& into);
    /// Appends the blocks of what came back, counting its messages from 0; a text without a speaker is the assistant's.
    /// Instructions and tools that an answer repeats become part of the prompt unless `into` already has such.
    void splitOutput(json::Value output, std::vector<ObservedBlock>& into);
    /// Puts tool definitions in front of the prompt: an array, or an object of name → definition, either of them also
    /// as JSON in a string. A tool that `into` already defines is left out.
    void splitToolDefinitions(json::Value definitions, std::vector<ObservedBlock>& into);
    /// Appends the calls of tools that a source extracted from an answer; `names` is parallel to `calls` and may be
    /// missing. Nothing if the answer in `into` already has calls.
    void splitToolCalls(json::Value calls, json::Value names, std::vector<ObservedBlock>& into);

    /// Whether a text since begin() ends in a mark that the source's client cut it.
    bool sawTruncation() const;

private:
    std::unique_ptr<prompts::BlockWriter> m_writer;
};

} // namespace plumbline
