// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/drop_zone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"

namespace plumbline {

using namespace Qt::StringLiterals;

QString progressText(const Progress& progress, std::chrono::duration<double> elapsed)
{
    QStringList parts;
    if (progress.total > 0)
        parts += u"%1%"_s.arg(progress.done * 100 / progress.total);
    // The first moments say nothing about the rate.
    constexpr double telling = 0.5;
    if (elapsed.count() > telling && progress.done > 0) {
        const double rate = static_cast<double>(progress.done) / elapsed.count();
        parts += DropZone::tr("%1/s").arg(format::bytes(static_cast<std::uint64_t>(rate)));
        if (progress.total > progress.done) {
            const double left = static_cast<double>(progress.total - progress.done) / rate;
            parts += DropZone::tr("%1 left").arg(
                format::duration(static_cast<std::int64_t>(std::max(1.0, left)) * 1'000'000));
        }
    }
    if (progress.records > 0)
        parts += DropZone::tr("%1 records").arg(format::count(static_cast<std::int64_t>(progress.records)));
    return parts.join(u" · "_s);
}

DropZone::DropZone(QWidget* parent)
    : QWidget(parent)
    , m_what(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_state(new QLabel(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
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
    auto* line = new QHBoxLayout;
    line->setSpacing(10);
    line->addWidget(m_what);
    line->addWidget(m_bar, 1);
    line->addWidget(m_state);
    line->addWidget(m_cancel);
    lines->addLayout(line);
    layout->addLayout(lines, 1);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the import"));
    m_what->setForegroundRole(QPalette::PlaceholderText);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setFont(fonts::text());
    end({});
    connect(m_files, &QPushButton::clicked, this, &DropZone::filesRequested);
    connect(m_folder, &QPushButton::clicked, this, &DropZone::folderRequested);
    connect(m_cancel, &QPushButton::clicked, this, &DropZone::cancelRequested);
}

void DropZone::begin(const QString& what)
{
    m_begun = std::chrono::steady_clock::now();
    m_what->setText(what);
    m_bar->setRange(0, 0);
    m_state->clear();
    for (QWidget* shown : {static_cast<QWidget*>(m_what), static_cast<QWidget*>(m_bar), static_cast<QWidget*>(m_state),
                           static_cast<QWidget*>(m_cancel)})
        shown->show();
    m_files->setEnabled(false);
    m_folder->setEnabled(false);
}

void DropZone::setProgress(const Progress& progress)
{
    m_what->setText(toQt(progress.what));
    constexpr int whole = 1000;
    m_bar->setRange(0, progress.total > 0 ? whole : 0);
    if (progress.total > 0)
        m_bar->setValue(
            static_cast<int>(static_cast<double>(progress.done) / static_cast<double>(progress.total) * whole));
    m_state->setText(progressText(progress, elapsed()));
}

void DropZone::end(const QString& outcome)
{
    m_what->setText(outcome);
    m_what->setVisible(!outcome.isEmpty());
    m_bar->hide();
    m_state->hide();
    m_cancel->hide();
    m_files->setEnabled(true);
    m_folder->setEnabled(true);
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
