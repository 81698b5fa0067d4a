// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/alignment.h"

#include <algorithm>
#include <cstdint>

namespace plumbline {

namespace {

/// Larger than this a table of all pairs is not made: what lies between the equal ends is then taken as changed.
constexpr std::size_t mostPairs = 4'000'000;

} // namespace

std::vector<AlignedPair> aligned(std::size_t leftSize, std::size_t rightSize,
                                 const std::function<bool(std::size_t, std::size_t)>& isEqual)
{
    std::size_t head = 0, tail = 0;
    while (head < leftSize && head < rightSize && isEqual(head, head))
        ++head;
    while (tail < leftSize - head && tail < rightSize - head && isEqual(leftSize - 1 - tail, rightSize - 1 - tail))
        ++tail;
    std::vector<AlignedPair> steps;
    for (std::size_t i = 0; i < head; ++i)
        steps.push_back({i, i});
    const std::size_t rows = leftSize - head - tail, columns = rightSize - head - tail;
    std::size_t i = 0, j = 0;
    if (rows > 0 && columns > 0 && (rows + 1) * (columns + 1) <= mostPairs) {
        std::vector<std::uint32_t> lengths((rows + 1) * (columns + 1), 0);
        const auto length = [&](std::size_t row, std::size_t column) -> std::uint32_t& {
            return lengths[row * (columns + 1) + column];
        };
        for (std::size_t row = rows; row-- > 0;)
            for (std::size_t column = columns; column-- > 0;)
                length(row, column) = isEqual(head + row, head + column)
                                          ? length(row + 1, column + 1) + 1
                                          : std::max(length(row + 1, column), length(row, column + 1));
        while (i < rows && j < columns) {
            if (isEqual(head + i, head + j))
                steps.push_back({head + i++, head + j++});
            else if (length(i + 1, j) >= length(i, j + 1))
                steps.push_back({head + i++, {}});
            else
                steps.push_back({{}, head + j++});
        }
    }
    while (i < rows)
        steps.push_back({head + i++, {}});
    while (j < columns)
        steps.push_back({{}, head + j++});
    for (std::size_t k = tail; k > 0; --k)
        steps.push_back({leftSize - k, rightSize - k});
    return steps;
}

} // namespace plumbline
