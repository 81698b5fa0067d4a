// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/names.h"

namespace plumbline::store {

namespace {

// 32 MB and 4 MB of digests at most; beyond, the index or a second copy of a row answers.
constexpr std::size_t mostNames = 1'400'000;
constexpr std::size_t mostAttributeSets = 180'000;

} // namespace

Result<NameWriter> NameWriter::open(const Workspace& workspace, bool isOnlyOne)
{
    const Database& database = workspace.database();
    NameWriter writer(workspace, TRY(database.prepare("SELECT id FROM name WHERE value = ?")),
                      TRY(database.prepare("INSERT INTO name(value) VALUES(?)")));
    writer.m_knowsAll = isOnlyOne && TRY(database.integer("SELECT count(*) FROM (SELECT 1 FROM name LIMIT 1)")) == 0;
    return writer;
}

Result<std::int64_t> NameWriter::idOf(std::string_view text)
{
    if (text.empty())
        return 0;
    const std::uint64_t digest = m_workspace->hasher().hash64(text);
    if (const std::uint64_t* known = m_known.find(digest))
        return static_cast<std::int64_t>(*known);
    std::int64_t id = 0;
    if (!m_knowsAll) {
        TRY(m_select.bind(text));
        if (TRY(m_select.next()))
            id = m_select.integer(0);
        m_select.reset();
    }
    if (id == 0) {
        TRY(m_insert.run(text));
        id = m_workspace->database().lastInsertId();
    }
    if (m_known.size() >= mostNames)
        forget();
    m_known.insert(digest, static_cast<std::uint64_t>(id));
    return id;
}

Result<AttributeWriter> AttributeWriter::open(const Workspace& workspace)
{
    return AttributeWriter(workspace, TRY(workspace.database().prepare("INSERT INTO attribute_set(json) VALUES(?)")));
}

Result<std::int64_t> AttributeWriter::idOf(std::string_view json)
{
    if (json.size() <= 2)
        return 0;
    const std::uint64_t digest = m_workspace->hasher().hash64(json);
    if (const std::uint64_t* known = m_known.find(digest))
        return static_cast<std::int64_t>(*known);
    TRY(m_insert.run(json));
    const std::int64_t id = m_workspace->database().lastInsertId();
    if (m_known.size() >= mostAttributeSets)
        m_known.clear();
    m_known.insert(digest, static_cast<std::uint64_t>(id));
    return id;
}

Result<NameReader> NameReader::open(const Database& database)
{
    return NameReader(TRY(database.prepare("SELECT value FROM name WHERE id = ?")),
                      TRY(database.prepare("SELECT id FROM name WHERE value = ?")));
}

Result<std::string> NameReader::textOf(std::int64_t id)
{
    std::string text;
    if (id == 0)
        return text;
    TRY(m_byId.bind(id));
    if (TRY(m_byId.next()))
        text = m_byId.text(0);
    m_byId.reset();
    return text;
}

Result<std::int64_t> NameReader::find(std::string_view text)
{
    TRY(m_byText.bind(text));
    const std::int64_t id = TRY(m_byText.next()) ? m_byText.integer(0) : 0;
    m_byText.reset();
    return id;
}

} // namespace plumbline::store
