// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "model/store/database.h"
#include "model/store/digest.h"

namespace plumbline::record {

/// Which records the workspace has already, by their digest. An import larger than the workspace takes all old digests
/// into memory at once; a smaller one those of the traces it meets, as it meets them. At some four million (a smaller
/// one at half a million) it forgets: a repeated record is then one more witness of its span, which settling does not
/// mind.
class KnownContent
{
public:
    static Result<KnownContent> open(const store::Database& database, bool isBulk);

    /// Takes the digests of a trace that was there before the import.
    Result<> loadTrace(std::int64_t trace);
    void prefetch(std::uint64_t content) const { m_known.prefetch(content); }
    /// The observation that is the same to the byte; 0 if there is none, and `observation` is now.
    std::int64_t findOrRemember(std::uint64_t content, std::int64_t observation);

private:
    explicit KnownContent(store::Statement ofTrace) : m_ofTrace(std::move(ofTrace)) {}
    store::Statement m_ofTrace;
    store::DigestMap m_known;
    store::DigestMap m_loaded; ///< traces
    bool m_isBulk = false;
};

} // namespace plumbline::record
