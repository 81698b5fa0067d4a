// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace plumbline::store {

// What helps people who read traces: words to find prompts by, filters they keep, and what happened when.
inline constexpr std::string_view version7 = R"sql(
-- The words of the bodies that are kept, by block.id; made anew once a block is gone, whose id is given again.
CREATE VIRTUAL TABLE block_text USING fts5(body, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER block_text_gone AFTER DELETE ON block BEGIN
    UPDATE setting SET value = '0' WHERE key = 'texts_indexed_up_to' AND value <> '0';
END;
CREATE TABLE saved_filter(
    name TEXT PRIMARY KEY,
    expression TEXT NOT NULL            -- feature:support-chat cost>0.10
) STRICT, WITHOUT ROWID;
CREATE TABLE annotation(
    id INTEGER PRIMARY KEY,
    happened INTEGER NOT NULL,
    kind TEXT NOT NULL,                 -- deploy, price-change, incident, note
    text TEXT NOT NULL
) STRICT;
)sql";

} // namespace plumbline::store
