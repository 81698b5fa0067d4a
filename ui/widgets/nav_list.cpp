// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/nav_list.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/theme/colors.h"
#include "ui/theme/figures.h"
#include "ui/theme/fonts.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

enum NavRole
{
    IdRole = Qt::UserRole + 1,
    CountRole,
};

class NavDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Colors& colors = colorsOf(option.palette);
        const bool isChosen = option.state & QStyle::State_Selected;
        const QRectF place = QRectF(option.rect).adjusted(0, 1, 0, -1);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        if (isChosen || option.state & QStyle::State_MouseOver) {
            painter->setBrush(isChosen ? colors.selection : colors.hover);
            painter->drawRoundedRect(place, 6, 6);
        }
        if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange) {
            painter->setPen(colors.accent);
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        }
        const QRectF text = place.adjusted(10, 0, -10, 0);
        painter->setFont(isChosen ? fonts::bold() : fonts::text());
        painter->setPen(isChosen ? colors.accent : colors.text);
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
        painter->setFont(fonts::small());
        painter->setPen(colors.secondary);
        figures::draw(*painter, text, Qt::AlignVCenter | Qt::AlignRight, index.data(CountRole).toString());
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {150, 34}; }
};

} // namespace

NavList::NavList(QWidget* parent) : QListWidget(parent)
{
    setAccessibleName(tr("Pages"));
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(new NavDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    connect(this, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem* item) {
        if (item)
            emit chosen(item->data(IdRole).toString());
    });
}

void NavList::addPage(const QString& id, const QString& title)
{
    auto* item = new QListWidgetItem(title, this);
    item->setData(IdRole, id);
}

void NavList::setCount(const QString& id, const QString& count)
{
    if (QListWidgetItem* item = itemOf(id)) {
        item->setData(CountRole, count);
        item->setData(Qt::AccessibleTextRole, count.isEmpty() ? item->text() : u"%1, %2"_s.arg(item->text(), count));
    }
}

void NavList::choose(const QString& id)
{
    setCurrentItem(itemOf(id));
}

QListWidgetItem* NavList::itemOf(const QString& id) const
{
    for (int row = 0; row < count(); ++row)
        if (item(row)->data(IdRole).toString() == id)
            return item(row);
    return nullptr;
}

} // namespace plumbline
