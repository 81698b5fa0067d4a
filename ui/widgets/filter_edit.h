// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

#include <optional>
#include <vector>

#include "model/core/filter.h"
#include "model/core/reading_notes.h"
#include "model/jobs/job_runner.h"
#include "model/queries/queries.h"

class QListWidget;
class QMenu;

namespace plumbline {

class WindowMemory;

/// The filter as an expression one can type: `feature:support-chat cost>0.10 "refund"`. It completes fields and values,
/// is green or red as it can be understood or not, walks its history with Up and Down, and keeps filters by name.
class FilterEdit : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterEdit(WindowMemory& memory, QWidget* parent = nullptr);

    void setQueries(const Queries& queries);
    /// Shows these, unless the user is typing something else.
    void showConditions(const std::vector<Condition>& conditions);
    /// Filters that are kept, and the history, to be put under a button.
    void fillMenu(QMenu& menu);
    /// What is offered at the moment; empty where nothing is.
    QStringList offered() const;

signals:
    void conditionsChosen(const std::vector<plumbline::Condition>& conditions);
    /// One is to be kept in place of `before`, if there is one of its name; without `after` it is to be forgotten.
    void keepRequested(const std::optional<plumbline::SavedFilter>& before,
                       const std::optional<plumbline::SavedFilter>& after);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void focusOutEvent(QFocusEvent* event) override;
    void moveEvent(QMoveEvent* event) override;

private:
    void apply();
    void judge();
    void complete();
    void offer(const QStringList& texts);
    void take();
    void step(int by);
    void askToSave();
    void keep(const SavedFilter& filter);

    WindowMemory& m_memory;
    std::optional<Queries> m_queries;
    QStringList m_metadataKeys;
    std::vector<SavedFilter> m_saved;
    QString m_shown;                    ///< the expression of the filter in force
    qsizetype m_place = -1;             ///< in the history; −1: what is typed
    QString m_typed;                    ///< before the history was walked
    int m_asked = 0;                    ///< counts what was asked: values that come late are no longer wanted
    qsizetype m_first = 0, m_count = 0; ///< what a completion replaces
    QListWidget* m_popup;
    JobRunner m_values;
    JobRunner m_facts;
};

} // namespace plumbline
