// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/text_pass.h"

#include <cstdlib>

#include "model/prompts/text_facts.h"
#include "model/store/blocks.h"

namespace plumbline::analysis {

namespace {

constexpr std::string_view readUpTo = "texts_read_up_to";
/// Who records waits for as long as this takes: about a fifth of a second.
constexpr std::size_t enoughBytes = std::size_t{32} << 20;

/// Ids of blocks: the last one that was read, and the last one there is.
Result<std::pair<std::int64_t, std::int64_t>> readAndLast(const store::Workspace& workspace)
{
    const auto known = TRY(workspace.setting(readUpTo));
    return std::pair(known ? std::strtoll(known->c_str(), nullptr, 10) : 0LL,
                     TRY(workspace.database().integer("SELECT coalesce(max(id), 0) FROM block")));
}

} // namespace

Result<bool> hasUnreadTexts(const store::Workspace& workspace)
{
    const auto [read, last] = TRY(readAndLast(workspace));
    return last > read;
}

Result<bool> readSomeTexts(store::Workspace& workspace, const ProgressSink& progress, const StopToken& stop)
{
    const store::Database& database = workspace.database();
    const auto [from, last] = TRY(readAndLast(workspace));
    if (last <= from)
        return false;
    store::Statement blocks =
        TRY(database.prepare("SELECT id, role, kind FROM block WHERE id > ? AND body_group IS NOT NULL ORDER BY id"));
    store::Statement insert = TRY(database.prepare("INSERT OR REPLACE INTO text_facts(block, packed) VALUES(?, ?)"));
    store::BodyReader bodies = TRY(store::BodyReader::open(database));
    TRY(blocks.bind(from));
    std::string packed;
    std::size_t bytes = 0;
    constexpr std::int64_t reportEvery = 1024;
    while (TRY(blocks.next())) {
        const auto [id, role, kind] = blocks.row<std::int64_t, int, int>();
        if (id % reportEvery == 0) {
            TRY(stop.check());
            if (progress)
                progress({.what = "reading prompts",
                          .done = static_cast<std::uint64_t>(id),
                          .total = static_cast<std::uint64_t>(last)});
        }
        const auto body = TRY(bodies.bodyOf(id));
        if (!body)
            continue;
        const TextFacts facts = textFactsOf(*body, static_cast<BlockRole>(role), static_cast<BlockKind>(kind));
        if (!facts.isEmpty()) {
            packed.clear();
            appendPacked(packed, facts);
            TRY(insert.run(id, store::Blob{packed}));
        }
        bytes += body->size();
        if (bytes < enoughBytes)
            continue;
        TRY(workspace.setSetting(readUpTo, std::to_string(id)));
        return true;
    }
    TRY(workspace.setSetting(readUpTo, std::to_string(last)));
    return false;
}

} // namespace plumbline::analysis
