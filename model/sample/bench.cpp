// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/bench.h"

#include <algorithm>
#include <array>

#include "model/sample/models.h"
#include "model/sample/prompt.h"
#include "model/sample/prose.h"
#include "model/sample/trace_builder.h"

namespace plumbline {

namespace {

using namespace sample;

constexpr std::array<std::string_view, 12> benchFeatures{
    "support-chat",     "doc-search", "order-agent",  "code-review",    "email-draft", "classify-ticket",
    "summarize-report", "embed-docs", "product-copy", "agent-research", "tagging",     "translation"};
constexpr std::array<const ModelFacts*, 6> benchModels{&gpt54,        &gpt54Mini, &gpt54Nano,
                                                       &claudeSonnet, &geminiPro, &geminiFlash};

/// A conversation that goes on for a number of turns; then another takes its place.
struct Chat
{
    std::uint64_t number = 0;
    std::uint64_t turn = 0;
    std::uint64_t turns = 0;
    Prompt prompt;
};

class Bench
{
public:
    explicit Bench(const SampleBench& bench) : m_bench(bench)
    {
        for (std::uint64_t i = 0; bench.bodies && i < systemPrompts; ++i) {
            Random random(mix(bench.seed, "system prompt", i));
            std::string text = "You are assistant number " + std::to_string(i) + ". ";
            appendProse(text, Register::Policy, random.between(380, 560), random);
            m_systemPrompts.push_back({.text = sharedText(std::move(text))});
        }
        for (std::uint64_t i = 0; i < parallelChats; ++i)
            m_chats.push_back(newChat());
    }

    const SampleTrace& trace(std::int64_t call)
    {
        Chat& chat = m_chats[static_cast<std::uint64_t>(call) % parallelChats];
        if (chat.turn == chat.turns)
            chat = newChat();
        Random random(mix(m_bench.seed, "call", static_cast<std::uint64_t>(call)));
        describe(chat, call, random);
        if (m_bench.bodies)
            speak(chat, random);
        else
            count(random);
        ++chat.turn;
        return m_trace;
    }

private:
    static constexpr std::uint64_t systemPrompts = 24;
    static constexpr std::uint64_t parallelChats = 64;
    static constexpr std::int64_t tokensPerMessage = 130;

    Chat newChat()
    {
        Random random(mix(m_bench.seed, "chat", m_begunChats));
        Chat chat{.number = m_begunChats++,
                  .turn = 0,
                  .turns = static_cast<std::uint64_t>(random.between(6, 17)),
                  .prompt = {}};
        if (m_bench.bodies)
            chat.prompt.system(random.oneOf(m_systemPrompts));
        return chat;
    }

    void describe(const Chat& chat, std::int64_t call, Random& random)
    {
        const std::uint64_t id = mix(m_bench.seed, static_cast<std::uint64_t>(call));
        const ModelFacts& model = *benchModels[chat.number % benchModels.size()];
        m_trace.traceId = hexOf(mix(id, "high")) + hexOf(id);
        m_trace.feature =
            benchFeatures[std::min(random.below(benchFeatures.size()), random.below(benchFeatures.size()))];
        m_trace.name = m_trace.feature;
        m_trace.environment = chat.number % 16 == 0 ? "staging" : "production";
        m_trace.release = "2026.10.1";
        m_trace.user = "user-" + std::to_string(chat.number % 5'000);
        m_trace.session = "chat-" + std::to_string(chat.number);
        m_trace.hasBodies = m_bench.bodies;
        m_trace.spans.resize(1);
        SampleSpan& span = m_trace.spans.front();
        span.spanId = hexOf(mix(id, "span"));
        span.kind = SpanKind::Llm;
        span.name = "answer";
        // One call every eight seconds: a million is three months.
        span.start = Timestamp(firstStart + call * 8'000'000 + random.below(1'000'000));
        span.end = Timestamp(span.start.microseconds() + random.between(600'000, 9'000'000));
        span.firstToken = Timestamp(span.start.microseconds() + random.between(200'000, 590'000));
        span.provider = model.provider;
        span.model = model.answered;
        span.requestModel = model.name;
        span.temperaturePercent = 20;
        span.finishReason = "stop";
    }

    void speak(Chat& chat, Random& random)
    {
        SampleSpan& span = m_trace.spans.front();
        chat.prompt.message(BlockRole::User, said(Register::Request, random));
        const SharedText answer = said(Register::Reply, random);
        span.input = chat.prompt.blocks();
        span.output = {textBlock(BlockRole::Assistant, answer)};
        chat.prompt.message(BlockRole::Assistant, answer);
        TokenCount input = 0;
        for (const SampleBlock& block : span.input)
            input += block.text->tokens;
        use(input, input * 8 / 10, answer->tokens);
    }

    static SharedText said(Register kind, Random& random)
    {
        std::string text;
        appendProse(text, kind, random.around(tokensPerMessage), random);
        return sharedText(std::move(text));
    }

    void count(Random& random)
    {
        const TokenCount input = random.between(200, 9'000);
        use(input, random.chance(500'000) ? input / 2 : 0, random.between(5, 900));
    }

    void use(TokenCount input, TokenCount read, TokenCount output)
    {
        SampleSpan& span = m_trace.spans.front();
        span.usage = {.uncachedInput = input - read, .cacheRead = read, .visibleOutput = output};
        span.cost = listPrice(factsOf(span), tokensOf(span.usage), {});
    }

    static constexpr std::int64_t firstStart = 1'785'542'400'000'000; // 2026-08-01

    SampleBench m_bench;
    SampleTrace m_trace; ///< used again for every call
    std::vector<SystemPrompt> m_systemPrompts;
    std::vector<Chat> m_chats;
    std::uint64_t m_begunChats = 0;
};

} // namespace

Result<> generate(const SampleBench& bench, const SampleSink& sink, const StopToken& stop)
{
    Bench load(bench);
    for (std::int64_t call = 0; call < bench.calls; ++call) {
        if (call % 1'000 == 0)
            TRY(stop.check());
        TRY(sink(load.trace(call)));
    }
    return {};
}

} // namespace plumbline
