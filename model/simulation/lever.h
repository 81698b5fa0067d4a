// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/scenario.h"

namespace plumbline {

namespace simulation {
class World;
class State;
class Setting;
} // namespace simulation

/// What can go wrong with answers when a lever is pulled.
enum class RiskClass : std::uint8_t
{
    None,   ///< the answers stay what they are
    Low,    ///< nothing that was used goes
    Medium, ///< wants an evaluation
    High,   ///< wants an evaluation, and published ones failed
};
std::string_view idOf(RiskClass risk);
/// Usage: unknown.
Result<RiskClass> riskClassFromId(std::string_view id);

/// What of the data a lever cannot do without.
enum class LeverNeed : std::uint8_t
{
    Usage,
    Prompts, ///< or their digests
    Texts,   ///< read at import, where they are not kept
};

/// A number to set, or one of some words.
struct LeverParameter
{
    std::string_view id;
    const char* title;
    std::string_view unit = {}; ///< `%`, `tokens`, `turns`, `hours`; empty where it is a word
    double least = 0;
    double most = 0;
    double neutral = 0;      ///< changes nothing; NaN: alone it never changes anything
    double value = 0;        ///< unless the user sets another
    const char* source = ""; ///< where that comes from
    /// An assumption about the world rather than a decision: what it may be. Equal: it is a decision.
    double low = 0, high = 0;
    std::vector<std::string_view> words = {}; ///< it is one of these: `value` is the number of one, from 0
    bool isText = false; ///< any text, as the name of a model; `neutral` is 0 where none is neutral

    bool isAssumption() const { return low != high; }
};

/// A pure change to calls. One file in levers/ and one word in the list of model/CMakeLists.txt, which is the order in
/// which a request meets them. Texts are English, for people; the window looks their translations up.
struct Lever
{
    std::string_view id;
    const char* title;
    const char* shortTitle; ///< under a bar
    const char* explanation;
    RiskClass risk;
    LeverNeed needs;
    const char* cost;                       ///< what doing it costs
    const char* caution = "";               ///< what may go wrong where it changes anything
    std::vector<LeverParameter> parameters; ///< the first is what a slider sets
    void (*apply)(const simulation::World& world, const simulation::Setting& setting,
                  simulation::State& state) = nullptr;
    bool replaysCaches = false; ///< takes so long that a moving slider repeats what came of it
};

/// All of them in the order in which a request meets them.
const std::vector<Lever>& allLevers();
/// Null: there is none of that id.
const Lever* leverOf(std::string_view id);
/// Null: it has none of that id.
const LeverParameter* parameterOf(const Lever& lever, std::string_view id);
/// Usage, naming the lever and its parameter: unknown, of another kind, out of range.
Result<> checked(const LeverUse& use);

} // namespace plumbline
