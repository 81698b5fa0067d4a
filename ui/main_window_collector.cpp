// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <QLabel>

#include "model/items/format.h"
#include "ui/pages/collector_card.h"
#include "ui/pages/sources_page.h"
#include "ui/theme/colors.h"

namespace plumbline {

using namespace Qt::StringLiterals;

void MainWindow::connectCollector()
{
    m_sources->collector().setVisible(m_services.collector);
    m_collectorStatus->setVisible(m_services.collector);
    if (!m_services.collector)
        return;
    m_collector = std::make_unique<CollectorSession>(*m_services.collector, m_services.memory);
    m_sources->collector().setSession(*m_collector);
    connect(m_collector.get(), &CollectorSession::changed, this, &MainWindow::showCollector);
    connect(m_collector.get(), &CollectorSession::failed, this, &MainWindow::showError);
    // A look that is slower than what comes in is not asked again before it has answered.
    connect(m_collector.get(), &CollectorSession::recorded, &m_session, &WorkspaceSession::refreshSoon);
    connect(&m_session, &WorkspaceSession::opened, m_collector.get(),
            [this] { m_collector->follow(m_session.path()); });
    connect(&m_session, &WorkspaceSession::closed, m_collector.get(), [this] { m_collector->follow({}); });
    showCollector();
}

void MainWindow::showCollector()
{
    const CollectorStatus& status = m_collector->status();
    if (!status.isRunning) {
        m_collectorStatus->setText(tr("Collector off"));
        return;
    }
    m_collectorStatus->setText(u"<span style=\"color:%1\">●</span> %2<br>%3"_s.arg(
        colorsOf(*this).good.name(), tr("Collector on %1").arg(toQt(status.address).remove(u"http://"_s)),
        collectorCounts(status)));
}

} // namespace plumbline
