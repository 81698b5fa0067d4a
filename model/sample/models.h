// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "model/core/money.h"
#include "model/sample/trace.h"

namespace plumbline::sample {

/// What the sample company's world knows of a model: how its provider caches and bills, and how fast it answers.
struct ModelFacts
{
    std::string_view name;     ///< as asked for
    std::string_view answered; ///< as the provider names it in its answer
    std::string_view provider;
    // Picodollars a token at list price; they only make the cost that the source reports.
    std::int64_t input = 0;
    std::int64_t cacheRead = 0;
    std::int64_t cacheWrite = 0;
    std::int64_t output = 0;
    int minimumPrefix = 1024;    ///< tokens; a shorter prefix is never cached
    int cacheStep = 1;           ///< a read is a multiple of it
    bool hasBreakpoints = false; ///< caches only up to the blocks that are marked, and charges for writing
    int tokensPerSecond = 80;
    int firstTokenMilliseconds = 400;
};

inline constexpr ModelFacts gpt54{.name = "gpt-5.4",
                                  .answered = "gpt-5.4-2026-03-05",
                                  .provider = "openai",
                                  .input = 2'500'000,
                                  .cacheRead = 250'000,
                                  .output = 15'000'000,
                                  .cacheStep = 128,
                                  .tokensPerSecond = 70,
                                  .firstTokenMilliseconds = 520};
inline constexpr ModelFacts gpt54Mini{.name = "gpt-5.4-mini",
                                      .answered = "gpt-5.4-mini-2026-03-17",
                                      .provider = "openai",
                                      .input = 750'000,
                                      .cacheRead = 75'000,
                                      .output = 4'500'000,
                                      .cacheStep = 128,
                                      .tokensPerSecond = 120,
                                      .firstTokenMilliseconds = 310};
inline constexpr ModelFacts gpt54Nano{.name = "gpt-5.4-nano",
                                      .answered = "gpt-5.4-nano-2026-03-17",
                                      .provider = "openai",
                                      .input = 200'000,
                                      .cacheRead = 20'000,
                                      .output = 1'250'000,
                                      .cacheStep = 128,
                                      .tokensPerSecond = 170,
                                      .firstTokenMilliseconds = 220};
inline constexpr ModelFacts claudeSonnet{.name = "claude-sonnet-4-6",
                                         .answered = "claude-sonnet-4-6",
                                         .provider = "anthropic",
                                         .input = 3'000'000,
                                         .cacheRead = 300'000,
                                         .cacheWrite = 3'750'000,
                                         .output = 15'000'000,
                                         .hasBreakpoints = true,
                                         .tokensPerSecond = 75,
                                         .firstTokenMilliseconds = 640};
inline constexpr ModelFacts claudeOpus{.name = "claude-opus-4-8",
                                       .answered = "claude-opus-4-8",
                                       .provider = "anthropic",
                                       .input = 5'000'000,
                                       .cacheRead = 500'000,
                                       .cacheWrite = 6'250'000,
                                       .output = 25'000'000,
                                       .hasBreakpoints = true,
                                       .tokensPerSecond = 55,
                                       .firstTokenMilliseconds = 900};
inline constexpr ModelFacts claudeHaiku{.name = "claude-haiku-4-5",
                                        .answered = "claude-haiku-4-5-20251001",
                                        .provider = "anthropic",
                                        .input = 1'000'000,
                                        .cacheRead = 100'000,
                                        .cacheWrite = 1'250'000,
                                        .output = 5'000'000,
                                        .minimumPrefix = 4096,
                                        .hasBreakpoints = true,
                                        .tokensPerSecond = 150,
                                        .firstTokenMilliseconds = 350};
inline constexpr ModelFacts geminiPro{.name = "gemini-2.5-pro",
                                      .answered = "gemini-2.5-pro",
                                      .provider = "google",
                                      .input = 1'250'000,
                                      .cacheRead = 125'000,
                                      .output = 10'000'000,
                                      .minimumPrefix = 4096,
                                      .tokensPerSecond = 90,
                                      .firstTokenMilliseconds = 800};
inline constexpr ModelFacts geminiFlash{.name = "gemini-2.5-flash",
                                        .answered = "gemini-2.5-flash",
                                        .provider = "google",
                                        .input = 300'000,
                                        .cacheRead = 30'000,
                                        .output = 2'500'000,
                                        .tokensPerSecond = 190,
                                        .firstTokenMilliseconds = 280};
inline constexpr ModelFacts embeddingSmall{.name = "text-embedding-3-small",
                                           .answered = "text-embedding-3-small",
                                           .provider = "openai",
                                           .input = 20'000,
                                           .tokensPerSecond = 0,
                                           .firstTokenMilliseconds = 90};
inline constexpr ModelFacts embeddingLarge{.name = "text-embedding-3-large",
                                           .answered = "text-embedding-3-large",
                                           .provider = "openai",
                                           .input = 130'000,
                                           .tokensPerSecond = 0,
                                           .firstTokenMilliseconds = 140};

/// The facts of the model a call was answered by.
const ModelFacts& factsOf(const SampleSpan& call);

/// Seconds of a call in microseconds: the first token waits for the prompt, each further one for the model's pace.
std::int64_t firstTokenDelay(const ModelFacts& model, TokenCount input);
std::int64_t answerDuration(const ModelFacts& model, TokenCount output);

/// At list price; half of it on the batch tier.
Money listPrice(const ModelFacts& model, const SampleTokens& tokens, std::string_view serviceTier);

} // namespace plumbline::sample
