// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/ledger.h"

namespace plumbline {

namespace analysis {
struct Scope;
class Claims;
} // namespace analysis

enum class DrainKind : std::uint8_t
{
    WholeCall, ///< takes a call with all its tokens
    Quantity,  ///< takes tokens that need not have been there
    Price,     ///< takes a step of the price of tokens that were needed
    Beside,    ///< takes nothing: stands beside the ledger
};

/// A number that decides what a drain claims. Changing one labels the calls anew.
struct DrainThreshold
{
    std::string_view id;
    const char* title;
    std::string_view unit;
    double value; ///< unless the user set another
    double least;
    double most;
};

/// A kind of waste. One file in drains/ and one word in the list of model/CMakeLists.txt, which is the ledger's order.
/// Texts are English, for people; the window looks their translations up.
struct Drain
{
    std::string_view id;
    const char* title;
    const char* shortTitle; ///< over a column
    DrainKind kind;
    Confidence best;
    const char* explanation; ///< what happens, one or two sentences
    const char* advice;      ///< what to do about it
    const char* fixCost;     ///< what doing it costs
    const char* needs;       ///< which data it cannot do without
    std::string_view lever;  ///< of What-if
    std::vector<DrainThreshold> thresholds = {};
    void (*label)(const analysis::Scope& scope, analysis::Claims& claims) = nullptr;

    /// High and Medium part of the bill's tokens: waste in tokens comes from these alone.
    bool isQuantity() const { return kind == DrainKind::WholeCall || kind == DrainKind::Quantity; }
};

/// All of them in the ledger's order: the first that claims a token has it.
const std::vector<Drain>& allDrains();
/// The ids in their order, and how a call's account is packed. What is kept of drains counts by place: under another
/// catalogue it says nothing.
const std::string& drainCatalogue();
constexpr std::string_view drainCatalogueSetting = "drain_catalogue";
/// Null: there is none of that id.
const Drain* drainOf(std::string_view id);
/// Its place in allDrains().
std::optional<std::uint8_t> drainNumberOf(std::string_view id);

} // namespace plumbline
