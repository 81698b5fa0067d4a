// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include <sys/mman.h>

namespace plumbline {

/// Empties a column that has no room for `count`, and gives it that, in large pages where the system has them: who
/// walks tens of megabytes with gaps waits for the look-up of small ones.
template <class T>
void reserveInLargePages(std::vector<T>& column, std::size_t count)
{
    if (count <= column.capacity())
        return;
    column = {};
    column.reserve(count);
    constexpr std::uintptr_t page = 4096, large = std::uintptr_t{2} << 20;
    const auto begin = (reinterpret_cast<std::uintptr_t>(column.data()) + page - 1) & ~(page - 1);
    const auto end = reinterpret_cast<std::uintptr_t>(column.data() + count) & ~(page - 1);
    if (end > begin && end - begin >= 2 * large)
        (void)madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE); // refused: it is slower, that is all
}

/// A column that is whole and will be read often.
template <class T>
void moveIntoLargePages(std::vector<T>& column)
{
    std::vector<T> moved;
    reserveInLargePages(moved, column.size());
    moved.insert(moved.end(), std::make_move_iterator(column.begin()), std::make_move_iterator(column.end()));
    column = std::move(moved);
}

} // namespace plumbline
