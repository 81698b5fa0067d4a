// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "model/core/import_service.h"
#include "model/core/span.h"
#include "model/core/stop_token.h"

namespace plumbline {

/// What an import is, before its first record.
struct ImportSetup
{
    std::string name = {};   ///< `lf-observations.jsonl`, `runs (31 files)`
    std::string detail = {}; ///< where it came from, in full
    Privacy privacy = Privacy::Bodies;
    std::uint64_t expectedBytes = 0; ///< uncompressed, as far as is known: decides how duplicates are looked for
};

/// The one way in: everything observed, from files or clients, goes through a recorder into the workspace. Only one
/// process holds one (Locked names the other). What an import adds is invisible until `finish`, which settles the
/// traces it touched; an import that is not finished, cancelled or killed leaves nothing behind. One thread.
class Recorder
{
public:
    /// Creates the workspace if there is none and discards what a killed recorder left. `purpose` names the owner:
    /// `plumbline import`.
    static Result<Recorder> open(const std::filesystem::path& workspace, const std::string& purpose);
    Recorder(Recorder&&) noexcept;
    Recorder& operator=(Recorder&&) noexcept;
    ~Recorder();

    /// Begins an import. `stop` interrupts it, also in the middle of a statement.
    Result<> begin(const ImportSetup& setup, const StopToken& stop);

    /// What comes now is from another file of the import: a bill may state there anew what it stated in the one before.
    void startFile();
    /// The raw record that the next spans, traces and scores are read from: what is equal to the byte is a duplicate.
    void startRecord(std::string_view raw);
    Result<> add(const ObservedSpan& span);
    Result<> add(const ObservedTrace& trace);
    Result<> add(const ObservedScore& score);
    Result<> add(const ObservedBillLine& line);

    /// Makes what was added durable, though not visible yet. Called by itself every so many rows.
    Result<> commit();
    /// Settles and shows the import. `report` comes with what the reader counted and leaves with what became of it.
    Result<ImportReport> finish(ImportReport report, const ProgressSink& progress);
    /// Discards the import begun; nothing of it was ever visible.
    Result<> discard();

    /// Takes an import out of the workspace; spans that others brought as well stay. NotFound.
    Result<> removeImport(std::int64_t import, const ProgressSink& progress, const StopToken& stop);
    /// Takes every source out whose calls all ended before a moment. Answers how many.
    Result<std::int64_t> prune(Timestamp before, const ProgressSink& progress, const StopToken& stop);

    struct Setting
    {
        std::string_view key;
        std::string_view value;
    };
    /// Sets what calls depend on (feature rules, prices, the calendar) and settles every trace anew: one transaction.
    Result<> change(std::initializer_list<Setting> settings, const ProgressSink& progress, const StopToken& stop);

private:
    friend class LiveRecorder;
    struct State;
    explicit Recorder(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace plumbline
