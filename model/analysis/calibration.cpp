// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace plumbline::analysis {

namespace {

// The counters' weights, then tool definitions, messages, calls.
constexpr std::size_t toolsUnknown = textCounterCount;
constexpr std::size_t messageUnknown = textCounterCount + 1;
constexpr std::size_t callUnknown = textCounterCount + 2;
constexpr std::size_t unknownCount = textCounterCount + 3;
using Unknowns = std::array<double, unknownCount>;

/// How far an unknown may move for the price of one standard error of a total, and how much that is.
constexpr double relativeReach = 0.25;
constexpr double totalError = 0.03;

double dot(const std::array<double, textCounterCount>& counters, const TokenWeights& weights)
{
    double sum = 0;
    for (std::size_t i = 0; i < textCounterCount; ++i)
        sum += counters[i] * weights[i];
    return sum;
}

double medianOf(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Leaves out what the weights cannot explain: a prompt of which half was not logged would bend them.
void dropOutliers(const ModelWeights& weights, std::vector<CalibrationCall>& calls)
{
    std::erase_if(calls, [](const CalibrationCall& call) { return call.total < 16; });
    if (calls.empty())
        return;
    std::vector<double> ratios;
    for (const CalibrationCall& call : calls)
        ratios.push_back(call.total / std::max(1.0, estimateOf(weights, call)));
    const double median = medianOf(ratios);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < calls.size(); ++i)
        if (std::abs(std::log(ratios[i] / median)) < 0.35)
            calls[kept++] = calls[i];
    calls.resize(kept);
}

} // namespace

ModelWeights familyWeights(std::string_view model)
{
    // A chat's framing as OpenAI documents it: three tokens a message beside its role, three before the answer.
    return {.text = weightsOf(tokenizerFamilyOf(model)), .perMessage = 3, .perCall = 3};
}

double estimateOf(const ModelWeights& weights, const CalibrationCall& call)
{
    return dot(call.text, weights.text) + weights.tools * dot(call.tools, weights.text) +
           weights.perMessage * call.messages + weights.perCall;
}

ModelWeights calibrate(const ModelWeights& from, std::vector<CalibrationCall> calls)
{
    constexpr std::size_t fewestCalls = 10;
    dropOutliers(from, calls);
    if (calls.size() < fewestCalls)
        return from;

    // A vocabulary may be larger or smaller as a whole: all weights scale before each finds its own place.
    std::vector<double> ratios;
    for (const CalibrationCall& call : calls)
        ratios.push_back(call.total / std::max(1.0, estimateOf(from, call)));
    const double scale = medianOf(ratios);
    TokenWeights prior = from.text;
    for (double& weight : prior)
        weight *= scale;

    Unknowns value{}, start{}, reach{};
    for (std::size_t i = 0; i < textCounterCount; ++i) {
        start[i] = prior[i];
        reach[i] = std::max(relativeReach * prior[i], 0.02);
    }
    start[toolsUnknown] = from.tools;
    reach[toolsUnknown] = 0.25;
    // Messages come with texts: left to itself the framing would take what short texts weigh.
    start[messageUnknown] = from.perMessage;
    reach[messageUnknown] = 0.7;
    start[callUnknown] = from.perCall;
    reach[callUnknown] = 4;
    value = start;

    // Rows relative to their total: a long prompt counts as much as a short one.
    std::vector<Unknowns> rows(calls.size());
    std::vector<double> rest(calls.size());
    for (std::size_t row = 0; row < calls.size(); ++row) {
        const CalibrationCall& call = calls[row];
        for (std::size_t i = 0; i < textCounterCount; ++i)
            rows[row][i] = (call.text[i] + from.tools * call.tools[i]) / call.total;
        rows[row][toolsUnknown] = dot(call.tools, prior) / call.total;
        rows[row][messageUnknown] = call.messages / call.total;
        rows[row][callUnknown] = 1 / call.total;
        rest[row] =
            1 -
            (estimateOf({.text = prior, .tools = from.tools, .perMessage = from.perMessage, .perCall = from.perCall},
                        call)) /
                call.total;
    }
    constexpr int rounds = 60;
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < unknownCount; ++i) {
            double slope = 0, curvature = 0;
            for (std::size_t row = 0; row < rows.size(); ++row) {
                slope += rows[row][i] * rest[row];
                curvature += rows[row][i] * rows[row][i];
            }
            if (curvature == 0)
                continue;
            const double ridge = totalError * totalError / (reach[i] * reach[i]);
            slope -= ridge * (value[i] - start[i]);
            const double step = std::max(slope / (curvature + ridge), -value[i]);
            value[i] += step;
            for (std::size_t row = 0; row < rows.size(); ++row)
                rest[row] -= rows[row][i] * step;
        }
    }
    ModelWeights fitted = from;
    std::copy_n(value.begin(), textCounterCount, fitted.text.begin());
    fitted.tools = value[toolsUnknown];
    fitted.perMessage = value[messageUnknown];
    fitted.perCall = value[callUnknown];
    fitted.method = SplitMethod::Calibrated;
    fitted.calls = static_cast<std::int64_t>(calls.size());
    double error = 0;
    for (const CalibrationCall& call : calls)
        error += std::abs(estimateOf(fitted, call) / call.total - 1);
    fitted.error = error / static_cast<double>(calls.size());
    return fitted;
}

void appendPacked(std::string& into, const ModelWeights& weights)
{
    std::array<double, textCounterCount + 3> numbers{};
    std::copy(weights.text.begin(), weights.text.end(), numbers.begin());
    numbers[toolsUnknown] = weights.tools;
    numbers[messageUnknown] = weights.perMessage;
    numbers[callUnknown] = weights.perCall;
    into.append(reinterpret_cast<const char*>(numbers.data()), sizeof numbers);
}

bool readPacked(std::string_view bytes, ModelWeights& into)
{
    std::array<double, textCounterCount + 3> numbers{};
    if (bytes.size() != sizeof numbers)
        return false;
    std::memcpy(numbers.data(), bytes.data(), sizeof numbers);
    if (!std::all_of(numbers.begin(), numbers.end(), [](double number) { return number >= 0 && number < 1e6; }))
        return false;
    std::copy_n(numbers.begin(), textCounterCount, into.text.begin());
    into.tools = numbers[toolsUnknown];
    into.perMessage = numbers[messageUnknown];
    into.perCall = numbers[callUnknown];
    return true;
}

} // namespace plumbline::analysis
