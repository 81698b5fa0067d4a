// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/otlp/indexed.h"

#include <algorithm>

#include "model/core/ascii.h"

namespace plumbline::otlp {

namespace {

constexpr int deepestPath = 12;

/// One segment of the keys, and what lies below it.
struct Node
{
    std::string_view name = {};
    json::Value anyValue = {};
    std::vector<Node> children = {};
};

bool isNumber(std::string_view name)
{
    return !name.empty() && name.size() <= 9 && std::all_of(name.begin(), name.end(), isDigit);
}

/// OpenInference puts a word between a number and the members: `0.message.role`.
bool isWrapper(std::string_view name)
{
    constexpr std::string_view wrappers[] = {"message", "message_content", "tool_call", "document",
                                             "prompt",  "completion",      "embedding", "tool"};
    return std::find(std::begin(wrappers), std::end(wrappers), name) != std::end(wrappers);
}

/// The names under which the splitter of prompts knows what these lists call otherwise.
std::string_view nameFor(std::string_view name, bool isDocument)
{
    if (name == "contents")
        return "content";
    // With that name it is a document whatever else is said of it.
    return isDocument && name == "content" ? "page_content" : name;
}

void put(Node& node, std::string_view path, json::Value anyValue, bool isDocument, int depth)
{
    const std::size_t dot = depth < deepestPath ? path.find('.') : std::string_view::npos;
    std::string_view name = path.substr(0, dot);
    std::string_view rest = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    if (isNumber(node.name) && isWrapper(name) && !rest.empty())
        return put(node, rest, anyValue, isDocument, depth + 1);
    name = nameFor(name, isDocument);
    // Keys come in their order, so those of one segment follow each other.
    if (node.children.empty() || node.children.back().name != name)
        node.children.push_back({.name = name});
    if (rest.empty())
        node.children.back().anyValue = anyValue;
    else
        put(node.children.back(), rest, anyValue, isDocument, depth + 1);
}

bool isList(const Node& node)
{
    return std::all_of(node.children.begin(), node.children.end(), [](const Node& c) { return isNumber(c.name); });
}

void append(std::string& into, Node& node, Scratch& scratch)
{
    if (node.children.empty()) {
        const std::string_view text = scalarOf(node.anyValue).text();
        const bool isObject = node.name == "metadata" && text.starts_with('{');
        if (const json::Value inner = isObject ? scratch.parse(text) : json::Value(); inner.exists())
            inner.appendCompact(into);
        else
            appendPlain(into, node.anyValue);
        return;
    }
    const bool list = isList(node);
    if (list)
        std::stable_sort(node.children.begin(), node.children.end(), [](const Node& a, const Node& b) {
            return a.name.size() != b.name.size() ? a.name.size() < b.name.size() : a.name < b.name;
        });
    into.push_back(list ? '[' : '{');
    bool first = true;
    for (Node& child : node.children) {
        if (!first)
            into.push_back(',');
        first = false;
        if (!list) {
            json::appendQuoted(into, child.name);
            into.push_back(':');
        }
        append(into, child, scratch);
    }
    into.push_back(list ? ']' : '}');
}

} // namespace

json::Value indexedList(const Attributes& attributes, std::string_view prefix)
{
    const auto range = attributes.withPrefix(prefix);
    Node root;
    for (const Attributes::Entry* entry = range.first; entry != range.second; ++entry) {
        const std::string_view path = entry->key.substr(prefix.size());
        // Vectors of embeddings are no text.
        if (isNumber(path.substr(0, path.find('.'))) && !path.ends_with(".vector"))
            put(root, path, entry->anyValue, prefix.ends_with("documents."), 0);
    }
    if (root.children.empty())
        return {};
    std::string text;
    append(text, root, attributes.scratch());
    return attributes.scratch().parse(text);
}

} // namespace plumbline::otlp
