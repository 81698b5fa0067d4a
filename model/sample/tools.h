// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "model/sample/prompt.h"

namespace plumbline::sample {

/// A tool as agents offer it.
struct ToolFacts
{
    std::string_view name;
    std::string_view description;
    /// Parameters as `name:type:description`, separated by `|`.
    std::string_view parameters;
};

/// {"name","description","parameters"} as compact JSON; composed once a thread.
SharedText definitionOf(const ToolFacts& tool);
void offer(Prompt& prompt, std::span<const ToolFacts> tools);
/// The same, and every token of it is claimed: nobody ever calls them.
void offerInVain(Prompt& prompt, std::span<const ToolFacts> tools);

/// One flat JSON record, compact or with the ballast of pretty printing.
enum class Layout
{
    Compact,
    Pretty,
};
using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;
/// Values are JSON already.
std::string record(Fields fields, Layout layout);
std::string quoted(std::string_view text);
/// An order as the shop's service returns it. A pure function of the number.
std::string orderRecord(std::uint64_t number, Random random, Layout layout);

} // namespace plumbline::sample
