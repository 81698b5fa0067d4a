// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace plumbline {

/// The places of `values` from the smallest to the greatest; equal ones stay in their order. A radix sort: linear in
/// the number of values and in the bytes that they differ in.
std::vector<std::uint32_t> orderOf(const std::vector<std::int64_t>& values);

/// An order of rows that is made when it is first asked for. Threads that ask at the same time each make it, and agree
/// on one of the equal ones.
class RowOrder
{
public:
    RowOrder() = default;
    RowOrder(const RowOrder&) = delete;
    RowOrder& operator=(const RowOrder&) = delete;
    ~RowOrder() { delete m_rows.load(); }

    template <class Make>
    const std::vector<std::uint32_t>& made(Make make)
    {
        if (const auto* rows = m_rows.load())
            return *rows;
        auto mine = std::make_unique<const std::vector<std::uint32_t>>(make());
        const std::vector<std::uint32_t>* first = nullptr;
        return m_rows.compare_exchange_strong(first, mine.get()) ? *mine.release() : *first;
    }

private:
    std::atomic<const std::vector<std::uint32_t>*> m_rows = nullptr; ///< owned
};

} // namespace plumbline
