// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/drop_zone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/theme/colors.h"
#include "ui/widgets/progress_row.h"

namespace plumbline {

using namespace Qt::StringLiterals;

DropZone::DropZone(QWidget* parent)
    : QWidget(parent)
    , m_row(new ProgressRow(this))
    , m_files(new QPushButton(tr("Open files…"), this))
    , m_folder(new QPushButton(tr("Open folder…"), this))
{
    setAccessibleName(tr("Import"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(54, 14, 15, 14);
    auto* lines = new QVBoxLayout;
    lines->setSpacing(6);
    auto* invitation = new QLabel(tr("<b>Drop exports here</b>: Langfuse, LangSmith, OpenTelemetry, logs of gateways "
                                     "and agents, bills, also packed. "
                                     "Nothing leaves this machine."),
                                  this);
    invitation->setWordWrap(true);
    auto* open = new QHBoxLayout;
    open->addWidget(invitation, 1);
    open->addWidget(m_files);
    open->addWidget(m_folder);
    lines->addLayout(open);
    lines->addWidget(m_row);
    layout->addLayout(lines, 1);
    connect(m_files, &QPushButton::clicked, this, &DropZone::filesRequested);
    connect(m_folder, &QPushButton::clicked, this, &DropZone::folderRequested);
    connect(m_row, &ProgressRow::cancelRequested, this, &DropZone::cancelRequested);
}

void DropZone::begin(const QString& what)
{
    m_row->begin(what);
    m_files->setEnabled(false);
    m_folder->setEnabled(false);
}

void DropZone::setProgress(const Progress& progress)
{
    m_row->setProgress(progress);
}

void DropZone::end(const QString& outcome)
{
    m_row->end(outcome);
    m_files->setEnabled(true);
    m_folder->setEnabled(true);
}

std::chrono::duration<double> DropZone::elapsed() const
{
    return m_row->elapsed();
}

void DropZone::setHovered(bool isHovered)
{
    m_isHovered = isHovered;
    update();
}

void DropZone::paintEvent(QPaintEvent*)
{
    const Colors& colors = colorsOf(*this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(m_isHovered ? colors.accent : colors.dropBorder, m_isHovered ? 2 : 1);
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.setBrush(m_isHovered ? colors.selection : colors.dropFill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
    // An arrow into a tray.
    const QPointF center(27, height() / 2.0);
    painter.setPen(QPen(colors.accent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPainterPath arrow;
    arrow.moveTo(center + QPointF(0, -11));
    arrow.lineTo(center + QPointF(0, 5));
    arrow.moveTo(center + QPointF(-5, 0));
    arrow.lineTo(center + QPointF(0, 5));
    arrow.lineTo(center + QPointF(5, 0));
    arrow.moveTo(center + QPointF(-7, 10));
    arrow.lineTo(center + QPointF(7, 10));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(arrow);
}

} // namespace plumbline
