// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/text_index.h"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "model/store/blocks.h"

namespace plumbline::store {

namespace {

constexpr std::string_view indexedUpTo = "texts_indexed_up_to";
/// Who records waits for as long as this takes: about a third of a second.
constexpr std::size_t enoughBytes = std::size_t{8} << 20;

/// Ids of blocks.
struct IndexState
{
    std::int64_t indexed = 0; ///< the last one that is in the index
    std::int64_t last = 0;    ///< the last one there is
    bool holdsGone = false;   ///< a block was removed whose words are still in it
};
Result<IndexState> stateOf(const Workspace& workspace)
{
    const auto known = TRY(workspace.setting(indexedUpTo));
    return IndexState{.indexed = known ? std::strtoll(known->c_str(), nullptr, 10) : 0,
                      .last = TRY(workspace.database().integer("SELECT coalesce(max(id), 0) FROM block")),
                      .holdsGone = known == "0"};
}

bool hasWord(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](unsigned char c) {
        return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
}

} // namespace

Result<bool> hasTextIndex(const Workspace& workspace)
{
    const IndexState state = TRY(stateOf(workspace));
    return state.indexed > 0 || state.last == 0;
}

Result<bool> hasUnindexedTexts(const Workspace& workspace)
{
    const IndexState state = TRY(stateOf(workspace));
    return state.last > state.indexed || state.holdsGone;
}

Result<bool> indexSomeTexts(Workspace& workspace, const ProgressSink& progress, const StopToken& stop)
{
    const Database& database = workspace.database();
    const IndexState state = TRY(stateOf(workspace));
    const std::int64_t from = state.indexed, last = state.last;
    if (from == 0)
        TRY(database.execute("INSERT INTO block_text(block_text) VALUES('delete-all')"));
    if (last == 0)
        TRY(workspace.setSetting(indexedUpTo, "none"));
    if (last <= from)
        return false;
    Statement blocks =
        TRY(database.prepare("SELECT id FROM block WHERE id > ? AND body_group IS NOT NULL ORDER BY id"));
    Statement insert = TRY(database.prepare("INSERT INTO block_text(rowid, body) VALUES(?, ?)"));
    BodyReader bodies = TRY(BodyReader::open(database));
    TRY(blocks.bind(from));
    std::size_t bytes = 0;
    constexpr std::int64_t reportEvery = 1024;
    while (TRY(blocks.next())) {
        const std::int64_t id = blocks.integer(0);
        if (id % reportEvery == 0) {
            TRY(stop.check());
            if (progress)
                progress({.what = "indexing prompts",
                          .done = static_cast<std::uint64_t>(id),
                          .total = static_cast<std::uint64_t>(last)});
        }
        const auto body = TRY(bodies.bodyOf(id));
        if (!body)
            continue;
        TRY(insert.run(id, *body));
        bytes += body->size();
        if (bytes < enoughBytes)
            continue;
        TRY(workspace.setSetting(indexedUpTo, std::to_string(id)));
        return true;
    }
    TRY(workspace.setSetting(indexedUpTo, std::to_string(last)));
    return false;
}

Result<std::vector<std::int64_t>> blocksWithText(const Workspace& workspace, std::string_view words,
                                                 const StopToken& stop)
{
    if (!hasWord(words))
        return fail(ErrorKind::Usage, "'" + std::string(words) + "' has no word to look for");
    std::string query = "\"";
    for (const char c : words)
        query += c == '"' ? std::string("\"\"") : std::string(1, c);
    query += "\" *";
    Statement matches = TRY(workspace.database().prepare("SELECT rowid FROM block_text WHERE block_text MATCH ?"));
    TRY(matches.bind(query));
    std::vector<std::int64_t> blocks;
    constexpr std::size_t checkEvery = 4096;
    while (TRY(matches.next())) {
        blocks.push_back(matches.integer(0));
        if (blocks.size() % checkEvery == 0)
            TRY(stop.check());
    }
    std::sort(blocks.begin(), blocks.end());
    return blocks;
}

} // namespace plumbline::store
