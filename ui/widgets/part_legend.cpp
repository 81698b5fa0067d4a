// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/part_legend.h"

#include <QPainter>

#include "model/items/cell.h"
#include "ui/charts/cell_pictures.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

namespace plumbline {

namespace {

constexpr double swatch = 10;
constexpr double textGap = 6;
constexpr double entryGap = 14;

} // namespace

PartLegend::PartLegend(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setSegments(true);
}

void PartLegend::setSegments(bool isBySegment)
{
    m_parts = isBySegment ? QList<Part>(segmentParts.begin(), segmentParts.end())
                          : QList<Part>(bucketParts.begin(), bucketParts.end());
    QStringList names;
    for (const Part part : m_parts)
        names += partTitle(part);
    setAccessibleName(tr("Legend: %1").arg(names.join(QLatin1String(", "))));
    updateGeometry();
    update();
}

QSize PartLegend::sizeHint() const
{
    const QFontMetricsF metrics(fonts::small());
    double width = 0;
    for (const Part part : m_parts)
        width += swatch + textGap + metrics.horizontalAdvance(partTitle(part)) + entryGap;
    return {static_cast<int>(width), 16};
}

void PartLegend::paintEvent(QPaintEvent*)
{
    const Colors& colors = colorsOf(*this);
    QPainter painter(this);
    painter.setFont(fonts::small());
    const QFontMetricsF metrics(painter.font());
    double x = 1;
    for (const Part part : m_parts) {
        pictures::fillPart(painter, QRectF(x, (height() - swatch) / 2.0, swatch, swatch), part, colors);
        x += swatch + textGap;
        const double width = metrics.horizontalAdvance(partTitle(part));
        painter.setPen(colors.text);
        painter.drawText(QRectF(x, 0, width + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, partTitle(part));
        x += width + entryGap;
    }
}

} // namespace plumbline
