// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/span_names.h"

#include <iterator>
#include <tuple>
#include <utility>

namespace plumbline::record {

Result<> SpanNames::put(const ObservedSpan& span, store::NameWriter& names, ObservationFacts& facts)
{
    Attribution& attribution = facts.attribution;
    const std::pair<std::string_view, NameId*> named[] = {
        {span.name, &facts.name},
        {span.model, &facts.model},
        {span.provider, &facts.provider},
        {span.parameters, &facts.parameters},
        {span.serviceTier, &facts.tier},
        {span.finishReason, &facts.finish},
        {span.version, &facts.version},
        {span.promptName, &facts.promptName},
        {span.promptVersion, &facts.promptVersion},
        {span.feature, &attribution.feature},
        {span.traceName, &attribution.traceName},
        {span.environment, &attribution.environment},
        {span.release, &attribution.release},
        {span.service, &attribution.service},
        {span.user, &attribution.user},
        {span.session, &attribution.session},
        {span.tags, &attribution.tags},
    };
    static_assert(std::size(named) == std::tuple_size_v<decltype(m_last)>);
    auto last = m_last.begin();
    for (const auto& [text, id] : named) {
        if (text != last->text) {
            last->id = TRY(names.idOf(text));
            last->text.assign(text);
        }
        *id = last->id;
        ++last;
    }
    return {};
}

} // namespace plumbline::record
