// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/leaves.h"

#include <algorithm>

namespace plumbline::record {

namespace {

bool isModelSpan(const Span& span)
{
    return span.facts.kind == SpanKind::Llm || span.facts.kind == SpanKind::Embedding;
}

/// A step of its own between two model spans: what lies below it is another request.
bool isOwnStep(const Span& span)
{
    return span.facts.kind == SpanKind::Tool || span.facts.kind == SpanKind::Retriever ||
           span.facts.kind == SpanKind::Agent;
}

/// What is billed below a span.
struct Below
{
    TokenCount input = 0, output = 0;
    bool anyWithUsage = false;
    bool directWithUsage = false; ///< without a step of its own between
    bool directWithout = false;
};

/// Spans ordered so that every child comes before its parent.
std::vector<std::int32_t> childrenFirst(const std::vector<Span>& spans)
{
    std::vector<std::int32_t> depth(spans.size(), -1);
    std::vector<std::int32_t> walk;
    for (std::size_t start = 0; start < spans.size(); ++start) {
        auto at = static_cast<std::int32_t>(start);
        walk.clear();
        while (at >= 0 && depth[static_cast<std::size_t>(at)] < 0) {
            walk.push_back(at);
            at = spans[static_cast<std::size_t>(at)].parent;
        }
        std::int32_t level = at < 0 ? -1 : depth[static_cast<std::size_t>(at)];
        for (auto step = walk.rbegin(); step != walk.rend(); ++step)
            depth[static_cast<std::size_t>(*step)] = ++level;
    }
    std::vector<std::int32_t> order(spans.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<std::int32_t>(i);
    std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        return depth[static_cast<std::size_t>(a)] > depth[static_cast<std::size_t>(b)];
    });
    return order;
}

Billing decide(const Span& span, const Below& below)
{
    const Usage& usage = span.facts.usage;
    if (span.facts.kind == SpanKind::Event)
        return Billing::NotACall;
    if (!isModelSpan(span)) {
        if (!usage.isKnown())
            return Billing::NotACall;
        return below.anyWithUsage ? Billing::Wrapper : Billing::Billed;
    }
    if (!usage.isKnown())
        return below.directWithUsage || below.directWithout ? Billing::NotACall : Billing::Billed;
    const bool repeatsSum =
        below.anyWithUsage && below.input == usage.input().value_or(0) && below.output == usage.output().value_or(0);
    return below.directWithUsage || repeatsSum ? Billing::Wrapper : Billing::Billed;
}

} // namespace

std::vector<Billing> decideBilling(const std::vector<Span>& spans)
{
    std::vector<Billing> billing(spans.size(), Billing::NotACall);
    if (spans.size() == 1) {
        billing[0] = decide(spans[0], {});
        return billing;
    }
    const std::vector<std::int32_t> order = childrenFirst(spans);
    std::vector<Below> below(spans.size());
    for (const std::int32_t index : order) {
        const auto i = static_cast<std::size_t>(index);
        const Span& span = spans[i];
        billing[i] = decide(span, below[i]);
        if (span.parent < 0)
            continue;
        Below& parent = below[static_cast<std::size_t>(span.parent)];
        const bool known = span.facts.usage.isKnown();
        if (billing[i] == Billing::Billed) {
            parent.anyWithUsage |= known;
            parent.directWithUsage |= known;
            parent.directWithout |= !known;
            parent.input += span.facts.usage.input().value_or(0);
            parent.output += span.facts.usage.output().value_or(0);
        }
        parent.anyWithUsage |= below[i].anyWithUsage;
        parent.input += below[i].input;
        parent.output += below[i].output;
        if (!isOwnStep(span)) {
            parent.directWithUsage |= below[i].directWithUsage;
            parent.directWithout |= below[i].directWithout && !(billing[i] == Billing::Billed && known);
        }
    }
    // From the top: a model span without usage is the request whose usage is billed above it. A model span above speaks
    // for it only without a step of its own between; an agent or chain speaks for everything below.
    for (auto index = order.rbegin(); index != order.rend(); ++index) {
        const auto i = static_cast<std::size_t>(*index);
        if (billing[i] != Billing::Billed || spans[i].facts.usage.isKnown())
            continue;
        bool isDirect = true;
        for (std::int32_t above = spans[i].parent; above >= 0; above = spans[static_cast<std::size_t>(above)].parent) {
            const Span& ancestor = spans[static_cast<std::size_t>(above)];
            const bool isBilled =
                billing[static_cast<std::size_t>(above)] == Billing::Billed && ancestor.facts.usage.isKnown();
            if (isBilled && (isDirect || !isModelSpan(ancestor))) {
                billing[i] = Billing::OtherWitness;
                break;
            }
            isDirect = isDirect && !isOwnStep(ancestor);
        }
    }
    return billing;
}

} // namespace plumbline::record
