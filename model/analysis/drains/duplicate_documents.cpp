// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

void label(const Scope& scope, Claims& claims)
{
    std::int64_t prompts = 0, copies = 0, tokens = 0;
    for (std::size_t i = 0; i < scope.calls.size(); ++i) {
        if (claims.isTaken(i))
            continue;
        const std::vector<std::size_t> documents = documentsOf(scope, scope.calls[i]);
        const std::int64_t before = copies;
        for (std::size_t later = 1; later < documents.size(); ++later) {
            const std::uint32_t block = scope.parts[documents[later]].block;
            const bool isCopy = std::any_of(documents.begin(), documents.begin() + static_cast<std::ptrdiff_t>(later),
                                            [&](std::size_t earlier) { return scope.parts[earlier].block == block; });
            if (!isCopy)
                continue;
            tokens += claims.takePart(i, documents[later], claims.left(documents[later]), Confidence::High);
            ++copies;
        }
        prompts += copies > before;
    }
    if (copies > 0)
        claims.show({.title = "Copies",
                     .columns = {"", "Figure"},
                     .rows = {{"prompts with a document twice", decimal(prompts)},
                              {"copies", decimal(copies)},
                              {"tokens of them", decimal(tokens)}}});
}

} // namespace

Drain duplicate_documents()
{
    return {.id = "duplicate-documents",
            .title = "The same document twice",
            .shortTitle = "Copies",
            .kind = DrainKind::Quantity,
            .best = Confidence::High,
            .explanation = "A retrieved document stands in one prompt more than once, to the byte.",
            .advice = "Drop repeated hits before the prompt is built: retrievers that search in several ways find the "
                      "same text.",
            .fixCost = "hours of development",
            .needs = "prompts with their documents, or their digests",
            .lever = "fewer-documents",
            .label = label};
}

} // namespace plumbline::analysis
