// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTest>

#include <map>
#include <memory>
#include <vector>

#include "model/simulation/replay.h"

namespace plumbline::test {

/// A world written call by call, for cases that are worked out by hand.
class PlainWorld
{
public:
    struct Piece
    {
        std::uint32_t block = 0;
        std::uint32_t tokens = 0;
        Segment segment = Segment::User;
        std::uint16_t turn = 0;
    };

    /// Picodollars a token. The model is Anthropic's, where writing has a price, with a minimum of 1,024 tokens.
    explicit PlainWorld(std::int64_t input = 100, std::int64_t read = 10, std::int64_t write = 125,
                        std::int64_t output = 500)
    {
        m_world.rates = {{read, write * 8 / 5, write, input, input, output, output}};
        m_world.models = {{.name = "claude-sonnet-4-5", .provider = "anthropic", .cacheMinimum = 1024}};
        m_world.features = {"chat"};
        m_world.environments = {"production"};
    }

    /// All of its input is uncached.
    simulation::WorldCall& add(std::int64_t seconds, const std::vector<Piece>& pieces, std::uint32_t visible = 0,
                               std::int64_t latency = 1'000'000)
    {
        simulation::WorldCall call{.id = static_cast<std::int64_t>(m_world.calls.size()) + 1,
                                   .started = seconds * 1'000'000,
                                   .latency = latency,
                                   .rates = 0,
                                   .day = static_cast<std::int32_t>(seconds / 86'400),
                                   .flags = simulation::HasUsage | simulation::KnowsLatency};
        call.parts = static_cast<std::uint32_t>(m_world.parts.size());
        std::uint32_t input = 0;
        for (const Piece& piece : pieces) {
            m_world.parts.push_back({.block = piece.block,
                                     .turn = piece.turn,
                                     .segment = static_cast<std::uint8_t>(piece.segment),
                                     .bucket = analysis::Uncached});
            m_world.partTokens.push_back(piece.tokens);
            m_blocks = std::max(m_blocks, piece.block + 1);
            input += piece.tokens;
        }
        call.partsEnd = static_cast<std::uint32_t>(m_world.parts.size());
        call.tokens = {0, 0, 0, input, 0, visible, 0};
        call.cost = input * m_world.rates[0][analysis::Uncached] + visible * m_world.rates[0][analysis::Visible];
        m_world.calls.push_back(call);
        return m_world.calls.back();
    }
    simulation::World& world() { return m_world; }

    std::shared_ptr<const simulation::World> finish()
    {
        m_world.stable.resize(m_blocks);
        m_world.changing.resize(m_blocks);
        m_world.blockTools.resize(m_blocks, simulation::none);
        m_world.layOut();
        return std::make_shared<const simulation::World>(std::move(m_world));
    }

private:
    simulation::World m_world;
    std::uint32_t m_blocks = 0;
};

inline simulation::Setting settingOf(std::string_view lever, std::map<std::string, LeverValue> parameters = {},
                                     simulation::CallSet calls = nullptr)
{
    const LeverUse use{.lever = std::string(lever), .parameters = std::move(parameters)};
    if (const auto is = checked(use); !is)
        qFatal("%s", is.error().text().c_str());
    return simulation::Setting(*leverOf(lever), use, std::move(calls));
}

inline simulation::Outcome outcomeOf(simulation::Replay& replay, const std::vector<simulation::Setting>& settings)
{
    auto outcome = replay.run(settings, simulation::Replay::Detail::All, StopToken());
    if (!outcome)
        qFatal("%s", outcome.error().text().c_str());
    return *std::move(outcome);
}

} // namespace plumbline::test
