// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plumbline::collector {

/// What of a request's head says whether it is let in. Texts as they stand in the head; empty: not there.
struct Head
{
    std::string_view host = {};
    std::string_view origin = {};
    std::string_view authorization = {};
    std::string_view apiKey = {}; ///< `x-api-key`
};

/// Who may post. A collector on loopback is reached by every web page the user opens, unless it looks at who asks:
/// pages say their `Origin`, and a name that was made to point to 127.0.0.1 stands in `Host`.
class Admission
{
public:
    /// `token`: what clients give as bearer, as password or as `x-api-key`; empty: nothing is asked. With one, any
    /// `Host` is taken, since the token tells.
    explicit Admission(std::string token) : m_token(std::move(token)) {}

    struct Refusal
    {
        unsigned status = 403;
        std::string reason;
    };
    /// Nothing if the request is let in.
    std::optional<Refusal> refusalOf(const Head& head) const;

private:
    std::string m_token;
};

/// `localhost`, `127.0.0.1:4318`, `[::1]`: this machine, with or without a port.
bool isLoopbackHost(std::string_view host);
/// `http://localhost:3000`.
bool isLoopbackOrigin(std::string_view origin);

} // namespace plumbline::collector
