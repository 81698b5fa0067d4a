// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/split.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace plumbline::analysis {

void assignSegments(std::span<const PlacedBlock> prompt, std::span<Segment> into)
{
    std::uint16_t lastUser = 0;
    for (const PlacedBlock& block : prompt)
        if (block.role == BlockRole::User && (block.kind == BlockKind::Text || block.kind == BlockKind::Media))
            lastUser = std::max(lastUser, block.message);
    for (std::size_t i = 0; i < prompt.size(); ++i) {
        const PlacedBlock& block = prompt[i];
        Segment& segment = into[i];
        switch (block.kind) {
        case BlockKind::ToolDefinition:
            segment = Segment::Tools;
            continue;
        case BlockKind::Document:
            segment = Segment::Context;
            continue;
        case BlockKind::ToolResult:
            segment = Segment::ToolResult;
            continue;
        case BlockKind::Media:
            segment = Segment::Other;
            continue;
        case BlockKind::ToolCall:
        case BlockKind::Reasoning:
            segment = Segment::History;
            continue;
        case BlockKind::Text:
            break;
        }
        switch (block.role) {
        case BlockRole::System:
        case BlockRole::Developer:
            segment = Segment::System;
            break;
        case BlockRole::Tool:
            segment = Segment::ToolResult;
            break;
        case BlockRole::Assistant:
            segment = Segment::History;
            break;
        case BlockRole::User:
        case BlockRole::Unknown:
            segment = block.message < lastUser ? Segment::History : Segment::User;
            break;
        }
    }
}

void splitLargestRemainder(std::span<const double> estimates, std::uint32_t total, std::span<std::uint32_t> into)
{
    const double sum = std::accumulate(estimates.begin(), estimates.end(), 0.0);
    std::fill(into.begin(), into.end(), 0);
    if (!(sum > 0)) {
        into.back() = total;
        return;
    }
    struct Remainder
    {
        double fraction;
        std::uint32_t place;
    };
    thread_local std::vector<Remainder> remainders;
    remainders.clear();
    std::uint64_t given = 0;
    for (std::size_t i = 0; i < estimates.size(); ++i) {
        const double exact = estimates[i] / sum * total;
        const double whole = std::floor(exact);
        into[i] = static_cast<std::uint32_t>(whole);
        given += into[i];
        remainders.push_back({exact - whole, static_cast<std::uint32_t>(i)});
    }
    // Rounding of the shares may give a token too many.
    while (given > total) {
        const auto largest = std::max_element(into.begin(), into.end());
        --*largest;
        --given;
    }
    const auto left = static_cast<std::size_t>(std::min<std::uint64_t>(total - given, remainders.size()));
    std::partial_sort(remainders.begin(), remainders.begin() + static_cast<std::ptrdiff_t>(left), remainders.end(),
                      [](const Remainder& a, const Remainder& b) {
                          return a.fraction != b.fraction ? a.fraction > b.fraction : a.place < b.place;
                      });
    for (std::size_t i = 0; i < left; ++i)
        ++into[remainders[i].place];
    into.back() += static_cast<std::uint32_t>(total - given - left);
}

void reconcile(const Occurrences& calls, std::vector<double>& estimates)
{
    // Unknown y: block = estimate · (1 + reach · y). Each call says Σ blocks = total within an error of its own.
    constexpr double reach = 0.05;
    constexpr double callError = 0.002;
    constexpr double leastError = 1.0; // a token
    constexpr int iterations = 24;
    const std::size_t callCount = calls.totals.size(), blockCount = estimates.size();
    std::vector<double> rest(callCount), weight(callCount);
    const auto forEach = [&](std::size_t call, auto visit) {
        for (std::size_t i = call == 0 ? 0 : calls.ends[call - 1]; i < calls.ends[call]; ++i)
            visit(calls.blocks[i]);
    };
    for (std::size_t call = 0; call < callCount; ++call) {
        double sum = 0;
        forEach(call, [&](std::uint32_t block) { sum += estimates[block]; });
        const double error = std::max(leastError, callError * calls.totals[call]);
        // What is far off is explained by something else than its blocks.
        weight[call] = std::abs(calls.totals[call] - sum) > 0.2 * sum ? 0 : 1 / (error * error);
        rest[call] = calls.totals[call] - sum;
    }
    const auto transposed = [&](const std::vector<double>& byCall, std::vector<double>& byBlock) {
        std::fill(byBlock.begin(), byBlock.end(), 0.0);
        for (std::size_t call = 0; call < callCount; ++call)
            if (const double pull = weight[call] * byCall[call]; pull != 0)
                forEach(call, [&](std::uint32_t block) { byBlock[block] += pull; });
        for (std::size_t block = 0; block < blockCount; ++block)
            byBlock[block] *= reach * estimates[block];
    };
    std::vector<double> y(blockCount, 0.0), gradient(blockCount), direction, product(blockCount), scaled(blockCount);
    std::vector<double> sums(callCount), diagonal(blockCount, 1.0);
    for (std::size_t call = 0; call < callCount; ++call)
        forEach(call, [&](std::uint32_t block) {
            const double slope = reach * estimates[block];
            diagonal[block] += weight[call] * slope * slope;
        });
    transposed(rest, gradient);
    const auto preconditioned = [&] {
        for (std::size_t block = 0; block < blockCount; ++block)
            scaled[block] = gradient[block] / diagonal[block];
        return std::inner_product(gradient.begin(), gradient.end(), scaled.begin(), 0.0);
    };
    double norm = preconditioned();
    direction = scaled;
    for (int iteration = 0; iteration < iterations && norm > 1e-9; ++iteration) {
        for (std::size_t call = 0; call < callCount; ++call) {
            double sum = 0;
            forEach(call, [&](std::uint32_t block) { sum += reach * estimates[block] * direction[block]; });
            sums[call] = sum;
        }
        transposed(sums, product);
        for (std::size_t block = 0; block < blockCount; ++block)
            product[block] += direction[block];
        const double curvature = std::inner_product(direction.begin(), direction.end(), product.begin(), 0.0);
        if (!(curvature > 0))
            break;
        const double step = norm / curvature;
        for (std::size_t block = 0; block < blockCount; ++block) {
            y[block] += step * direction[block];
            gradient[block] -= step * product[block];
        }
        const double next = preconditioned();
        for (std::size_t block = 0; block < blockCount; ++block)
            direction[block] = scaled[block] + next / norm * direction[block];
        norm = next;
    }
    for (std::size_t block = 0; block < blockCount; ++block)
        estimates[block] *= std::max(0.2, 1 + reach * y[block]);
}

} // namespace plumbline::analysis
