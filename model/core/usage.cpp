// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/usage.h"

namespace plumbline {

std::string_view describe(UsageRule rule)
{
    switch (rule) {
    case UsageRule::None:
        return "the source gave no usage";
    case UsageRule::Disjoint:
        return "the buckets are disjoint as the source gave them";
    case UsageRule::InputIncludedCache:
        return "input includes cached tokens, since total = input + output";
    case UsageRule::InputExcludedCache:
        return "input excludes cached tokens, since it is smaller than they are or total = input + cache + output";
    case UsageRule::OutputIncludedReasoning:
        return "output includes reasoning, since total = input + output";
    case UsageRule::BothIncluded:
        return "input includes cached tokens and output includes reasoning, since total = input + output";
    case UsageRule::ReasoningFromTotal:
        return "the total exceeds input + output by reasoning that the buckets omit";
    case UsageRule::RawProvider:
        return "the provider's own usage object: cached tokens are part of the input, reasoning part of the output";
    case UsageRule::Ambiguous:
        return "nothing decides whether input includes cached tokens: taken as included";
    }
    return {};
}

} // namespace plumbline
