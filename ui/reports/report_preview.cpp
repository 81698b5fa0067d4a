// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/report_preview.h"

#include <QPaintEvent>
#include <QPainter>

#include <cmath>

#include "ui/reports/page_painter.h"
#include "ui/theme/colors.h"

namespace plumbline {

namespace {

constexpr int margin = 14; ///< around pages

} // namespace

ReportPreview::ReportPreview(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ReportPreview::showPages(ReportLayout layout)
{
    m_layout = std::move(layout);
    m_pictures.assign(m_layout.pages.size(), {});
    setAccessibleDescription(tr("%n pages", nullptr, static_cast<int>(m_layout.pages.size())));
    setFixedHeight(heightForWidth(width()));
    update();
}

double ReportPreview::scale() const
{
    return m_layout.size.isEmpty() ? 1 : std::max(0.1, (width() - 2.0 * margin) / m_layout.size.width());
}

double ReportPreview::pageHeight() const
{
    return m_layout.size.height() * scale();
}

int ReportPreview::topOf(std::size_t page) const
{
    return static_cast<int>(std::lround(margin + static_cast<double>(page) * (pageHeight() + margin)));
}

int ReportPreview::heightForWidth(int) const
{
    return topOf(m_layout.pages.size());
}

void ReportPreview::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() == event->oldSize().width())
        return;
    m_pictures.assign(m_layout.pages.size(), {});
    setFixedHeight(heightForWidth(width()));
}

const QPixmap& ReportPreview::pictureOf(std::size_t page)
{
    QPixmap& picture = m_pictures[page];
    if (!picture.isNull())
        return picture;
    const double ratio = devicePixelRatioF();
    picture = QPixmap((QSizeF(m_layout.size) * scale() * ratio).toSize());
    picture.setDevicePixelRatio(ratio);
    picture.fill(lightColors().card);
    PlotPainter painter(picture);
    painter.painter().scale(scale(), scale());
    paintPage(painter, m_layout.pages[page]);
    return picture;
}

void ReportPreview::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    for (std::size_t page = 0; page < m_layout.pages.size(); ++page) {
        const QRectF place(margin, topOf(page), width() - 2.0 * margin, pageHeight());
        if (!place.intersects(event->rect()))
            continue;
        // The window's colours: within a scroll area the palette of a widget is that of its style sheet.
        painter.fillRect(place.adjusted(-1, -1, 1, 1), colorsOf(*window()).border);
        painter.drawPixmap(place.topLeft(), pictureOf(page));
    }
}

} // namespace plumbline
