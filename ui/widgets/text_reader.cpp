// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_reader.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QUrl>

#include "model/items/format.h"
#include "model/items/pretty_text.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// Laid out in one go: some milliseconds.
constexpr qsizetype pieceSize = 16 << 10;
/// Beyond this a text is shown as it is: Markdown and JSON of that size nobody reads.
constexpr qsizetype mostFormed = 256 << 10;
constexpr qsizetype mostMarkdown = 64 << 10;
/// Longer lines are broken: a line is laid out as a whole.
constexpr qsizetype longestLine = 8 << 10;

/// Shows text, and never fetches what a text asks for.
class TextBrowser : public QTextBrowser
{
public:
    using QTextBrowser::QTextBrowser;
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

} // namespace

TextReader::TextReader(QWidget* parent)
    : QWidget(parent)
    , m_title(headingLabel({}, this))
    , m_form(new ChoiceBox(this))
    , m_search(new QLineEdit(this))
    , m_found(quietLabel({}, this))
    , m_stack(new QStackedWidget(this))
    , m_plain(new QPlainTextEdit(this))
    , m_markdown(new TextBrowser(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(8);
    bar->addWidget(m_title);
    bar->addStretch();
    bar->addWidget(m_found);
    bar->addWidget(m_search);
    bar->addWidget(m_form);
    QPushButton* copy = smallButton(tr("Copy"), tr("Copy the text"), *bar);
    QPushButton* close = smallButton(u"✕"_s, tr("Close the text"), *bar);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);
    m_stack->addWidget(m_plain);
    m_stack->addWidget(m_markdown);
    m_plain->setReadOnly(true);
    fonts::setLongMono(*m_plain);
    m_plain->setFrameShape(QFrame::NoFrame);
    m_plain->setAccessibleName(tr("Text of the part"));
    m_plain->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_markdown->setFrameShape(QFrame::NoFrame);
    m_markdown->setOpenLinks(false); // nothing leaves the machine
    m_markdown->setAccessibleName(tr("Text of the part, rendered"));
    m_form->setAccessibleName(tr("How the text is shown"));
    m_form->addItem(tr("as it is"), static_cast<int>(Form::Plain));
    m_form->addItem(tr("JSON, indented"), static_cast<int>(Form::Json));
    m_form->addItem(tr("Markdown"), static_cast<int>(Form::Markdown));
    m_search->setPlaceholderText(tr("Search the text…"));
    m_search->setAccessibleName(tr("Search the text"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(180);
    m_laying.setInterval(0);
    connect(&m_laying, &QTimer::timeout, this, &TextReader::layMore);
    connect(m_form, &QComboBox::activated, this, &TextReader::lay);
    connect(m_search, &QLineEdit::textChanged, this, &TextReader::findFirst);
    connect(m_search, &QLineEdit::returnPressed, this,
            [this] { find(QGuiApplication::keyboardModifiers() & Qt::ShiftModifier); });
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text); });
    connect(close, &QPushButton::clicked, this, &TextReader::closed);
}

void TextReader::show(const QString& title, const QString& text)
{
    m_text = text;
    m_title->setText(title);
    const bool canBeFormed = text.size() <= mostFormed;
    const Form form = canBeFormed && prettyJson(text) ? Form::Json : Form::Plain;
    m_form->setCurrentIndex(m_form->findData(static_cast<int>(form)));
    m_form->setEnabled(canBeFormed);
    m_form->setToolTip(canBeFormed ? QString() : tr("A text of this size is shown as it is"));
    lay();
}

void TextReader::lay()
{
    const auto form = static_cast<Form>(m_form->currentData().toInt());
    m_stack->setCurrentWidget(form == Form::Markdown ? static_cast<QWidget*>(m_markdown) : m_plain);
    m_laying.stop();
    m_rest.clear();
    if (form == Form::Markdown) {
        m_markdown->document()->setMarkdown(m_text.left(mostMarkdown),
                                            QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                                QTextDocument::MarkdownNoHTML);
        return;
    }
    m_plain->clear();
    m_plain->setFont(fonts::longMono()); // the splitter that takes it in gives it its own
    m_plain->document()->setDefaultFont(fonts::longMono());
    m_rest = form == Form::Json ? prettyJson(m_text).value_or(m_text) : m_text;
    layMore();
    if (!m_rest.isEmpty())
        m_laying.start();
    m_plain->moveCursor(QTextCursor::Start);
    findFirst();
}

void TextReader::layMore()
{
    // Up to the end of a line, where there is one near: a block of text is laid out as a whole.
    qsizetype size = qMin(pieceSize, m_rest.size());
    if (const qsizetype line = m_rest.indexOf(u'\n'); line < 0 ? m_rest.size() > longestLine : line > longestLine) {
        size = longestLine;
        if (m_rest[size - 1].isHighSurrogate())
            --size;
        QTextCursor cursor(m_plain->document());
        cursor.movePosition(QTextCursor::End);
        cursor.insertText(m_rest.left(size) + u'\n');
        m_rest.remove(0, size);
        return;
    }
    if (size < m_rest.size()) {
        const qsizetype end = m_rest.lastIndexOf(u'\n', size);
        if (end > size / 2)
            size = end + 1;
        else if (m_rest[size - 1].isHighSurrogate())
            --size;
    }
    QTextCursor cursor(m_plain->document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(m_rest.left(size));
    m_rest.remove(0, size);
    if (m_rest.isEmpty())
        m_laying.stop();
}

QString TextReader::shownText() const
{
    return m_stack->currentWidget() == m_markdown ? m_markdown->toPlainText() : m_plain->toPlainText();
}

void TextReader::beginSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void TextReader::findFirst()
{
    m_found->clear();
    if (m_search->text().isEmpty() || m_stack->currentWidget() != m_plain)
        return;
    constexpr qsizetype counted = 1 << 20;
    const qsizetype count = QStringView(m_text).left(counted).count(m_search->text(), Qt::CaseInsensitive);
    m_found->setText(tr("%n found", nullptr, static_cast<int>(count)));
    m_plain->moveCursor(QTextCursor::Start);
    find(false);
}

void TextReader::find(bool isBackwards)
{
    const QTextDocument::FindFlags flags = isBackwards ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (m_plain->find(m_search->text(), flags))
        return;
    m_plain->moveCursor(isBackwards ? QTextCursor::End : QTextCursor::Start);
    m_plain->find(m_search->text(), flags);
}

void TextReader::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace plumbline
