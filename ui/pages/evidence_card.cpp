// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/evidence_card.h"

#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "model/analysis/drain.h"
#include "model/items/format.h"
#include "model/items/prompt_diff.h"
#include "ui/pages/prompt_diff_view.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/tab_heading.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

enum Tab
{
    Calls,
    Table,
    Lines,
    Prompts,
};

} // namespace

EvidenceCard::EvidenceCard(WindowMemory& memory, QWidget* parent)
    : Card(tr("Evidence"), parent)
    , m_tabs(new TabHeading(tr("Evidence:"),
                            {tr("calls with the largest waste"), tr("table"), tr("repeated lines"), tr("two prompts")},
                            this))
    , m_stack(new QStackedWidget(this))
    , m_callsTable(new DataTable(u"wasteful-calls"_s, tr("Calls with the largest waste"), m_calls, memory, this))
    , m_evidenceTable(new DataTable(u"evidence"_s, tr("Evidence"), m_evidence, memory, this))
    , m_linesTable(new DataTable(u"repeated-lines"_s, tr("Repeated lines"), m_lines, memory, this))
    , m_prompts(new PromptDiffView(this))
{
    setHeading(m_tabs);
    m_stack->addWidget(m_callsTable);
    m_stack->addWidget(m_evidenceTable);
    m_stack->addWidget(m_linesTable);
    m_stack->addWidget(m_prompts);
    body().addWidget(m_stack, 1);
    connect(m_tabs, &TabHeading::chosen, this, &EvidenceCard::showTab);
    connect(m_callsTable, &DataTable::conditionChosen, this, &EvidenceCard::conditionChosen);
    const auto open = [this](int row) { emit callChosen(static_cast<qint64>(m_calls.rowAt(row).call.id)); };
    connect(m_callsTable, &DataTable::rowActivated, this, open);
    for (const DataTable* table : {m_evidenceTable, m_linesTable})
        connect(table, &DataTable::rowActivated, this, &EvidenceCard::callsRequested);
    m_callsTable->setRowActions(
        [this, open](QMenu& menu, int row) { menu.addAction(tr("Explain cost"), this, [open, row] { open(row); }); });
    showNothing();
}

void EvidenceCard::showNothing()
{
    m_job.cancel();
    setNote({});
    showEmpty(tr("Choose a cell: here stand the calls and figures that prove it."));
}

void EvidenceCard::show(const Queries& queries, const std::string& drain, FindingAnswer answer)
{
    m_job.cancel();
    m_queries = queries;
    m_hasPrompts = false;
    m_of = together(answer.evidence);
    m_where = answer.evidence.size() == 1 ? toQt(answer.evidence.front().first)
                                          : tr("%1 features").arg(answer.evidence.size());
    showContent();
    m_calls.show(std::move(answer.worst), queries.calendar(), drainOf(drain)->isQuantity());
    m_evidence.show(m_of);
    m_lines.show(answer.lines);
    m_tabs->setTab(Lines, answer.lines.isEmpty() ? QString() : tr("repeated lines"));
    m_tabs->setTab(Table, m_of.rows.empty() ? QString() : drainText(m_of.title.c_str()).toLower());
    m_tabs->setTab(Prompts, m_of.pair ? tr("two prompts") : QString());
    const int wanted = m_tabs->choice();
    const bool isThere = wanted == Calls || (wanted == Table   ? !m_of.rows.empty()
                                             : wanted == Lines ? !answer.lines.isEmpty()
                                                               : m_of.pair.has_value());
    m_tabs->choose(isThere ? wanted : Calls);
    showTab(m_tabs->choice());
}

void EvidenceCard::showTab(int tab)
{
    m_stack->setCurrentIndex(tab);
    switch (tab) {
    case Calls:
        setNote(tr("double-click explains a call"));
        break;
    case Table:
        setNote(m_of.note.empty() ? tr("of %1").arg(m_where)
                                  : tr("of %1 · %2").arg(m_where, drainText(m_of.note.c_str())));
        break;
    case Lines:
        setNote(tr("of the instructions of the call that wastes most"));
        break;
    default:
        setNote(tr("what differs is marked"));
        readPrompts();
    }
}

void EvidenceCard::readPrompts()
{
    if (m_hasPrompts || !m_of.pair)
        return;
    m_hasPrompts = true;
    struct Pair
    {
        PromptDiff diff = {};
        CallRow left = {}, right = {};
    };
    m_prompts->showText(tr("Reading the prompts…"));
    m_job.start(
        [asked = *m_queries, ids = *m_of.pair](const StopToken& stop) -> Result<Pair> {
            const PromptAnswer left = TRY(asked.promptOf(CallId(ids.first), stop));
            const PromptAnswer right = TRY(asked.promptOf(CallId(ids.second), stop));
            return Pair{diffOf(left, right), left.call, right.call};
        },
        [this](const Result<Pair>& pair) {
            const ReportingCalendar& calendar = m_queries->calendar();
            const auto title = [&](const CallRow& call) {
                return tr("%1 · %2 · %3 input tokens")
                    .arg(format::instant(call.start, calendar), toQt(call.model), format::count(call.usage.input()));
            };
            if (pair)
                m_prompts->show(pair->diff, drainText(m_of.pairSays.c_str()), title(pair->left), title(pair->right));
            else if (pair.error().kind != ErrorKind::Cancelled)
                m_prompts->showText(toQt(pair.error().text()));
            emit settled();
        });
}

void EvidenceCard::beginSearch()
{
    auto* table = qobject_cast<DataTable*>(m_stack->currentWidget());
    if (!table) { // two prompts beside one another: what can be searched is the calls
        m_tabs->choose(Calls);
        showTab(Calls);
        table = m_callsTable;
    }
    table->beginSearch();
}

} // namespace plumbline
