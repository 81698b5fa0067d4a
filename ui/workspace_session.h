// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "model/core/import_service.h"
#include "model/core/workspace_service.h"
#include "model/jobs/job_runner.h"
#include "model/queries/queries.h"

namespace plumbline {

/// The workspace the window has open: opens it, follows what other processes do to it, and runs the one change at a
/// time that is made to it. Everything happens off the GUI thread and is told by signals.
class WorkspaceSession : public QObject
{
    Q_OBJECT

public:
    WorkspaceSession(ImportService& imports, WorkspaceService& workspaces, QObject* parent = nullptr);

    /// Empty while nothing is open.
    const std::optional<Queries>& queries() const { return m_queries; }
    std::filesystem::path path() const { return m_path; }
    bool isOpen() const { return m_queries.has_value(); }
    /// Whether a change is at work: an import, a removal, new rules.
    bool isChanging() const { return m_change.isRunning() && !m_isAnalysing; }
    /// Whether calls are being looked at for drains. Gives way to any change, and goes on after it.
    bool isAnalysing() const { return m_change.isRunning() && m_isAnalysing; }

    void open(const std::filesystem::path& path);
    /// Also gives up opening.
    void close();
    /// Opens the sample workspace there, and makes it first if need be.
    void openSample(const std::filesystem::path& path);
    /// Opens a workspace without any calls; what is there already stays.
    void create(const std::filesystem::path& path);
    void preview(const std::vector<std::filesystem::path>& paths);
    /// Into the open workspace, or into a new one at `path`, which is opened then.
    void import(const std::filesystem::path& path, const ImportRequest& request);
    void removeSource(std::int64_t import, const QString& name);
    void applyRules(const FeatureRules& rules);
    void applyPrices(const PriceOverrides& overrides);
    /// Reads a file of prices; `pricesRead` or `failed`.
    void readPrices(const std::filesystem::path& file, PriceList list);
    void setReporting(const QString& timeZone, int monthStartDay);
    /// What the user says of a finding: at once, beside whatever is at work.
    void setFindingNote(const FindingNote& note);
    /// The same of scenarios.
    void saveScenario(const SavedScenario& scenario);
    void removeScenario(const std::string& name);
    void setSpendPlan(const SpendPlan& plan);
    /// Tells billRecorded where it was.
    void addBill(const BilledTotal& bill);
    void removeBill(const BilledTotal& bill);
    void closeMonth(std::int32_t month, const std::string& note);
    void reopenMonth(std::int32_t month);
    void saveReport(const ReportDefinition& definition);
    void removeReport(const std::string& name);
    void saveFilter(const SavedFilter& filter);
    void removeFilter(const std::string& name);
    void setAnnotations(const std::vector<Annotation>& annotations);
    void setDrainThresholds(const std::map<std::string, double>& thresholds);
    /// Also gives up opening.
    void cancelChange();
    /// Looks at once whether there is something new.
    void refresh();
    /// The same, unless a look is at work already.
    void refreshSoon();

signals:
    void opened();
    void closed();
    /// There is something new in the open workspace.
    void changed();
    /// Cancelled where the user gave it up.
    void openFailed(const plumbline::Error& error);
    void pricesRead(const plumbline::PriceOverrides& prices);
    void previewed(const std::vector<plumbline::FilePreview>& files);
    /// What the user said is written: notes, scenarios.
    void edited();
    /// A change begins; `what` names it.
    void changeBegan(const QString& what);
    void changeProgressed(const plumbline::Progress& progress);
    /// It is over: done, cancelled or failed. `outcome` says how.
    void changeEnded(const QString& outcome);
    void imported(const plumbline::ImportReport& report);
    void billRecorded(const plumbline::BilledTotal& bill);
    void analysisProgressed(const plumbline::Progress& progress);
    /// No more is to be looked at for now. `problem`: why it cannot be done here; empty if it could.
    void analysisEnded(const QString& problem);
    void failed(const plumbline::Error& error);

private:
    template <class Work>
    void change(const QString& what, const QString& outcome, Work work, std::function<void()> whenDone = {});
    /// Begins a change once those that were asked for before it are over: none takes another's place.
    void afterOthers(std::function<void()> begin);
    void beginNext();
    void beginChange(const QString& what);
    void endChange(const Error& error);
    /// A small thing, written at once.
    void edit(std::function<Result<>(WorkspaceService&)> write);
    void writeEdits();
    void analyse();
    void endAnalysis(const Result<>& result, std::chrono::steady_clock::duration took);
    /// Opens `path` once `work` has made it.
    void make(const std::filesystem::path& path, const QString& what,
              std::function<Result<>(const StopToken&, const ProgressSink&)> work);
    void reopen();

    ImportService& m_imports;
    WorkspaceService& m_workspaces;
    std::optional<Queries> m_queries;
    std::filesystem::path m_path;
    std::filesystem::path m_opened; ///< what is being opened, or was
    QTimer m_poll;
    JobRunner m_opening;
    JobRunner m_following;
    JobRunner m_previewing;
    JobRunner m_reading;
    QTimer m_rest;                                                   ///< between two analyses
    std::vector<std::function<Result<>(WorkspaceService&)>> m_edits; ///< that wait to be written
    std::deque<std::function<void()>> m_waiting;                     ///< changes to begin
    JobRunner m_editing;
    JobRunner m_change; ///< also the analysis: it never overlaps with a change
    bool m_isAnalysing = false;
    bool m_wantsAnalysis = false;          ///< when there is time for it
    std::filesystem::path m_cannotAnalyse; ///< where it failed: not tried again
};

} // namespace plumbline
