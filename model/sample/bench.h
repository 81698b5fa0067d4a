// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "model/sample/sample.h"
#include "model/sample/writers.h"

namespace plumbline {

/// A load for measuring, not a company: every trace is one call, so that lines are calls, and nothing is planted.
/// Only sizes and sharing matter; they are those of the files behind the performance figures.
struct SampleBench
{
    std::uint64_t seed = 1;
    std::int64_t calls = 0;
    bool bodies = true;
    SampleFormat format = SampleFormat::LangfuseObservations; ///< that the sizes below are true of

    /// 100,000 lines of about 11 KB: chats on 24 system prompts that re-send their history, so that consecutive calls
    /// of a session share 86 % of their bytes.
    static SampleBench withBodies() { return {.calls = 100'000}; }
    /// 1,000,000 lines of about 730 bytes.
    static SampleBench withoutBodies()
    {
        return {.calls = 1'000'000, .bodies = false, .format = SampleFormat::Langfuse};
    }
};

/// In the order of their start, on the calling thread. Errors: Cancelled, and what `sink` says.
Result<> generate(const SampleBench& bench, const SampleSink& sink, const StopToken& stop);

} // namespace plumbline
