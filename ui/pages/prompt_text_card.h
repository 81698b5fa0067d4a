// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include <QTimer>

#include "model/items/prompt_version_tables.h"
#include "model/jobs/job_runner.h"
#include "model/queries/queries.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace plumbline {

class DataTable;
class PromptDiffView;
class TabHeading;
class WindowMemory;

/// The texts of one prompt: one version against another, or against an edit of the user's with what that would save.
class PromptTextCard : public Card
{
    Q_OBJECT

public:
    explicit PromptTextCard(WindowMemory& memory, QWidget* parent = nullptr);

    /// `perMonth`: what the instructions cost in a month.
    void show(const Queries& queries, const PromptRow& prompt, MoneySum perMonth);
    void showNothing();
    /// The text that can be edited; it begins as the latest version.
    QPlainTextEdit& editor() { return *m_editor; }
    void beginEdit();
    QString effect() const;

signals:
    void settled();
    void callRequested(qint64 call);
    /// The calls that were sent with one version, or with any but these.
    void callsRequested(const plumbline::Condition& version, const QString& name);
    void conditionChosen(const plumbline::Condition& condition);
    void whatIfRequested(double tokens);

private:
    enum Tab
    {
        Compare,
        Edit,
    };
    void showTab(int tab);
    void compare();
    void readText();
    void recount();
    void showEffect(const PromptEdit& edit);
    double meanTokens() const;
    void openCalls(int row);
    const PromptVersion* versionOf(const QComboBox& box) const;

    std::optional<Queries> m_queries;
    PromptRow m_prompt;
    MoneySum m_perMonth;
    VersionsTable m_versions;
    TabHeading* m_tabs;
    QStackedWidget* m_stack;
    QComboBox* m_left;
    QComboBox* m_right;
    PromptDiffView* m_diff;
    QPlainTextEdit* m_plain; ///< of one version alone
    QLabel* m_effect;
    QPlainTextEdit* m_editor;
    QPushButton* m_whatIf;
    QPushButton* m_copy;
    QPushButton* m_reset;
    DataTable* m_table;
    QString m_original; ///< the latest version's text
    TokenCount m_originalTokens = 0;
    std::string m_model;
    CallId m_textOf = {};
    PromptEdit m_edit;
    QTimer m_typing;
    JobRunner m_diffJob;
    JobRunner m_textJob;
    JobRunner m_countJob;
};

} // namespace plumbline
