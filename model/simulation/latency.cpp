// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/simulation/latency.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace plumbline::simulation {

namespace {

using Vector = std::array<double, 3>;

/// Solves a symmetric system of three; nothing if it is singular.
std::optional<Vector> solved(std::array<Vector, 3> matrix, Vector right)
{
    for (std::size_t column = 0; column < 3; ++column) {
        std::size_t pivot = column;
        for (std::size_t row = column + 1; row < 3; ++row)
            if (std::abs(matrix[row][column]) > std::abs(matrix[pivot][column]))
                pivot = row;
        std::swap(matrix[pivot], matrix[column]);
        std::swap(right[pivot], right[column]);
        if (std::abs(matrix[column][column]) < 1e-9)
            return {};
        for (std::size_t row = 0; row < 3; ++row) {
            if (row == column)
                continue;
            const double factor = matrix[row][column] / matrix[column][column];
            for (std::size_t of = column; of < 3; ++of)
                matrix[row][of] -= factor * matrix[column][of];
            right[row] -= factor * right[column];
        }
    }
    return Vector{right[0] / matrix[0][0], right[1] / matrix[1][1], right[2] / matrix[2][2]};
}

struct Point
{
    double input, output, latency;
};

LatencyFit fitted(const std::vector<Point>& points)
{
    LatencyFit fit{.calls = static_cast<std::int64_t>(points.size())};
    if (points.size() < 200)
        return fit;
    std::vector<double> distances(points.size());
    double reach = INFINITY;
    for (int round = 0; round < 4; ++round) {
        std::array<Vector, 3> matrix{};
        Vector right{};
        for (const Point& point : points) {
            const double distance = std::abs(point.latency - fit.of(point.input, point.output));
            const double weight = round == 0 || distance <= reach ? 1 : reach / distance;
            const Vector x{1, point.input, point.output};
            for (std::size_t i = 0; i < 3; ++i) {
                for (std::size_t j = 0; j < 3; ++j)
                    matrix[i][j] += weight * x[i] * x[j];
                right[i] += weight * x[i] * point.latency;
            }
        }
        // A lone input or output length says nothing: ridge, so small that it decides nothing else.
        for (std::size_t i = 1; i < 3; ++i)
            matrix[i][i] += 1e-3 * static_cast<double>(points.size());
        const auto found = solved(matrix, right);
        if (!found)
            return fit;
        fit.base = (*found)[0];
        fit.perInput = std::max(0.0, (*found)[1]);
        fit.perOutput = std::max(0.0, (*found)[2]);
        for (std::size_t i = 0; i < points.size(); ++i)
            distances[i] = std::abs(points[i].latency - fit.of(points[i].input, points[i].output));
        std::vector<double> sorted = distances;
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::nth_element(sorted.begin(), middle, sorted.end());
        reach = std::max(1.0, 1.345 * 1.4826 * *middle);
    }
    // With the same weights: a few that hung for minutes do not say how the others differ.
    double weights = 0, mean = 0, left = 0, all = 0;
    const auto weightOf = [&](std::size_t i) { return distances[i] <= reach ? 1 : reach / distances[i]; };
    for (std::size_t i = 0; i < points.size(); ++i) {
        weights += weightOf(i);
        mean += weightOf(i) * points[i].latency;
    }
    mean /= weights;
    for (std::size_t i = 0; i < points.size(); ++i) {
        left += weightOf(i) * distances[i] * distances[i];
        all += weightOf(i) * (points[i].latency - mean) * (points[i].latency - mean);
    }
    fit.explained = all > 0 ? 1 - left / all : 0;
    return fit;
}

/// Of these and so many that nobody knows; none where those decide it.
std::optional<double> percentileOf(std::vector<double>& values, std::size_t unknown, double share)
{
    const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size() + unknown))) - 1;
    const auto nth = [&](std::size_t of) {
        const auto at = values.begin() + static_cast<std::ptrdiff_t>(of);
        std::nth_element(values.begin(), at, values.end());
        return *at;
    };
    if (unknown == 0)
        return nth(place);
    // Were all of them the fastest, and were all of them the slowest.
    if (place < unknown || place >= values.size())
        return {};
    const double least = nth(place - unknown), most = nth(place);
    constexpr double tolerance = 0.05;
    if (most - least > tolerance * most)
        return {};
    return (least + most) / 2;
}

} // namespace

std::vector<LatencyFit> fitLatencies(const World& world)
{
    std::vector<std::vector<Point>> points(world.models.size());
    for (const WorldCall& call : world.calls)
        if (call.is(KnowsLatency) && call.is(HasUsage))
            points[call.model].push_back({static_cast<double>(call.input()), static_cast<double>(call.output()),
                                          static_cast<double>(call.latency)});
    std::vector<LatencyFit> fits;
    for (const auto& of : points)
        fits.push_back(fitted(of));
    return fits;
}

std::optional<Latencies> replayedLatencies(const World& world, const State& state, const std::vector<LatencyFit>& fits)
{
    std::vector<double> values;
    values.reserve(world.calls.size());
    std::size_t unknown = 0; // how long those take nobody knows
    for (std::uint32_t i = 0; i < world.calls.size(); ++i) {
        const WorldCall& call = world.calls[i];
        if (!call.is(KnowsLatency) || state.isRemoved(i))
            continue;
        auto latency = static_cast<double>(call.latency);
        const std::uint32_t input = state.inputOf(i), output = state.outputOf(i), model = state.modelOf(i);
        if (state.hasOtherLatency(i)) {
            ++unknown;
            continue;
        }
        if (input != call.input() || output != call.output() || model != call.model) {
            if (model < fits.size() && fits[model].isUsable() && fits[call.model].isUsable())
                latency = std::max(0.0, latency + fits[model].of(input, output) -
                                            fits[call.model].of(call.input(), call.output()));
            else {
                ++unknown;
                continue;
            }
        }
        values.push_back(latency);
    }
    if (values.empty())
        return {};
    const Latencies latencies{.p50 = percentileOf(values, unknown, 0.5), .p95 = percentileOf(values, unknown, 0.95)};
    return latencies.p50 || latencies.p95 ? std::optional(latencies) : std::nullopt;
}

} // namespace plumbline::simulation
