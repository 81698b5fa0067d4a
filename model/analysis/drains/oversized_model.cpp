// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <set>

#include "model/analysis/claims.h"
#include "model/analysis/groups.h"
#include "model/core/ascii.h"

namespace plumbline::analysis {

namespace {

constexpr std::size_t fewestCalls = 30;

/// One step by one model: whether it is simple, and how well it does.
struct Work
{
    std::size_t calls = 0;
    std::set<std::uint32_t> answers = {}; ///< different ones, at most one more than allowed
    std::uint32_t longest = 0;
    bool usesTools = false;
    double score = 0;
    std::size_t scored = 0;
};

Work workOf(const Scope& scope, const std::vector<std::size_t>& calls, std::size_t mostAnswers)
{
    Work work;
    for (const std::size_t i : calls) {
        const ScopeCall& call = scope.calls[i];
        if (call.isEmbedding || call.status == SpanStatus::Error || !call.hasUsage)
            continue;
        ++work.calls;
        work.longest = std::max(work.longest, call.tokens[Visible]);
        for (std::size_t output = call.outputs; output < call.outputsEnd; ++output) {
            work.usesTools |= scope.blocks[scope.outputs[output]].kind == BlockKind::ToolCall;
            if (work.answers.size() <= mostAnswers)
                work.answers.insert(scope.outputs[output]);
        }
        if (!std::isnan(call.score)) {
            work.score += static_cast<double>(call.score);
            ++work.scored;
        }
    }
    return work;
}

std::string_view familyOf(std::string_view id)
{
    return id.substr(0, id.find('-'));
}

/// `5` of gpt-5.4-nano, `4` of claude-opus-4-8: models of one generation are asked the same way. 0 without a number.
int generationOf(std::string_view id)
{
    const std::size_t first = id.find_first_of("0123456789");
    int number = 0;
    for (std::size_t at = first; at < id.size() && isDigit(id[at]) && number < 1000; ++at)
        number = number * 10 + (id[at] - '0');
    return number;
}

/// A cheaper model of the same provider, family and generation: the dearest of those that cost at most two fifths.
const PricedModel* smallerThan(const PriceBook& book, const ModelFacts& model, Timestamp at)
{
    if (!model.priced)
        return nullptr;
    const auto priceOf = [&](const PricedModel& of) {
        const auto price = book.price(of, {.start = at});
        return price ? price->rates.input.picodollars() : 0;
    };
    const std::int64_t own = priceOf(*model.priced);
    const PricedModel* best = nullptr;
    std::int64_t bestPrice = 0;
    for (const PricedModel& candidate : book.models()) {
        const bool isSibling = candidate.provider == model.priced->provider && !candidate.isDeprecated &&
                               familyOf(candidate.id) == familyOf(model.priced->id) &&
                               generationOf(candidate.id) == generationOf(model.priced->id);
        if (!isSibling)
            continue;
        const auto price = book.price(candidate, {.start = at});
        if (!price || price->rates.output.picodollars() == 0) // an embedding model answers nothing
            continue;
        const std::int64_t input = price->rates.input.picodollars();
        if (input > bestPrice && input * 5 <= own * 2) {
            best = &candidate;
            bestPrice = input;
        }
    }
    return best;
}

/// Half-even, never more than there is.
std::int64_t scaledTokens(std::uint32_t tokens, double ratio)
{
    return std::llround(static_cast<double>(tokens) * ratio);
}

/// What a call's unclaimed tokens would cost with the other model, bucket by bucket.
void claimDifference(const Scope& scope, Claims& claims, std::size_t index, const PricedModel& smaller, double ratio,
                     Confidence confidence)
{
    const ScopeCall& call = scope.calls[index];
    const auto price = scope.book->price(smaller, {.start = Timestamp(call.started), .totalInput = call.input()});
    if (!price)
        return;
    const BucketRates other = byBucket(price->rates);
    const Claims::Rest rest = claims.rest(index);
    for (std::size_t bucket = 0; bucket < BucketCount; ++bucket) {
        const std::int64_t then = scaledTokens(rest.tokens[bucket], ratio) * other[bucket];
        if (rest.money[bucket] > then)
            claims.takePrice(index, static_cast<Bucket>(bucket), rest.money[bucket] - then, rest.tokens[bucket],
                             confidence);
    }
}

double ratioOf(const Scope& scope, std::uint32_t from, std::string_view to)
{
    // Tokens of plain English: what a common and a middling word weigh together.
    const auto sizeOf = [](const TokenWeights& weights) { return weights[0] + weights[1] + weights[2] + weights[3]; };
    const TokenWeights& own = weightsOf(tokenizerFamilyOf(scope.models.at(from).name));
    return sizeOf(weightsOf(tokenizerFamilyOf(to))) / sizeOf(own);
}

void label(const Scope& scope, Claims& claims)
{
    const auto mostAnswers = static_cast<std::size_t>(claims.threshold("answers"));
    const double longest = claims.threshold("tokens");
    const CallGroups groups = byStepAndModel(scope);
    Evidence evidence{.title = "Simple work on a large model",
                      .columns = {"Model", "Calls", "Different answers", "Longest answer", "Score", "Could be"}};
    for (const auto& [group, calls] : groups) {
        const Work work = workOf(scope, calls, mostAnswers);
        const bool isSimple = work.calls >= fewestCalls && !work.usesTools && work.longest <= longest &&
                              !work.answers.empty() && work.answers.size() <= mostAnswers;
        // A smaller model that does the same step as well is the proof.
        const PricedModel* smaller = nullptr;
        Confidence confidence = Confidence::Opportunity;
        for (const auto& [other, otherCalls] : groups) {
            if (other.first != group.first || other.second == group.second || work.scored < fewestCalls)
                continue;
            const Work its = workOf(scope, otherCalls, mostAnswers);
            const double difference =
                its.scored ? work.score / static_cast<double>(work.scored) - its.score / static_cast<double>(its.scored)
                           : 1;
            if (its.scored >= fewestCalls && difference <= 0.01 && scope.models.at(other.second).priced) {
                smaller = scope.models.at(other.second).priced;
                confidence = Confidence::Medium;
            }
        }
        if (!smaller && isSimple)
            smaller =
                smallerThan(*scope.book, scope.models.at(group.second), Timestamp(scope.calls[calls.back()].started));
        if (!smaller || smaller == scope.models.at(group.second).priced)
            continue;
        const double ratio = ratioOf(scope, group.second, smaller->id);
        std::int64_t money = 0;
        for (const std::size_t i : calls)
            money += claims.rest(i).sum();
        if (!isSupported(scope, money))
            continue;
        for (const std::size_t i : calls)
            claimDifference(scope, claims, i, *smaller, ratio, confidence);
        evidence.rows.push_back({scope.models.at(group.second).name, decimal(static_cast<std::int64_t>(work.calls)),
                                 decimal(static_cast<std::int64_t>(work.answers.size())), decimal(work.longest),
                                 work.scored ? percent(work.score / static_cast<double>(work.scored)) : "",
                                 smaller->id});
    }
    if (!evidence.rows.empty())
        claims.show(std::move(evidence));
}

} // namespace

Drain oversized_model()
{
    return {
        .id = "oversized-model",
        .title = "Model larger than the task",
        .shortTitle = "Model size",
        .kind = DrainKind::Price,
        .best = Confidence::Medium,
        .explanation = "A large model gives one of a few short answers, or a smaller one does the same step with the "
                       "same score.",
        .advice = "Route the step to the smaller model, or ask that first and the large one only where it is unsure. "
                  "Compare both on known questions before.",
        .fixCost = "an evaluation run; calls to a router where it decides",
        .needs = "answers or their digests; scores for more than an opportunity",
        .lever = "route-model",
        .thresholds = {{"answers", "Different answers at most", "answers", 5, 1, 50},
                       {"tokens", "Answers of at most", "tokens", 60, 1, 1000}},
        .label = label};
}

} // namespace plumbline::analysis
