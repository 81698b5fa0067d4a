// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/queries/prompt_answers.h"

#include "model/analysis/prompt_reader.h"
#include "model/core/import_service.h"
#include "model/queries/call_rows.h"
#include "model/queries/prompt_tokens.h"
#include "model/queries/snapshot.h"

namespace plumbline {

namespace {

/// A body follows the call's own sources, also where another source kept the same block.
Result<bool> mayShowBodies(const store::Database& database, CallId call)
{
    store::Statement query = TRY(database.prepare(
        "SELECT EXISTS(SELECT 1 FROM observation AS own JOIN observation AS witness "
        "ON witness.trace = own.trace AND witness.span = own.span JOIN import ON import.id = witness.import "
        "WHERE own.id = ? AND import.finished IS NOT NULL AND import.privacy = ?)"));
    TRY(query.bind(static_cast<std::int64_t>(call), static_cast<std::int64_t>(Privacy::Bodies)));
    return TRY(query.next()) && query.integer(0) != 0;
}

} // namespace

Result<PromptAnswer> Queries::promptOf(CallId id, const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Database& database = connection.workspace().database();
    store::Statement select = TRY(database.prepare(queries::selectCall));
    auto row = TRY(queries::readCall(select, id));
    if (!row)
        return fail(ErrorKind::NotFound, "there is no call " + std::to_string(static_cast<std::int64_t>(id)));
    PromptAnswer answer{.call = std::move(*row)};
    const bool hasBodies = TRY(mayShowBodies(database, id));
    analysis::PromptReader prompts = TRY(analysis::PromptReader::open(database));
    analysis::CallWitness witness;
    TRY(prompts.read(static_cast<std::int64_t>(id), witness));
    store::Statement blocks = TRY(database.prepare("SELECT role, kind, tool, document, bytes FROM block WHERE id = ?"));
    store::NameReader names = TRY(store::NameReader::open(database));
    store::BodyReader bodies = TRY(store::BodyReader::open(database));
    for (const store::BlockOccurrence& occurrence : witness.blocks) {
        TRY(stop.check());
        TRY(blocks.bind(occurrence.block));
        if (!TRY(blocks.next()))
            continue;
        PromptBlock block{.block = occurrence.block,
                          .role = static_cast<BlockRole>(blocks.integer(0)),
                          .kind = static_cast<BlockKind>(blocks.integer(1)),
                          .isOutput = occurrence.isOutput,
                          .message = occurrence.message,
                          .tool = TRY(names.textOf(blocks.integer(2))),
                          .document = std::string(blocks.text(3)),
                          .bytes = blocks.integer(4)};
        blocks.reset();
        if (hasBodies)
            if (std::optional<std::string> body = TRY(bodies.bodyOf(occurrence.block)))
                block.text = std::make_shared<std::string>(*std::move(body));
        answer.blocks.push_back(std::move(block));
    }
    TRY(queries::weigh(connection.workspace(), answer));
    return answer;
}

} // namespace plumbline
