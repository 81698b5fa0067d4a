// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/own_hardware.h"

#include <algorithm>
#include <cmath>

#include "model/simulation/setting.h"

namespace plumbline::simulation {

double Hardware::secondsOf(const Load& load) const
{
    return static_cast<double>(load.input) / prefill + static_cast<double>(load.output) / decode;
}

std::int64_t Hardware::machinesFor(const Load& hour) const
{
    const double needed = secondsOf(hour) / (3600 * utilisation);
    return std::max(redundancy, static_cast<std::int64_t>(std::ceil(needed - 1e-9)));
}

double Hardware::dollarsAMonth(std::int64_t machines) const
{
    return static_cast<double>(machines) * price * hoursAMonth + operations;
}

std::optional<double> Hardware::breakEvenTokens(double dollarsPerMillion, std::int64_t machines) const
{
    const double tokens = dollarsAMonth(machines) / dollarsPerMillion * 1e6;
    const double most = static_cast<double>(machines) * decode * utilisation * 3600 * hoursAMonth;
    return tokens <= most ? std::optional(tokens) : std::nullopt;
}

Hardware hardwareOf(const Setting& setting)
{
    return {.price = setting.number("gpu_price"),
            .prefill = setting.number("prefill"),
            .decode = setting.number("decode"),
            .utilisation = setting.number("utilisation") / 100,
            .redundancy = static_cast<std::int64_t>(setting.number("redundancy")),
            .operations = setting.number("operations")};
}

} // namespace plumbline::simulation
