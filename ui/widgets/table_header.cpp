// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/table_header.h"

#include <QPainter>

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

namespace plumbline {

using namespace Qt::StringLiterals;

TableHeader::TableHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsMovable(true);
    setSectionsClickable(true);
    setHighlightSections(false);
    setSortIndicatorClearable(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setFixedHeight(32);
    setMinimumSectionSize(28);
}

void TableHeader::paintSection(QPainter* painter, const QRect& place, int section) const
{
    const Colors& colors = colorsOf(*this);
    constexpr int margin = 8;
    painter->save();
    painter->fillRect(place, colors.card);
    painter->setPen(colors.border);
    painter->drawLine(place.bottomLeft(), place.bottomRight());
    const bool isSorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    const QString arrow = !isSorted ? QString() : sortIndicatorOrder() == Qt::DescendingOrder ? u" ▾"_s : u" ▴"_s;
    painter->setFont(fonts::text());
    painter->setPen(isSorted ? colors.text : colors.secondary);
    const QRect text = place.adjusted(margin, 0, -margin, 0);
    const int room = text.width() - painter->fontMetrics().horizontalAdvance(arrow);
    const QString title = model()->headerData(section, orientation()).toString();
    const int alignment = model()->headerData(section, orientation(), Qt::TextAlignmentRole).toInt();
    painter->drawText(text, alignment, painter->fontMetrics().elidedText(title, Qt::ElideRight, room) + arrow);
    painter->restore();
}

} // namespace plumbline
