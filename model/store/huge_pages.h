// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

#include <sys/mman.h>

namespace plumbline::store {

/// For large tables that are asked at random places: in huge pages, where the system has them, most looks save the way
/// through the page tables.
template <class T>
struct HugePageAllocator
{
    using value_type = T;
    static constexpr std::size_t hugePage = std::size_t{2} << 20;

    HugePageAllocator() = default;
    template <class Other>
    HugePageAllocator(const HugePageAllocator<Other>&)
    {
    }
    T* allocate(std::size_t count)
    {
        const std::size_t bytes = count * sizeof(T);
        const bool isLarge = bytes >= hugePage;
        void* memory =
            isLarge ? std::aligned_alloc(hugePage, (bytes + hugePage - 1) / hugePage * hugePage) : std::malloc(bytes);
        if (!memory)
            throw std::bad_alloc();
        if (isLarge)
            (void)madvise(memory, bytes, MADV_HUGEPAGE); // or not: it is the same but for time
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t) { std::free(memory); }
    template <class Other>
    bool operator==(const HugePageAllocator<Other>&) const
    {
        return true;
    }
};

} // namespace plumbline::store
