// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace plumbline {

/// A mean over some calls, and how sure it is. Calls of one trace depend on one another: traces are what was sampled.
struct SampleMean
{
    std::int64_t calls = 0;
    std::int64_t traces = 0;
    double mean = 0;
    /// Of the mean, by how traces differ (the ratio estimator, Cochran 1977 §6.4; clusters as in Liang & Zeger 1986);
    /// nothing of fewer than two traces.
    std::optional<double> variance = {};
    bool operator==(const SampleMean&) const = default;
};

/// Two means beside one another.
struct MeanChange
{
    SampleMean before = {}, now = {};

    /// How often chance alone makes two samples of such traces differ as much: the two-sided p of Welch's test. Nothing
    /// where one side has fewer than two traces.
    std::optional<double> chance() const;
    /// That it is more than chance: p below 5 %.
    bool isSignificant() const { return chance().value_or(1) < 0.05; }
    bool operator==(const MeanChange&) const = default;
};

/// What is told of a call by its mean, each over the calls that say it.
template <class Mean>
struct OfACall
{
    Mean cost = {};     ///< dollars
    Mean latency = {};  ///< seconds
    Mean failures = {}; ///< of all calls, those that failed: 0 to 1

    bool operator==(const OfACall&) const = default;
};
using SampleMeans = OfACall<SampleMean>;
using MeanChanges = OfACall<MeanChange>;

inline void put(MeanChanges& changes, SampleMean MeanChange::*side, const SampleMeans& means)
{
    changes.cost.*side = means.cost;
    changes.latency.*side = means.latency;
    changes.failures.*side = means.failures;
}

} // namespace plumbline
