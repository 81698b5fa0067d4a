// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/text_matches.h"

#include <algorithm>

#include "model/core/import_service.h"
#include "model/queries/rows_by_id.h"
#include "model/store/blocks.h"
#include "model/store/text_index.h"

namespace plumbline::queries {

namespace {

Result<std::vector<std::uint8_t>> search(const store::Workspace& workspace, const CallTable& table,
                                         const std::string& words, const StopToken& stop)
{
    std::vector<std::uint8_t> found(table.size(), 0);
    const std::vector<std::int64_t> blocks = TRY(store::blocksWithText(workspace, words, stop));
    if (blocks.empty())
        return found;
    std::vector<bool> isSought(static_cast<std::size_t>(blocks.back()) + 1);
    for (const std::int64_t block : blocks)
        isSought[static_cast<std::size_t>(block)] = true;
    RowsOfObservations rows = TRY(RowsOfObservations::open(workspace.database(), table));
    const store::Database& database = workspace.database();
    store::Statement observations = TRY(database.prepare(
        "SELECT observation.id, observation.trace, observation.span, observation.blocks FROM observation "
        "JOIN import ON import.id = observation.import WHERE observation.blocks IS NOT NULL "
        "AND import.finished IS NOT NULL AND import.privacy = ?"));
    TRY(observations.bind(static_cast<std::int64_t>(Privacy::Bodies)));
    const auto holdsIt = [&](const store::BlockOccurrence& occurrence) {
        const auto block = static_cast<std::size_t>(occurrence.block);
        return block < isSought.size() && isSought[block];
    };
    std::vector<store::BlockOccurrence> occurrences;
    constexpr std::uint64_t checkEvery = 8192;
    for (std::uint64_t count = 0; TRY(observations.next()); ++count) {
        if (count % checkEvery == 0)
            TRY(stop.check());
        if (!store::readOccurrences(observations.text(3), occurrences) ||
            std::none_of(occurrences.begin(), occurrences.end(), holdsIt))
            continue;
        const auto row = TRY(rows.of(observations.integer(0), observations.integer(1), observations.text(2)));
        if (row)
            found[*row] = 1;
    }
    return found;
}

} // namespace

Result<TextMatches::Rows> TextMatches::of(const store::Workspace& workspace, const CallTable& table,
                                          const std::string& words, const StopToken& stop)
{
    const auto known = m_found.load();
    for (const Found* found = known.get(); found; found = found->before.get())
        if (found->words == words)
            return found->rows;
    if (!TRY(store::hasTextIndex(workspace)))
        return fail(ErrorKind::Unsupported, "prompts cannot be searched yet: their index is not made");
    auto rows = std::make_shared<const std::vector<std::uint8_t>>(TRY(search(workspace, table, words, stop)));
    // A few searches are kept; a byte for each call.
    constexpr int kept = 4;
    auto chain = std::make_shared<Found>(Found{words, rows, nullptr});
    Found* last = chain.get();
    int count = 1;
    for (const Found* found = known.get(); found && count < kept; found = found->before.get(), ++count) {
        auto copy = std::make_shared<Found>(Found{found->words, found->rows, nullptr});
        Found* next = copy.get();
        last->before = std::move(copy);
        last = next;
    }
    m_found.store(std::move(chain));
    return Rows(std::move(rows));
}

} // namespace plumbline::queries
