// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "importers/format.h"

namespace plumbline::test {

/// Looks at every text a reader hands over, so that one that is gone by then is found, and ends the program at what no
/// reader may say.
class Looking
{
public:
    virtual ~Looking() = default;

    void lookAt(const ObservedSpan& span)
    {
        for (const std::string_view text :
             {span.traceId,   span.spanId,      span.parentId,      span.name,       span.statusMessage, span.model,
              span.provider,  span.parameters,  span.serviceTier,   span.responseId, span.finishReason,  span.feature,
              span.traceName, span.environment, span.release,       span.version,    span.service,       span.user,
              span.session,   span.promptName,  span.promptVersion, span.tags,       span.attributes})
            look(text);
        for (const auto& [name, tokens] : span.reportedUsage)
            look(name);
        for (const ObservedBlock& block : span.blocks)
            for (const std::string_view text : {block.toolName, block.documentId, block.text})
                look(text);
        if (span.traceId.empty())
            std::abort(); // a span of no trace cannot be settled
        const Usage& usage = span.usage;
        for (const auto& bucket : {usage.uncachedInput, usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h,
                                   usage.visibleOutput, usage.reasoning, usage.audioInput, usage.webSearches})
            if (bucket && (*bucket < 0 || *bucket > 4'294'967'295))
                std::abort(); // no call consumed that
    }
    void lookAt(const ObservedTrace& trace)
    {
        for (const std::string_view text : {trace.traceId, trace.name, trace.environment, trace.release, trace.version,
                                            trace.user, trace.session, trace.feature, trace.tags, trace.attributes})
            look(text);
    }
    void lookAt(const ObservedScore& score)
    {
        for (const std::string_view text :
             {score.scoreId, score.traceId, score.spanId, score.sessionId, score.name, score.text})
            look(text);
    }
    void lookAt(const ObservedBillLine& line)
    {
        for (const std::string_view text : {line.provider, line.model, line.meter, line.project, line.apiKey, line.tier,
                                            line.currency, line.description})
            look(text);
    }
    virtual void look(std::string_view text)
    {
        for (const char c : text)
            m_seen = m_seen + static_cast<unsigned char>(c);
    }

private:
    volatile unsigned m_seen = 0;
};

} // namespace plumbline::test
