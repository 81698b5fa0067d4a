// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page.h"

#include <QStackedLayout>
#include <QTableView>

#include "model/items/format.h"
#include "ui/widgets/states.h"

namespace plumbline {

Page::Page(QString id, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_id(std::move(id))
    , m_stack(new QStackedLayout(this))
    , m_content(new QWidget(this))
    , m_placeholder(new Placeholder(this))
    , m_veil(new Veil(this))
{
    setAccessibleName(title);
    m_stack->addWidget(m_content);
    m_stack->addWidget(m_placeholder);
    connect(m_placeholder, &Placeholder::actionChosen, this, [this] {
        switch (m_missing) {
        case Missing::Data:
            emit importRequested();
            break;
        case Missing::Match:
            emit scopeResetRequested();
            break;
        case Missing::Answer:
            compute();
            break;
        }
    });
}

void Page::takeFocus()
{
    for (QTableView* table : findChildren<QTableView*>())
        if (table->isVisible() && table->model() && table->model()->rowCount() > 0) {
            table->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    setFocus(Qt::ShortcutFocusReason);
}

void Page::ask(const Queries& queries, const Scope& scope)
{
    m_queries = queries;
    m_scope = scope;
    compute();
}

Filter Page::filterWith(const std::vector<Condition>& conditions) const
{
    Filter filter = m_scope.filter;
    filter.conditions.insert(filter.conditions.end(), conditions.begin(), conditions.end());
    return filter;
}

void Page::setComputing(bool isComputing)
{
    m_veil->setComputing(isComputing);
}

void Page::showContent()
{
    m_stack->setCurrentWidget(m_content);
}

void Page::showNoData(const QString& whatWillBeHere)
{
    showMissing(Missing::Data, tr("Nothing is imported yet"), whatWillBeHere, tr("Import files…"));
}

void Page::showNoMatch()
{
    showMissing(Missing::Match, tr("No calls in this filter"),
                tr("The period or the chips above leave nothing to show."), tr("Show everything"));
}

void Page::showError(const Error& error)
{
    showMissing(Missing::Answer, tr("This could not be computed"), toQt(error.text()), tr("Try again"));
}

void Page::showMissing(Missing missing, const QString& title, const QString& text, const QString& action)
{
    m_missing = missing;
    m_placeholder->tell(title, text, action);
    m_stack->setCurrentWidget(m_placeholder);
}

} // namespace plumbline
