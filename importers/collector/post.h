// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace plumbline::collector {

/// A request of a client, as it came: the body still packed as `contentEncoding` says. No credentials.
struct Post
{
    std::string method = {};
    std::string path = {}; ///< without the query
    std::string contentType = {};
    std::string contentEncoding = {};
    std::string body = {};
};

struct Answer
{
    unsigned status = 200;
    std::string_view contentType = "application/json";
    std::string body = {};
    unsigned retryAfter = 0; ///< seconds; 0: not said
};

/// Bodies may unpack to so much and no further: the protocol's own recommendation.
constexpr std::size_t mostUnpacked = std::size_t{64} << 20;

} // namespace plumbline::collector
