// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace plumbline {

/// A column of repeated values: each entry has a code, 0 for none; a code stands for an id of the workspace. Ids are
/// small and dense, so finding a code is looking into an array.
class CodedColumn
{
public:
    const std::vector<std::uint32_t>& codes() const { return m_codes; }
    std::uint32_t codeCount() const { return static_cast<std::uint32_t>(m_idOfCode.size()); }
    std::int64_t idOf(std::uint32_t code) const { return m_idOfCode[code]; }
    /// 0 if no entry has it.
    std::uint32_t codeOf(std::int64_t id) const
    {
        return id > 0 && static_cast<std::size_t>(id) < m_codeOfId.size() ? m_codeOfId[static_cast<std::size_t>(id)]
                                                                          : 0;
    }

    void add(std::uint32_t id) { m_codes.push_back(codeFor(id)); }
    /// Ids become codes.
    void codeInPlace(std::vector<std::uint32_t>& ids)
    {
        for (std::uint32_t& entry : ids)
            entry = codeFor(entry);
    }
    /// To put other entries in, coded by this column.
    std::vector<std::uint32_t>& mutableCodes() { return m_codes; }
    /// Takes a column of ids and codes it in place.
    void adopt(std::vector<std::uint32_t>&& ids)
    {
        m_codes = std::move(ids);
        codeInPlace(m_codes);
    }

private:
    std::uint32_t codeFor(std::uint32_t id)
    {
        if (id == 0)
            return 0;
        if (id >= m_codeOfId.size())
            m_codeOfId.resize(std::size_t{id} + id / 2 + 64);
        std::uint32_t& code = m_codeOfId[id];
        if (code == 0) {
            code = codeCount();
            m_idOfCode.push_back(id);
        }
        return code;
    }

    std::vector<std::uint32_t> m_codes;
    std::vector<std::int64_t> m_idOfCode = {0};
    std::vector<std::uint32_t> m_codeOfId;
};

} // namespace plumbline
