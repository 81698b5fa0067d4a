// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include "model/core/error.h"

namespace plumbline {

/// What is made when it is first asked for, and kept. Threads that ask at the same time each make it, and agree on one
/// of the equal ones.
template <class T>
class Lazy
{
public:
    Lazy() = default;
    Lazy(const Lazy&) = delete;
    Lazy& operator=(const Lazy&) = delete;
    ~Lazy() { delete m_made.load(); }

    /// Nothing while nobody asked for it.
    const T* known() const { return m_made.load(); }
    /// Before anybody else asks.
    void put(T made) { delete m_made.exchange(new T(std::move(made))); }

    /// `make` answers a Result<T>; where it fails it is asked again the next time.
    template <class Make>
    Result<const T*> made(Make make)
    {
        if (const T* known = m_made.load())
            return known;
        auto mine = std::make_unique<const T>(TRY(make()));
        const T* first = nullptr;
        return m_made.compare_exchange_strong(first, mine.get()) ? mine.release() : first;
    }

private:
    std::atomic<const T*> m_made{nullptr}; ///< owned
};

} // namespace plumbline
