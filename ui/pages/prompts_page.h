// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

#include "model/items/prompt_version_tables.h"
#include "model/jobs/job_runner.h"

class QStackedWidget;

namespace plumbline {

class Card;
class DataTable;
class PromptTextCard;
class TabHeading;
class WindowMemory;

/// Every system prompt and tool set there is: its versions, what it costs, how one version differs from another, and
/// what an edit would save.
class PromptsPage : public Page
{
    Q_OBJECT

public:
    explicit PromptsPage(WindowMemory& memory, QWidget* parent = nullptr);

    void beginSearch() override;
    const PromptsTable& prompts() const { return m_prompts; }
    DataTable& list() { return *m_list; }
    TabHeading& toolTabs() { return *m_toolTabs; }
    PromptTextCard& text() { return *m_text; }
    const OfferedToolsTable& tools() const { return m_tools; }
    const ToolSetsTable& toolSets() const { return m_toolSets; }

signals:
    /// How many prompts there are.
    void counted(int prompts);
    /// An edited prompt is to be tried: so many tokens long.
    void whatIfRequested(const plumbline::PromptRow& prompt, double tokens);

protected:
    void compute() override;

private:
    void show(const PromptsAnswer& answer);
    /// The calls of a prompt; of one version, tool or set of it, which is named `part`.
    void openCalls(int row, const std::optional<Condition>& of, const QString& part);
    void lookAt(int row);
    void showToolSets(bool areSeveral);

    PromptsTable m_prompts;
    OfferedToolsTable m_tools;
    ToolSetsTable m_toolSets;
    Card* m_listCard;
    DataTable* m_list;
    PromptTextCard* m_text;
    Card* m_toolsCard;
    TabHeading* m_toolTabs;
    QStackedWidget* m_toolViews;
    DataTable* m_toolsTable;
    DataTable* m_toolSetsTable;
    QString m_chosen; ///< the name of the prompt that is looked at
    JobRunner m_job;
};

} // namespace plumbline
