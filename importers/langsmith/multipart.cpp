// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/langsmith/multipart.h"

#include <unordered_map>

#include "importers/json/json.h"
#include "model/core/ascii.h"

namespace plumbline::langsmith {

namespace {

constexpr std::string_view lineEnd = "\r\n";

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lowerCase(a[i]) != lowerCase(b[i]))
            return false;
    return true;
}

/// `name="post.0a1b"` of a Content-Disposition, or another parameter.
std::string_view parameterOf(std::string_view header, std::string_view name)
{
    for (std::size_t at = header.find(';'); at != std::string_view::npos; at = header.find(';', at + 1)) {
        std::string_view rest = trimmed(header.substr(at + 1));
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos || !equalsIgnoringCase(trimmed(rest.substr(0, equals)), name))
            continue;
        rest = trimmed(rest.substr(equals + 1));
        if (!rest.empty() && rest.front() == '"')
            return rest.substr(1, rest.find('"', 1) == std::string_view::npos ? 0 : rest.find('"', 1) - 1);
        return trimmed(rest.substr(0, rest.find(';')));
    }
    return {};
}

void readHeader(std::string_view line, Part& part)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    const std::string_view name = trimmed(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (equalsIgnoringCase(name, "content-disposition"))
        part.name = parameterOf(value, "name");
    else if (equalsIgnoringCase(name, "content-type"))
        part.contentType = value;
    else if (equalsIgnoringCase(name, "content-encoding"))
        part.encoding = value;
}

/// `post.<id>` and `post.<id>.inputs` as operation, id and member.
struct PartName
{
    std::string_view operation, id, member;
};

PartName split(std::string_view name)
{
    PartName parts;
    const std::size_t first = name.find('.');
    parts.operation = name.substr(0, first);
    if (first == std::string_view::npos)
        return parts;
    const std::string_view rest = name.substr(first + 1);
    const std::size_t second = rest.find('.');
    parts.id = rest.substr(0, second);
    if (second != std::string_view::npos)
        parts.member = rest.substr(second + 1);
    return parts;
}

} // namespace

std::string_view boundaryOf(std::string_view contentType)
{
    return parameterOf(contentType, "boundary");
}

bool isWholeForm(std::string_view body, std::string_view boundary)
{
    return !boundary.empty() && body.find("--" + std::string(boundary) + "--") != std::string_view::npos;
}

std::vector<Part> partsOf(std::string_view body, std::string_view boundary)
{
    std::vector<Part> parts;
    if (boundary.empty())
        return parts;
    const std::string delimiter = "--" + std::string(boundary);
    std::size_t at = body.find(delimiter);
    while (at != std::string_view::npos) {
        at += delimiter.size();
        if (body.substr(at, 2) == "--")
            break;
        at = body.find(lineEnd, at);
        if (at == std::string_view::npos)
            break;
        at += lineEnd.size();
        Part part;
        for (std::size_t end = body.find(lineEnd, at); end != std::string_view::npos; end = body.find(lineEnd, at)) {
            const std::string_view line = body.substr(at, end - at);
            at = end + lineEnd.size();
            if (line.empty())
                break;
            readHeader(line, part);
        }
        const std::size_t end = body.find(std::string(lineEnd) + delimiter, at);
        if (end == std::string_view::npos)
            break; // cut off: half a part is no part
        part.body = body.substr(at, end - at);
        parts.push_back(part);
        at = end + lineEnd.size();
    }
    return parts;
}

std::vector<MultipartRun> runsOf(const std::vector<Part>& parts)
{
    std::vector<MultipartRun> runs;
    std::unordered_map<std::string, std::size_t> indexOf;
    for (const Part& part : parts) {
        const PartName name = split(part.name);
        const bool isPatch = name.operation == "patch";
        if ((!isPatch && name.operation != "post") || !part.encoding.empty())
            continue;
        const auto [at, isNew] = indexOf.emplace(std::string(name.operation) + "." + std::string(name.id), runs.size());
        if (isNew)
            runs.push_back({.isPatch = isPatch, .json = {}});
        std::string& json = runs[at->second].json;
        if (name.member.empty()) {
            // Its members may have come before it.
            const std::string_view object = trimmed(part.body);
            if (object.size() < 2 || object.front() != '{' || object.back() != '}')
                continue;
            const std::string_view inner = object.substr(1, object.size() - 2);
            if (json.empty())
                json = "{";
            else if (!trimmed(inner).empty())
                json += ",";
            json += inner;
        } else {
            json += json.empty() ? "{" : json.size() > 1 ? "," : "";
            json::appendQuoted(json, name.member);
            json += ":";
            json += part.body;
        }
    }
    for (MultipartRun& run : runs)
        if (!run.json.empty())
            run.json += "}";
    return runs;
}

std::vector<std::string_view> feedbackOf(const std::vector<Part>& parts)
{
    std::vector<std::string_view> bodies;
    for (const Part& part : parts)
        if (split(part.name).operation == "feedback" && part.encoding.empty())
            bodies.push_back(part.body);
    return bodies;
}

} // namespace plumbline::langsmith
