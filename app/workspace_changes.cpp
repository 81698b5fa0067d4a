// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workspace_changes.h"

#include "app/bill_entry.h"
#include "app/month_closing.h"
#include "app/sample_workspace.h"
#include "app/text_file.h"
#include "model/analysis/analysis.h"
#include "model/analysis/drain_settings.h"
#include "model/prices/foreign_prices.h"
#include "model/prices/overrides_json.h"
#include "model/record/recorder.h"
#include "model/simulation/saved_scenarios.h"
#include "model/spend/closed_months.h"
#include "model/spend/saved_reports.h"
#include "model/spend/saved_spend_plan.h"
#include "model/store/reading_notes.h"
#include "model/store/recorder_lock.h"
#include "model/store/workspace.h"

namespace plumbline {

namespace {

namespace fs = std::filesystem;

class WorkspaceChanges : public WorkspaceService
{
public:
    explicit WorkspaceChanges(AskForWay askForWay) : m_askForWay(std::move(askForWay)) {}

    Result<> removeSource(const fs::path& workspace, std::int64_t import, const ProgressSink& progress,
                          const StopToken& stop) override
    {
        const auto way = wayTo(workspace);
        Recorder recorder = TRY(Recorder::open(workspace, "plumbline, removing a source"));
        return recorder.removeImport(import, progress, stop);
    }

    Result<> setFeatureRules(const fs::path& workspace, const FeatureRules& rules, const ProgressSink& progress,
                             const StopToken& stop) override
    {
        const auto way = wayTo(workspace);
        Recorder recorder = TRY(Recorder::open(workspace, "plumbline, applying feature rules"));
        return recorder.change({{store::setting::featureRules, textOf(rules)}}, progress, stop);
    }

    Result<> setPriceOverrides(const fs::path& workspace, const PriceOverrides& overrides, const ProgressSink& progress,
                               const StopToken& stop) override
    {
        const auto way = wayTo(workspace);
        Recorder recorder = TRY(Recorder::open(workspace, "plumbline, applying prices"));
        return recorder.change({{store::setting::priceOverrides, toJson(overrides)}}, progress, stop);
    }

    Result<PriceOverrides> readPrices(const fs::path& file, PriceList list) override
    {
        auto overrides = overridesFrom(list, TRY(readTextFile(file)));
        if (!overrides)
            return tl::unexpected(std::move(overrides).error().in(file.string()));
        return overrides;
    }

    Result<> setReporting(const fs::path& workspace, const std::string& timeZone, int monthStartDay,
                          const StopToken& stop) override
    {
        TRY(ReportingCalendar::open(timeZone, monthStartDay)); // refuses what is no zone
        const auto way = wayTo(workspace);
        Recorder recorder = TRY(Recorder::open(workspace, "plumbline, setting the reporting calendar"));
        // Settled anew because the daily roll-up has other days now.
        return recorder.change(
            {{store::setting::monthStart, std::to_string(monthStartDay)}, {store::setting::timeZone, timeZone}}, {},
            stop);
    }

    Result<> analyse(const fs::path& workspace, const ProgressSink& progress, const StopToken& stop) override
    {
        TRY(Analysis::run(workspace, progress, stop, m_askForWay));
        return Analysis::indexTexts(workspace, progress, stop, m_askForWay);
    }

    Result<> setFindingNote(const fs::path& workspace, const FindingNote& note) override
    {
        store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
        return writeFindingNote(opened, note);
    }

    Result<> setDrainThresholds(const fs::path& workspace, const std::map<std::string, double>& thresholds) override
    {
        const auto way = wayTo(workspace);
        const store::RecorderLock lock = TRY(store::RecorderLock::acquire(workspace, "plumbline, changing thresholds"));
        store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
        return plumbline::setDrainThresholds(opened, thresholds);
    }

    Result<> saveScenario(const fs::path& workspace, const SavedScenario& scenario) override
    {
        store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
        return plumbline::saveScenario(opened, scenario);
    }

    Result<> removeScenario(const fs::path& workspace, const std::string& name) override
    {
        store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
        return plumbline::removeScenario(opened, name);
    }

    Result<> setSpendPlan(const fs::path& workspace, const SpendPlan& plan) override
    {
        store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
        return saveSpendPlan(opened, plan);
    }

    Result<> addBill(const fs::path& workspace, const BilledTotal& bill, const StopToken& stop) override
    {
        const auto way = wayTo(workspace);
        return addBilledTotal(workspace, bill, stop);
    }

    Result<> removeBill(const fs::path& workspace, const BilledTotal& bill, const StopToken& stop) override
    {
        const auto way = wayTo(workspace);
        return removeBilledTotal(workspace, bill, stop);
    }

    Result<> closeMonth(const fs::path& workspace, std::int32_t month, const std::string& note,
                        const StopToken& stop) override
    {
        return closeReportingMonth(workspace, month, note, stop);
    }

    Result<> reopenMonth(const fs::path& workspace, std::int32_t month) override
    {
        store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
        return spend::reopenMonth(opened, month);
    }

    Result<> saveReport(const fs::path& workspace, const ReportDefinition& definition) override
    {
        store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
        return plumbline::saveReport(opened, definition);
    }

    Result<> removeReport(const fs::path& workspace, const std::string& name) override
    {
        store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
        return plumbline::removeReport(opened, name);
    }

    Result<> saveFilter(const fs::path& workspace, const SavedFilter& filter) override
    {
        const store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
        return store::saveFilter(opened, filter);
    }

    Result<> removeFilter(const fs::path& workspace, const std::string& name) override
    {
        const store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
        return store::removeFilter(opened, name);
    }

    Result<> setAnnotations(const fs::path& workspace, const std::vector<Annotation>& annotations) override
    {
        store::Workspace opened = TRY(store::Workspace::open(workspace, store::OpenMode::ReadWrite));
        return store::setAnnotations(opened, annotations);
    }

    Result<> createWorkspace(const fs::path& workspace) override
    {
        TRY(store::Workspace::open(workspace, store::OpenMode::Create));
        return {};
    }

    Result<> createSample(const fs::path& workspace, const ProgressSink& progress, const StopToken& stop) override
    {
        const auto way = wayTo(workspace);
        // Made beside and moved into place whole, so that what stops half-way is no sample.
        fs::path unfinished = workspace;
        unfinished += ".new";
        std::error_code error;
        fs::create_directories(workspace.parent_path(), error);
        const auto remove = [&](const fs::path& base) {
            for (const char* suffix : {"", "-wal", "-shm", "-journal", "-recorder"}) {
                fs::path path = base;
                path += suffix;
                fs::remove(path, error);
            }
        };
        remove(unfinished);
        const auto report = generateInto(unfinished, SampleOptions(), progress, stop);
        if (!report) {
            remove(unfinished);
            return tl::unexpected(report.error());
        }
        remove(workspace);
        fs::rename(unfinished, workspace, error);
        if (error)
            return tl::unexpected(
                Error{ErrorKind::Unreadable, "cannot be written: " + error.message(), workspace.string()});
        remove(unfinished);
        return {};
    }

private:
    /// While this lives, others of this process do not record.
    std::shared_ptr<void> wayTo(const fs::path& workspace) const
    {
        return m_askForWay ? m_askForWay(workspace) : nullptr;
    }

    AskForWay m_askForWay;
};

} // namespace

std::unique_ptr<WorkspaceService> workspaceChanges(AskForWay askForWay)
{
    return std::make_unique<WorkspaceChanges>(std::move(askForWay));
}

} // namespace plumbline
