// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

#include "model/core/stop_token.h"

namespace plumbline {

/// A bar on standard error while something takes its time; nothing if that is no terminal.
class ProgressLine
{
public:
    ProgressLine();
    ProgressSink sink();
    /// Takes the bar away.
    void clear();

private:
    void show(const Progress& progress);

    bool m_isTerminal = false;
    bool m_isShown = false;
    std::chrono::steady_clock::time_point m_begin;
    std::chrono::steady_clock::time_point m_last;
};

} // namespace plumbline
