// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filter_edit.h"

#include <QInputDialog>
#include <QKeyEvent>
#include <QListWidget>
#include <QMenu>
#include <QStyle>
#include <QToolTip>

#include "model/core/filter_expression.h"
#include "model/items/filter_completion.h"
#include "model/items/format.h"
#include "ui/window_memory.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostOffered = 12;
constexpr qsizetype mostRemembered = 30;

} // namespace

FilterEdit::FilterEdit(WindowMemory& memory, QWidget* parent)
    : QLineEdit(parent), m_memory(memory), m_popup(new QListWidget(this))
{
    setAccessibleName(tr("Filter expression"));
    setPlaceholderText(tr("feature:support-chat cost>0.10 \"refund\""));
    setClearButtonEnabled(true);
    m_popup->setWindowFlags(Qt::ToolTip);
    m_popup->setFocusPolicy(Qt::NoFocus);
    m_popup->setAccessibleName(tr("Completions"));
    m_popup->hide();
    connect(this, &QLineEdit::textEdited, this, [this] {
        m_place = -1;
        judge();
        complete();
    });
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        judge();
        // The clear button is a wish, not an edit.
        if (text.isEmpty() && !m_shown.isEmpty() && hasFocus() && m_popup->isHidden())
            apply();
    });
    connect(m_popup, &QListWidget::itemClicked, this, &FilterEdit::take);
}

void FilterEdit::setQueries(const Queries& queries)
{
    m_queries = queries;
    struct Facts
    {
        std::vector<std::string> keys = {};
        std::vector<SavedFilter> saved = {};
    };
    m_facts.start(
        [queries](const StopToken& stop) -> Result<Facts> {
            Facts facts{.keys = TRY(queries.metadataKeys(stop))};
            facts.saved = TRY(queries.savedFilters(stop));
            return facts;
        },
        [this](Result<Facts> facts) {
            if (!facts)
                return;
            m_metadataKeys.clear();
            for (const std::string& key : facts->keys)
                m_metadataKeys += toQt(key);
            m_saved = std::move(facts->saved);
        });
}

void FilterEdit::showConditions(const std::vector<Condition>& conditions)
{
    const QString expression = toQt(expressionOf(conditions));
    const bool isTyping = hasFocus() && text() != m_shown;
    m_shown = expression;
    if (!isTyping && text() != expression)
        setText(expression);
}

void FilterEdit::judge()
{
    const FilterExpression expression = readExpression(fromQt(text()));
    const QString problem = expression.isValid() ? problemOf(expression.conditions) : toQt(expression.problem);
    const char* state = text().isEmpty() ? "" : problem.isEmpty() ? "good" : "bad";
    setToolTip(problem.isEmpty()
                   ? tr("Parts that all hold: field:value, field~part, cost>0.10, -field:value, \"words\"")
                   : problem);
    // In words, for who does not see the colour.
    setAccessibleDescription(problem);
    if (property("judged").toString() == QLatin1String(state))
        return;
    setProperty("judged", QString::fromLatin1(state));
    style()->unpolish(this);
    style()->polish(this);
}

void FilterEdit::apply()
{
    m_popup->hide();
    m_values.cancel();
    ++m_asked;
    const FilterExpression expression = readExpression(fromQt(text()));
    const QString problem = expression.isValid() ? problemOf(expression.conditions) : toQt(expression.problem);
    if (!problem.isEmpty()) {
        QToolTip::showText(mapToGlobal(QPoint(8, height())), problem.toHtmlEscaped(), this);
        if (!expression.isValid())
            setCursorPosition(
                static_cast<int>(toQt(std::string_view(fromQt(text())).substr(0, expression.problemAt)).size()));
        return;
    }
    const QString typed = text().trimmed();
    if (!typed.isEmpty()) {
        QStringList history = m_memory.filterHistory();
        history.removeAll(typed);
        history.prepend(typed);
        m_memory.keepFilterHistory(history.mid(0, mostRemembered));
    }
    m_place = -1;
    m_shown = text();
    emit conditionsChosen(expression.conditions);
}

void FilterEdit::complete()
{
    const CompletionPlace place = completionPlace(text(), cursorPosition());
    m_first = place.first;
    m_count = place.count;
    m_values.cancel();
    const int asked = ++m_asked;
    if (!place.field) {
        offer(place.count > 0 ? fieldCompletions(place.typed, m_metadataKeys) : QStringList());
        return;
    }
    const auto fitting = [typed = place.typed](const QStringList& values) {
        QStringList found;
        for (const bool begins : {true, false})
            for (const QString& value : values)
                if (value.startsWith(typed, Qt::CaseInsensitive) == begins &&
                    value.contains(typed, Qt::CaseInsensitive))
                    found += toQt(quotedValue(fromQt(value)));
        return found;
    };
    if (const QStringList fixed = fixedValues(*place.field); !fixed.isEmpty()) {
        offer(fitting(fixed));
        return;
    }
    offer({});
    if (!m_queries || isFigure(place.field->dimension) || place.field->dimension > Dimension::Metadata)
        return;
    m_values.start(
        [queries = *m_queries, field = *place.field](const StopToken& stop) {
            constexpr std::size_t looked = 2000;
            return queries.values(field, looked, stop);
        },
        [this, fitting, asked](Result<std::vector<std::string>> values) {
            if (!values || !hasFocus() || asked != m_asked)
                return;
            QStringList texts;
            for (const std::string& value : *values)
                texts += toQt(value);
            offer(fitting(texts));
        });
}

