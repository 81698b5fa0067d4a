// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/unused_blocks.h"

#include <vector>

#include "model/store/blocks.h"

namespace plumbline::record {

using store::Statement;

Result<> dropUnusedBlocks(const store::Workspace& workspace)
{
    const store::Database& database = workspace.database();
    const std::int64_t highest = TRY(database.integer("SELECT coalesce(max(id), 0) FROM block"));
    std::vector<bool> isUsed(static_cast<std::size_t>(highest) + 1, false);
    Statement lists = TRY(database.prepare("SELECT blocks FROM observation WHERE blocks IS NOT NULL"));
    while (TRY(lists.next())) {
        const auto occurrences = store::readOccurrences(lists.text(0));
        if (!occurrences)
            return fail(ErrorKind::Database, "the workspace file is damaged: a prompt's list of blocks is broken");
        for (const store::BlockOccurrence& occurrence : *occurrences)
            if (occurrence.block > 0 && occurrence.block <= highest)
                isUsed[static_cast<std::size_t>(occurrence.block)] = true;
    }
    Statement blocks = TRY(database.prepare("SELECT id FROM block"));
    Statement remove = TRY(database.prepare("DELETE FROM block WHERE id = ?"));
    std::vector<std::int64_t> unused;
    while (TRY(blocks.next()))
        if (!isUsed[static_cast<std::size_t>(blocks.integer(0))])
            unused.push_back(blocks.integer(0));
    blocks.reset();
    for (const std::int64_t id : unused)
        TRY(remove.run(id));
    return database.execute(
        "DELETE FROM body_group WHERE id NOT IN (SELECT body_group FROM block WHERE body_group IS NOT NULL)");
}

} // namespace plumbline::record
