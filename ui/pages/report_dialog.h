// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <memory>
#include <optional>

#include "model/jobs/job_runner.h"
#include "model/queries/queries.h"
#include "ui/reports/report.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QScrollArea;

namespace plumbline {

class ProgressRow;
class ReportPdf;
class ReportPreview;
struct ReportData;

/// A month on paper: chosen, looked at, and saved as PDF, workbook, CSV or FOCUS. Definitions can be kept by name.
class ReportDialog : public QDialog
{
    Q_OBJECT

public:
    /// Begins with the month `shown`.
    ReportDialog(const Queries& queries, const SpendAnswer& shown, QWidget* parent = nullptr);
    ~ReportDialog() override;

    /// What is chosen.
    ReportDefinition definition() const;
    /// What is shown; none while it is being made, or where it cannot be.
    const std::optional<Report>& report() const { return m_report; }
    ReportPreview& preview() const { return *m_preview; }
    /// Reads the kept definitions again.
    void readSaved();
    /// Writes without asking where; progress and errors are shown.
    void savePdf(const QString& path);
    void saveCsv();
    void saveXlsx(const QString& path);
    void saveFocus(const QString& path);

signals:
    void keepRequested(const plumbline::ReportDefinition& definition);
    void removeRequested(const std::string& name);
    /// What was chosen is shown, or why it cannot be.
    void settled();
    /// A file is written: empty, or why not.
    void saved(const QString& problem);

private:
    QWidget* buildChoices(const SpendAnswer& shown);
    QWidget* buildActions();
    void take(const ReportDefinition& definition);
    void compute();
    void paintPages();
    void keep();
    void remove();
    QString askForFile(const QString& title, const QString& suffix);
    void showSaved(std::vector<ReportDefinition> kept);
    void beginSaving(const QString& what);
    void endSaving(const QString& problem);
    std::int32_t month() const;

    Queries m_queries;
    std::int32_t m_today;
    std::vector<ReportDefinition> m_kept;
    QComboBox* m_definitions;
    QComboBox* m_months;
    QComboBox* m_forms;
    QComboBox* m_papers;
    QComboBox* m_currencies;
    QLineEdit* m_company;
    QLineEdit* m_preparedBy;
    QListWidget* m_sections;
    QPushButton* m_remove = nullptr;
    std::vector<QPushButton*> m_saves;
    QScrollArea* m_scroll;
    ReportPreview* m_preview;
    ProgressRow* m_progress;
    QLabel* m_problem;
    bool m_isTaking = false;
    std::shared_ptr<const ReportData> m_data;
    std::optional<Report> m_report;
    std::unique_ptr<ReportPdf> m_pdf; ///< while it is painted
    QString m_path;
    std::size_t m_painted = 0;
    JobRunner m_job;
    JobRunner m_writing;
    JobRunner m_reading; ///< kept definitions
};

} // namespace plumbline
