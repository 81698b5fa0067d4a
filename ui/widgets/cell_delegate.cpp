// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cell_delegate.h"

#include <QPainter>

#include "model/items/cell.h"
#include "ui/charts/cell_pictures.h"
#include "ui/charts/trace_pictures.h"
#include "ui/theme/colors.h"
#include "ui/theme/figures.h"
#include "ui/theme/fonts.h"

namespace plumbline {

namespace {

constexpr int margin = 8;
constexpr int rowHeight = 30;
constexpr int tallRowHeight = 42;
constexpr int trendWidth = 78;
constexpr int shareWidth = 116;
constexpr int makeUpWidth = 150;
constexpr int timelineWidth = 240;
constexpr int blockWidth = 480;
constexpr int makeUpWidest = 340;

ColumnKind kindOf(const QModelIndex& index)
{
    return static_cast<ColumnKind>(index.data(KindRole).toInt());
}

QFont fontOf(const QModelIndex& index)
{
    switch (kindOf(index)) {
    case ColumnKind::Name:
        return fonts::bold();
    case ColumnKind::Mono:
        return fonts::mono();
    default:
        return index.data(TotalRole).toBool() ? fonts::bold() : fonts::text();
    }
}

void drawText(QPainter& painter, const QRectF& place, const QString& text)
{
    const QFontMetricsF metrics(painter.font());
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(text, Qt::ElideRight, place.width()));
}

} // namespace

QRectF CellDelegate::contentOf(const QRect& cell)
{
    return QRectF(cell).adjusted(margin, 0, -margin, -1);
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Colors& colors = colorsOf(option.palette);
    painter->save();
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, colors.selection);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, colors.hover);
    painter->setPen(colors.border);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());

    const QRectF place = contentOf(option.rect);
    const QString text = index.data().toString();
    const QVariant picture = index.data(PictureRole);
    painter->setPen(colors.text);
    painter->setFont(fontOf(index));
    switch (kindOf(index)) {
    case ColumnKind::Figure:
        // What does not fit would lose its last digits: let it stand over its neighbour's margin instead.
        figures::draw(*painter, place.adjusted(-margin, 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter, text);
        break;
    case ColumnKind::Pill:
        if (picture.canConvert<Pill>())
            pictures::drawPill(*painter, place, text, picture.value<Pill>().tone, colors);
        else
            drawText(*painter, place, text);
        break;
    case ColumnKind::MakeUp:
        if (picture.canConvert<MakeUp>())
            pictures::drawMakeUp(
                *painter,
                QRectF(place.left(), place.center().y() - 6, std::min<double>(place.width(), makeUpWidest), 13),
                picture.value<MakeUp>(), colors);
        else
            drawText(*painter, place, text);
        break;
    case ColumnKind::Trend:
        if (picture.canConvert<Trend>())
            pictures::drawTrend(
                *painter, QRectF(place.left(), place.center().y() - 7, std::min<double>(place.width(), trendWidth), 14),
                picture.value<Trend>(), colors);
        break;
    case ColumnKind::Share:
        if (picture.canConvert<ShareBar>())
            pictures::drawShare(
                *painter, QRectF(place.left(), place.center().y() - 5, std::min<double>(place.width(), shareWidth), 10),
                picture.value<ShareBar>(), colors);
        else
            drawText(*painter, place, text);
        break;
    case ColumnKind::Step:
        pictures::drawStep(*painter, place, text, picture.value<StepMark>(), colors);
        break;
    case ColumnKind::Timeline:
        if (picture.canConvert<TimeBar>())
            pictures::drawTimeBar(*painter, place, picture.value<TimeBar>(), colors);
        else
            drawText(*painter, place, text);
        break;
    case ColumnKind::Block:
        pictures::drawBlock(*painter, place, text, picture.value<BlockMark>(), colors);
        break;
    case ColumnKind::Link:
        painter->setPen(colors.accent);
        drawText(*painter, place, text);
        break;
    case ColumnKind::Name:
        if (picture.canConvert<Detail>()) {
            drawText(*painter, QRectF(place.left(), place.top() + 4, place.width(), 17), text);
            painter->setFont(fonts::small());
            painter->setPen(colors.secondary);
            drawText(*painter, QRectF(place.left(), place.top() + 21, place.width(), 15), picture.value<Detail>().text);
            break;
        }
        [[fallthrough]];
    case ColumnKind::Text:
    case ColumnKind::Mono:
        drawText(*painter, place, text);
        break;
    }
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
        painter->setPen(colors.accent);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const QVariant picture = index.data(PictureRole);
    const bool isTall = picture.canConvert<Detail>() || picture.canConvert<BlockMark>();
    return {wantedWidth(index), isTall ? tallRowHeight : rowHeight};
}

int CellDelegate::wantedWidth(const QModelIndex& index)
{
    const QString text = index.data().toString();
    switch (kindOf(index)) {
    case ColumnKind::Figure:
        return static_cast<int>(figures::width(fontOf(index), text)) + 2 * margin + 2;
    case ColumnKind::MakeUp:
        return makeUpWidth + 2 * margin;
    case ColumnKind::Share:
        return shareWidth + 2 * margin;
    case ColumnKind::Trend:
        return trendWidth + 2 * margin;
    case ColumnKind::Step:
        return static_cast<int>(pictures::stepWidth(text, index.data(PictureRole).value<StepMark>())) + 2 * margin;
    case ColumnKind::Timeline:
        return timelineWidth + 2 * margin;
    case ColumnKind::Block:
        return blockWidth;
    case ColumnKind::Pill:
        return QFontMetrics(fonts::small()).horizontalAdvance(text) + 12 + 2 * margin + 2;
    case ColumnKind::Name:
        if (const QVariant picture = index.data(PictureRole); picture.canConvert<Detail>())
            return std::max(QFontMetrics(fonts::bold()).horizontalAdvance(text),
                            QFontMetrics(fonts::small()).horizontalAdvance(picture.value<Detail>().text)) +
                   2 * margin + 2;
        [[fallthrough]];
    default:
        return QFontMetrics(fontOf(index)).horizontalAdvance(text) + 2 * margin + 2;
    }
}

} // namespace plumbline
