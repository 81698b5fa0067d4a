// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sample_workspace.h"

#include <cmath>

#include "importers/text_import.h"
#include "model/sample/writers.h"
#include "model/spend/saved_spend_plan.h"

namespace plumbline {

namespace {

constexpr std::uint64_t callsPerReport = 1000;
/// What a sample call takes as JSON, about.
constexpr std::uint64_t bytesPerCall = 6000;

/// What a sample month costs, about, by which its budgets are measured: some are kept and some are not.
constexpr double dollarsPerCall = 0.0081;
constexpr int sampleMonths = 3;

SpendPlan samplePlan(const SampleOptions& options)
{
    const auto centre = [](const char* name, std::vector<std::string> features) {
        return CostCentre{.name = name,
                          .conditions = {{.of = {Dimension::Feature, {}}, .values = std::move(features)}}};
    };
    const double month = dollarsPerCall * static_cast<double>(options.calls) / sampleMonths;
    const auto budget = [&](const char* of, const char* value, double share) {
        return Budget{
            .scope = {of, value}, .from = 0, .cents = static_cast<std::int64_t>(std::llround(month * share)) * 100};
    };
    return {.centres = {centre("Support", {"support-chat", "classify-ticket", "email-draft"}),
                        centre("Labs", {"agent-research", "code-review"}),
                        centre("Search", {"doc-search", "embed-docs"}), centre("Orders", {"order-agent"})},
            .budgets = {budget("all", "", 1.1), budget("cost-centre", "Support", 0.25),
                        budget("cost-centre", "Labs", 0.65), budget("cost-centre", "Search", 0.1),
                        budget("cost-centre", "Orders", 0.1)}};
}

/// Unless the user made a plan of their own.
Result<> planSpend(const std::filesystem::path& path, const SampleOptions& options)
{
    store::Workspace workspace = TRY(store::Workspace::open(path, store::OpenMode::ReadWrite));
    const SpendPlan known = TRY(savedSpendPlan(workspace));
    return known == SpendPlan() ? saveSpendPlan(workspace, samplePlan(options)) : Result<>();
}

} // namespace

Result<ImportReport> generateInto(const std::filesystem::path& workspace, const SampleOptions& options,
                                  const ProgressSink& progress, const StopToken& stop)
{
    const ImportSetup setup{.name = "sample traces, seed " + std::to_string(options.seed),
                            .detail = "made by plumbline generate",
                            .expectedBytes = static_cast<std::uint64_t>(options.calls) * bytesPerCall};
    TextImport import = TRY(TextImport::begin(workspace, "plumbline generate", setup, "langfuse-events", stop));
    std::string text;
    std::uint64_t traces = 0;
    TRY(generate(
        options,
        [&](const SampleTrace& trace) -> Result<> {
            text.clear();
            append(text, trace, SampleFormat::Langfuse);
            TRY(import.add(text));
            if (++traces % callsPerReport == 0 && progress)
                progress({.what = "generating", .done = traces});
            return {};
        },
        stop));
    ImportReport report = TRY(import.finish(progress));
    TRY(planSpend(workspace, options));
    return report;
}

} // namespace plumbline
