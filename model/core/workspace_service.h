// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "model/core/billed_total.h"
#include "model/core/error.h"
#include "model/core/feature_rules.h"
#include "model/core/finding_note.h"
#include "model/core/price_overrides.h"
#include "model/core/reading_notes.h"
#include "model/core/report_definition.h"
#include "model/core/scenario.h"
#include "model/core/spend_plan.h"
#include "model/core/stop_token.h"

namespace plumbline {

/// The changes a user may make to a workspace, other than importing into it. Each is one transaction and re-settles
/// what it touches. Called from a job's thread. Locked names the process that records.
class WorkspaceService
{
public:
    virtual ~WorkspaceService() = default;

    virtual Result<> removeSource(const std::filesystem::path& workspace, std::int64_t import,
                                  const ProgressSink& progress, const StopToken& stop) = 0;
    virtual Result<> setFeatureRules(const std::filesystem::path& workspace, const FeatureRules& rules,
                                     const ProgressSink& progress, const StopToken& stop) = 0;
    /// What the user changed about the price book, in place of what was there.
    virtual Result<> setPriceOverrides(const std::filesystem::path& workspace, const PriceOverrides& overrides,
                                       const ProgressSink& progress, const StopToken& stop) = 0;
    /// A file of prices. Unreadable, or Malformed naming the entry.
    virtual Result<PriceOverrides> readPrices(const std::filesystem::path& file, PriceList list) = 0;
    virtual Result<> setReporting(const std::filesystem::path& workspace, const std::string& timeZone,
                                  int monthStartDay, const StopToken& stop) = 0;
    /// Looks for drains in the calls that changed since they were looked at last, and makes new texts searchable. What
    /// is done stays done after Cancel.
    virtual Result<> analyse(const std::filesystem::path& workspace, const ProgressSink& progress,
                             const StopToken& stop) = 0;
    /// Waits for nobody who records.
    virtual Result<> setFindingNote(const std::filesystem::path& workspace, const FindingNote& note) = 0;
    /// Thresholds of drains that are not what the catalogue says, by `unused-tools.offers`. The next analysis labels
    /// every call anew.
    virtual Result<> setDrainThresholds(const std::filesystem::path& workspace,
                                        const std::map<std::string, double>& thresholds) = 0;
    /// Keeps a scenario in place of one of its name; waits for nobody who records. Usage: it has no name.
    virtual Result<> saveScenario(const std::filesystem::path& workspace, const SavedScenario& scenario) = 0;
    virtual Result<> removeScenario(const std::filesystem::path& workspace, const std::string& name) = 0;
    /// Cost centres and budgets, in place of what was there; waits for nobody who records. Usage, as checked().
    virtual Result<> setSpendPlan(const std::filesystem::path& workspace, const SpendPlan& plan) = 0;
    /// Usage: no provider, or no currency.
    virtual Result<> addBill(const std::filesystem::path& workspace, const BilledTotal& bill,
                             const StopToken& stop) = 0;
    /// Takes one back that was typed in. NotFound: there is none such.
    virtual Result<> removeBill(const std::filesystem::path& workspace, const BilledTotal& bill,
                                const StopToken& stop) = 0;
    /// Keeps a month's figures as they are today: Spend and reports show them from now on. Usage: it is not over, or is
    /// closed already.
    virtual Result<> closeMonth(const std::filesystem::path& workspace, std::int32_t month, const std::string& note,
                                const StopToken& stop) = 0;
    /// Shows today's rows of it again. NotFound: it is not closed.
    virtual Result<> reopenMonth(const std::filesystem::path& workspace, std::int32_t month) = 0;
    /// In place of one of the same name. Usage, as checked().
    virtual Result<> saveReport(const std::filesystem::path& workspace, const ReportDefinition& definition) = 0;
    virtual Result<> removeReport(const std::filesystem::path& workspace, const std::string& name) = 0;
    /// In place of one of its name. Usage: it has no name, or cannot be understood.
    virtual Result<> saveFilter(const std::filesystem::path& workspace, const SavedFilter& filter) = 0;
    virtual Result<> removeFilter(const std::filesystem::path& workspace, const std::string& name) = 0;
    /// In place of what was there. Usage: one has no text.
    virtual Result<> setAnnotations(const std::filesystem::path& workspace,
                                    const std::vector<Annotation>& annotations) = 0;
    /// An empty workspace; one that is there is left as it is. Foreign: another program's file is.
    virtual Result<> createWorkspace(const std::filesystem::path& workspace) = 0;
    /// Writes the sample workspace at `workspace`, replacing a sample that is there.
    virtual Result<> createSample(const std::filesystem::path& workspace, const ProgressSink& progress,
                                  const StopToken& stop) = 0;
};

} // namespace plumbline
