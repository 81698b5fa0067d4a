// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace plumbline::simulation {

class Setting;

/// Tokens of some time.
struct Load
{
    std::uint64_t input = 0, output = 0;
};

/// Machines of one's own (drains-and-simulation.md §3.4).
struct Hardware
{
    double price = 0;       ///< dollars an hour
    double prefill = 0;     ///< tokens a second
    double decode = 0;      ///< tokens a second
    double utilisation = 1; ///< at most, 0 to 1
    std::int64_t redundancy = 1;
    double operations = 0; ///< dollars a month

    /// Of one machine that does nothing else.
    double secondsOf(const Load& load) const;
    /// To serve so much within an hour; no fewer than the redundancy.
    std::int64_t machinesFor(const Load& hour) const;
    double dollarsAMonth(std::int64_t machines) const;
    /// Tokens a month from which on so many machines cost no more than `dollarsPerMillion` elsewhere; none where they
    /// cannot serve them (written tokens, the slower kind).
    std::optional<double> breakEvenTokens(double dollarsPerMillion, std::int64_t machines) const;
};
constexpr double hoursAMonth = 730;

Hardware hardwareOf(const Setting& setting);

} // namespace plumbline::simulation
