// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/prompts_page.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QSplitter>
#include <QStackedWidget>

#include <cmath>

#include "model/items/format.h"
#include "ui/pages/prompt_text_card.h"
#include "ui/widgets/card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/splitter_memory.h"
#include "ui/widgets/tab_heading.h"

namespace plumbline {

using namespace Qt::StringLiterals;

PromptsPage::PromptsPage(WindowMemory& memory, QWidget* parent)
    : Page(u"prompts"_s, tr("Prompts"), parent)
    , m_listCard(new Card(tr("System prompts and tool sets"), this))
    , m_list(new DataTable(u"prompts"_s, tr("System prompts and tool sets"), m_prompts, memory, this))
    , m_text(new PromptTextCard(memory, this))
    , m_toolsCard(new Card(tr("Tool set"), this))
    , m_toolTabs(new TabHeading(QString(), {tr("Tool set"), tr("Its versions")}, this))
    , m_toolViews(new QStackedWidget(this))
    , m_toolsTable(new DataTable(u"offered-tools"_s, tr("Tools that are offered"), m_tools, memory, this))
    , m_toolSetsTable(new DataTable(u"tool-sets"_s, tr("Versions of the tool set"), m_toolSets, memory, this))
{
    auto* layout = new QVBoxLayout(&content());
    layout->setContentsMargins(18, 16, 18, 12);
    m_listCard->setNote(tr("discovered from traces · grouped into versions of one prompt"));
    m_listCard->body().addWidget(m_list, 1);
    m_toolsCard->setHeading(m_toolTabs);
    m_toolViews->addWidget(m_toolsTable);
    m_toolViews->addWidget(m_toolSetsTable);
    m_toolsCard->body().addWidget(m_toolViews, 1);
    connect(m_toolTabs, &TabHeading::chosen, m_toolViews, &QStackedWidget::setCurrentIndex);
    auto* across = new QSplitter(Qt::Horizontal, this);
    across->addWidget(m_text);
    across->addWidget(m_toolsCard);
    auto* down = new QSplitter(Qt::Vertical, this);
    down->addWidget(m_listCard);
    down->addWidget(across);
    constexpr int gap = 14;
    for (QSplitter* splitter : {across, down}) {
        splitter->setHandleWidth(gap);
        splitter->setChildrenCollapsible(false);
    }
    for (QWidget* card :
         {static_cast<QWidget*>(m_listCard), static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_toolsCard)})
        card->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    across->setSizes({588, 588});
    down->setSizes({290, 510});
    rememberSplitter(*across, u"prompts-across"_s, memory);
    rememberSplitter(*down, u"prompts-down"_s, memory);
    layout->addWidget(down, 1);

    connect(m_list, &DataTable::conditionChosen, this, &Page::conditionChosen);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    lookAt(current.row());
            });
    connect(m_list, &DataTable::rowActivated, this, [this](int row) { openCalls(row, {}, {}); });
    const auto openShown = [this](const Condition& condition, const QString& name) {
        openCalls(m_list->currentIndex().row(), condition, name);
    };
    connect(m_toolsTable, &DataTable::rowActivated, this, [this, openShown](int row) {
        const std::string& tool = m_tools.rowAt(row).name;
        openShown({.of = {Dimension::OfferedTool, {}}, .values = {tool}}, toQt(tool));
    });
    connect(m_toolSetsTable, &DataTable::rowActivated, this, [this, openShown](int row) {
        const ToolSetVersion& set = m_toolSets.rowAt(row);
        openShown({.of = {Dimension::ToolSet, {}}, .values = {set.digest}}, tr("tool set v%1").arg(set.number));
    });
    connect(m_text, &PromptTextCard::callsRequested, this, openShown);
    for (const DataTable* table : {m_toolsTable, m_toolSetsTable})
        connect(table, &DataTable::conditionChosen, this, &Page::conditionChosen);
    connect(m_text, &PromptTextCard::conditionChosen, this, &Page::conditionChosen);
    connect(m_text, &PromptTextCard::callRequested, this, &Page::callRequested);
    connect(m_text, &PromptTextCard::whatIfRequested, this, [this](double tokens) {
        if (m_list->currentIndex().isValid())
            emit whatIfRequested(m_prompts.rowAt(m_list->currentIndex().row()), tokens);
    });
}

