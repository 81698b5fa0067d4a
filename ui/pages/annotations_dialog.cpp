// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/annotations_dialog.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

#include "model/items/format.h"
#include "ui/charts/pins.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kinds = {"deploy", "price-change", "incident", "note"};

enum Column
{
    Day,
    Kind,
    Text,
};

} // namespace

AnnotationsDialog::AnnotationsDialog(const std::vector<Annotation>& annotations, const ReportingCalendar& calendar,
                                     QWidget* parent)
    : QDialog(parent)
    , m_calendar(calendar)
    , m_table(new QTableWidget(0, 3, this))
    , m_problem(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Annotations"));
    resize(620, 420);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 18, 14);
    layout->addWidget(quietLabel(tr("They stand on the chart of spend over time, and in reports."), this));
    m_table->setAccessibleName(tr("Annotations"));
    m_table->setHorizontalHeaderLabels({tr("Day"), tr("Kind"), tr("What happened")});
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->hide();
    m_table->setColumnWidth(Day, 110);
    m_table->setColumnWidth(Kind, 140);
    layout->addWidget(m_table, 1);
    auto* row = new QHBoxLayout;
    QPushButton* more = smallButton(tr("Add"), tr("Add an annotation"), *row);
    QPushButton* less = smallButton(tr("Remove"), tr("Remove the chosen annotation"), *row);
    row->addStretch();
    layout->addLayout(row);
    m_problem->setWordWrap(true);
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);
    for (const Annotation& annotation : annotations)
        addRow(annotation);
    connect(more, &QPushButton::clicked, this,
            [this] { add(m_calendar.dayOf(Timestamp(QDateTime::currentMSecsSinceEpoch() * 1000))); });
    connect(less, &QPushButton::clicked, this, [this] { m_table->removeRow(m_table->currentRow()); });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &AnnotationsDialog::save);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void AnnotationsDialog::addRow(const Annotation& annotation)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    m_table->setItem(row, Day, new QTableWidgetItem(toQt(dateText(m_calendar.dayOf(annotation.time)))));
    auto* kind = new ChoiceBox(this);
    kind->setAccessibleName(tr("Kind"));
    for (const char* id : kinds)
        kind->addItem(annotationKindTitle(id), QString::fromLatin1(id));
    kind->setCurrentIndex(std::max(0, kind->findData(toQt(annotation.kind))));
    m_table->setCellWidget(row, Kind, kind);
    m_table->setItem(row, Text, new QTableWidgetItem(toQt(annotation.text)));
}

void AnnotationsDialog::add(std::int32_t day)
{
    addRow({.time = m_calendar.startOfDay(day), .kind = "deploy"});
    m_table->setCurrentCell(m_table->rowCount() - 1, Text);
    m_table->editItem(m_table->item(m_table->rowCount() - 1, Text));
}

void AnnotationsDialog::save()
{
    // What is being typed belongs to it.
    m_table->setCurrentCell(-1, -1);
    std::vector<Annotation> annotations;
    QString problem;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto day = parseDate(fromQt(m_table->item(row, Day)->text().trimmed()));
        const QString text = m_table->item(row, Text)->text().trimmed();
        if (!day)
            problem =
                tr("Line %1: “%2” is not a day. Write 2026-10-01.").arg(row + 1).arg(m_table->item(row, Day)->text());
        else if (text.isEmpty())
            problem = tr("Line %1 does not say what happened.").arg(row + 1);
        else
            annotations.push_back(
                {.time = m_calendar.startOfDay(*day),
                 .kind = fromQt(static_cast<ChoiceBox*>(m_table->cellWidget(row, Kind))->currentData().toString()),
                 .text = fromQt(text)});
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (!problem.isEmpty())
        return;
    std::stable_sort(annotations.begin(), annotations.end(),
                     [](const Annotation& a, const Annotation& b) { return a.time < b.time; });
    emit chosen(annotations);
    accept();
}

} // namespace plumbline
