// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/score_writer.h"

#include "model/store/external_id.h"

namespace plumbline::record {

Result<ScoreWriter> ScoreWriter::open(const store::Workspace& workspace, store::NameWriter& names)
{
    return ScoreWriter(names, TRY(workspace.database().prepare(
                                  "INSERT INTO score(import, content, trace, span, session, name, value, text, scored) "
                                  "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)")));
}

Result<> ScoreWriter::add(const ObservedScore& score, std::int64_t import, std::uint64_t content,
                          std::optional<std::int64_t> trace)
{
    m_span.clear();
    store::appendPackedId(m_span, score.spanId);
    m_insert.clear();
    m_insert.bindAt(1, import);
    m_insert.bindAt(2, content);
    m_insert.bindAt(3, trace);
    if (!m_span.empty())
        m_insert.bindAt(4, store::Blob{m_span});
    if (const std::int64_t session = TRY(m_names->idOf(score.sessionId)))
        m_insert.bindAt(5, session);
    if (const std::int64_t name = TRY(m_names->idOf(score.name)))
        m_insert.bindAt(6, name);
    m_insert.bindAt(7, score.value);
    if (!score.text.empty())
        m_insert.bindAt(8, score.text);
    if (score.time)
        m_insert.bindAt(9, score.time->microseconds());
    TRY(m_insert.next());
    return {};
}

} // namespace plumbline::record
