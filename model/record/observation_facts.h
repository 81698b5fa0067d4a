// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "model/record/observation.h"

namespace plumbline::record {

/// What one witness says about a span: the column `observation.facts`. Texts belong to whoever made it, or to the bytes
/// it was unpacked from.
struct ObservationFacts
{
    SpanKind kind = SpanKind::Other;
    SpanStatus status = SpanStatus::Unknown;
    UsageRule rule = UsageRule::None;
    std::uint8_t flags = 0;
    std::optional<std::int64_t> started = {}, ended = {}, firstToken = {}, recorded = {}; ///< microseconds since 1970
    NameId name = 0, model = 0, provider = 0, parameters = 0, tier = 0, finish = 0, version = 0;
    NameId promptName = 0, promptVersion = 0;
    Attribution attribution = {};
    Usage usage = {};
    std::optional<Money> reportedCost = {};
    std::string_view parent = {}; ///< packed id
    std::string_view statusMessage = {};
    std::string_view response = {};      ///< the provider's id of the answer
    std::string_view reportedUsage = {}; ///< as appendReportedUsage() wrote it
};

/// Four bytes for kind, status, rule and flags, a varint whose bits tell which of the other fields are there, and those
/// fields in their order: numbers as zigzag varints (times behind the first as differences to it), texts with their
/// length before them.
void appendFacts(std::string& into, const ObservationFacts& facts);
/// Nothing if the bytes are not what appendFacts() wrote.
std::optional<ObservationFacts> readFacts(std::string_view bytes);

/// One part of the usage as the source named it: two zigzag varints.
void appendReportedUsage(std::string& into, NameId part, TokenCount tokens);
std::vector<std::pair<NameId, TokenCount>> readReportedUsage(std::string_view packed);

} // namespace plumbline::record
