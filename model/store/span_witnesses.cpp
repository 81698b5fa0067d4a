// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/store/span_witnesses.h"

namespace plumbline::store {

Result<SpanWitnesses> SpanWitnesses::open(const Database& database)
{
    return SpanWitnesses(TRY(database.prepare("SELECT id, span FROM observation WHERE trace = ? AND import IN "
                                              "(SELECT id FROM import WHERE finished IS NOT NULL) ORDER BY id")));
}

Result<const std::vector<std::int64_t>*> SpanWitnesses::of(std::int64_t trace, std::string_view span)
{
    static const std::vector<std::int64_t> nobody;
    auto known = m_known.find(trace);
    if (known == m_known.end()) {
        constexpr std::size_t mostKept = 400'000; // some 40 MB
        if (m_kept > mostKept) {
            m_known.clear();
            m_kept = 0;
        }
        Spans spans;
        TRY(m_ofTrace.bind(trace));
        while (TRY(m_ofTrace.next())) {
            spans[std::string(m_ofTrace.text(1))].push_back(m_ofTrace.integer(0));
            ++m_kept;
        }
        m_ofTrace.reset();
        known = m_known.emplace(trace, std::move(spans)).first;
    }
    const auto of = known->second.find(std::string(span));
    return of == known->second.end() ? &nobody : &of->second;
}

} // namespace plumbline::store
