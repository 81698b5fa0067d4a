// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/admission.h"

#include <algorithm>

#include "importers/input/unpack.h"
#include "model/core/ascii.h"

namespace plumbline::collector {

namespace {

bool isDigits(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), isDigit);
}

/// In a time that does not tell how much of it was right.
bool isSame(std::string_view given, std::string_view token)
{
    unsigned difference = given.size() == token.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size() && !token.empty(); ++i)
        difference |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(token[i % token.size()]);
    return difference == 0;
}

/// `Bearer X`, or the password of `Basic base64(user:X)`.
std::string credentialOf(std::string_view authorization)
{
    const std::size_t space = authorization.find(' ');
    if (space == std::string_view::npos)
        return {};
    const std::string scheme = lowerCase(authorization.substr(0, space));
    const std::string_view value = authorization.substr(authorization.find_last_of(' ') + 1);
    if (scheme == "bearer")
        return std::string(value);
    if (scheme != "basic")
        return {};
    const std::string pair = input::fromBase64(value).value_or("");
    const std::size_t colon = pair.find(':');
    return colon == std::string::npos ? std::string() : pair.substr(colon + 1);
}

/// 127.0.0.0/8 in four plain numbers.
bool isLoopbackAddress(std::string_view name)
{
    if (!name.starts_with("127."))
        return false;
    int parts = 0;
    while (!name.empty()) {
        const std::string_view part = name.substr(0, name.find('.'));
        if (part.empty() || part.size() > 3 || !isDigits(part) || ++parts > 4)
            return false;
        name.remove_prefix(std::min(name.size(), part.size() + 1));
    }
    return parts == 4;
}

} // namespace

bool isLoopbackHost(std::string_view host)
{
    std::string_view name = host;
    if (name.starts_with('[')) {
        const std::size_t end = name.find(']');
        if (end == std::string_view::npos)
            return false;
        const std::string_view port = name.substr(end + 1);
        return name.substr(0, end + 1) == "[::1]" &&
               (port.empty() || (port.front() == ':' && isDigits(port.substr(1))));
    }
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
        if (!isDigits(name.substr(colon + 1)))
            return false;
        name = name.substr(0, colon);
    }
    return lowerCase(name) == "localhost" || isLoopbackAddress(name);
}

bool isLoopbackOrigin(std::string_view origin)
{
    for (const std::string_view scheme : {"http://", "https://"})
        if (origin.starts_with(scheme))
            return isLoopbackHost(origin.substr(scheme.size()));
    return false;
}

std::optional<Admission::Refusal> Admission::refusalOf(const Head& head) const
{
    if (!head.origin.empty() && !isLoopbackOrigin(head.origin))
        return Refusal{403, "requests of the web page " + std::string(head.origin.substr(0, 200)) + " are not taken"};
    if (m_token.empty()) {
        if (!isLoopbackHost(head.host))
            return Refusal{403, "this collector does not go by the name of " + std::string(head.host.substr(0, 200))};
        return {};
    }
    if (!isSame(head.apiKey, m_token) && !isSame(credentialOf(head.authorization), m_token))
        return Refusal{401, "the collector's token is missing or another one"};
    return {};
}

} // namespace plumbline::collector
