// SPDX-License-Identifier: GPL-3.0-or-later
#include "importers/collector/tally.h"

namespace plumbline::collector {

namespace {

std::int64_t second()
{
    using namespace std::chrono;
    return duration_cast<std::chrono::seconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

void Tally::recorded(std::uint64_t posts, std::uint64_t spans, std::uint64_t duplicates)
{
    const std::lock_guard lock(m_mutex);
    m_status.posts += posts;
    m_status.spans += spans;
    m_status.duplicates += duplicates;
    if (spans == 0)
        return;
    m_status.lastSpanAt = currentTime();
    const std::int64_t at = second();
    const auto place = static_cast<std::size_t>(at % seconds);
    if (m_secondOf[place] != at) {
        m_secondOf[place] = at;
        m_spans[place] = 0;
    }
    m_spans[place] += spans;
}

void Tally::forwarded()
{
    const std::lock_guard lock(m_mutex);
    ++m_status.forwarded;
}

void Tally::add(Counter counter, std::uint64_t number, std::string_view reason)
{
    if (number == 0)
        return;
    const std::lock_guard lock(m_mutex);
    m_status.*counter += number;
    m_status.lastError = reason;
    m_status.lastErrorAt = currentTime();
}

CollectorStatus Tally::status() const
{
    const std::lock_guard lock(m_mutex);
    CollectorStatus status = m_status;
    const std::int64_t at = second();
    std::uint64_t spans = 0;
    for (std::size_t place = 0; place < m_spans.size(); ++place)
        spans += at - m_secondOf[place] < seconds ? m_spans[place] : 0;
    status.spansPerSecond = static_cast<double>(spans) / seconds;
    return status;
}

} // namespace plumbline::collector
