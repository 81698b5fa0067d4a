// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "model/core/time.h"
#include "model/record/observation.h"
#include "model/store/workspace.h"

namespace plumbline::record {

/// The columns of a call that the daily roll-up sums.
struct RollUpCall
{
    std::int64_t started = 0;
    NameId feature = 0, model = 0, provider = 0, environment = 0;
    bool isError = false;
    bool isPriced = false;
    Usage usage = {};
    std::optional<Money> cost = {};
};

/// Keeps the table `daily` true by differences: what is settled anew is taken out and put in again. Sums are exact
/// integers, so the differences leave no trace.
class DailyRollUp
{
public:
    explicit DailyRollUp(ReportingCalendar calendar) : m_calendar(std::move(calendar)) {}
    void put(const RollUpCall& call) { add(call, 1); }
    void takeOut(const RollUpCall& call) { add(call, -1); }
    /// Writes the differences collected.
    Result<> write(const store::Database& database);

private:
    struct Key
    {
        std::int32_t day = 0;
        NameId feature = 0, model = 0, provider = 0, environment = 0;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash
    {
        std::size_t operator()(const Key& key) const;
    };
    struct Sums
    {
        std::int64_t calls = 0, withoutUsage = 0, unpriced = 0, errors = 0;
        std::int64_t uncached = 0, cacheRead = 0, cacheWrite = 0, visible = 0, reasoning = 0;
        __int128 cost = 0;
    };
    void add(const RollUpCall& call, int sign);

    ReportingCalendar m_calendar;
    std::unordered_map<Key, Sums, KeyHash> m_days;
    Key m_lastKey;
    Sums* m_last = nullptr;
};

} // namespace plumbline::record
