// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_reader.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
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
#include "ui/widgets/save_file.h"
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
    , m_place(quietLabel({}, this))
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
    m_earlier = smallButton(u"‹"_s, tr("The part before"), *bar);
    bar->addWidget(m_place);
    m_later = smallButton(u"›"_s, tr("The part after"), *bar);
    bar->addStretch();
    bar->addWidget(m_found);
    bar->addWidget(m_search);
    bar->addWidget(m_form);
    QPushButton* copy = smallButton(tr("Copy"), tr("Copy the text that is shown"), *bar);
    QPushButton* save = smallButton(tr("Save…"), tr("Save all of the text as a file"), *bar);
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
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        if (!findFirst())
            findBeyond(Direction::Forwards);
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        find(QGuiApplication::keyboardModifiers() & Qt::ShiftModifier ? Direction::Backwards : Direction::Forwards);
    });
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text); });
    connect(save, &QPushButton::clicked, this, &TextReader::save);
    connect(close, &QPushButton::clicked, this, &TextReader::closed);
    connect(m_earlier, &QPushButton::clicked, this, [this] { showPart(m_part - 1); });
    connect(m_later, &QPushButton::clicked, this, [this] { showPart(m_part + 1); });
}

void TextReader::show(const QString& title, LongText text)
{
    m_searching.cancel();
    m_all = std::move(text);
    m_title->setText(title);
    for (QWidget* widget :
         {static_cast<QWidget*>(m_earlier), static_cast<QWidget*>(m_place), static_cast<QWidget*>(m_later)})
        widget->setVisible(m_all.parts() > 1);
    showPart(0);
}

void TextReader::showPart(int part)
{
    m_part = part;
    m_text = m_all.isEmpty() ? QString() : m_all.part(part);
    m_place->setText(tr("part %1 of %2").arg(part + 1).arg(m_all.parts()));
    m_earlier->setEnabled(part > 0);
    m_later->setEnabled(part + 1 < m_all.parts());
    const bool canBeFormed = m_text.size() <= mostFormed && m_all.parts() <= 1;
    const Form form = canBeFormed && prettyJson(m_text) ? Form::Json : Form::Plain;
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
    m_laid = 0;
    if (form == Form::Markdown) {
        m_shown.clear();
        m_markdown->document()->setMarkdown(m_text.left(mostMarkdown),
                                            QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) |
                                                QTextDocument::MarkdownNoHTML);
        findFirst();
        return;
    }
    m_plain->clear();
    m_plain->setFont(fonts::longMono()); // the splitter that takes it in gives it its own
    m_plain->document()->setDefaultFont(fonts::longMono());
    m_shown = form == Form::Json ? prettyJson(m_text).value_or(m_text) : m_text;
    layMore();
    if (!isLaid())
        m_laying.start();
    m_plain->moveCursor(QTextCursor::Start);
    findFirst();
}

void TextReader::layMore()
{
    // Up to the end of a line, where there is one near: a block of text is laid out as a whole.
    const QStringView rest = QStringView(m_shown).mid(m_laid);
    qsizetype size = qMin(pieceSize, rest.size());
    const bool isLongLine = rest.size() > longestLine && !rest.left(longestLine + 1).contains(u'\n');
    if (isLongLine) {
        size = longestLine;
    } else if (size < rest.size()) {
        const qsizetype end = rest.lastIndexOf(u'\n', size - 1);
        if (end > size / 2)
            size = end + 1;
    }
    if (size < rest.size() && rest[size - 1].isHighSurrogate())
        --size;
    QTextCursor cursor(m_plain->document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(rest.left(size).toString() + (isLongLine ? u"\n"_s : QString()));
    m_laid += size;
    if (!isLaid())
        return;
    m_laying.stop();
    const std::optional<Wanted> wanted = std::exchange(m_wanted, {});
    if (!wanted)
        return;
    if (wanted->goesOn)
        find(wanted->direction);
    else
        goRound(wanted->direction);
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

/// Documents hold blanks for blanks that do not break, and are searched block by block.
QString TextReader::sought() const
{
    return m_search->text().section(u'\n', 0, 0).replace(QChar::Nbsp, u' ');
}

bool TextReader::findFirst()
{
    m_found->clear();
    m_searching.cancel();
    m_counting.cancel();
    m_wanted.reset();
    ++m_searched;
    if (sought().isEmpty())
        return true;
    count();
    m_plain->moveCursor(QTextCursor::Start);
    m_markdown->moveCursor(QTextCursor::Start);
    return findHere(Direction::Forwards);
}

void TextReader::count()
{
    if (m_all.isEmpty())
        return;
    m_counting.start(
        [all = m_all, part = m_part, text = sought()](const StopToken& stop) { return all.timesIn(part, text, stop); },
        [this](const Result<int>& times) {
            if (!times)
                return;
            m_found->setText(m_all.parts() > 1 ? tr("%n found in this part", nullptr, *times)
                                               : tr("%n found", nullptr, *times));
        });
}

void TextReader::find(Direction direction)
{
    if (!sought().isEmpty() && !findHere(direction))
        findBeyond(direction);
}

void TextReader::findBeyond(Direction direction)
{
    const bool isBackwards = direction == Direction::Backwards;
    const bool isWithin = m_all.parts() <= 1;
    if (!isLaid() && (isWithin || !isBackwards)) {
        m_wanted = Wanted{.direction = direction, .goesOn = true};
        return;
    }
    if (isWithin) {
        goRound(direction);
        return;
    }
    const int parts = m_all.parts(), first = (m_part + (isBackwards ? -1 : 1) + parts) % parts;
    m_searching.start([all = m_all, text = sought(), first,
                       direction](const StopToken& stop) { return all.partWith(text, first, direction, stop); },
                      [this, direction, searched = ++m_searched](const Result<std::optional<int>>& part) {
                          if (searched != m_searched || !part || !*part)
                              return;
                          if (**part != m_part)
                              showPart(**part);
                          // What only the bytes hold, as a match over a line we broke, is shown by its part alone.
                          if (isLaid())
                              goRound(direction);
                          else
                              m_wanted = Wanted{.direction = direction};
                      });
}

void TextReader::goRound(Direction direction)
{
    const QTextCursor::MoveOperation to = direction == Direction::Backwards ? QTextCursor::End : QTextCursor::Start;
    m_plain->moveCursor(to);
    m_markdown->moveCursor(to);
    findHere(direction);
}

bool TextReader::findHere(Direction direction)
{
    const QTextDocument::FindFlags flags =
        direction == Direction::Backwards ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    return m_stack->currentWidget() == m_plain ? m_plain->find(sought(), flags) : m_markdown->find(sought(), flags);
}

void TextReader::save()
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the text"), tr("text.txt"));
    if (path.isEmpty())
        return;
    m_saving.start(
        [all = m_all, path](const StopToken&) -> Result<QString> {
            return saveThrough(path, [&](QIODevice& file) { return all.writeTo(file); });
        },
        [this](const Result<QString>& failure) {
            if (failure && !failure->isEmpty())
                QMessageBox::warning(this, tr("Save the text"), *failure);
        });
}

void TextReader::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace plumbline
