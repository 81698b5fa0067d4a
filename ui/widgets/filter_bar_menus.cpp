// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filter_bar.h"

#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

#include "model/core/filter_expression.h"
#include "model/items/format.h"
#include "model/queries/queries.h"
#include "ui/widgets/period_dialog.h"

namespace plumbline {

void FilterBar::choosePeriod(const std::optional<Period>& period)
{
    const auto extent = m_queries->extent();
    emit scopeChosen(withPeriod(m_scope, period, extent ? extent->end : Timestamp(), m_queries->calendar()));
}

void FilterBar::fillPeriods()
{
    m_periodMenu->clear();
    const ReportingCalendar& calendar = m_queries->calendar();
    const auto add = [&](const QString& text, const std::optional<Period>& period) {
        QAction* action = m_periodMenu->addAction(text, this, [this, period] { choosePeriod(period); });
        action->setCheckable(true);
        action->setChecked(m_scope.filter.period == period);
    };
    add(tr("This month"), periodOf(PeriodChoice::ThisMonth, m_today, calendar));
    add(tr("Last month"), periodOf(PeriodChoice::LastMonth, m_today, calendar));
    add(tr("Last 7 days"), periodOf(PeriodChoice::Last7Days, m_today, calendar));
    add(tr("Last 30 days"), periodOf(PeriodChoice::Last30Days, m_today, calendar));
    add(tr("Last 90 days"), periodOf(PeriodChoice::Last90Days, m_today, calendar));
    add(tr("All time"), {});
    if (const auto extent = m_queries->extent()) {
        m_periodMenu->addSeparator();
        const auto monthAt = [&](Timestamp time) {
            return calendar.monthOfDay(floorDivide(calendar.localHour(time), 24));
        };
        constexpr std::int32_t shown = 12;
        const std::int32_t last = monthAt(extent->end);
        for (std::int32_t month = last; month >= std::max(monthAt(extent->first), last - shown + 1); --month)
            add(format::month(month), calendar.month(month));
    }
    m_periodMenu->addSeparator();
    m_periodMenu->addAction(tr("Custom…"), this, &FilterBar::askForPeriod);
}

void FilterBar::askForPeriod()
{
    const ReportingCalendar& calendar = m_queries->calendar();
    const std::optional<Period> shown = m_scope.filter.period ? m_scope.filter.period : m_queries->extent();
    PeriodDialog dialog(shown, calendar, this);
    if (dialog.exec() == QDialog::Accepted)
        choosePeriod(dialog.period());
}

void FilterBar::compareWithPeriod(const std::optional<Period>& baseline)
{
    Scope scope = withoutComparison(m_scope);
    scope.baseline = baseline;
    emit scopeChosen(scope);
}

void FilterBar::addComparison(QMenu& menu, const QString& text, const std::optional<Period>& baseline)
{
    QAction* action = menu.addAction(text, this, [this, baseline] { compareWithPeriod(baseline); });
    action->setCheckable(true);
    action->setChecked(m_scope.baseline == baseline && !m_scope.against);
}

void FilterBar::askForBaseline()
{
    const std::optional<Period> shown = m_scope.baseline ? m_scope.baseline : m_queries->extent();
    auto* dialog = new PeriodDialog(shown, m_queries->calendar(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Compare with another period"));
    connect(dialog, &QDialog::accepted, this, [this, dialog] { compareWithPeriod(dialog->period()); });
    dialog->open();
}

void FilterBar::fillComparisons()
{
    m_compareMenu->clear();
    qDeleteAll(m_compareMenu->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));
    const auto add = [&](const QString& text, const std::optional<Period>& baseline) {
        addComparison(*m_compareMenu, text, baseline);
    };
    if (const auto previous = comparable()) {
        const Period whole = previousPeriod(*m_scope.filter.period, m_queries->calendar());
        if (*previous != whole)
            add(tr("The same days before: %1").arg(format::period(*previous, m_queries->calendar())), previous);
        add(tr("The period before: %1").arg(format::period(whole, m_queries->calendar())), whole);
    }
    if (const auto extent = m_queries->extent()) {
        const ReportingCalendar& calendar = m_queries->calendar();
        QMenu* const all = m_compareMenu;
        QMenu* const months = all->addMenu(tr("Another month"));
        const std::int32_t last = calendar.monthOf(Timestamp(extent->end.microseconds() - 1));
        constexpr std::int32_t shown = 36;
        for (std::int32_t month = last; month >= std::max(calendar.monthOf(extent->first), last - shown + 1); --month)
            if (const Period period = calendar.month(month); period != m_scope.filter.period)
                addComparison(*months, format::month(month), period);
        months->setEnabled(!months->isEmpty());
        all->addAction(tr("Another period…"), this, &FilterBar::askForBaseline);
    }
    m_compareMenu->addSeparator();
    for (const auto& [dimension, values] : m_comparable) {
        if (values.size() < 2)
            continue;
        const DimensionChoice of{dimension, {}};
        QMenu* menu = m_compareMenu->addMenu(tr("Another %1").arg(dimensionTitle(of).toLower()));
        for (std::size_t i = 0; i < std::min(values.size(), comparedInMenu); ++i) {
            QAction* action = menu->addAction(toQt(values[i]), this, [this, of, value = values[i]] {
                emit scopeChosen(plumbline::comparedWith(m_scope, of, {value}));
            });
            action->setCheckable(true);
            action->setChecked(m_scope.against && *m_scope.against == Condition{.of = of, .values = {values[i]}});
        }
        if (values.size() > comparedInMenu)
            menu->addAction(tr("More…"), this, [this, of] {
                const bool isKnown = m_scope.against && m_scope.against->of == of;
                m_against->open(*m_queries, isKnown ? *m_scope.against : Condition{.of = of},
                                m_compare->mapToGlobal(QPoint(0, m_compare->height() + 4)));
            });
    }
    m_compareMenu->addSeparator();
    add(tr("No comparison"), {});
}

void FilterBar::fillDimensions()
{
    m_dimensionMenu->clear();
    const auto add = [&](const DimensionChoice& of) {
        m_dimensionMenu->addAction(dimensionTitle(of), this, [this, of] {
            Condition condition{.of = of};
            for (const Condition& chip : m_scope.filter.conditions)
                if (chip.of == of && chip.match == Match::Is)
                    condition = chip;
            m_picked.reset();
            pick(condition, *m_add);
        });
    };
    for (const Dimension dimension : allDimensions())
        add({dimension, {}});
    m_dimensionMenu->addSeparator();
    m_dimensionMenu->addAction(tr("An expression…"), this,
                               [this] { askForExpression(m_scope.filter.conditions.size()); });
    if (m_metadataKeys.empty())
        return;
    m_dimensionMenu->addSeparator();
    constexpr std::size_t shown = 20;
    for (std::size_t i = 0; i < std::min(shown, m_metadataKeys.size()); ++i)
        add({Dimension::Metadata, m_metadataKeys[i]});
}

void FilterBar::askForExpression(std::size_t chip)
{
    const auto& chips = m_scope.filter.conditions;
    QString expression = chip < chips.size() ? toQt(expressionOf({chips[chip]})) : QString();
    QString label = tr("Such as cost>0.10, model~opus, -drain:resent-history or \"late refund\":");
    for (;;) {
        bool isGiven = false;
        expression = QInputDialog::getText(this, tr("Filter"), label, QLineEdit::Normal, expression, &isGiven);
        if (!isGiven)
            return;
        const FilterExpression read = readExpression(fromQt(expression));
        if (!read.isValid()) {
            label = toQt(read.problem);
            continue;
        }
        Scope scope = m_scope;
        auto& conditions = scope.filter.conditions;
        if (chip < conditions.size())
            conditions.erase(conditions.begin() + static_cast<std::ptrdiff_t>(chip));
        conditions.insert(conditions.begin() + static_cast<std::ptrdiff_t>(std::min(chip, conditions.size())),
                          read.conditions.begin(), read.conditions.end());
        if (scope != m_scope)
            emit scopeChosen(scope);
        return;
    }
}

} // namespace plumbline
