// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/core/money.h"
#include "model/core/time.h"
#include "model/core/usage.h"

namespace plumbline {

/// What a step of a trace is. `Llm` and `Embedding` may be billed; `Event` never is.
enum class SpanKind : std::uint8_t
{
    Other,
    Llm,
    Embedding,
    Retriever,
    Tool,
    Agent,
    Chain,
    Event,
};
constexpr int spanKindCount = 8;
std::string_view idOf(SpanKind kind);

/// How a span ended. Unknown is not Ok.
enum class SpanStatus : std::uint8_t
{
    Unknown,
    Ok,
    Warning,
    Error,
};
std::string_view idOf(SpanStatus status);

/// Who speaks in a block of a prompt.
enum class BlockRole : std::uint8_t
{
    Unknown,
    System,
    Developer,
    User,
    Assistant,
    Tool,
};
std::string_view idOf(BlockRole role);

/// What a block holds.
enum class BlockKind : std::uint8_t
{
    Text,
    ToolDefinition,
    ToolCall,
    ToolResult,
    Document,
    Media, ///< image, audio or file: the body is its JSON without the payload
    Reasoning,
};
std::string_view idOf(BlockKind kind);

/// One message, tool definition, retrieved document or tool result, as an importer found it. The texts belong to the
/// record being read and live until the sink returns.
struct ObservedBlock
{
    BlockRole role = BlockRole::Unknown;
    BlockKind kind = BlockKind::Text;
    bool isOutput = false;     ///< part of the answer, not of the prompt
    std::uint16_t message = 0; ///< position of the message it came from, from 0; blocks of one message share it
    std::optional<std::uint16_t> documentRank = {}; ///< of a retrieved document, from 0
    std::string_view toolName = {};
    std::string_view documentId = {};
    std::string_view text = {}; ///< UTF-8; the compact JSON of what is not text
};

/// One witness of one span: a record of an export, or a request of a client. Everything may be missing; several
/// witnesses of a span are composed when its trace is settled. Texts as in ObservedBlock; an empty text is unknown.
struct ObservedSpan
{
    std::string_view traceId = {};
    std::string_view spanId = {};
    std::string_view parentId = {};
    SpanKind kind = SpanKind::Other;
    bool isPartial = false; ///< an update that may come before its create
    bool isPiece = false;   ///< its messages are some of the span's: others are told elsewhere

    std::string_view name = {};
    std::optional<Timestamp> start = {};
    std::optional<Timestamp> end = {};
    std::optional<Timestamp> firstToken = {};
    std::optional<Timestamp> recordedAt = {}; ///< when the source last wrote it: the later witness wins a conflict
    SpanStatus status = SpanStatus::Unknown;
    std::string_view statusMessage = {};

    std::string_view model = {};
    std::string_view provider = {};   ///< as the source names it, if it does
    std::string_view parameters = {}; ///< model parameters as compact JSON
    std::string_view serviceTier = {};
    std::string_view responseId = {}; ///< the provider's id of the answer
    std::string_view finishReason = {};

    std::string_view feature = {}; ///< an attribute or metadata key that is `feature`, or a tag `feature:X`
    std::string_view traceName = {};
    std::string_view environment = {};
    std::string_view release = {};
    std::string_view version = {};
    std::string_view service = {};
    std::string_view user = {};
    std::string_view session = {};
    std::string_view promptName = {};
    std::string_view promptVersion = {};
    std::string_view tags = {};       ///< compact JSON array of strings
    std::string_view attributes = {}; ///< compact JSON object: metadata with scalar values, for grouping and filters
    /// Usage as the source named it, in its order, and the buckets made of it.
    std::vector<std::pair<std::string_view, TokenCount>> reportedUsage = {};
    Usage usage = {};
    UsageRule usageRule = UsageRule::None;
    bool usageMayBeEstimated = false; ///< a vendor's tokenizer may have made it up for a wrapper
    std::optional<Money> reportedCost = {};

    std::vector<ObservedBlock> blocks = {};
    bool isPromptTruncated = false;
};

/// One witness of the facts of a whole trace. The figures are roll-ups, kept for reconciliation and never billed.
struct ObservedTrace
{
    std::string_view traceId = {};
    std::optional<Timestamp> start = {};
    std::optional<Timestamp> recordedAt = {};
    std::string_view name = {};
    std::string_view environment = {};
    std::string_view release = {};
    std::string_view version = {};
    std::string_view user = {};
    std::string_view session = {};
    std::string_view feature = {};
    std::string_view tags = {};
    std::string_view attributes = {};
    std::optional<TokenCount> reportedInput = {};
    std::optional<TokenCount> reportedOutput = {};
    std::optional<Money> reportedCost = {};
};

/// A judgement on a trace or a call: a Langfuse score, LangSmith feedback.
struct ObservedScore
{
    std::string_view scoreId = {};
    std::string_view traceId = {};
    std::string_view spanId = {}; ///< empty: about the whole trace
    std::string_view sessionId = {};
    std::string_view name = {};
    std::optional<double> value = {};
    std::string_view text = {};
    std::optional<Timestamp> time = {};
};

/// A line of a provider's bill or usage report: kept apart from traces, for reconciliation. Texts as in ObservedBlock.
struct ObservedBillLine
{
    std::string_view provider = {};
    std::optional<Timestamp> start = {}; ///< of the charge period
    std::optional<Timestamp> end = {};   ///< exclusive
    std::string_view model = {};         ///< as the bill names it, which may be a display name
    std::string_view meter = {};   ///< what is charged: `input`, `output`, `input_cache_read`, `web_search`, `tax`, …
    std::string_view project = {}; ///< project or workspace
    std::string_view apiKey = {};  ///< its name or id, never the key
    std::string_view tier = {};
    std::string_view currency = {}; ///< ISO 4217 in upper case
    std::string_view description = {};
    Usage usage = {};
    std::optional<std::int64_t> requests = {};
    std::optional<Money> cost = {}; ///< in the currency's units; only dollars are Money in truth
    /// What a provider says of a period: a newer export says it again, perhaps otherwise. Charges are not restated:
    /// each is paid.
    bool isStatement = false;
};

} // namespace plumbline
