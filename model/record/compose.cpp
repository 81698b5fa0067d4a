// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/compose.h"

#include <algorithm>

namespace plumbline::record {

namespace {

int knownBuckets(const Usage& usage)
{
    return usage.uncachedInput.has_value() + usage.cacheRead.has_value() + usage.cacheWrite5m.has_value() +
           usage.cacheWrite1h.has_value() + usage.visibleOutput.has_value() + usage.reasoning.has_value();
}

/// Later witnesses first, whatever order they were read in.
bool isLater(const Observation& a, const Observation& b)
{
    if (a.recorded != b.recorded)
        return a.recorded > b.recorded; // an unknown time is before every known one
    return a.content > b.content;
}

template <class T>
void takeIfMissing(T& mine, const T& other)
{
    if (!mine)
        mine = other;
}

/// `witnesses` are of one span, the latest first.
Observation merged(const Observation* const* witnesses, std::size_t count)
{
    Observation span = *witnesses[0];
    for (std::size_t i = 1; i < count; ++i) {
        const Observation& older = *witnesses[i];
        if (older.id < span.id) {
            span.id = older.id;
            span.import = older.import;
        }
        if (span.parent == 0)
            span.parent = older.parent;
        if (span.kind == SpanKind::Other)
            span.kind = older.kind;
        if (span.status == SpanStatus::Unknown ||
            (span.status == SpanStatus::Ok && older.status > span.status && (span.flags & IsPartial)))
            span.status = older.status;
        // A start is fixed by the first who tells it; ends are told late.
        if (older.started && (!span.started || *older.started < *span.started))
            span.started = older.started;
        takeIfMissing(span.ended, older.ended);
        takeIfMissing(span.response, older.response);
        takeIfMissing(span.name, older.name);
        takeIfMissing(span.model, older.model);
        takeIfMissing(span.provider, older.provider);
        takeIfMissing(span.tier, older.tier);
        takeIfMissing(span.promptName, older.promptName);
        takeIfMissing(span.promptVersion, older.promptVersion);
        takeIfMissing(span.reportedCost, older.reportedCost);
        span.attribution.inherit(older.attribution);
        if (knownBuckets(older.usage) > knownBuckets(span.usage)) {
            span.usage = older.usage;
            span.rule = older.rule;
            span.flags =
                static_cast<std::uint8_t>((span.flags & ~UsageMayBeEstimated) | (older.flags & UsageMayBeEstimated));
        }
        span.flags = static_cast<std::uint8_t>(span.flags | (older.flags & PromptTruncated));
    }
    return span;
}

/// LangSmith gives the root of a trace of OpenTelemetry the trace's id for its own (langsmith.md §2.8): it is the only
/// other root that began in the same millisecond.
void uniteRoots(std::vector<Observation>& observations)
{
    const auto named = std::find_if(observations.begin(), observations.end(),
                                    [](const Observation& one) { return (one.flags & NamedAsTrace) != 0; });
    if (named == observations.end())
        return;
    const std::uint64_t trace = named->span;
    std::vector<std::int64_t> starts;
    for (const Observation& one : observations)
        if (one.span == trace && one.started)
            starts.push_back(*one.started);
    std::sort(starts.begin(), starts.end());
    const auto beganWithTrace = [&](std::int64_t start) {
        constexpr std::int64_t millisecond = 1'000; // microseconds
        const auto near = std::upper_bound(starts.begin(), starts.end(), start - millisecond);
        return near != starts.end() && *near - start < millisecond;
    };
    std::vector<std::uint64_t> roots, children;
    for (const Observation& other : observations) {
        if (other.parent != 0)
            children.push_back(other.span);
        else if (other.span != trace && other.started && beganWithTrace(*other.started))
            roots.push_back(other.span);
    }
    std::sort(roots.begin(), roots.end());
    roots.erase(std::unique(roots.begin(), roots.end()), roots.end());
    if (roots.size() != 1 || std::find(children.begin(), children.end(), roots[0]) != children.end())
        return;
    for (Observation& one : observations) {
        one.span = one.span == trace ? roots[0] : one.span;
        one.parent = one.parent == trace ? roots[0] : one.parent;
    }
}

/// Cuts every circle at one of its members, so that walking up always ends.
void cutCircles(std::vector<Span>& spans)
{
    enum : std::uint8_t
    {
        Unseen,
        OnThisWalk,
        Done
    };
    std::vector<std::uint8_t> state(spans.size(), Unseen);
    std::vector<std::int32_t> walk;
    for (std::size_t start = 0; start < spans.size(); ++start) {
        walk.clear();
        auto at = static_cast<std::int32_t>(start);
        while (at >= 0 && state[static_cast<std::size_t>(at)] == Unseen) {
            state[static_cast<std::size_t>(at)] = OnThisWalk;
            walk.push_back(at);
            at = spans[static_cast<std::size_t>(at)].parent;
        }
        if (at >= 0 && state[static_cast<std::size_t>(at)] == OnThisWalk)
            spans[static_cast<std::size_t>(at)].parent = -1;
        for (const std::int32_t visited : walk)
            state[static_cast<std::size_t>(visited)] = Done;
    }
}

} // namespace

std::vector<Span> compose(std::vector<Observation>& observations)
{
    std::vector<Span> spans;
    if (observations.size() == 1) {
        spans.push_back({.facts = observations[0]});
        return spans;
    }
    uniteRoots(observations);
    std::vector<const Observation*> witnesses; // rows of some hundred bytes stay where they are
    witnesses.reserve(observations.size());
    for (const Observation& one : observations)
        witnesses.push_back(&one);
    std::sort(witnesses.begin(), witnesses.end(), [](const Observation* a, const Observation* b) {
        return a->span != b->span ? a->span < b->span : isLater(*a, *b);
    });
    spans.reserve(witnesses.size());
    for (std::size_t first = 0; first < witnesses.size();) {
        std::size_t end = first + 1;
        while (end < witnesses.size() && witnesses[end]->span == witnesses[first]->span)
            ++end;
        spans.push_back({.facts = merged(&witnesses[first], end - first)});
        first = end;
    }
    // Spans are in the order of their digests: a parent is found by halving.
    bool anyParent = false;
    for (Span& span : spans) {
        if (span.facts.parent == 0)
            continue;
        const auto at =
            std::lower_bound(spans.begin(), spans.end(), span.facts.parent,
                             [](const Span& other, std::uint64_t digest) { return other.facts.span < digest; });
        if (at != spans.end() && at->facts.span == span.facts.parent) {
            span.parent = static_cast<std::int32_t>(at - spans.begin());
            anyParent = true;
        }
    }
    if (anyParent)
        cutCircles(spans);
    return spans;
}

} // namespace plumbline::record
