// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/prices/priced_model.h"

#include <algorithm>

namespace plumbline {

namespace {

constexpr std::int64_t microsecondsPerMinute = 60'000'000;

} // namespace

bool DailyWindow::contains(Timestamp time) const
{
    const std::int64_t day = (time.microseconds() % microsecondsPerDay + microsecondsPerDay) % microsecondsPerDay;
    const std::int64_t minute = day / microsecondsPerMinute;
    return begin <= end ? begin <= minute && minute < end : begin <= minute || minute < end;
}

const PriceRow* rowAt(const std::vector<PriceRow>& rows, Timestamp start)
{
    const auto hoursFit = [start](const PriceRow& row) { return !row.window || row.window->contains(start); };
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
        if (row->validFrom <= start && hoursFit(*row))
            return &*row;
    for (const PriceRow& row : rows)
        if (hoursFit(row))
            return &row;
    return nullptr;
}

void splitRowsAt(std::vector<PriceRow>& rows, Timestamp time)
{
    const auto end =
        std::find_if(rows.begin(), rows.end(), [time](const PriceRow& row) { return row.validFrom >= time; });
    // Rows before the last one that holds all day are history by then.
    auto begin = end;
    while (begin != rows.begin() && (begin == end || begin->window))
        --begin;
    std::vector<PriceRow> copies(begin, end);
    for (PriceRow& copy : copies)
        copy.validFrom = time;
    rows.insert(end, std::make_move_iterator(copies.begin()), std::make_move_iterator(copies.end()));
}

} // namespace plumbline
