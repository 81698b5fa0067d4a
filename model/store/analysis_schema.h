// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace plumbline::store {

// What the analysis makes of the calls. All of it can be made anew but `finding_note`, which is the user's.
inline constexpr std::string_view version3 = R"sql(
-- A call that was looked at: the tokens of its segments and what drains claim of it, packed (model/analysis/packed.h).
CREATE TABLE call_analysis(
    call INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
) STRICT;

-- Features whose calls changed since they were analysed. 0: unallocated.
CREATE TABLE stale_scope(
    feature INTEGER PRIMARY KEY         -- name.id
) STRICT;
INSERT INTO stale_scope SELECT DISTINCT coalesce(feature, 0) FROM origin;

-- What a text shows beside its counters (model/prompts/text_facts.h), of the blocks where it shows anything.
CREATE TABLE text_facts(
    block INTEGER PRIMARY KEY,
    packed BLOB NOT NULL
) STRICT;

-- Ids of blocks that are gone are given again: nothing of theirs may stay.
CREATE TRIGGER block_gone AFTER DELETE ON block BEGIN
    DELETE FROM text_facts WHERE block = OLD.id;
    UPDATE setting SET value = CAST((SELECT coalesce(max(id), 0) FROM block) AS TEXT)
    WHERE key = 'texts_read_up_to' AND CAST(value AS INTEGER) > (SELECT coalesce(max(id), 0) FROM block);
END;

-- What a token of a model weighs, by text counter; fitted to what calls reported.
CREATE TABLE token_weights(
    model INTEGER PRIMARY KEY,          -- name.id
    method INTEGER NOT NULL,            -- model/core/segment.h
    calls INTEGER NOT NULL,             -- that it was fitted to
    error REAL NOT NULL,                -- mean relative error of a call's input, before it is split to the token
    packed BLOB NOT NULL
) STRICT;

-- What a drain found in a feature, with its evidence as JSON.
CREATE TABLE finding(
    feature INTEGER NOT NULL,           -- name.id; 0: unallocated
    drain TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    evidence TEXT NOT NULL DEFAULT '{}',
    PRIMARY KEY(feature, drain)
) STRICT, WITHOUT ROWID;

-- What the user says of a finding: muted with a reason, or fixed on a date, with what was promised then.
CREATE TABLE finding_note(
    feature TEXT NOT NULL,              -- empty: every feature
    drain TEXT NOT NULL,
    state TEXT NOT NULL,                -- muted, fixed
    reason TEXT NOT NULL DEFAULT '',
    noted INTEGER NOT NULL,             -- when it was said
    fixed INTEGER,                      -- from when on it is fixed
    promised_dollars INTEGER, promised_picodollars INTEGER, -- a month, at that time
    PRIMARY KEY(feature, drain)
) STRICT, WITHOUT ROWID;

-- Dollars and the picodollars left over apart, as in `daily`.
CREATE TABLE daily_waste(
    day INTEGER NOT NULL, feature INTEGER NOT NULL, drain TEXT NOT NULL, confidence INTEGER NOT NULL,
    calls INTEGER NOT NULL, tokens INTEGER NOT NULL,
    cost_dollars INTEGER NOT NULL, cost_picodollars INTEGER NOT NULL,
    PRIMARY KEY(feature, day, drain, confidence)
) STRICT, WITHOUT ROWID;

CREATE VIEW waste_by_feature AS
SELECT coalesce(feature.value, 'unallocated') AS feature, drain,
       CASE confidence WHEN 0 THEN 'high' WHEN 1 THEN 'medium' WHEN 2 THEN 'opportunity' ELSE 'beside' END AS confidence,
       date(day * 86400, 'unixepoch') AS day, calls, tokens,
       cost_dollars + cost_picodollars / 1e12 AS cost_usd
FROM daily_waste
LEFT JOIN name AS feature ON feature.id = daily_waste.feature;
)sql";

// Another mark at each change: who looked at the calls before it knows that they are stale still. When a finding was
// first seen, its calls say.
inline constexpr std::string_view version4 = R"sql(
DROP TABLE stale_scope;
CREATE TABLE stale_scope(
    feature INTEGER PRIMARY KEY,        -- name.id
    mark INTEGER NOT NULL DEFAULT (random())
) STRICT;
INSERT INTO stale_scope(feature) SELECT DISTINCT coalesce(feature, 0) FROM origin;
ALTER TABLE finding DROP COLUMN first_seen;

-- What the user would change, as a scenario file, and from when on it is done.
CREATE TABLE scenario(
    name TEXT PRIMARY KEY,
    json TEXT NOT NULL,
    saved INTEGER NOT NULL,
    since INTEGER,
    promised_dollars INTEGER, promised_picodollars INTEGER -- a month, when it was saved
) STRICT, WITHOUT ROWID;
)sql";

} // namespace plumbline::store
