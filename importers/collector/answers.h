// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "importers/collector/post.h"
#include "importers/collector/routes.h"

namespace plumbline::collector {

/// `application/json` of `application/json; charset=utf-8`, in lower case.
std::string mediaTypeOf(std::string_view contentType);
bool isProtobuf(std::string_view contentType);

/// An ExportTraceServiceResponse (or of logs or metrics) in the encoding of the request: empty if all was taken.
Answer exported(std::string_view contentType, std::uint64_t rejected, std::string_view reason);

/// A refusal in the words of the route's protocol: google.rpc.Status, `{"message"}` or `{"detail"}`.
Answer refusal(Route route, std::string_view contentType, unsigned status, std::string_view reason);

/// Langfuse's 207, in the order of the events.
struct EventOutcome
{
    std::string id;
    std::string error; ///< empty: taken
};
Answer multiStatus(const std::vector<EventOutcome>& events);

/// Langfuse's and LangSmith's word that a thing of this id is there now.
Answer created(std::string_view id);
/// LangSmith's 202.
Answer accepted();

/// What is answered without recording anything: that the collector lives, what it can do, that a path is not there.
Answer standing(const Destination& destination, const Post& post);

} // namespace plumbline::collector
