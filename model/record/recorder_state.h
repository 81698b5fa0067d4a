// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/record/observation_writer.h"
#include "model/record/recorder.h"
#include "model/store/recorder_lock.h"
#include "model/store/schema.h"

namespace plumbline {

/// What a recorder holds: shared by the two ways of recording, an import and live.
struct Recorder::State
{
    store::RecorderLock lock;
    store::Workspace workspace;
    bool isNew = false; ///< this recorder made the file: nobody else reads it yet
    // Of the import begun:
    std::int64_t import = 0;
    std::string floors = {};
    StopToken stop = {};
    std::optional<record::ObservationWriter> writer = {};
    std::optional<store::Transaction> transaction = {};

    const store::Database& database() const { return workspace.database(); }
    void forgetImport()
    {
        writer.reset();
        transaction.reset();
        import = 0;
        if (std::exchange(isNew, false))
            store::keepLog(database());
    }
};

namespace record {

/// Counters of texts, and of those that are not kept also what the analysis looks for in them.
extern const store::TextReader textReader;
/// Tells readers that what they know is old. In every transaction that changes what is visible.
Result<> countRevision(const store::Database& database);
/// The same where only some traces changed: readers that know the revision before read only these anew.
Result<> countLiveRevision(const store::Database& database, const std::vector<std::int64_t>& traces);
/// Makes the table that takes these notes, where there is none yet.
Result<> openLiveNotes(const store::Database& database);

} // namespace record

} // namespace plumbline
