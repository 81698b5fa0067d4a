// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/command_palette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

namespace plumbline {

namespace {

class EntryDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Colors& colors = colorsOf(option.palette);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option.state & QStyle::State_Selected ? colors.selection : colors.hover);
            painter->drawRoundedRect(QRectF(option.rect), 5, 5);
        }
        const QRect place = option.rect.adjusted(10, 0, -10, 0);
        painter->setFont(fonts::small());
        painter->setPen(colors.secondary);
        const QString detail = index.data(Qt::ToolTipRole).toString();
        painter->drawText(place, Qt::AlignVCenter | Qt::AlignRight, detail);
        const int room = place.width() - painter->fontMetrics().horizontalAdvance(detail) - 12;
        painter->setFont(fonts::text());
        painter->setPen(colors.text);
        painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, room));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, 30}; }
};

} // namespace

CommandPalette::CommandPalette(QWidget* parent)
    : QDialog(parent, Qt::Popup), m_field(new QLineEdit(this)), m_view(new QListView(this))
{
    setAccessibleName(tr("Command palette"));
    setFixedSize(560, 380);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 10, 10, 10);
    layout->setSpacing(8);
    m_field->setAccessibleName(tr("Go to or do"));
    m_field->setPlaceholderText(tr("Page, feature, model, user, trace, scenario or command"));
    m_view->setAccessibleName(tr("Matches"));
    m_view->setModel(&m_list);
    m_view->setItemDelegate(new EntryDelegate(m_view));
    m_view->setUniformItemSizes(true);
    m_view->setMouseTracking(true);
    m_view->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(m_field);
    layout->addWidget(m_view, 1);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_list.type(text);
        m_view->setCurrentIndex(m_list.index(0));
    });
    connect(m_view, &QListView::clicked, this, &CommandPalette::take);
}

void CommandPalette::open(std::vector<PaletteEntry> entries)
{
    m_entries = std::move(entries);
    m_list.setEntries(m_entries);
    m_field->clear();
    m_list.type({});
    m_view->setCurrentIndex(m_list.index(0));
    const QWidget* window = parentWidget()->window();
    constexpr int below = 70;
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, below)));
    show();
    m_field->setFocus();
}

void CommandPalette::add(std::vector<PaletteEntry> entries)
{
    m_entries.insert(m_entries.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
    m_list.setEntries(m_entries);
    m_view->setCurrentIndex(m_list.index(0));
}

void CommandPalette::take(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const PaletteEntry entry = m_list.entryAt(index.row());
    hide();
    emit chosen(entry);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int step = key == Qt::Key_Down       ? 1
                         : key == Qt::Key_Up       ? -1
                         : key == Qt::Key_PageDown ? 10
                         : key == Qt::Key_PageUp   ? -10
                                                   : 0;
        if (step != 0 && m_list.rowCount() > 0) {
            m_view->setCurrentIndex(
                m_list.index(std::clamp(m_view->currentIndex().row() + step, 0, m_list.rowCount() - 1)));
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            take(m_view->currentIndex());
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace plumbline
