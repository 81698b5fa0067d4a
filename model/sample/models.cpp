// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/models.h"

#include <cassert>
#include <initializer_list>

namespace plumbline::sample {

const ModelFacts& factsOf(const SampleSpan& call)
{
    for (const ModelFacts* facts : {&gpt54, &gpt54Mini, &gpt54Nano, &claudeSonnet, &claudeOpus, &claudeHaiku,
                                    &geminiPro, &geminiFlash, &embeddingSmall, &embeddingLarge})
        if (facts->name == call.requestModel)
            return *facts;
    assert(!"a call of a model that the catalogue does not know");
    return gpt54;
}

std::int64_t firstTokenDelay(const ModelFacts& model, TokenCount input)
{
    // Reading the prompt: about 20,000 tokens a second.
    return model.firstTokenMilliseconds * 1000 + input * 50;
}

std::int64_t answerDuration(const ModelFacts& model, TokenCount output)
{
    return model.tokensPerSecond == 0 ? 0 : output * 1'000'000 / model.tokensPerSecond;
}

Money listPrice(const ModelFacts& model, const SampleTokens& tokens, std::string_view serviceTier)
{
    const std::int64_t picodollars = tokens.uncachedInput * model.input + tokens.cacheRead * model.cacheRead +
                                     tokens.cacheWrite * model.cacheWrite +
                                     (tokens.visibleOutput + tokens.reasoning) * model.output;
    return Money(serviceTier == "batch" ? picodollars / 2 : picodollars);
}

} // namespace plumbline::sample
