// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/guide_dialog.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QShortcut>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocument>

#include "ui/theme/fonts.h"

namespace plumbline {

using namespace Qt::StringLiterals;

GuideDialog::GuideDialog(QWidget* parent)
    : QDialog(parent), m_chapters(new QListWidget(this)), m_search(new QLineEdit(this)), m_text(new QTextBrowser(this))
{
    setWindowTitle(tr("User guide"));
    resize(1060, 760);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 14);
    layout->setSpacing(14);
    auto* side = new QVBoxLayout;
    m_search->setPlaceholderText(tr("Search the guide…"));
    m_search->setAccessibleName(tr("Search the guide"));
    m_search->setClearButtonEnabled(true);
    side->addWidget(m_search);
    m_chapters->setAccessibleName(tr("Chapters"));
    m_chapters->setFixedWidth(210);
    side->addWidget(m_chapters, 1);
    layout->addLayout(side);
    m_text->setAccessibleName(tr("User guide"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenExternalLinks(false); // nothing leaves the machine
    m_text->setSearchPaths({u":/guide"_s});
    m_text->document()->setDocumentMargin(12);
    layout->addWidget(m_text, 1);
    fill();
    connect(m_chapters, &QListWidget::currentRowChanged, this, &GuideDialog::goTo);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (m_text->find(m_search->text()))
            return;
        m_text->moveCursor(QTextCursor::Start);
        m_text->find(m_search->text());
    });
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, m_search,
            [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
}

void GuideDialog::fill()
{
    QFile file(u":/guide/guide.md"_s);
    if (!file.open(QIODevice::ReadOnly))
        return;
    m_text->setMarkdown(QString::fromUtf8(file.readAll()));
    const int row = m_chapters->currentRow();
    m_chapters->clear();
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        const int level = block.blockFormat().headingLevel();
        if (level == 0 || level > 3)
            continue;
        auto* item = new QListWidgetItem(QString((level - 1) * 2, u' ') + block.text(), m_chapters);
        item->setData(Qt::UserRole, block.blockNumber());
    }
    m_chapters->setCurrentRow(row);
}

QStringList GuideDialog::chapters() const
{
    QStringList titles;
    for (int i = 0; i < m_chapters->count(); ++i)
        titles += m_chapters->item(i)->text().trimmed();
    return titles;
}

void GuideDialog::showChapter(const QString& title)
{
    const qsizetype chapter = chapters().indexOf(title);
    if (chapter >= 0)
        m_chapters->setCurrentRow(static_cast<int>(chapter));
}

void GuideDialog::goTo(int chapter)
{
    const QListWidgetItem* item = m_chapters->item(chapter);
    if (!item)
        return;
    const QTextBlock block = m_text->document()->findBlockByNumber(item->data(Qt::UserRole).toInt());
    m_text->setTextCursor(QTextCursor(block));
    m_text->verticalScrollBar()->setValue(
        static_cast<int>(m_text->document()->documentLayout()->blockBoundingRect(block).top()) - 8);
}

void GuideDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill(); // the colours of links and code are in the document
}

} // namespace plumbline
