// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace_session.h"

namespace plumbline {

void WorkspaceSession::saveScenario(const SavedScenario& scenario)
{
    edit([path = m_path, scenario](WorkspaceService& service) { return service.saveScenario(path, scenario); });
}

void WorkspaceSession::removeScenario(const std::string& name)
{
    edit([path = m_path, name](WorkspaceService& service) { return service.removeScenario(path, name); });
}

void WorkspaceSession::closeMonth(std::int32_t month, const std::string& note)
{
    edit([path = m_path, month, note](WorkspaceService& service) {
        return service.closeMonth(path, month, note, StopToken());
    });
}

void WorkspaceSession::reopenMonth(std::int32_t month)
{
    edit([path = m_path, month](WorkspaceService& service) { return service.reopenMonth(path, month); });
}

void WorkspaceSession::saveReport(const ReportDefinition& definition)
{
    edit([path = m_path, definition](WorkspaceService& service) { return service.saveReport(path, definition); });
}

void WorkspaceSession::removeReport(const std::string& name)
{
    edit([path = m_path, name](WorkspaceService& service) { return service.removeReport(path, name); });
}

void WorkspaceSession::saveFilter(const SavedFilter& filter)
{
    edit([path = m_path, filter](WorkspaceService& service) { return service.saveFilter(path, filter); });
}

void WorkspaceSession::removeFilter(const std::string& name)
{
    edit([path = m_path, name](WorkspaceService& service) { return service.removeFilter(path, name); });
}

void WorkspaceSession::setAnnotations(const std::vector<Annotation>& annotations)
{
    edit([path = m_path, annotations](WorkspaceService& service) { return service.setAnnotations(path, annotations); });
}

void WorkspaceSession::setSpendPlan(const SpendPlan& plan)
{
    edit([path = m_path, plan](WorkspaceService& service) { return service.setSpendPlan(path, plan); });
}

} // namespace plumbline
