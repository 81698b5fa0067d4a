// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/lever.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/simulation/setting.h"

namespace plumbline {

namespace {

constexpr std::string_view riskIds[] = {"none", "low", "medium", "high"};

} // namespace

std::string_view idOf(RiskClass risk)
{
    return riskIds[static_cast<std::size_t>(risk)];
}

Result<RiskClass> riskClassFromId(std::string_view id)
{
    for (std::size_t i = 0; i < std::size(riskIds); ++i)
        if (riskIds[i] == id)
            return static_cast<RiskClass>(i);
    return fail(ErrorKind::Usage, fmt::format("'{}' is no class of risk: none, low, medium or high", id));
}

const Lever* leverOf(std::string_view id)
{
    const auto& all = allLevers();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Lever& lever) { return lever.id == id; });
    return found == all.end() ? nullptr : &*found;
}

const LeverParameter* parameterOf(const Lever& lever, std::string_view id)
{
    const auto found = std::find_if(lever.parameters.begin(), lever.parameters.end(),
                                    [&](const LeverParameter& parameter) { return parameter.id == id; });
    return found == lever.parameters.end() ? nullptr : &*found;
}

namespace {

std::string wordsOf(const LeverParameter& parameter)
{
    std::string list;
    for (const std::string_view word : parameter.words)
        list += (list.empty() ? "" : ", ") + std::string(word);
    return list;
}

Result<> checkValue(const Lever& lever, const LeverParameter& parameter, const LeverValue& value)
{
    const std::string where = fmt::format("{}: {}", lever.id, parameter.id);
    if (const auto* text = std::get_if<std::string>(&value)) {
        if (parameter.isText)
            return {};
        if (parameter.words.empty())
            return fail(ErrorKind::Usage,
                        where + " is a number" + (parameter.unit.empty() ? "" : fmt::format(" of {}", parameter.unit)));
        if (std::find(parameter.words.begin(), parameter.words.end(), *text) == parameter.words.end())
            return fail(ErrorKind::Usage, fmt::format("{}: '{}' is none of {}", where, *text, wordsOf(parameter)));
        return {};
    }
    if (parameter.isText || !parameter.words.empty())
        return fail(ErrorKind::Usage, where + (parameter.isText ? " is a text" : " is one of " + wordsOf(parameter)));
    const double number = std::get<double>(value);
    if (!(number >= parameter.least && number <= parameter.most))
        return fail(ErrorKind::Usage,
                    fmt::format("{} is {:g} to {:g}, not {:g}", where, parameter.least, parameter.most, number));
    constexpr std::string_view counted[] = {"tokens",   "documents", "turns",      "requests",
                                            "machines", "times",     "breakpoints"};
    const bool isCounted = std::find(std::begin(counted), std::end(counted), parameter.unit) != std::end(counted);
    if (isCounted && number != std::floor(number))
        return fail(ErrorKind::Usage,
                    fmt::format("{} is a whole number of {}, not {:g}", where, parameter.unit, number));
    return {};
}

} // namespace

Result<> checked(const LeverUse& use)
{
    const Lever* const lever = leverOf(use.lever);
    if (!lever)
        return fail(ErrorKind::Usage, fmt::format("there is no lever '{}'", use.lever));
    for (const auto& [id, value] : use.parameters) {
        const LeverParameter* const parameter = parameterOf(*lever, id);
        if (!parameter)
            return fail(ErrorKind::Usage, fmt::format("{}: there is no parameter '{}'", lever->id, id));
        TRY(checkValue(*lever, *parameter, value));
    }
    return {};
}

namespace simulation {

double Setting::number(std::string_view id) const
{
    const LeverParameter* const parameter = parameterOf(*m_lever, id);
    if (!parameter)
        return 0;
    const auto set = m_use.parameters.find(std::string(id));
    if (set == m_use.parameters.end())
        return parameter->value;
    if (const auto* word = std::get_if<std::string>(&set->second)) {
        const auto place = std::find(parameter->words.begin(), parameter->words.end(), *word);
        return static_cast<double>(place - parameter->words.begin());
    }
    return std::get<double>(set->second);
}

std::string Setting::text(std::string_view id) const
{
    const auto set = m_use.parameters.find(std::string(id));
    if (set != m_use.parameters.end())
        if (const auto* text = std::get_if<std::string>(&set->second))
            return *text;
    return {};
}

bool Setting::isNeutral() const
{
    if (!m_use.isOn)
        return true;
    return std::all_of(m_lever->parameters.begin(), m_lever->parameters.end(), [&](const LeverParameter& parameter) {
        if (parameter.isText)
            return parameter.neutral != 0 || text(parameter.id).empty();
        return std::isnan(parameter.neutral) || number(parameter.id) == parameter.neutral;
    });
}

Setting Setting::with(std::string_view parameter, double value) const
{
    Setting other = *this;
    other.m_use.parameters[std::string(parameter)] = value;
    return other;
}

bool isAmong(const WorldCall& call, double percent)
{
    if (percent >= 100)
        return true;
    // splitmix64: every bit counts.
    std::uint64_t z = static_cast<std::uint64_t>(call.started) + 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    z ^= z >> 31;
    return static_cast<double>(z >> 11) * 0x1p-53 * 100 < percent;
}

Shortening::Shortening(double percent) : m_left(whole - static_cast<std::uint64_t>(std::llround(percent * 1000))) {}

} // namespace simulation

} // namespace plumbline
