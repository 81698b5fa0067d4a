// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

/// What this process has used of all cores.
inline double cpuMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}
