// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/part_legend.h"

#include <QPainter>

#include "model/items/cell.h"
#include "ui/charts/cell_pictures.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

namespace plumbline {

namespace {

constexpr Part parts[] = {Part::UncachedInput, Part::CacheRead, Part::CacheWrite, Part::Output, Part::Reasoning};
constexpr double swatch = 10;
constexpr double textGap = 6;
constexpr double entryGap = 14;

} // namespace

PartLegend::PartLegend(QWidget* parent) : QWidget(parent)
{
    QStringList names;
    for (const Part part : parts)
        names += partTitle(part);
    setAccessibleName(tr("Legend: %1").arg(names.join(QLatin1String(", "))));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize PartLegend::sizeHint() const
{
    const QFontMetricsF metrics(fonts::small());
    double width = 0;
    for (const Part part : parts)
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
    for (const Part part : parts) {
        pictures::fillPart(painter, QRectF(x, (height() - swatch) / 2.0, swatch, swatch), part, colors);
        x += swatch + textGap;
        const double width = metrics.horizontalAdvance(partTitle(part));
        painter.setPen(colors.text);
        painter.drawText(QRectF(x, 0, width + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, partTitle(part));
        x += width + entryGap;
    }
}

} // namespace plumbline
