// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"

namespace plumbline::analysis {

namespace {

constexpr std::size_t mostRanks = 64;

struct Rank
{
    std::int64_t offered = 0, used = 0, tokens = 0;
};

/// Wilson's interval for a share, 95 %.
std::pair<double, double> wilson(std::int64_t hits, std::int64_t of)
{
    if (of == 0)
        return {0, 1};
    constexpr double z = 1.96;
    const double n = static_cast<double>(of), p = static_cast<double>(hits) / n;
    const double middle = p + z * z / (2 * n), reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return {(middle - reach) / (1 + z * z / n), (middle + reach) / (1 + z * z / n)};
}

/// Ranks of documents, copies left out.
std::vector<std::pair<std::size_t, std::size_t>> rankedDocuments(const Scope& scope, const Claims& claims,
                                                                 const ScopeCall& call)
{
    std::vector<std::pair<std::size_t, std::size_t>> ranked; // bit in `used`, part
    const std::vector<std::size_t> documents = documentsOf(scope, call);
    for (std::size_t i = 0; i < std::min(documents.size(), mostRanks); ++i)
        if (claims.left(documents[i]) > 0)
            ranked.emplace_back(i, documents[i]);
    return ranked;
}

void labelGroup(const Scope& scope, Claims& claims, const std::vector<std::size_t>& calls, Evidence& evidence)
{
    constexpr std::int64_t fewestCalls = 30;
    std::vector<Rank> ranks;
    std::int64_t read = 0, uses = 0;
    for (const std::size_t i : calls) {
        const ScopeCall& call = scope.calls[i];
        if (!call.wasRead || claims.isTaken(i))
            continue;
        ++read;
        const auto documents = rankedDocuments(scope, claims, call);
        ranks.resize(std::max(ranks.size(), documents.size()));
        for (std::size_t rank = 0; rank < documents.size(); ++rank) {
            const bool isUsed = call.used >> documents[rank].first & 1;
            ++ranks[rank].offered;
            ranks[rank].used += isUsed;
            ranks[rank].tokens += scope.parts[documents[rank].second].tokens;
            uses += isUsed;
        }
    }
    if (read < fewestCalls || uses == 0)
        return;
    // k* = the least k beyond which a twentieth of all uses lies, or less.
    const double allowed = claims.threshold("lost-uses") / 100;
    std::size_t needed = ranks.size();
    std::int64_t beyond = 0;
    while (needed > 1 && static_cast<double>(beyond + ranks[needed - 1].used) <= allowed * static_cast<double>(uses))
        beyond += ranks[--needed].used;
    if (needed == ranks.size())
        return;
    Proposal proposal;
    for (const std::size_t i : calls) {
        if (claims.isTaken(i))
            continue;
        const auto documents = rankedDocuments(scope, claims, scope.calls[i]);
        for (std::size_t rank = needed; rank < documents.size(); ++rank)
            proposal.add(i, Proposal::Of::Part, documents[rank].second, claims.left(documents[rank].second));
    }
    proposal.claim(scope, claims, Confidence::Medium);
    for (std::size_t rank = 0; rank < ranks.size(); ++rank) {
        const auto [least, most] = wilson(ranks[rank].used, ranks[rank].offered);
        evidence.rows.push_back(
            {decimal(static_cast<std::int64_t>(rank) + 1), decimal(ranks[rank].offered),
             percent(static_cast<double>(ranks[rank].used) / static_cast<double>(ranks[rank].offered)),
             percent(std::max(0.0, least)) + " to " + percent(most), decimal(ranks[rank].tokens)});
    }
    evidence.note = "The first " + decimal(static_cast<std::int64_t>(needed)) +
                    " documents hold all but a twentieth of what answers use.";
}

void label(const Scope& scope, Claims& claims)
{
    Evidence evidence{.title = "How often answers use a document, by rank",
                      .columns = {"Rank", "Documents", "Used", "95 % interval", "Tokens"}};
    for (const auto& [group, calls] : byStepAndModel(scope))
        labelGroup(scope, claims, calls, evidence);
    if (!evidence.rows.empty())
        claims.show(std::move(evidence));
}

} // namespace

Drain over_retrieval()
{
    return {.id = "over-retrieval",
            .title = "More documents than used",
            .shortTitle = "Documents",
            .kind = DrainKind::Quantity,
            .best = Confidence::Medium,
            .explanation = "Retrieval puts more documents into the prompt than answers draw on: those of low rank are "
                           "hardly ever quoted.",
            .advice = "Lower the number of documents, set a threshold on their score, or rerank and keep the best.",
            .fixCost = "a reranker where one is added; try it on questions with known answers",
            .needs = "texts of documents and answers",
            .lever = "fewer-documents",
            .thresholds = {{"lost-uses", "Uses that may be lost", "%", 5, 0, 50}},
            .label = label};
}

} // namespace plumbline::analysis
