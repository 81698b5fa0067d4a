// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "model/core/beside.h"
#include "model/core/reading_notes.h"
#include "model/core/report_definition.h"
#include "model/core/stop_token.h"
#include "model/queries/bill_answers.h"
#include "model/queries/breakdown.h"
#include "model/queries/call_answers.h"
#include "model/queries/charges.h"
#include "model/queries/drain_answers.h"
#include "model/queries/flame.h"
#include "model/queries/policy_answers.h"
#include "model/queries/prompt_answers.h"
#include "model/queries/prompt_versions.h"
#include "model/queries/repricing.h"
#include "model/queries/spend_answers.h"
#include "model/queries/trace_answers.h"
#include "model/queries/what_if.h"
#include "model/queries/workspace_answers.h"

namespace plumbline {

class CallTable;
class RequestList;
enum class RequestUnit;

/// The questions the program can ask of its data. One way out: page, report and command line ask the same functions, so
/// their numbers cannot differ. A copy is a handle on one snapshot and may be used from any thread; `refreshed` gives
/// the newest. Answers are values. Every function may fail with Database or Cancelled.
class Queries
{
public:
    /// Reads the calls into columns, in two halves at once if `beside` does so. NotFound, Foreign, Newer, Unreadable or
    /// Database.
    static Result<Queries> open(const std::filesystem::path& workspace, const ProgressSink& progress,
                                const StopToken& stop, const Beside& beside = oneAfterTheOther);
    /// The same workspace as it is now; this very snapshot if nothing changed.
    Result<Queries> refreshed(const StopToken& stop) const;

    /// Whether both ask the same snapshot: nothing changed between them.
    bool isSameSnapshot(const Queries& other) const { return m_snapshot == other.m_snapshot; }

    const std::filesystem::path& path() const;
    /// Reporting time zone and month start of the workspace.
    const ReportingCalendar& calendar() const;
    /// First and last call; empty without calls.
    std::optional<Period> extent() const;
    /// Values of a dimension by falling cost, at most `limit`: for filter menus and the palette.
    Result<std::vector<std::string>> values(const DimensionChoice& of, std::size_t limit, const StopToken& stop) const;
    /// The same, those of the latest calls first; of sources, those that were imported last.
    Result<std::vector<std::string>> newestValues(const DimensionChoice& of, std::size_t limit,
                                                  const StopToken& stop) const;
    /// Keys of metadata that calls have, most used first.
    Result<std::vector<std::string>> metadataKeys(const StopToken& stop) const;

    Result<Breakdown> breakdown(const BreakdownQuestion& question, const StopToken& stop) const;
    Result<SeriesAnswer> series(const SeriesQuestion& question, const StopToken& stop) const;
    Result<Distribution> distribution(const DistributionQuestion& question, const StopToken& stop) const;
    Result<SessionGrowth> sessionGrowth(const Filter& filter, const StopToken& stop) const;
    Result<CallList> calls(const Filter& filter, CallOrder order, std::size_t limit, const StopToken& stop) const;
    /// All traces or calls of a filter, to be looked through: model/queries/request_list.h.
    Result<std::shared_ptr<const RequestList>> requests(const Filter& filter, RequestUnit unit,
                                                        const StopToken& stop) const;
    /// What happened in the trace of a call, step by step. NotFound if there is no such call.
    Result<TraceAnswer> traceOf(CallId call, const StopToken& stop) const;
    /// NotFound if there is no such call.
    Result<CostExplanation> explain(CallId call, const StopToken& stop) const;
    /// The call of a span id, a trace id with one call, or a call's number, as people type them. NotFound.
    Result<CallId> callNamed(const std::string& text, const StopToken& stop) const;

