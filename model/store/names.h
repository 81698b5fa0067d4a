// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/store/workspace.h"

namespace plumbline::store {

/// Writes repeated text once: the ids of the table `name`. The empty text has no id.
class NameWriter
{
public:
    /// `isOnlyOne`: nobody else writes names as long as it does; where there are none yet, it knows them all.
    static Result<NameWriter> open(const Workspace& workspace, bool isOnlyOne = false);
    /// 0 for the empty text.
    Result<std::int64_t> idOf(std::string_view text);
    /// After a rollback: ids given since may not exist.
    void forget()
    {
        m_known.clear();
        m_knowsAll = false;
    }

private:
    NameWriter(const Workspace& workspace, Statement select, Statement insert)
        : m_workspace(&workspace), m_select(std::move(select)), m_insert(std::move(insert))
    {
    }
    const Workspace* m_workspace;
    Statement m_select;
    Statement m_insert;
    DigestMap m_known;
    bool m_knowsAll = false;
};

/// Writes metadata objects, each once where they repeat near one another: the ids of `attribute_set`.
class AttributeWriter
{
public:
    static Result<AttributeWriter> open(const Workspace& workspace);
    /// 0 for empty text and the empty object.
    Result<std::int64_t> idOf(std::string_view json);
    void forget() { m_known.clear(); }

private:
    AttributeWriter(const Workspace& workspace, Statement insert) : m_workspace(&workspace), m_insert(std::move(insert))
    {
    }
    const Workspace* m_workspace;
    Statement m_insert;
    DigestMap m_known;
};

/// Reads texts by id.
class NameReader
{
public:
    static Result<NameReader> open(const Database& database);
    /// Empty for 0 and for ids there are none of.
    Result<std::string> textOf(std::int64_t id);
    /// 0 if nothing has that text.
    Result<std::int64_t> find(std::string_view text);

private:
    NameReader(Statement byId, Statement byText) : m_byId(std::move(byId)), m_byText(std::move(byText)) {}
    Statement m_byId;
    Statement m_byText;
};

} // namespace plumbline::store
