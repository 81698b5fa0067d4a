// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "model/core/import_service.h"
#include "model/items/source_tables.h"

class QButtonGroup;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace plumbline {

class DataTable;
class WindowMemory;

/// Asks before an import: what each file is, what will be missing, and how much of the prompts is kept.
class ImportPreviewDialog : public QDialog
{
    Q_OBJECT

public:
    ImportPreviewDialog(const std::vector<FilePreview>& files, const ReportingCalendar& calendar, WindowMemory& memory,
                        QWidget* parent);

    Privacy privacy() const;
    /// The mapping if the user corrected the one proposed; empty as long as it stands, or where none is needed.
    std::optional<FieldMapping> mapping() const;
    /// Whether any of the files can be imported.
    static bool isAnyReadable(const std::vector<FilePreview>& files);

private:
    void addMapping(const QString& proposed, QPushButton* import, QVBoxLayout* layout);

    PreviewTable m_previews;
    DataTable* m_table;
    QButtonGroup* m_privacy;
    QString m_proposed;
    QLineEdit* m_mapping = nullptr;
};

/// What an import did, with the first place of everything it did not take.
class ImportReportDialog : public QDialog
{
    Q_OBJECT

public:
    ImportReportDialog(const QString& title, const ImportReport& report, const ReportingCalendar& calendar,
                       WindowMemory& memory, QWidget* parent);

private:
    SkippedTable m_skipped;
};

/// `3,210 calls from 12,004 records`, for the line in the drop zone.
QString outcomeText(const ImportReport& report);

} // namespace plumbline
