// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <memory>
#include <optional>

#include "model/items/scope.h"
#include "model/jobs/job_runner.h"

class QLineEdit;
class QMenu;
class QPushButton;

namespace plumbline {

class Queries;
class ChipRow;
class ValuePicker;

/// The scope every page looks at, as one can see and change it: period, comparison, chips, and a way to add one. It
/// shows the scope it is given and asks for another; whoever owns the history decides.
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);
    ~FilterBar() override;

    /// Without queries there is nothing to filter.
    void setQueries(std::optional<Queries> queries);
    void setScope(const Scope& scope);
    /// The local day that *this month* and *last 7 days* are about.
    void setToday(std::int32_t dayNumber) { m_today = dayNumber; }
    void removeLastChip();
    /// The button at the right: what the page at hand is mostly asked to do.
    QPushButton& action() { return *m_action; }
    /// What the page at hand can be taken elsewhere as; whoever knows the page fills it before it is shown.
    QMenu& exports() { return *m_exportMenu; }
    void openExports();

signals:
    void scopeChosen(const plumbline::Scope& scope);
    void paletteRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fillPeriods();
    void fillComparisons();
    void addComparison(QMenu& menu, const QString& text, const std::optional<Period>& baseline);
    void compareWithPeriod(const std::optional<Period>& baseline);
    void askForBaseline();
    void fillDimensions();
    void choosePeriod(const std::optional<Period>& period);
    void askForPeriod();
    void pick(const Condition& condition, const QWidget& below);
    void replaceChip(const Condition& condition);
    /// Changes a chip as an expression; one behind the last adds some.
    void askForExpression(std::size_t chip);
    void showChips();
    std::optional<Period> comparable() const;
    Period comparedWith(const Period& period) const;

    Scope m_scope;
    std::optional<std::size_t> m_picked; ///< the chip that is being changed
    std::unique_ptr<Queries> m_queries;
    std::int32_t m_today = 0;
    std::vector<std::string> m_metadataKeys;
    /// What the scope may be compared with beside periods: releases and sources the newest first, the others by falling
    /// cost, and one more than the menu shows where there are more.
    static constexpr std::size_t comparedInMenu = 20;
    std::vector<std::pair<Dimension, std::vector<std::string>>> m_comparable;
    ChipRow* m_chips;
    QPushButton* m_period;
    QPushButton* m_compare;
    QPushButton* m_add;
    QLineEdit* m_find;
    QPushButton* m_export;
    QPushButton* m_action;
    QMenu* m_exportMenu;
    QMenu* m_periodMenu;
    QMenu* m_compareMenu;
    QMenu* m_dimensionMenu;
    ValuePicker* m_picker;
    ValuePicker* m_against; ///< of what the menu has no room for
    JobRunner m_job;
};

} // namespace plumbline
