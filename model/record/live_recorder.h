// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/import_service.h"
#include "model/core/span.h"

namespace plumbline {

/// Records what arrives while it happens: the same way in as `Recorder`, cut into batches. A batch that is committed is
/// durable, settled and visible; one that fails leaves nothing. What arrives on one day
/// (UTC) in one format is one source. Only one
/// process holds a recorder of a workspace (Locked names the other). One thread.
class LiveRecorder
{
public:
    /// Creates the workspace if there is none. `purpose` names the owner: `plumbline collect`.
    static Result<LiveRecorder> open(const std::filesystem::path& workspace, const std::string& purpose,
                                     Privacy privacy);
    LiveRecorder(LiveRecorder&&) noexcept;
    LiveRecorder& operator=(LiveRecorder&&) noexcept;
    ~LiveRecorder();

    /// Begins a batch. After an error of this or of what follows, the recorder is of no more use: open another.
    Result<> begin();

    /// The raw record that the next spans, traces and scores are read from, of a format such as `OpenTelemetry (OTLP)`.
    Result<> startRecord(std::string_view raw, std::string_view format);
    /// What follows belongs to no record until the next is started.
    void endRecord();
    /// The record at hand, or a part of it, could not be used; counts for its source, and for none without a record.
    void skip(std::string_view reason);
    Result<> add(const ObservedSpan& span);
    Result<> add(const ObservedTrace& trace);
    Result<> add(const ObservedScore& score);

    struct Outcome
    {
        std::uint64_t spans = 0, traces = 0, scores = 0, duplicates = 0;
    };
    /// Settles the traces of the batch and makes it durable.
    Result<Outcome> commit();

    /// The trace of a span that came lately, a hundred thousand spans ago at most; empty: none of that id did.
    Result<std::string> traceOfSpan(std::string_view span);

    /// Keyed with the workspace's secret: nobody can make two texts that have the same.
    std::uint64_t digestOf(std::string_view text) const;
    /// The same short word for the same text in this workspace, from which the text cannot be told.
    std::string pseudonymOf(std::string_view text) const;

private:
    struct State;
    explicit LiveRecorder(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace plumbline
