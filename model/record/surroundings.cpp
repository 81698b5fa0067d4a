// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/surroundings.h"

#include <algorithm>

namespace plumbline::record {

namespace {

/// A tree deeper than this is no tree of an application; walking up stops there.
constexpr int deepestWalk = 256;

} // namespace

Surroundings surroundingsOf(const std::vector<Span>& spans, std::size_t call)
{
    Surroundings around{.attribution = spans[call].facts.attribution};
    auto at = static_cast<std::int32_t>(call);
    for (int steps = 0; at >= 0 && steps < deepestWalk; ++steps) {
        const Observation& span = spans[static_cast<std::size_t>(at)].facts;
        around.attribution.inherit(span.attribution);
        if (!around.agent && span.kind == SpanKind::Agent)
            around.agent = span.name;
        if (!around.tool && span.kind == SpanKind::Tool)
            around.tool = span.name;
        around.rootName = span.name;
        at = spans[static_cast<std::size_t>(at)].parent;
    }
    return around;
}

Attribution attributionOfRoots(const std::vector<Span>& spans)
{
    std::vector<const Observation*> roots;
    for (const Span& span : spans)
        if (span.parent < 0)
            roots.push_back(&span.facts);
    std::sort(roots.begin(), roots.end(), [](const Observation* a, const Observation* b) {
        return a->started != b->started ? a->started < b->started : a->span < b->span;
    });
    Attribution attribution;
    for (const Observation* root : roots)
        attribution.inherit(root->attribution);
    return attribution;
}

} // namespace plumbline::record
