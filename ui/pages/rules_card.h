// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include <QUndoStack>

#include <memory>

#include "model/items/rules_table.h"
#include "model/jobs/job_runner.h"

class QPushButton;

namespace plumbline {

class DataTable;
class Queries;
class WindowMemory;

/// The editor of feature rules: a draft that is changed, previewed, applied and undone step by step.
class RulesCard : public Card
{
    Q_OBJECT

public:
    explicit RulesCard(WindowMemory& memory, QWidget* parent = nullptr);
    ~RulesCard() override;

    /// What is applied today. An untouched draft follows it.
    void show(const Queries& queries, const RulesAnswer& applied);
    /// While they are applied nothing can be changed.
    void setApplying(bool isApplying);

    void undo();
    const FeatureRules& draft() const { return m_draft; }
    /// One step of the draft, which undo takes back.
    void change(const QString& what, FeatureRules rules);
    void apply();

    bool canUndo() const { return m_steps.canUndo() && !m_isApplying; }
    int stepCount() const { return m_steps.index(); }

signals:
    void applyRequested(const plumbline::FeatureRules& rules);
    /// A step was made or undone.
    void stepped();

private:
    FeatureRules appliedRules() const;
    void setDraft(FeatureRules rules);
    void refresh();
    int chosenRow() const;
    void add();
    void edit(int row);
    void move(int from, int to);
    void preview();

    WindowMemory& m_memory;
    std::unique_ptr<Queries> m_queries;
    RulesAnswer m_applied;
    FeatureRules m_draft;
    RulesTable m_rules;
    DataTable* m_table;
    QPushButton* m_add;
    QPushButton* m_edit;
    QPushButton* m_remove;
    QPushButton* m_up;
    QPushButton* m_down;
    QPushButton* m_undo;
    QPushButton* m_preview;
    QPushButton* m_apply;
    bool m_isApplying = false;
    QUndoStack m_steps;
    JobRunner m_job;
};

} // namespace plumbline
