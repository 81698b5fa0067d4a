// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/sample/sample.h"
#include "model/sample/writers.h"

namespace plumbline::test {

inline std::vector<SampleTrace> generated(const SampleOptions& options)
{
    std::vector<SampleTrace> traces;
    const auto done = generate(
        options,
        [&](const SampleTrace& trace) -> Result<> {
            traces.push_back(trace);
            return {};
        },
        StopToken());
    return done ? traces : std::vector<SampleTrace>();
}

inline std::string written(const std::vector<SampleTrace>& traces, SampleFormat format)
{
    std::string text;
    for (const SampleTrace& trace : traces)
        append(text, trace, format);
    return text;
}

inline SampleTruth truthOf(const std::vector<SampleTrace>& traces)
{
    SampleTruth truth;
    for (const SampleTrace& trace : traces)
        truth.add(trace);
    return truth;
}

inline SampleOptions onlyPlanting(std::string_view drain, double intensity, std::int64_t calls)
{
    SampleOptions options = SampleOptions::withoutDrains();
    options.calls = calls;
    options.drainIntensity[std::string(drain)] = intensity;
    return options;
}

inline TokenCount tokensIn(const std::vector<SampleBlock>& blocks)
{
    TokenCount tokens = 0;
    for (const SampleBlock& block : blocks)
        tokens += block.text->tokens;
    return tokens;
}

} // namespace plumbline::test