void FilterEdit::offer(const QStringList& texts)
{
    m_popup->clear();
    const QStringList shown = texts.mid(0, mostOffered);
    // What is typed already is no offer.
    if (shown.isEmpty() || (shown.size() == 1 && shown[0] == text().mid(m_first, m_count))) {
        m_popup->hide();
        return;
    }
    m_popup->addItems(shown);
    // A screen reader hears what is offered; Tab takes the first.
    setAccessibleDescription(tr("%n offers: %1", nullptr, static_cast<int>(shown.size())).arg(shown.join(u", "_s)));
    constexpr int widest = 420;
    m_popup->setFixedSize(std::min(widest, std::max(180, m_popup->sizeHintForColumn(0) + 24)),
                          m_popup->sizeHintForRow(0) * static_cast<int>(shown.size()) + 6);
    m_popup->move(mapToGlobal(QPoint(cursorRect().left(), height() + 2)));
    m_popup->show();
}

QStringList FilterEdit::offered() const
{
    QStringList texts;
    for (int i = 0; m_popup->isVisible() && i < m_popup->count(); ++i)
        texts += m_popup->item(i)->text();
    return texts;
}

void FilterEdit::take()
{
    const QListWidgetItem* item = m_popup->currentItem() ? m_popup->currentItem() : m_popup->item(0);
    if (!item)
        return;
    const QString taken = item->text();
    m_popup->hide();
    const bool isField = taken.endsWith(u':') || taken.endsWith(u'>');
    const QString put = isField ? taken : taken + u' ';
    const QString whole = text().left(m_first) + put + text().mid(m_first + m_count);
    const auto cursor = static_cast<int>(m_first + put.size());
    setText(whole);
    setCursorPosition(cursor);
    judge();
    if (isField)
        complete();
}

void FilterEdit::step(int by)
{
    const QStringList history = m_memory.filterHistory();
    const qsizetype next = std::clamp<qsizetype>(m_place + by, -1, history.size() - 1);
    if (next == m_place)
        return;
    if (m_place < 0)
        m_typed = text();
    m_place = next;
    setText(next < 0 ? m_typed : history[next]);
    judge();
}

void FilterEdit::keyPressEvent(QKeyEvent* event)
{
    const bool isOffering = m_popup->isVisible();
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (isOffering && m_popup->currentItem())
            take();
        else
            apply();
        return;
    case Qt::Key_Escape:
        if (isOffering)
            m_popup->hide();
        else
            setText(m_shown);
        return;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        const int by = event->key() == Qt::Key_Down ? 1 : -1;
        if (isOffering)
            m_popup->setCurrentRow(std::clamp(m_popup->currentRow() + by, 0, m_popup->count() - 1));
        else
            step(-by);
        return;
    }
    default:
        break;
    }
    QLineEdit::keyPressEvent(event);
}

bool FilterEdit::focusNextPrevChild(bool next)
{
    // Tab takes what is offered; without an offer it goes on as everywhere.
    if (!next || !m_popup->isVisible())
        return QLineEdit::focusNextPrevChild(next);
    take();
    return true;
}

void FilterEdit::focusOutEvent(QFocusEvent* event)
{
    m_popup->hide();
    QLineEdit::focusOutEvent(event);
}

void FilterEdit::moveEvent(QMoveEvent* event)
{
    m_popup->hide();
    QLineEdit::moveEvent(event);
}

void FilterEdit::fillMenu(QMenu& menu)
{
    menu.clear();
    QAction* save = menu.addAction(tr("Keep this filter…"), this, &FilterEdit::askToSave);
    save->setEnabled(!text().isEmpty() && readExpression(fromQt(text())).isValid());
    const auto addChoice = [this](QMenu& to, const QString& title, const QString& expression) {
        QAction* action = to.addAction(fontMetrics().elidedText(title, Qt::ElideMiddle, 420), this, [this, expression] {
            setText(expression);
            apply();
        });
        action->setToolTip(expression);
    };
    if (!m_saved.empty()) {
        menu.addSection(tr("Kept"));
        for (const SavedFilter& filter : m_saved)
            addChoice(menu, toQt(filter.name), toQt(filter.expression));
        QMenu* remove = menu.addMenu(tr("Forget"));
        for (const SavedFilter& filter : m_saved)
            remove->addAction(toQt(filter.name), this, [this, filter] { emit keepRequested(filter, {}); });
    }
    const QStringList history = m_memory.filterHistory();
    if (history.isEmpty())
        return;
    menu.addSection(tr("Before"));
    constexpr qsizetype shown = 10;
    for (const QString& expression : history.mid(0, shown))
        addChoice(menu, expression, expression);
}

void FilterEdit::askToSave()
{
    bool isGiven = false;
    const QString name =
        QInputDialog::getText(this, tr("Keep this filter"), tr("Name:"), QLineEdit::Normal, {}, &isGiven);
    if (isGiven && !name.trimmed().isEmpty())
        keep({.name = fromQt(name.trimmed()), .expression = fromQt(text())});
}

void FilterEdit::keep(const SavedFilter& filter)
{
    const auto before = std::find_if(m_saved.begin(), m_saved.end(),
                                     [&](const SavedFilter& known) { return known.name == filter.name; });
    emit keepRequested(before == m_saved.end() ? std::nullopt : std::optional(*before), filter);
}

} // namespace plumbline
