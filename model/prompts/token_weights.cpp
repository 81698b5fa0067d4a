// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prompts/token_weights.h"

#include "model/core/ascii.h"

namespace plumbline {

namespace {

// Fitted in September 2026 on 3.6 thousand public documents (prose, code, logs, JSON, tables, thirty languages) against
// the public vocabularies of that name; in the order of TextCounter. Claude's is the last one that was published.
struct Family
{
    std::string_view id;
    TokenWeights weights;
};
constexpr std::array<Family, 7> families{{
    {"o200k", {{0.859,  1.139, 1.06,   1.192,  2.157,  0.7436, 0.2436, 0.4033, 0.414,   1.019,   0.3735,
                1.427,  0,     0.5105, 0.2459, 1.135,  0,      0.6683, 0,      0.5382,  0.09397, 0.33,
                0.4394, 1.383, 0.1045, 0.4386, 0.4811, 0.4154, 0.7171, 0.824,  0.07428, 2.01,    0.2146}}},
    {"cl100k", {{0.8097, 1.239, 1.073,  1.34,   2.33,  1.238, 0.2412, 0.153, 0.5666, 1.96,  0.4232,
                 1.433,  0,     0.4583, 0.2111, 1.027, 0,     0.7353, 0,     0.5272, 0,     0.5538,
                 1.057,  4.078, 0,      1.277,  1.009, 2.073, 1.031,  1.138, 0.113,  3.113, 0.227}}},
    {"claude", {{0.685, 1.563,  1.13,   1.556,   1.87,  1.397,   0.2954, 0.07589, 0.6029, 3.231, 0.3474,
                 1.099, 0,      0.7762, 0.07415, 1.386, 0.01466, 0,      0,       0.5866, 0,     0.6116,
                 1.322, 0.5318, 0.959,  1.511,   1.793, 1.351,   1.004,  0.9623,  0.6802, 1.887, 0.2982}}},
    {"gemini", {{0.7919, 1.181,  1.15,   1.145,   1.497,  0.8187, 0.2493, 0.2607,    0.4255, 0.8694, 0.3479,
                 0.7657, 0.6954, 0.8688, 0.09676, 1.442,  0,      0.7288, 0.0003589, 0.6714, 0.1686, 0.2827,
                 0.4467, 0.571,  0.2734, 0.5139,  0.4345, 0.7109, 0.3994, 0.6256,    0.2657, 1.581,  0.2187}}},
    {"llama3", {{0.8071, 1.262, 1.078,  1.324,  2.316,  1.213, 0.2419, 0.3004, 0.5689, 0.9688, 0.3733,
                 1.434,  0,     0.4447, 0.2174, 1.121,  0,     0.674,  0,      0.5266, 1.139,  0.183,
                 0.4573, 2.207, 0,      0.7593, 0.5306, 2.068, 0.6488, 0.856,  0.2413, 1.675,  0.1895}}},
    {"deepseek-v3", {{0.6761, 1.26,  1.149,  1.562,  2.213,  1.073,  0.3357, 0.3639,   0.4819, 1.582, 0.4402,
                      1.349,  0,     0.5917, 0.23,   1.093,  0,      0.5268, 0.009027, 0.5586, 0,     0.4067,
                      0.5514, 1.252, 0.2233, 0.6045, 0.4767, 0.8085, 0.6921, 0.6294,   0,      2.533, 0.2312}}},
    {"qwen3", {{0.8357, 1.181,  1.086,  1.276,  2.302,  1.28,  0.2384, 0.3117, 0.5281, 0.8372, 0.5124,
                1.093,  0.6508, 0.4646, 0.2138, 1.021,  0,     0.7252, 0,      0.6283, 0,      0.4572,
                1.021,  0.7733, 0.3356, 1.145,  0.6253, 1.076, 0.6465, 0.7124, 0.2949, 1.719,  0.2598}}},
}};

struct Prefix
{
    std::string_view text;
    std::string_view family;
};
// The first that the name contains.
constexpr std::array<Prefix, 22> prefixes{{
    {"claude", "claude"},  {"gemini", "gemini"},
    {"gemma", "gemini"},   {"deepseek", "deepseek-v3"},
    {"qwen", "qwen3"},     {"qwq", "qwen3"},
    {"llama", "llama3"},   {"mistral", "llama3"},
    {"mixtral", "llama3"}, {"ministral", "llama3"},
    {"gpt-4o", "o200k"},   {"gpt-4.1", "o200k"},
    {"gpt-4.5", "o200k"},  {"gpt-5", "o200k"},
    {"gpt-oss", "o200k"},  {"gpt-4", "cl100k"},
    {"gpt-3.5", "cl100k"}, {"text-embedding", "cl100k"},
    {"o1", "o200k"},       {"o3", "o200k"},
    {"o4", "o200k"},       {"", "o200k"},
}};

} // namespace

std::string_view tokenizerFamilyOf(std::string_view model)
{
    const std::string name = lowerCase(model);
    for (const Prefix& prefix : prefixes)
        if (name.find(prefix.text) != std::string::npos)
            return prefix.family;
    return families[0].id;
}

const TokenWeights& weightsOf(std::string_view family)
{
    for (const Family& known : families)
        if (known.id == family)
            return known.weights;
    return families[0].weights;
}

double tokensBy(const TokenWeights& weights, const TextCounters& counters)
{
    double tokens = 0;
    for (std::size_t i = 0; i < textCounterCount; ++i)
        tokens += weights[i] * counterValue(counters, i);
    return tokens;
}

} // namespace plumbline
