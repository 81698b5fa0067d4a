// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "model/core/error.h"
#include "model/core/stop_token.h"
#include "model/core/time.h"
#include "model/sample/drains.h"
#include "model/sample/trace.h"
#include "model/sample/truth.h"

namespace plumbline {

/// What to generate. Two sets of options that differ in intensities only give the same company with the same
/// customers, documents and answers: only what is planted differs.
struct SampleOptions
{
    std::uint64_t seed = 1;
    /// Billable calls of the company without waste, to about 3 %; repeated and failed calls come on top.
    std::int64_t calls = 20'000;
    int months = 3;
    CivilDate end{2026, 11, 1}; ///< exclusive; the first day without a trace
    /// 0 plants nothing, 1 as much as `sampleDrains` says; a drain that is not named has its default.
    std::map<std::string, double> drainIntensity = {};
    bool hardNegatives = true; ///< traps: what looks like a drain and is none
    bool bodies = true;        ///< false: the same calls and tokens, and no texts in the files

    bool operator==(const SampleOptions&) const = default;

    double intensity(SampleDrain drain) const;
    Period period() const;

    /// Nothing planted, no traps: what a lever should lead to.
    static SampleOptions withoutDrains();
    /// Usage: a number out of range, or a drain that traces cannot carry (the reason names those that they can).
    Result<SampleOptions> validated() const;
};

/// `resent-history:0.5`, as the command line says it. Usage: not of that form, unknown, or not from 0 to 1.
Result<std::pair<std::string, double>> parseDrainIntensity(std::string_view text);

/// Takes traces in the order of their start. Its error ends the generation.
using SampleSink = std::function<Result<>(const SampleTrace&)>;

/// Generates traces of a believable company on the calling thread, a window of some hours at a time: memory does not
/// grow with `calls`. The traces are a pure function of the options, on every machine. Each carries its truth in
/// `SampleSpan::planted`; `SampleTruth::add` sums it up. Errors: Usage of `validated`, Cancelled, and what `sink` says.
Result<> generate(const SampleOptions& options, const SampleSink& sink, const StopToken& stop);

} // namespace plumbline
