// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/tools.h"

#include <algorithm>
#include <map>

#include "model/sample/json_text.h"
#include "model/sample/prose.h"

namespace plumbline::sample {

namespace {

std::string definitionText(const ToolFacts& tool)
{
    std::string text = "{\"name\":" + quoted(tool.name) + ",\"description\":" + quoted(tool.description) +
                       ",\"parameters\":{\"type\":\"object\",\"properties\":{";
    std::string required;
    std::string_view rest = tool.parameters;
    while (!rest.empty()) {
        const std::string_view parameter = rest.substr(0, rest.find('|'));
        rest.remove_prefix(std::min(rest.size(), parameter.size() + 1));
        const std::size_t type = parameter.find(':');
        const std::size_t description = parameter.find(':', type + 1);
        const std::string name = quoted(parameter.substr(0, type));
        text.append(required.empty() ? "" : ",").append(name).append(":{\"type\":");
        text.append(quoted(parameter.substr(type + 1, description - type - 1)));
        text.append(",\"description\":").append(quoted(parameter.substr(description + 1))).append("}");
        required.append(required.empty() ? "" : ",").append(name);
    }
    return text.append("},\"required\":[").append(required).append("],\"additionalProperties\":false}}");
}

void indent(std::string& text, int depth)
{
    text.append("\n").append(static_cast<std::size_t>(depth) * 4, ' ');
}

std::string recordAt(Fields fields, Layout layout, int depth)
{
    std::string text = "{";
    for (const auto& [name, value] : fields) {
        if (text.size() > 1)
            text += ',';
        if (layout == Layout::Pretty)
            indent(text, depth + 1);
        text.append(quoted(name)).append(layout == Layout::Pretty ? ": " : ":").append(value);
    }
    if (layout == Layout::Pretty)
        indent(text, depth);
    return text + '}';
}

} // namespace

SharedText definitionOf(const ToolFacts& tool)
{
    thread_local std::map<std::string_view, SharedText> definitions; // several threads may generate
    SharedText& definition = definitions[tool.name];
    if (!definition)
        definition = sharedText(definitionText(tool));
    return definition;
}

void offer(Prompt& prompt, std::span<const ToolFacts> tools)
{
    for (const ToolFacts& tool : tools)
        prompt.tool(tool.name, definitionOf(tool));
}

void offerInVain(Prompt& prompt, std::span<const ToolFacts> tools)
{
    for (const ToolFacts& tool : tools) {
        const SharedText definition = definitionOf(tool);
        prompt.tool(tool.name, definition);
        prompt.blocks().back().claims.push_back(
            {SampleDrain::UnusedTools, definition->tokens, "offered in every call and called in none"});
    }
}

std::string record(Fields fields, Layout layout)
{
    return recordAt(fields, layout, 0);
}

std::string quoted(std::string_view text)
{
    std::string json;
    appendJsonString(json, text);
    return json;
}

std::string orderRecord(std::uint64_t number, Random random, Layout layout)
{
    const bool isPretty = layout == Layout::Pretty;
    std::string lines = "[";
    for (std::uint32_t i = 0, count = 3 + random.below(3); i < count; ++i) {
        if (i > 0)
            lines += ',';
        if (isPretty)
            indent(lines, 2);
        lines += recordAt({{"sku", quoted("NF-" + std::to_string(10'000 + random.below(90'000)))},
                           {"item", quoted(productName(random))},
                           {"quantity", std::to_string(1 + random.below(3))},
                           {"unit_price_cents", std::to_string(1'900 + 100 * random.below(400))},
                           {"returned", "false"}},
                          layout, 2);
    }
    if (isPretty)
        indent(lines, 1);
    lines += ']';
    const std::string name(customerName(random));
    return record({{"order_id", std::to_string(number)},
                   {"customer", quoted(name)},
                   {"status", quoted(random.chance(400'000) ? "shipped" : "packed")},
                   {"weight_grams", std::to_string(400 + random.below(9'000))},
                   {"express", random.chance(200'000) ? "true" : "false"},
                   {"lines", lines}},
                  layout);
}

} // namespace plumbline::sample
