// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/taking_turns.h"

namespace plumbline {

namespace {

namespace fs = std::filesystem;

class TurnTakingImports : public ImportService
{
public:
    TurnTakingImports(ImportService& imports, Collector& collector) : m_imports(imports), m_collector(collector) {}

    std::vector<FormatTitle> formats() const override { return m_imports.formats(); }
    Result<std::vector<FilePreview>> preview(const std::vector<fs::path>& paths, const StopToken& stop) override
    {
        return m_imports.preview(paths, stop);
    }
    Result<ImportReport> import(const fs::path& workspace, const ImportRequest& request, const ProgressSink& progress,
                                const StopToken& stop) override
    {
        const Collector::Way way = m_collector.giveWay(workspace);
        return m_imports.import(workspace, request, progress, stop);
    }

private:
    ImportService& m_imports;
    Collector& m_collector;
};

class TurnTakingChanges : public WorkspaceService
{
public:
    TurnTakingChanges(WorkspaceService& workspaces, Collector& collector)
        : m_workspaces(workspaces), m_collector(collector)
    {
    }

    Result<> removeSource(const fs::path& workspace, std::int64_t import, const ProgressSink& progress,
                          const StopToken& stop) override
    {
        const Collector::Way way = m_collector.giveWay(workspace);
        return m_workspaces.removeSource(workspace, import, progress, stop);
    }
    Result<> setFeatureRules(const fs::path& workspace, const FeatureRules& rules, const ProgressSink& progress,
                             const StopToken& stop) override
    {
        const Collector::Way way = m_collector.giveWay(workspace);
        return m_workspaces.setFeatureRules(workspace, rules, progress, stop);
    }
    Result<> setPriceOverrides(const fs::path& workspace, const PriceOverrides& overrides, const ProgressSink& progress,
                               const StopToken& stop) override
    {
        const Collector::Way way = m_collector.giveWay(workspace);
        return m_workspaces.setPriceOverrides(workspace, overrides, progress, stop);
    }
    Result<PriceOverrides> readPrices(const fs::path& file, PriceList list) override
    {
        return m_workspaces.readPrices(file, list);
    }
    Result<> setReporting(const fs::path& workspace, const std::string& timeZone, int monthStartDay,
                          const StopToken& stop) override
    {
        const Collector::Way way = m_collector.giveWay(workspace);
        return m_workspaces.setReporting(workspace, timeZone, monthStartDay, stop);
    }
    Result<> analyse(const fs::path& workspace, const ProgressSink& progress, const StopToken& stop) override
    {
        const Collector::Way way = m_collector.giveWay(workspace);
        return m_workspaces.analyse(workspace, progress, stop);
    }
    Result<> setFindingNote(const fs::path& workspace, const FindingNote& note) override
    {
        return m_workspaces.setFindingNote(workspace, note);
    }
    Result<> setDrainThresholds(const fs::path& workspace, const std::map<std::string, double>& thresholds) override
    {
        const Collector::Way way = m_collector.giveWay(workspace);
        return m_workspaces.setDrainThresholds(workspace, thresholds);
    }
    Result<> createSample(const fs::path& workspace, const ProgressSink& progress, const StopToken& stop) override
    {
        const Collector::Way way = m_collector.giveWay(workspace);
        return m_workspaces.createSample(workspace, progress, stop);
    }

private:
    WorkspaceService& m_workspaces;
    Collector& m_collector;
};

} // namespace

std::unique_ptr<ImportService> takingTurns(ImportService& imports, Collector& collector)
{
    return std::make_unique<TurnTakingImports>(imports, collector);
}

std::unique_ptr<WorkspaceService> takingTurns(WorkspaceService& workspaces, Collector& collector)
{
    return std::make_unique<TurnTakingChanges>(workspaces, collector);
}

} // namespace plumbline
