// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/text_pass.h"

#include <cstdlib>

#include "model/prompts/text_facts.h"
#include "model/store/blocks.h"

namespace plumbline::analysis {

namespace {

constexpr std::string_view readUpTo = "texts_read_up_to";

} // namespace

Result<> readTexts(store::Workspace& workspace, const ProgressSink& progress, const StopToken& stop)
{
    const store::Database& database = workspace.database();
    const auto known = TRY(workspace.setting(readUpTo));
    const std::int64_t from = known ? std::strtoll(known->c_str(), nullptr, 10) : 0;
    const std::int64_t last = TRY(database.integer("SELECT coalesce(max(id), 0) FROM block"));
    if (last <= from)
        return {};
    store::Statement blocks =
        TRY(database.prepare("SELECT id, role, kind FROM block WHERE id > ? AND body_group IS NOT NULL ORDER BY id"));
    store::Statement insert = TRY(database.prepare("INSERT OR REPLACE INTO text_facts(block, packed) VALUES(?, ?)"));
    store::BodyReader bodies = TRY(store::BodyReader::open(database));
    TRY(blocks.bind(from));
    std::string packed;
    constexpr std::int64_t reportEvery = 1024;
    while (TRY(blocks.next())) {
        const auto [id, role, kind] = blocks.row<std::int64_t, int, int>();
        if (id % reportEvery == 0) {
            TRY(stop.check());
            if (progress)
                progress({.what = "reading prompts",
                          .done = static_cast<std::uint64_t>(id - from),
                          .total = static_cast<std::uint64_t>(last - from)});
        }
        const auto body = TRY(bodies.bodyOf(id));
        if (!body)
            continue;
        const TextFacts facts = textFactsOf(*body, static_cast<BlockRole>(role), static_cast<BlockKind>(kind));
        if (facts.isEmpty())
            continue;
        packed.clear();
        appendPacked(packed, facts);
        TRY(insert.run(id, store::Blob{packed}));
    }
    return workspace.setSetting(readUpTo, std::to_string(last));
}

} // namespace plumbline::analysis
