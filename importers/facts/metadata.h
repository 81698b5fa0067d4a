// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "importers/json/nested.h"

namespace plumbline::facts {

/// What a metadata object says that is more than text: the scalars to group by, and the names we know.
class Metadata
{
public:
    /// Reads an object, or the JSON of one in a string. Nested objects give dotted keys, two levels deep; long texts,
    /// lists and more than a hundred keys are left out. Texts live until the next read or the value's parser's.
    void read(json::Value metadata, json::Nested& nested);

    const std::string& attributes() const { return m_attributes; } ///< compact JSON object
    /// A key that is `feature` or `use_case`, or ends in one of them behind a dot.
    std::string_view feature() const { return m_feature; }
    std::string_view service() const { return m_service; }
    std::string_view responseId() const { return m_responseId; }
    std::string_view finishReason() const { return m_finishReason; }
    std::string_view agent() const { return m_agent; }

private:
    void add(const std::string& prefix, json::Object object, int depth, json::Nested& nested);
    void addScalar(std::string_view key, json::Value value);

    std::string m_attributes;
    std::string_view m_feature, m_service, m_responseId, m_finishReason, m_agent;
    int m_keys = 0;
};

} // namespace plumbline::facts
