// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "importers/facts/metadata.h"
#include "importers/otlp/attributes.h"
#include "model/core/span.h"

namespace plumbline::otlp {

/// What users hang on spans to group by: metadata under the prefixes of each vendor, attributes of their own, tags,
/// and the feature. Texts live until the next read or the scratch is cleared.
class SpanMetadata
{
public:
    /// Writes attributes, tags and feature of the span. The span's own come before its resource's.
    void read(const Attributes& attributes, const Attributes& resource, ObservedSpan& span);

private:
    facts::Metadata m_metadata;
    json::Nested m_nested;
    std::string m_tags;
};

} // namespace plumbline::otlp
