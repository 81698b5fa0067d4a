// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "model/core/time.h"
#include "model/store/database.h"
#include "model/store/digest.h"

namespace plumbline::store {

/// A `.plumb` file, opened: its connection, its secret and its settings. One thread at a time.
class Workspace
{
public:
    /// Create makes a missing file and migrates an older one; ReadWrite migrates; ReadOnly changes nothing
    /// but the version of an older one, for which nobody else may record (Locked).
    static Result<Workspace> open(const std::filesystem::path& path, OpenMode mode);

    Database& database() { return m_database; }
    const Database& database() const { return m_database; }
    const Hasher& hasher() const { return m_hasher; }

    Result<std::optional<std::string>> setting(std::string_view key) const;
    Result<> setSetting(std::string_view key, std::string_view value);

    /// The reporting time zone and month start of the workspace; UTC and 1 unless set.
    Result<ReportingCalendar> calendar() const;

private:
    Workspace(Database database, Hasher hasher) : m_database(std::move(database)), m_hasher(hasher) {}

    Database m_database;
    Hasher m_hasher;
};

/// Keys of the setting table.
namespace setting {
constexpr std::string_view secret = "hash_secret";
constexpr std::string_view timeZone = "time_zone";
constexpr std::string_view monthStart = "month_start_day";
constexpr std::string_view currency = "reporting_currency";
constexpr std::string_view featureRules = "feature_rules";
constexpr std::string_view priceOverrides = "price_overrides";
/// From which revision on the table `live_change` says which traces changed; not there: everything may have.
constexpr std::string_view liveSince = "live_since";
} // namespace setting

} // namespace plumbline::store
