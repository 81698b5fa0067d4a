// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/prompt_reader.h"
#include "model/queries/call_rows.h"
#include "model/queries/snapshot.h"

namespace plumbline {

Result<PromptAnswer> Queries::promptOf(CallId id, const StopToken& stop) const
{
    const queries::Connections::Connection connection = TRY(m_snapshot->connect(stop));
    const store::Database& database = connection.workspace().database();
    PromptAnswer answer;
    answer.call = TRY(queries::callRow(database, id));
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
        block.text = TRY(bodies.bodyOf(occurrence.block));
        answer.blocks.push_back(std::move(block));
    }
    return answer;
}

} // namespace plumbline
