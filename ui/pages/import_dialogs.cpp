// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/import_dialogs.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

#include <algorithm>

#include "model/items/format.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/fact_list.h"

namespace plumbline {

using namespace Qt::StringLiterals;

bool ImportPreviewDialog::isAnyReadable(const std::vector<FilePreview>& files)
{
    return std::any_of(files.begin(), files.end(), [](const FilePreview& file) { return !file.error; });
}

ImportPreviewDialog::ImportPreviewDialog(const std::vector<FilePreview>& files, const ReportingCalendar& calendar,
                                         WindowMemory& memory, QWidget* parent)
    : QDialog(parent)
    , m_table(new DataTable(u"import-preview"_s, tr("Files to import"), m_previews, memory, this))
    , m_privacy(new QButtonGroup(this))
{
    setWindowTitle(tr("Import"));
    resize(860, 420);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 14);
    layout->setSpacing(10);
    auto* title =
        new QLabel(files.size() == 1 ? tr("Import this file?") : tr("Import these %1 files?").arg(files.size()), this);
    title->setFont(fonts::title());
    layout->addWidget(title);
    m_previews.show(files, calendar);
    layout->addWidget(m_table, 1);

    auto* mappingPlace = new QVBoxLayout;
    layout->addLayout(mappingPlace);
    layout->addWidget(headingLabel(tr("What is kept of the prompts"), this));
    const auto add = [&](Privacy privacy, const QString& text) {
        auto* choice = new QRadioButton(text, this);
        m_privacy->addButton(choice, static_cast<int>(privacy));
        layout->addWidget(choice);
        return choice;
    };
    add(Privacy::Bodies, tr("Their full text, so that traces can be read and repeats found"))->setChecked(true);
    add(Privacy::Digests, tr("Digests and counters: repeats are found, nothing can be read"));
    add(Privacy::Metadata, tr("Nothing: only tokens, times and names"));

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto* import = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
    import->setDefault(true);
    import->setEnabled(isAnyReadable(files));
    layout->addWidget(buttons);
    // One mapping holds for all files: it is asked for where all of them need one.
    const bool allMapped = !files.empty() && std::all_of(files.begin(), files.end(), [](const FilePreview& file) {
        return !file.error && !file.mapping.empty();
    });
    if (allMapped)
        addMapping(toQt(files.front().mapping), import, mappingPlace);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ImportPreviewDialog::addMapping(const QString& proposed, QPushButton* import, QVBoxLayout* layout)
{
    m_proposed = proposed;
    layout->addWidget(headingLabel(tr("Which field holds what"), this));
    m_mapping = new QLineEdit(proposed, this);
    m_mapping->setFont(fonts::mono());
    m_mapping->setObjectName(u"mapping"_s);
    m_mapping->setAccessibleName(tr("Mapping of fields"));
    layout->addWidget(m_mapping);
    auto* verdict = new QLabel(this);
    verdict->setWordWrap(true);
    layout->addWidget(verdict);
    const auto judge = [this, import, verdict] {
        const auto mapping = FieldMapping::fromText(fromQt(m_mapping->text()));
        const bool isUsable = mapping && mapping->isUsable();
        import->setEnabled(isUsable);
        verdict->setText(!mapping   ? toQt(mapping.error().reason)
                         : isUsable ? tr("Proposed from the names of the fields; correct what is wrong. Fields that "
                                         "are not named become metadata.")
                                    : tr("A time, a model, and one of input, output, total or cost are needed."));
    };
    connect(m_mapping, &QLineEdit::textChanged, this, judge);
    judge();
}

std::optional<FieldMapping> ImportPreviewDialog::mapping() const
{
    if (!m_mapping || m_mapping->text() == m_proposed)
        return {};
    const auto mapping = FieldMapping::fromText(fromQt(m_mapping->text()));
    return mapping ? std::optional(*mapping) : std::nullopt;
}

Privacy ImportPreviewDialog::privacy() const
{
    return static_cast<Privacy>(m_privacy->checkedId());
}

QString outcomeText(const ImportReport& report)
{
    QStringList parts = {ImportReportDialog::tr("%1 calls from %2 records")
                             .arg(format::count(static_cast<std::int64_t>(report.calls)),
                                  format::count(static_cast<std::int64_t>(report.records)))};
    if (report.duplicates > 0)
        parts += ImportReportDialog::tr("%1 were here already")
                     .arg(format::count(static_cast<std::int64_t>(report.duplicates)));
    if (const std::uint64_t skipped = report.skippedRecords(); skipped > 0)
        parts += ImportReportDialog::tr("%1 skipped").arg(format::count(static_cast<std::int64_t>(skipped)));
    if (!report.failedFiles.empty())
        parts += ImportReportDialog::tr("%1 files could not be read").arg(report.failedFiles.size());
    return parts.join(u" · "_s);
}

ImportReportDialog::ImportReportDialog(const QString& title, const ImportReport& report,
                                       const ReportingCalendar& calendar, WindowMemory& memory, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Import report"));
    resize(720, 520);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 14);
    layout->setSpacing(10);
    auto* heading = new QLabel(title, this);
    heading->setFont(fonts::title());
    layout->addWidget(heading);

    const auto count = [](std::uint64_t number) { return format::count(static_cast<std::int64_t>(number)); };
    QStringList formats;
    for (const std::string& one : report.formats)
        formats += toQt(one);
    auto* facts = new FactList(this);
    QList<FactList::Fact> lines = {
        {.name = tr("Read"),
         .text = tr("%1 records in %2 files, %3")
                     .arg(count(report.records), count(report.files), format::bytes(report.bytes)),
         .help = tr("What the files hold, used or not; bytes as they lie on the disk")},
        {.name = tr("Format"), .text = formats.isEmpty() ? format::unknown() : formats.join(u", "_s)},
        {.name = tr("Brought"),
         .text =
             tr("%1 spans, %2 traces, %3 scores").arg(count(report.spans), count(report.traces), count(report.scores)),
         .help = tr("New or changed, of all that was read")},
        {.name = tr("Billed calls"),
         .text = tr("%1 in the traces it touched").arg(count(report.calls)),
         .help = tr("Each call once, however many sources told of it; parents' sums are no calls")},
        {.name = tr("Here already"),
         .text = tr("%1 records").arg(count(report.duplicates)),
         .help = tr("Equal to what an import brought before: they change nothing")},
        {.name = tr("Skipped"),
         .text = tr("%1 records").arg(count(report.skippedRecords())),
         .help = tr("They could not be used, for the reasons below")},
    };
    if (report.first && report.last)
        lines += FactList::Fact{.name = tr("Period"),
                                .text = format::minute(*report.first, calendar) + u" – "_s +
                                        format::minute(*report.last, calendar),
                                .help = tr("From the first to the last time in the files, where the workspace is")};
    for (const std::string& note : report.notes)
        lines += FactList::Fact{.name = tr("Note"), .text = toQt(note)};
    for (const Error& error : report.failedFiles)
        lines += FactList::Fact{.name = tr("Not read"), .text = toQt(error.text())};
    facts->setFacts(lines);
    layout->addWidget(facts);

    if (!report.skipped.empty()) {
        layout->addWidget(headingLabel(tr("Why records were skipped, and where first"), this));
        m_skipped.show(report.skipped);
        layout->addWidget(new DataTable(u"import-skipped"_s, tr("Skipped records"), m_skipped, memory, this), 1);
    } else {
        layout->addStretch();
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace plumbline
