// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "model/simulation/state.h"

namespace plumbline::simulation {

/// How long a model's calls take: base + input · perInput + output · perOutput, in microseconds.
struct LatencyFit
{
    double base = 0, perInput = 0, perOutput = 0;
    double explained = 0; ///< R², outliers weighed down as in the fit
    std::int64_t calls = 0;

    /// Enough calls, and enough of their differences explained (drains-and-simulation.md §3.3).
    bool isUsable() const { return calls >= 200 && explained >= 0.3; }
    double of(double input, double output) const { return base + perInput * input + perOutput * output; }
};

/// By model of the world; least squares, outliers weighed down (Huber, four rounds).
std::vector<LatencyFit> fitLatencies(const World& world);

struct Latencies
{
    std::optional<double> p50 = {}, p95 = {}; ///< microseconds; none: what is not known could move it
    bool operator==(const Latencies&) const = default;
};
/// Of the calls that are left: each as it was, plus what the fit says of its change. None where no latency is known. A
/// percentile is none where the changed calls of models without a usable fit could move it by more than a twentieth,
/// were they as fast or as slow as can be.
std::optional<Latencies> replayedLatencies(const World& world, const State& state, const std::vector<LatencyFit>& fits);

} // namespace plumbline::simulation
