// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/repeats.h"

#include <algorithm>

#include "model/analysis/scope.h"

namespace plumbline::analysis {

namespace {

bool sameAnswer(const Scope& scope, const ScopeCall& a, const ScopeCall& b)
{
    const auto first = scope.outputs.begin();
    return a.outputs != a.outputsEnd &&
           std::equal(first + a.outputs, first + a.outputsEnd, first + b.outputs, first + b.outputsEnd);
}

/// Whether the answer may depend on when it is asked.
bool agesQuickly(const Scope& scope, const ScopeCall& call)
{
    for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part) {
        const TextFacts* facts = scope.factsOf(scope.parts[part].block);
        if (facts && (facts->asksForNow || facts->stable))
            return true;
    }
    return false;
}

bool hasTools(const Scope& scope, const ScopeCall& call)
{
    return call.parts + 1 < call.partsEnd && scope.parts[call.parts].segment == Segment::Tools;
}

} // namespace

std::optional<Confidence> repeatConfidence(const Scope& scope, const ScopeCall& first, const ScopeCall& again)
{
    constexpr std::int64_t anotherTry = 300'000'000; // five minutes
    const bool isSame = sameAnswer(scope, first, again);
    const bool isDecided = again.temperature == 0;
    if (first.trace == again.trace && !(isSame && isDecided))
        return {};
    if (!isSame && !isDecided && first.user == again.user && again.started - first.started < anotherTry)
        return {};
    if ((isSame || isDecided) && !agesQuickly(scope, again) && (!hasTools(scope, again) || isSame))
        return Confidence::High;
    return Confidence::Medium;
}

} // namespace plumbline::analysis