    /// What drains away, and where. Waits for nobody: calls that were not analysed yet stand in `callsWaiting`.
    Result<DrainsAnswer> drains(const DrainsQuestion& question, const StopToken& stop) const;
    /// Thresholds that the user changed, by `unused-tools.offers`.
    Result<DrainThresholds> drainThresholds(const StopToken& stop) const;
    /// What these thresholds would make of every drain: labels all calls, and writes nothing.
    Result<std::vector<ThresholdEffect>> previewThresholds(const DrainThresholds& thresholds,
                                                           const ProgressSink& progress, const StopToken& stop) const;
    /// Usage: there is no such drain.
    Result<FindingAnswer> finding(const FindingQuestion& question, const StopToken& stop) const;
    /// What was sent and what came back, as far as it is kept. NotFound: there is no such call.
    Result<PromptAnswer> promptOf(CallId call, const StopToken& stop) const;

    /// The spend of a filter as a tree: feature, step, segment.
    Result<FlameNode> flame(const Filter& filter, const StopToken& stop) const;
    /// Whether words of every kept text are found: those that came since the last analysis are not yet.
    Result<bool> findsAllTexts(const StopToken& stop) const;
    /// Which system prompts and tools there are, in which versions, and what they cost.
    Result<PromptsAnswer> prompts(const PromptsQuestion& question, const StopToken& stop) const;

    /// The calls of a filter against a policy.
    Result<PolicyAnswer> check(const Policy& policy, const Filter& filter, const StopToken& stop) const;
    /// A policy that these calls keep: at most one call in a hundred of a feature lies above a limit.
    Result<Policy> suggestPolicy(const Filter& filter, const StopToken& stop) const;

    /// Ids of the calls of a filter, in the order of time.
    Result<std::vector<std::int64_t>> callIds(const Filter& filter, const StopToken& stop) const;
    /// The calls of a filter, to be replayed under other rules. Reads all prompts of the features they belong to.
    Result<std::shared_ptr<WhatIf>> whatIf(const Filter& filter, const ProgressSink& progress,
                                           const StopToken& stop) const;
    /// Scenarios that were saved, by name.
    Result<std::vector<ScenarioRow>> scenarios(const StopToken& stop) const;

    Result<std::vector<SourceRow>> sources(const StopToken& stop) const;
    Result<RulesAnswer> rules(const StopToken& stop) const;
    Result<RulesPreview> previewRules(const FeatureRules& rules, const StopToken& stop) const;
    Result<PricesAnswer> prices(const StopToken& stop) const;
    /// What settling with these overrides and today's book would move, by month. Those of the workspace where none are
    /// given.
    Result<RepricePreview> previewPrices(const std::optional<PriceOverrides>& overrides, const ProgressSink& progress,
                                         const StopToken& stop) const;
    /// What providers billed: lines whose period begins in the one asked for, all without one.
    Result<BillsAnswer> bills(const std::optional<Period>& period, const StopToken& stop) const;
    /// What the calls of a period cost, as lines of a bill.
    Result<ChargesAnswer> charges(const Period& period, const StopToken& stop) const;
    /// By which rows of the price book they were charged, by name; the costs add up to that of all.
    Result<std::vector<PriceRowSpend>> priceRows(const Period& period, const StopToken& stop) const;
    /// Finance's month.
    Result<SpendAnswer> spend(const SpendQuestion& question, const StopToken& stop) const;
    /// Cost centres, budgets, currencies.
    Result<SpendPlan> spendPlan(const StopToken& stop) const;
    /// Reports that are kept, by name.
    Result<std::vector<ReportDefinition>> reports(const StopToken& stop) const;
    /// Filters that are kept, by name.
    Result<std::vector<SavedFilter>> savedFilters(const StopToken& stop) const;
    /// What happened, in the order of time.
    Result<std::vector<Annotation>> annotations(const StopToken& stop) const;
    /// Months that are closed and whose calls come to something else today.
    Result<std::vector<SpendAdjustment>> adjustments(const StopToken& stop) const;
    /// All but the number of spans.
    Result<StatusAnswer> status(const StopToken& stop) const;
    /// Each once, however many sources and updates told of it: looks at every witness there is.
    Result<std::int64_t> spanCount(const StopToken& stop) const;

private:
    friend class RequestList;
    struct Snapshot;
    explicit Queries(std::shared_ptr<const Snapshot> snapshot);
    std::shared_ptr<const Snapshot> m_snapshot;
};

} // namespace plumbline
