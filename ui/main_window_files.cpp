// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QStandardPaths>

#include "model/items/format.h"
#include "ui/pages/import_dialogs.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/rules_card.h"
#include "ui/pages/sources_page.h"
#include "ui/pages/welcome_page.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/progress_row.h"
#include "ui/window_memory.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr int recentKept = 8;

std::vector<std::filesystem::path> localPaths(const QMimeData& mime)
{
    std::vector<std::filesystem::path> paths;
    for (const QUrl& url : mime.urls())
        if (url.isLocalFile())
            paths.emplace_back(fromQt(url.toLocalFile()));
    return paths;
}

bool isWorkspace(const std::filesystem::path& path)
{
    return path.extension() == ".plumb";
}

QString documents()
{
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

} // namespace

void MainWindow::connectSession()
{
    DropZone& zone = m_sources->dropZone();
    connect(&m_session, &WorkspaceSession::opened, this, &MainWindow::workspaceOpened);
    connect(&m_session, &WorkspaceSession::changed, this, &MainWindow::workspaceChanged);
    connect(&m_session, &WorkspaceSession::closed, this, [this] {
        m_bar->setQueries({});
        m_welcome->setBusy({});
        m_stack->setCurrentIndex(0);
        setWindowTitle(tr("Plumbline"));
        m_welcome->setRecent(m_services.memory.recentWorkspaces());
    });
    connect(&m_session, &WorkspaceSession::openFailed, this, [this](const Error& error) {
        m_welcome->setBusy({});
        if (!m_session.isOpen())
            m_stack->setCurrentIndex(0);
        if (error.kind == ErrorKind::Cancelled)
            return;
        m_welcome->setError(toQt(error.text()));
        if (m_session.isOpen())
            showError(error);
    });
    connect(&m_session, &WorkspaceSession::previewed, this, &MainWindow::confirmImport);
    connect(&m_session, &WorkspaceSession::changeBegan, this, [this, &zone](const QString& what) {
        zone.begin(what);
        m_welcome->setBusy(what + u"…"_s);
        m_sources->rules().setApplying(true);
        m_sources->prices().setApplying(true);
    });
    connect(&m_session, &WorkspaceSession::changeProgressed, &zone, &DropZone::setProgress);
    connect(&m_session, &WorkspaceSession::changeProgressed, this, [this, &zone](const Progress& progress) {
        if (!m_session.isOpen())
            m_welcome->setBusy(toQt(progress.what) + u" · "_s + progressText(progress, zone.elapsed()));
    });
    connect(&m_session, &WorkspaceSession::changeEnded, this, [this, &zone](const QString& outcome) {
        zone.end(outcome);
        tellImported(outcome);
        m_welcome->setBusy({});
        m_sources->rules().setApplying(false);
        m_sources->prices().setApplying(false);
    });
    connect(&m_session, &WorkspaceSession::imported, this, [this](const ImportReport& report) {
        // What was not taken is told at once; a clean import only says so in its line.
        if (report.skipped.empty() && report.failedFiles.empty())
            return;
        const ReportingCalendar calendar = m_session.isOpen() ? m_session.queries()->calendar() : ReportingCalendar();
        auto* dialog = new ImportReportDialog(tr("The import is finished"), report, calendar, m_services.memory, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    connect(&m_session, &WorkspaceSession::failed, this, &MainWindow::showError);
    connect(&m_session, &WorkspaceSession::analysisProgressed, this, [this](const Progress& progress) {
        m_analysisStatus->setText(tr("Looking for drains · %1 of %2").arg(progress.done).arg(progress.total));
        m_analysisStatus->show();
    });
    connect(&m_session, &WorkspaceSession::analysisEnded, this, [this](const QString& problem) {
        m_analysisStatus->setText(problem.isEmpty() ? QString() : tr("Not looked at for drains: %1").arg(problem));
        m_analysisStatus->setVisible(!problem.isEmpty());
    });
}

void MainWindow::openWorkspace(const std::filesystem::path& path)
{
    m_welcome->setError({});
    m_welcome->setBusy(tr("Opening %1…").arg(toQt(path.filename().string())));
    // The first figures take milliseconds; who looks at another workspace keeps that until the new one is there.
    if (m_session.isOpen() || currentPage() != m_overview)
        m_session.open(path);
    else
        glanceAndOpen(path);
}

void MainWindow::openSample()
{
    m_session.openSample(m_services.sample);
}

void MainWindow::importFiles(const std::vector<std::filesystem::path>& paths)
{
    if (paths.empty())
        return;
    m_toImport = paths;
    m_session.preview(paths);
}

void MainWindow::confirmImport(const std::vector<FilePreview>& files)
{
    const ReportingCalendar calendar = m_session.queries() ? m_session.queries()->calendar() : ReportingCalendar();
    ImportPreviewDialog dialog(files, calendar, m_services.memory, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    std::filesystem::path workspace = m_session.path();
    if (!m_session.isOpen()) {
        const QString chosen = QFileDialog::getSaveFileName(
            this, tr("New workspace for these files"), documents() + u"/traces.plumb"_s, tr("Workspaces (*.plumb)"));
        if (chosen.isEmpty())
            return;
        workspace = fromQt(chosen.endsWith(u".plumb"_s) ? chosen : chosen + u".plumb"_s);
    }
    if (m_session.isOpen())
        showPage(m_sources->id());
    m_session.import(workspace,
                     {.paths = m_toImport, .format = {}, .mapping = dialog.mapping(), .privacy = dialog.privacy()});
}

void MainWindow::confirmRemoval(qint64 import, const QString& name)
{
    auto* box = new QMessageBox(
        QMessageBox::Question, tr("Remove this source"),
        tr("Remove %1 from the workspace? What other sources say about its calls stays. It can be imported again.")
            .arg(name),
        QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPushButton* remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    connect(box, &QMessageBox::buttonClicked, this, [this, import, name, remove](const QAbstractButton* button) {
        if (button == remove)
            m_session.removeSource(import, name);
    });
    box->open();
}

void MainWindow::askForFiles()
{
    const QStringList names = QFileDialog::getOpenFileNames(this, tr("Import files"));
    std::vector<std::filesystem::path> paths;
    for (const QString& name : names)
        paths.emplace_back(fromQt(name));
    importFiles(paths);
}

void MainWindow::askForFolder()
{
    if (const QString folder = QFileDialog::getExistingDirectory(this, tr("Import a folder")); !folder.isEmpty())
        importFiles({fromQt(folder)});
}

void MainWindow::askForWorkspace()
{
    if (const QString path =
            QFileDialog::getOpenFileName(this, tr("Open workspace"), {}, tr("Workspaces (*.plumb);;All files (*)"));
        !path.isEmpty())
        openWorkspace(fromQt(path));
}

void MainWindow::askForNewWorkspace()
{
    QString path = QFileDialog::getSaveFileName(this, tr("New workspace"), tr("traces.plumb"),
                                                tr("Workspaces (*.plumb)"), nullptr, QFileDialog::DontConfirmOverwrite);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().isEmpty())
        path += u".plumb"_s;
    m_session.create(fromQt(path));
}

void MainWindow::remember(const std::filesystem::path& path)
{
    const QString name = toQt(std::filesystem::absolute(path).string());
    QStringList recent = m_services.memory.recentWorkspaces();
    recent.removeAll(name);
    recent.prepend(name);
    m_services.memory.keepRecentWorkspaces(recent.mid(0, recentKept));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!event->mimeData()->hasUrls())
        return;
    event->acceptProposedAction();
    m_sources->dropZone().setHovered(true);
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*)
{
    m_sources->dropZone().setHovered(false);
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_sources->dropZone().setHovered(false);
    const auto paths = localPaths(*event->mimeData());
    if (paths.empty())
        return;
    event->acceptProposedAction();
    if (paths.size() == 1 && isWorkspace(paths.front()))
        openWorkspace(paths.front());
    else
        importFiles(paths);
}

} // namespace plumbline
