// SPDX-License-Identifier: GPL-3.0-or-later
// How the dialog's report becomes files.
#include "ui/pages/report_dialog.h"

#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QTimer>

#include "model/items/format.h"
#include "model/queries/charges.h"
#include "ui/reports/pdf_finish.h"
#include "ui/reports/report_csv.h"
#include "ui/reports/report_data.h"
#include "ui/reports/report_pdf.h"
#include "ui/reports/report_preview.h"
#include "ui/reports/report_xlsx.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/save_file.h"

namespace plumbline {

using namespace Qt::StringLiterals;

QString ReportDialog::askForFile(const QString& title, const QString& suffix)
{
    const QString name = fileName(m_report->company + u' ' + m_report->title) + u'.' + suffix;
    return QFileDialog::getSaveFileName(this, title, name, u"%1 (*.%2)"_s.arg(suffix.toUpper(), suffix));
}

void ReportDialog::savePdf(const QString& path)
{
    beginSaving(tr("Painting pages"));
    m_path = path;
    m_painted = 0;
    m_pdf.reset(); // before the next: it sets how hashes are seeded back when it goes
    m_pdf = std::make_unique<ReportPdf>(*m_report, m_preview->pages());
    QTimer::singleShot(0, this, &ReportDialog::paintPages);
}

void ReportDialog::paintPages()
{
    if (!m_pdf)
        return; // given up
    if (m_pdf->paintNext()) {
        m_progress->setProgress({.what = "", .done = ++m_painted, .total = m_pdf->pageCount()});
        QTimer::singleShot(0, this, &ReportDialog::paintPages);
        return;
    }
    m_writing.start([painted = m_pdf->painted(), report = *m_report,
                     layout = m_preview->pages()](const StopToken&) { return finishedPdf(painted, report, layout); },
                    [this](const Result<QByteArray>& bytes) {
                        endSaving(bytes ? saveBytes(m_path, *bytes) : toQt(bytes.error().text()));
                    });
    m_pdf.reset();
}

void ReportDialog::saveCsv()
{
    beginSaving(tr("Writing tables"));
    m_writing.start(
        [report = *m_report](const StopToken&) -> Result<QList<NamedBytes>> {
            QList<NamedBytes> files;
            for (const auto& [name, bytes] : csvFilesOf(report))
                files += {name, bytes};
            return files;
        },
        [this](const Result<QList<NamedBytes>>& files) {
            endSaving({});
            if (files)
                askAndSaveAll(this, tr("Save tables as CSV…"), *files);
        });
}

void ReportDialog::saveXlsx(const QString& path)
{
    beginSaving(tr("Writing the workbook"));
    m_path = path;
    m_writing.start(
        [report = *m_report, path = path.toStdString()](const StopToken&) { return writeXlsx(report, path); },
        [this](Result<> done) { endSaving(done ? QString() : toQt(done.error().text())); });
}

void ReportDialog::saveFocus(const QString& path)
{
    beginSaving(tr("Writing charges"));
    m_path = path;
    m_writing.start(
        [asked = m_queries, data = m_data](const StopToken& stop) -> Result<std::string> {
            const ChargesAnswer charges = TRY(asked.charges(data->spend.period, stop));
            return focusCsv(charges, data->spend.period, data->currency,
                            data->spend.adjustment ? data->spend.adjustment->amount : MoneySum());
        },
        [this, path](Result<std::string> text) {
            endSaving(text ? saveBytes(path, QByteArray::fromStdString(*text)) : toQt(text.error().text()));
        });
}

void ReportDialog::beginSaving(const QString& what)
{
    for (QPushButton* button : m_saves)
        button->setEnabled(false);
    m_progress->show();
    m_progress->begin(what);
}

void ReportDialog::endSaving(const QString& problem)
{
    for (QPushButton* button : m_saves)
        button->setEnabled(m_report.has_value());
    m_progress->hide();
    const QString done = m_path.isEmpty() ? QString() : tr("Saved as %1").arg(m_path);
    m_path.clear();
    m_problem->setText(problem.isEmpty() ? done : problem);
    m_problem->setVisible(!m_problem->text().isEmpty());
    emit saved(problem);
}

} // namespace plumbline
