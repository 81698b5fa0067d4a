// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/simulation/lever.h"
#include "model/simulation/state.h"

namespace plumbline::simulation {

/// Which calls of a world: by place; empty: all.
using CallSet = std::shared_ptr<const std::vector<bool>>;

/// A lever with its parameters set, on some calls of a world.
class Setting
{
public:
    /// `use` was checked().
    Setting(const Lever& lever, const LeverUse& use, CallSet calls)
        : m_lever(&lever), m_use(use), m_calls(std::move(calls))
    {
    }

    const Lever& lever() const { return *m_lever; }
    const LeverUse& use() const { return m_use; }
    /// In the parameter's unit; a word's number.
    double number(std::string_view parameter) const;
    std::string text(std::string_view parameter) const;
    bool holds(std::uint32_t call) const { return !m_calls || (*m_calls)[call]; }
    /// All of its parameters, or the one that says how much, at the value that changes nothing.
    bool isNeutral() const;
    bool isSameAs(const Setting& other) const
    {
        return m_lever == other.m_lever && m_use == other.m_use && m_calls == other.m_calls;
    }
    /// The same with another value.
    Setting with(std::string_view parameter, double value) const;

private:
    const Lever* m_lever;
    LeverUse m_use;
    CallSet m_calls;
};

/// Takes so many of a hundred calls, always the same ones, in whatever order they were imported: by when they began.
bool isAmong(const WorldCall& call, double percent);

/// Every call that the setting is about and no lever before took away.
template <class Visit>
void forCalls(const World& world, const Setting& setting, const State& state, Visit visit)
{
    for (std::uint32_t call = 0; call < world.calls.size(); ++call)
        if (setting.holds(call) && !state.isRemoved(call))
            visit(call, world.calls[call]);
}
/// Those that a flag is true of.
template <class Visit>
void forFlagged(const World& world, const Setting& setting, const State& state, CallFlag flag, Visit visit)
{
    for (const std::uint32_t call : world.flagged(flag))
        if (setting.holds(call) && !state.isRemoved(call))
            visit(call, world.calls[call]);
}
/// Every part of a segment in such calls.
template <class Visit>
void forParts(const World& world, const Setting& setting, const State& state, Segment segment, Visit visit)
{
    for (const std::uint32_t part : world.bySegment[static_cast<std::size_t>(segment)])
        if (const std::uint32_t call = world.partCalls[part]; setting.holds(call) && !state.isRemoved(call))
            visit(part, world.parts[part]);
}
/// `tokens` less so many of a hundred, to whole tokens.
std::uint32_t shortened(std::uint32_t tokens, double percent);

} // namespace plumbline::simulation
