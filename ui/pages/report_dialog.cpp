// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report_dialog.h"

#include <QFormLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

#include "model/items/format.h"
#include "ui/reports/report_data.h"
#include "ui/reports/report_pdf.h"
#include "ui/reports/report_preview.h"
#include "ui/reports/report_section.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// Months counted back are told from fixed ones by their size: no calendar begins so early.
constexpr int mostMonthsBack = 12;

QComboBox* choice(const QString& name, QFormLayout& form, QWidget* parent)
{
    auto* box = new ChoiceBox(parent);
    box->setAccessibleName(name);
    form.addRow(name, box);
    return box;
}

struct Made
{
    std::shared_ptr<const ReportData> data;
    Report report;
    ReportLayout layout;
};

} // namespace

ReportDialog::ReportDialog(const Queries& queries, const SpendAnswer& shown, QWidget* parent)
    : QDialog(parent)
    , m_queries(queries)
    , m_today(queries.calendar().monthOf(currentTime()))
    , m_scroll(new QScrollArea(this))
    , m_preview(new ReportPreview(m_scroll))
    , m_progress(new ProgressRow(this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("Report"));
    resize(1120, 780);
    auto* layout = new QVBoxLayout(this);
    auto* above = new QHBoxLayout;
    auto* choices = buildChoices(shown);
    choices->setFixedWidth(300);
    above->addWidget(choices);
    m_preview->setAccessibleName(tr("Pages"));
    m_scroll->setAccessibleName(tr("Preview"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setWidget(m_preview);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    above->addWidget(m_scroll, 1);
    layout->addLayout(above, 1);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(u"problem"_s);
    m_problem->hide();
    layout->addWidget(m_problem);
    m_progress->hide();
    layout->addWidget(m_progress);
    layout->addWidget(buildActions());
    connect(m_progress, &ProgressRow::cancelRequested, this, [this] {
        m_writing.cancel();
        if (m_pdf) {
            m_pdf.reset();
            endSaving({});
        }
    });
    showSaved({});
    readSaved();
    take({.month = shown.month, .form = ReportForm::Long});
}

ReportDialog::~ReportDialog() = default;

QWidget* ReportDialog::buildChoices(const SpendAnswer& shown)
{
    auto* part = new QWidget(this);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 8, 0);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_definitions = choice(tr("Kept report"), *form, part);
    m_months = choice(tr("Month"), *form, part);
    m_months->addItem(tr("The month before this one"), 1);
    m_months->addItem(tr("This month"), 0);
    for (auto month = shown.months.rbegin(); month != shown.months.rend(); ++month)
        m_months->addItem(format::month(month->month), month->month);
    m_forms = choice(tr("Form"), *form, part);
    m_forms->addItem(tr("Long"), static_cast<int>(ReportForm::Long));
    m_forms->addItem(tr("Short"), static_cast<int>(ReportForm::Short));
    m_papers = choice(tr("Paper"), *form, part);
    m_papers->addItem(tr("A4"), static_cast<int>(PaperSize::A4));
    m_papers->addItem(tr("Letter"), static_cast<int>(PaperSize::Letter));
    m_currencies = choice(tr("Currency"), *form, part);
    std::set<std::string> codes = {"USD", shown.plan.currency};
    for (const ExchangeRate& rate : shown.plan.rates)
        codes.insert(rate.currency);
    m_currencies->addItem(tr("The workspace's (%1)").arg(toQt(shown.plan.currency)), QString());
    for (const std::string& code : codes)
        m_currencies->addItem(toQt(code), toQt(code));
    m_company = new QLineEdit(part);
    m_company->setAccessibleName(tr("Company"));
    form->addRow(tr("Company"), m_company);
    m_preparedBy = new QLineEdit(part);
    m_preparedBy->setAccessibleName(tr("Prepared by"));
    form->addRow(tr("Prepared by"), m_preparedBy);
    column->addLayout(form);
    column->addWidget(headingLabel(tr("Pages"), part));
    m_sections = new QListWidget(part);
    m_sections->setAccessibleName(tr("Pages"));
    for (const ReportSection& section : allReportSections()) {
        auto* item = new QListWidgetItem(sections::ReportTexts::tr(section.title), m_sections);
        item->setData(Qt::UserRole, QString::fromUtf8(section.id));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        item->setCheckState(Qt::Checked);
    }
    column->addWidget(m_sections, 1);
    auto* row = new QHBoxLayout;
    connect(smallButton(tr("Keep…"), tr("Keep this report by a name"), *row), &QPushButton::clicked, this,
            &ReportDialog::keep);
    m_remove = smallButton(tr("Remove"), tr("Remove the kept report"), *row);
    connect(m_remove, &QPushButton::clicked, this, &ReportDialog::remove);
    row->addStretch(1);
    column->addLayout(row);

    connect(m_definitions, &QComboBox::activated, this, [this](int index) {
        if (index > 0 && static_cast<std::size_t>(index) <= m_kept.size())
            take(m_kept[static_cast<std::size_t>(index) - 1]);
        m_remove->setEnabled(index > 0);
    });
    for (QComboBox* box : {m_months, m_forms, m_papers, m_currencies})
        connect(box, &QComboBox::currentIndexChanged, this, &ReportDialog::compute);
    for (QLineEdit* line : {m_company, m_preparedBy})
        connect(line, &QLineEdit::editingFinished, this, &ReportDialog::compute);
    connect(m_sections, &QListWidget::itemChanged, this, &ReportDialog::compute);
    return part;
}

QWidget* ReportDialog::buildActions()
{
    auto* part = new QWidget(this);
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    const auto add = [&](const QString& text, const QString& suffix, void (ReportDialog::*save)(const QString&)) {
        auto* button = new QPushButton(text, part);
        connect(button, &QPushButton::clicked, this, [this, text, suffix, save] {
            if (const QString path = askForFile(text, suffix); !path.isEmpty())
                (this->*save)(path);
        });
        row->addWidget(button);
        m_saves.push_back(button);
        return button;
    };
    add(tr("Save FOCUS…"), u"csv"_s, &ReportDialog::saveFocus);
    auto* csv = new QPushButton(tr("Save tables as CSV…"), part);
    connect(csv, &QPushButton::clicked, this, &ReportDialog::saveCsv);
    row->addWidget(csv);
    m_saves.push_back(csv);
    add(tr("Save workbook…"), u"xlsx"_s, &ReportDialog::saveXlsx);
    QPushButton* pdf = add(tr("Save PDF…"), u"pdf"_s, &ReportDialog::savePdf);
    pdf->setProperty("primary", true);
    auto* close = new QPushButton(tr("Close"), part);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    row->addWidget(close);
    for (QPushButton* button : part->findChildren<QPushButton*>())
        button->setAutoDefault(button == pdf);
    return part;
}

ReportDefinition ReportDialog::definition() const
{
    ReportDefinition definition{.name = m_definitions->currentIndex() > 0 ? fromQt(m_definitions->currentText())
                                                                          : std::string(),
                                .company = fromQt(m_company->text().trimmed()),
                                .form = static_cast<ReportForm>(m_forms->currentData().toInt()),
                                .paper = static_cast<PaperSize>(m_papers->currentData().toInt()),
                                .currency = fromQt(m_currencies->currentData().toString()),
                                .preparedBy = fromQt(m_preparedBy->text().trimmed())};
    const int month = m_months->currentData().toInt();
    if (month <= mostMonthsBack)
        definition.monthsBack = month;
    else
        definition.month = month;
    for (int row = 0; row < m_sections->count(); ++row)
        if (m_sections->item(row)->checkState() == Qt::Unchecked)
            definition.leftOut.push_back(fromQt(m_sections->item(row)->data(Qt::UserRole).toString()));
    return definition;
}

std::int32_t ReportDialog::month() const
{
    return definition().monthAt(m_today);
}

void ReportDialog::take(const ReportDefinition& definition)
{
    m_isTaking = true;
    const auto choose = [](QComboBox& box, const QVariant& value, const QString& title) {
        if (box.findData(value) < 0)
            box.addItem(title, value);
        box.setCurrentIndex(box.findData(value));
    };
    const int month = definition.month.value_or(definition.monthsBack);
    choose(*m_months, month, definition.month ? format::month(month) : tr("%1 months before this one").arg(month));
    choose(*m_forms, static_cast<int>(definition.form), {});
    choose(*m_papers, static_cast<int>(definition.paper), {});
    choose(*m_currencies, toQt(definition.currency), toQt(definition.currency));
    m_company->setText(toQt(definition.company));
    m_preparedBy->setText(toQt(definition.preparedBy));
    for (int row = 0; row < m_sections->count(); ++row) {
        QListWidgetItem& item = *m_sections->item(row);
        const bool isOut = std::find(definition.leftOut.begin(), definition.leftOut.end(),
                                     fromQt(item.data(Qt::UserRole).toString())) != definition.leftOut.end();
        item.setCheckState(isOut ? Qt::Unchecked : Qt::Checked);
    }
    m_isTaking = false;
    compute();
}

void ReportDialog::readSaved()
{
    m_reading.start([asked = m_queries](const StopToken& stop) { return asked.reports(stop); },
                    [this](Result<std::vector<ReportDefinition>> kept) {
                        if (kept)
                            showSaved(*std::move(kept));
                    });
}

void ReportDialog::showSaved(std::vector<ReportDefinition> kept)
{
    const QString chosen = m_definitions->currentIndex() > 0 ? m_definitions->currentText() : QString();
    m_kept = std::move(kept);
    m_definitions->clear();
    m_definitions->addItem(tr("none"));
    for (const ReportDefinition& of : m_kept)
        m_definitions->addItem(toQt(of.name));
    m_definitions->setCurrentIndex(std::max(0, chosen.isEmpty() ? 0 : m_definitions->findText(chosen)));
    m_remove->setEnabled(m_definitions->currentIndex() > 0);
}

void ReportDialog::compute()
{
    if (m_isTaking)
        return;
    for (QPushButton* button : m_saves)
        button->setEnabled(false);
    m_report.reset();
    m_job.start(
        [asked = m_queries, definition = definition(), month = month()](const StopToken& stop) -> Result<Made> {
            Made made{.data = std::make_shared<const ReportData>(TRY(reportDataOf(asked, definition, month, {}, stop))),
                      .report = {},
                      .layout = {}};
            made.report = reportOf(*made.data);
            made.layout = layOut(made.report);
            return made;
        },
        [this](Result<Made> made) {
            if (!made && made.error().kind == ErrorKind::Cancelled)
                return;
            m_problem->setVisible(!made);
            if (!made) {
                m_problem->setText(toQt(made.error().text()));
            } else {
                m_data = made->data;
                m_report = std::move(made->report);
                m_preview->showPages(std::move(made->layout));
            }
            for (QPushButton* button : m_saves)
                button->setEnabled(m_report.has_value());
            emit settled();
        });
}

void ReportDialog::keep()
{
    bool isNamed = false;
    const ReportDefinition chosen = definition();
    const QString name = QInputDialog::getText(this, tr("Keep this report"), tr("Name"), QLineEdit::Normal,
                                               chosen.name.empty() ? tr("Monthly report") : toQt(chosen.name), &isNamed)
                             .trimmed();
    if (!isNamed || name.isEmpty())
        return;
    ReportDefinition named = chosen;
    named.name = fromQt(name);
    emit keepRequested(named);
}

void ReportDialog::remove()
{
    if (m_definitions->currentIndex() > 0)
        emit removeRequested(fromQt(m_definitions->currentText()));
}

} // namespace plumbline