void PromptsPage::openCalls(int row, const std::optional<Condition>& of, const QString& part)
{
    if (row < 0)
        return;
    const PromptRow& prompt = m_prompts.rowAt(row);
    std::vector<Condition> conditions = {{.of = {Dimension::Feature, {}}, .values = {prompt.feature}}};
    if (!prompt.step.empty())
        conditions.push_back({.of = {Dimension::Step, {}}, .values = {prompt.step}});
    if (of)
        conditions.push_back(*of);
    emit callsRequested(filterWith(conditions), of ? promptName(prompt) + u" · "_s + part : promptName(prompt));
}

void PromptsPage::beginSearch()
{
    if (m_toolsCard->isAncestorOf(focusWidget()))
        static_cast<DataTable*>(m_toolViews->currentWidget())->beginSearch();
    else
        m_list->beginSearch();
}

void PromptsPage::compute()
{
    if (!queries().extent()) {
        m_job.cancel();
        showNoData(tr("Here you will see every system prompt and tool set that was sent, and what it costs."));
        emit settled();
        return;
    }
    answer(
        m_job,
        [asked = queries(), question = PromptsQuestion{scope().filter, comparedCalls(scope())}](const StopToken& stop) {
            return asked.prompts(question, stop);
        },
        [this](const PromptsAnswer& prompts) {
            show(prompts);
            emit settled();
        });
}

void PromptsPage::show(const PromptsAnswer& answer)
{
    if (answer.calls == 0) {
        showNoMatch();
        return;
    }
    showContent();
    m_prompts.show(answer, queries().calendar());
    emit counted(static_cast<int>(answer.rows.size()));
    const QString without = answer.callsWithout > 0
                                ? tr("%1 of %2 calls show neither instructions nor tools")
                                      .arg(format::count(answer.callsWithout), format::count(answer.calls))
                                : tr("every call shows its instructions or tools");
    const QString compared = comparisonText(scope(), queries().calendar());
    m_listCard->setNote(answer.isCompared() ? tr("against %1 · grouped into versions of one prompt").arg(compared)
                                            : tr("discovered from traces · grouped into versions of one prompt"),
                        without);
    if (answer.rows.empty()) {
        m_listCard->showEmpty(tr("No call of this filter shows its system prompt or its tools: their sources keep "
                                 "figures only."));
        m_text->showNothing();
        m_toolsCard->showEmpty(tr("No tools are offered."));
        return;
    }
    m_listCard->showContent();
    int row = 0;
    for (int i = 0; i < m_prompts.rowCount(); ++i)
        if (promptName(m_prompts.rowAt(i)) == m_chosen)
            row = i;
    if (m_list->currentIndex().row() == row)
        lookAt(row);
    else
        m_list->selectRow(row);
}

void PromptsPage::lookAt(int row)
{
    const PromptRow& prompt = m_prompts.rowAt(row);
    m_chosen = promptName(prompt);
    m_text->show(queries(), prompt, m_prompts.costOfMonth(prompt));
    m_tools.show(prompt);
    m_toolSets.show(prompt, queries().calendar());
    if (prompt.tools.empty()) {
        m_toolTabs->setTab(0, tr("Tool set"));
        showToolSets(false);
        m_toolsCard->setNote({});
        m_toolsCard->showEmpty(tr("The calls of this prompt are offered no tools."));
        return;
    }
    double tokens = 0;
    for (const OfferedTool& tool : prompt.tools)
        tokens += tool.tokens;
    m_toolTabs->setTab(0, tr("Tool set · %1 tools, %2 tokens")
                              .arg(format::count(static_cast<std::int64_t>(prompt.tools.size())),
                                   format::count(static_cast<std::int64_t>(std::lround(tokens)))));
    showToolSets(prompt.toolSets.size() > 1);
    m_toolsCard->setNote(tr("95% upper bound of use"),
                         tr("Of a tool that nobody called in n offers, at most 3 ÷ n of the next calls will use it"));
    m_toolsCard->showContent();
}

void PromptsPage::showToolSets(bool areSeveral)
{
    m_toolTabs->setTab(1, areSeveral ? tr("%n versions of it", nullptr, m_toolSets.rowCount()) : QString());
    if (!areSeveral) {
        m_toolTabs->choose(0);
        m_toolViews->setCurrentIndex(0);
    }
}

} // namespace plumbline
