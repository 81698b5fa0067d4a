// SPDX-License-Identifier: GPL-3.0-or-later
#include <unordered_map>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

void label(const Scope& scope, Claims& claims)
{
    struct Seen
    {
        std::int64_t times = 0;
        std::int64_t tokens = 0;
    };
    std::unordered_map<std::uint64_t, Seen> seen; // by text and model
    std::int64_t again = 0, tokens = 0;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        const ScopeCall& call = scope.calls[i];
        if (!call.isEmbedding || claims.isTaken(i) || !call.hasUsage)
            continue;
        std::vector<std::size_t> known;
        std::size_t texts = 0;
        for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
            ++texts;
            Seen& text = seen[std::uint64_t{call.model} << 32 | scope.parts[part].block];
            if (text.times++ > 0) {
                known.push_back(part);
                ++again;
                tokens += scope.parts[part].tokens;
            }
        }
        if (texts > 0 && known.size() == texts)
            claims.takeCall(i, Confidence::High);
        else
            for (const std::size_t part : known)
                claims.takePart(i, part, claims.left(part), Confidence::High);
    }
    if (again > 0)
        claims.show({.title = "Texts that were embedded before",
                     .columns = {"", "Texts", "Tokens"},
                     .rows = {{"embedded again", decimal(again), decimal(tokens)},
                              {"different texts", decimal(static_cast<std::int64_t>(seen.size())), ""}}});
}

} // namespace

Drain repeated_embeddings()
{
    return {.id = "repeated-embeddings",
            .title = "Embeddings computed again",
            .shortTitle = "Embeddings",
            .kind = DrainKind::WholeCall,
            .best = Confidence::High,
            .explanation = "Texts that this model has embedded before: the vector is the same.",
            .advice = "Keep vectors by a digest of the text and the model's name, and embed only what is new.",
            .fixCost = "a column with the digest in the vector store",
            .needs = "prompts, or their digests",
            .lever = "reuse-embeddings",
            .label = label};
}

} // namespace plumbline::analysis
