// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/weighing.h"

#include "model/prompts/text_counters.h"
#include "model/prompts/text_facts.h"
#include "model/prompts/token_weights.h"

namespace plumbline::analysis {

double tokensOfBlock(const ModelWeights& weights, BlockKind kind, std::string_view counters)
{
    return (kind == BlockKind::ToolDefinition ? weights.tools : 1) *
           tokensBy(weights.text, TextCounters::decode(counters).value_or(TextCounters()));
}

double tokensOfText(const ModelWeights& weights, std::string_view text)
{
    return tokensBy(weights.text, countText(text));
}

std::optional<StableText> stableTextFrom(std::string_view facts)
{
    const auto known = textFactsFromPacked(facts);
    if (!known || known->stable == 0)
        return {};
    return StableText{known->stable, known->volatileAt};
}

} // namespace plumbline::analysis
