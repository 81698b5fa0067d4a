// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "model/core/import_service.h"
#include "model/core/span.h"
#include "model/store/blocks.h"

namespace plumbline::record {

/// What a writer added, for settling and for the report.
struct Recorded
{
    std::uint64_t spans = 0, traces = 0, scores = 0, billLines = 0, duplicates = 0;
    std::optional<Timestamp> first = {}, last = {};
    std::int64_t traceFloor = 0;       ///< traces with greater ids are new
    std::int64_t observationFloor = 0; ///< observations with greater ids are this import's
    std::int64_t lastTrace = 0;        ///< the greatest id of a trace there is
    bool cameTraceByTrace = true;      ///< the new traces' observations lie together, in the order of their traces
    std::vector<std::int64_t> olderTraces = {}; ///< touched ones that were there before, sorted, each once

    void spread(const std::optional<Timestamp>& time) { reachTo(time, first, last); }
};

/// Appends the rows of one import: interns texts, splits off blocks, drops what the workspace has to the byte.
/// Only appends; settling makes sense of it. Inside a transaction of the caller.
class ObservationWriter
{
public:
    static Result<ObservationWriter> open(const store::Workspace& workspace, std::int64_t import, Privacy privacy,
                                          const store::TextReader& reader, bool isBulk);
    ObservationWriter(ObservationWriter&&) noexcept;
    ObservationWriter& operator=(ObservationWriter&&) noexcept;
    ~ObservationWriter();

    /// What comes now belongs to another import: for writers that are not bulk.
    void changeImport(std::int64_t import);
    /// What comes now is from another file of the import.
    void startFile();
    void startRecord(std::string_view raw);
    /// False where the workspace has it to the byte.
    Result<bool> add(const ObservedSpan& span);
    Result<bool> add(const ObservedTrace& trace);
    Result<bool> add(const ObservedScore& score);
    Result<> add(const ObservedBillLine& line);

    std::int64_t rowsSinceCommit() const;
    /// Before a commit.
    Result<> flush();
    /// Builds the indexes that were done without.
    Result<Recorded> finish();
    /// What came since the last batch; what comes now is another. For writers that are not bulk. After flush().
    Recorded takeBatch();

private:
    struct State;
    explicit ObservationWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace plumbline::record
