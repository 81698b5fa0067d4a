// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
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
    bool isOfAllCalls() const { return !m_calls; }
    bool isOfNoCall() const { return m_calls && std::find(m_calls->begin(), m_calls->end(), true) == m_calls->end(); }
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
    const std::vector<PlacedPart>& parts = world.bySegment[static_cast<std::size_t>(segment)];
    constexpr std::size_t ahead = 32;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i + ahead < parts.size()) // they lie apart: memory is asked for them before they are due
            state.expect(parts[i + ahead]);
        if (setting.holds(parts[i].call) && !state.isRemoved(parts[i].call))
            visit(parts[i], world.parts[parts[i].part]);
    }
}
/// Takes so many of a hundred from a number of tokens, to whole tokens.
class Shortening
{
public:
    explicit Shortening(double percent);
    std::uint32_t of(std::uint32_t tokens) const { return static_cast<std::uint32_t>(tokens * m_left / whole); }

private:
    static constexpr std::uint64_t whole = 100'000; ///< a thousandth of a percent
    std::uint64_t m_left;
};

} // namespace plumbline::simulation
