// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace plumbline::store {

// What finance decides. Amounts in whole cents: no sum of theirs overflows.
inline constexpr std::string_view version5 = R"sql(
CREATE TABLE cost_centre(
    position INTEGER PRIMARY KEY,       -- the first that a call belongs to has it
    name TEXT NOT NULL UNIQUE,
    conditions TEXT NOT NULL,           -- one a line: feature=support-chat,triage
    split TEXT                          -- spend, calls, tokens, evenly: its spend is divided among the others by that
) STRICT;
CREATE TABLE budget(
    scope TEXT NOT NULL,                -- all, cost-centre, or a dimension
    value TEXT NOT NULL,
    month INTEGER NOT NULL,             -- from it on: year * 12 + month - 1
    cents INTEGER NOT NULL,             -- a month; 0: no longer any
    warn_at REAL NOT NULL,              -- percent
    PRIMARY KEY(scope, value, month)
) STRICT, WITHOUT ROWID;
)sql";

// Currencies, months that are closed, and reports that are kept.
inline constexpr std::string_view version6 = R"sql(
CREATE TABLE exchange_rate(
    currency TEXT NOT NULL,             -- ISO 4217
    month INTEGER NOT NULL,             -- year * 12 + month - 1
    nanos INTEGER NOT NULL,             -- of the currency for a US dollar, in 1e-9
    date TEXT NOT NULL,                 -- the day it was published for
    source TEXT NOT NULL,               -- who says so
    PRIMARY KEY(currency, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE closed_month(
    month INTEGER PRIMARY KEY,
    closed INTEGER NOT NULL,            -- when
    note TEXT NOT NULL,
    snapshot TEXT NOT NULL              -- JSON: what finance saw that day
) STRICT;
CREATE TABLE report_definition(
    name TEXT PRIMARY KEY,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// Who answers for what, what work should cost, and what is said of how months differ.
inline constexpr std::string_view version8 = R"sql(
CREATE TABLE feature_owner(
    feature TEXT PRIMARY KEY,
    owner TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE unit_cost_target(
    unit TEXT NOT NULL,                 -- call, trace, session, user
    feature TEXT NOT NULL,              -- whose calls; empty: all
    month INTEGER NOT NULL,             -- from it on: year * 12 + month - 1
    picodollars INTEGER NOT NULL,       -- of one
    PRIMARY KEY(unit, feature, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE change_note(
    month INTEGER NOT NULL,
    step TEXT NOT NULL,                 -- of the change from the month before: a factor, new, retired
    nature TEXT NOT NULL,               -- temporary, structural, or nothing
    owner TEXT NOT NULL,
    action TEXT NOT NULL,
    PRIMARY KEY(month, step)
) STRICT, WITHOUT ROWID;
)sql";

// What a bill says again. A line of an earlier version stands for itself.
inline constexpr std::string_view version9 = R"sql(
ALTER TABLE bill_line ADD COLUMN file INTEGER NOT NULL DEFAULT 0;   -- of its import, counted
ALTER TABLE bill_line ADD COLUMN statement INTEGER;                 -- digest of what it is about; NULL: a charge
)sql";

} // namespace plumbline::store
