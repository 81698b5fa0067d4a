// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/progress_line.h"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

namespace plumbline {

namespace {

constexpr int barWidth = 30;
constexpr auto interval = std::chrono::milliseconds(100);

} // namespace

ProgressLine::ProgressLine() : m_isTerminal(isatty(STDERR_FILENO) == 1), m_begin(std::chrono::steady_clock::now()) {}

ProgressSink ProgressLine::sink()
{
    if (!m_isTerminal)
        return {};
    return [this](const Progress& progress) { show(progress); };
}

void ProgressLine::show(const Progress& progress)
{
    const auto now = std::chrono::steady_clock::now();
    if (now - m_last < interval)
        return;
    m_last = now;
    m_isShown = true;
    const double seconds = std::chrono::duration<double>(now - m_begin).count();
    if (progress.total == 0) {
        std::fprintf(stderr, "\r\033[K%s  %llu", progress.what.c_str(), static_cast<unsigned long long>(progress.done));
        return;
    }
    const double share = std::min(1.0, static_cast<double>(progress.done) / static_cast<double>(progress.total));
    const int filled = static_cast<int>(share * barWidth);
    const std::string bar = std::string(static_cast<std::size_t>(filled), '#') +
                            std::string(static_cast<std::size_t>(barWidth - filled), '.');
    const double left = share > 0.01 ? seconds / share - seconds : 0;
    std::fprintf(stderr, "\r\033[K%s  [%s] %3.0f %%", progress.what.c_str(), bar.c_str(), share * 100);
    if (left >= 1)
        std::fprintf(stderr, "  %.0f s left", left);
    if (progress.records > 0)
        std::fprintf(stderr, "  %llu records", static_cast<unsigned long long>(progress.records));
}

void ProgressLine::clear()
{
    if (std::exchange(m_isShown, false))
        std::fputs("\r\033[K", stderr);
}

} // namespace plumbline
