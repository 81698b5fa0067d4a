// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/traces_page.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "model/items/format.h"
#include "model/items/mean_changes.h"
#include "ui/charts/flame_view.h"
#include "ui/pages/call_card.h"
#include "ui/pages/flame_card.h"
#include "ui/pages/request_export.h"
#include "ui/pages/trace_card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/splitter_memory.h"
#include "ui/widgets/tab_heading.h"
#include "ui/widgets/tree_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

TracesPage::TracesPage(WindowMemory& memory, QWidget* parent)
    : Page(u"traces"_s, tr("Traces"), parent)
    , m_memory(memory)
    , m_across(new QSplitter(Qt::Horizontal, this))
    , m_down(new QSplitter(Qt::Vertical, this))
    , m_listCard(new Card(tr("Traces"), this))
    , m_tabs(new TabHeading(QString(), {tr("Traces"), tr("Calls"), tr("Cost flame graph")}, this))
    , m_views(new QStackedWidget(this))
    , m_flame(new FlameCard(this))
    , m_filter(new FilterEdit(memory, this))
    , m_filters(new QPushButton(u"▾"_s, this))
    , m_compared(quietLabel(QString(), this))
    , m_list(new DataTable(u"requests"_s, tr("Traces"), m_requests, memory, this))
    , m_trace(new TraceCard(memory, this))
    , m_call(new CallCard(memory, this))
{
    auto* layout = new QVBoxLayout(&content());
    layout->setContentsMargins(18, 16, 18, 12);
    auto* above = new QHBoxLayout;
    above->setSpacing(4);
    above->addWidget(m_tabs);
    above->addSpacing(12);
    above->addWidget(m_filter, 1);
    above->addWidget(m_filters);
    layout->addLayout(above);
    layout->setSpacing(10);
    buildList();
    buildDetails();
    m_down->addWidget(m_trace);
    m_down->addWidget(m_call);
    m_across->addWidget(m_listCard);
    m_across->addWidget(m_down);
    for (QSplitter* splitter : {m_across, m_down}) {
        constexpr int gap = 14;
        splitter->setHandleWidth(gap);
        splitter->setChildrenCollapsible(false);
    }
    for (Card* card : {m_listCard, static_cast<Card*>(m_trace), static_cast<Card*>(m_call)})
        card->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_across->setSizes({490, 686});
    m_down->setSizes({300, 480});
    rememberSplitter(*m_across, u"traces-across"_s, memory);
    rememberSplitter(*m_down, u"traces-down"_s, memory);
    m_views->addWidget(m_across);
    m_views->addWidget(m_flame);
    layout->addWidget(m_views, 1);
    connect(&m_flame->view(), &FlameView::callsRequested, this, [this](const QStringList& path) {
        // All, a feature, a step, a segment.
        std::vector<Condition> conditions = {{.of = {Dimension::Feature, {}}, .values = {fromQt(path.value(1))}}};
        if (path.size() > 2)
            conditions.push_back({.of = {Dimension::Step, {}}, .values = {fromQt(path[2])}});
        emit callsRequested(filterWith(conditions), path.mid(1, 2).join(u" / "_s));
    });
}

TracesPage::~TracesPage() = default;

void TracesPage::buildList()
{
    m_filters->setProperty("glyph", true);
    m_filters->setAutoDefault(false);
    m_filters->setAccessibleName(tr("Kept filters and history"));
    m_filters->setToolTip(tr("Kept filters and history"));
    auto* menu = new QMenu(this);
    m_filters->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { m_filter->fillMenu(*menu); });
    m_compared->setWordWrap(true);
    m_compared->setAccessibleName(tr("Comparison"));
    m_compared->hide();
    m_listCard->body().addWidget(m_compared);
    m_listCard->body().addWidget(m_list, 1);

    connect(m_tabs, &TabHeading::chosen, this, [this](int view) {
        // The number of its calls is nothing that calls could be sorted by.
        if (view == Calls && m_requests.sortedBy() == RequestColumn::Calls)
            m_requests.sort(0, Qt::DescendingOrder);
        if (view != Flame)
            m_unit = view == Traces ? RequestUnit::Traces : RequestUnit::Calls;
        if (isAsked())
            compute();
    });
    connect(m_filter, &FilterEdit::conditionsChosen, this, &TracesPage::conditionsChosen);
    connect(m_filter, &FilterEdit::keepRequested, this, &TracesPage::filterKept);
    connect(&m_requests, &RequestTable::pageWanted, this, &TracesPage::fetchPage, Qt::QueuedConnection);
    connect(&m_requests, &RequestTable::orderWanted, this, &TracesPage::reorder);
    connect(&m_requests, &RequestTable::textWanted, this, [this](const QString& text) {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->setText(m_filter->text().isEmpty() ? text : m_filter->text() + u' ' + text);
    });
    connect(m_list, &DataTable::conditionChosen, this, &Page::conditionChosen);
    connect(m_list, &DataTable::exportRequested, this, [this] {
        exportRequests(*this, m_requests.list(), m_requests.order(), m_requests.metadataKeys(), m_exportJob);
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid() && !m_isChoosing)
                    lookAt(current.row());
            });
    connect(m_list, &DataTable::rowActivated, this, [this](int at) {
        if (const RequestRow* shown = m_requests.rowAt(at); shown && m_unit == RequestUnit::Calls)
            emit callRequested(static_cast<qint64>(shown->call.id));
        else
            m_trace->table().setFocus();
    });
    m_list->setRowActions([this](QMenu& menu, int row) { addRowActions(menu, row); });
}

void TracesPage::buildDetails()
{
    connect(m_trace, &TraceCard::callChosen, this, [this](qint64 call) { m_call->ask(queries(), CallId(call)); });
    connect(m_trace, &TraceCard::stepChosen, this,
            [this] { m_call->showNothing(tr("This step asked no model: it has no prompt and no cost of its own.")); });
    connect(m_trace, &TraceCard::explainRequested, this, &Page::callRequested);
    connect(m_trace, &TraceCard::conditionChosen, this, &Page::conditionChosen);
    connect(m_trace, &TraceCard::compareRequested, m_call, &CallCard::markOrCompare);
    connect(m_call, &CallCard::explainRequested, this, &Page::callRequested);
    connect(m_call, &CallCard::compareRequested, this,
            [this](qint64 left, qint64 right) { compareTwo(CallId(left), CallId(right), RequestUnit::Calls); });
    connect(m_call, &CallCard::drainChosen, this, &TracesPage::drainRequested);
    connect(m_call, &CallCard::settled, this, &TracesPage::detailsSettled);
}

void TracesPage::beginSearch()
{
    if (m_tabs->choice() == Flame)
        m_flame->beginSearch();
    else if (m_call->isAncestorOf(focusWidget()))
        m_call->beginSearch();
    else if (m_trace->isAncestorOf(focusWidget()))
        m_trace->table().beginSearch();
    else {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    }
}

void TracesPage::look(CallId call)
{
    m_wanted = call;
}

void TracesPage::readAgain()
{
    if (isAsked())
        m_filter->setQueries(queries());
}

void TracesPage::compute()
{
    m_filter->setQueries(queries());
    m_filter->showConditions(scope().filter.conditions);
    if (!queries().extent()) {
        m_job.cancel();
        showNoData(tr("Here you will see every trace and call, what happened in it, and what each part of its prompt "
                      "cost."));
        emit settled();
        return;
    }
    if (m_wanted && m_tabs->choice() == Flame)
        m_tabs->choose(m_unit == RequestUnit::Traces ? Traces : Calls);
    m_views->setCurrentIndex(m_tabs->choice() == Flame ? 1 : 0);
    if (m_tabs->choice() == Flame) {
        computeFlame();
        return;
    }
    std::optional<CallId> kept = m_wanted;
    if (!kept && m_call->prompt().call.id != CallId())
        kept = m_call->prompt().call.id;
    answer(
        m_job,
        [asked = queries(), scope = scope(), unit = m_unit, by = m_requests.sortedBy(), key = m_requests.sortedByKey(),
         isDescending = m_requests.isDescending(), kept](const StopToken& stop) -> Result<Answers> {
            Answers answers{.kept = kept};
            answers.list = TRY(asked.requests(scope.filter, unit, stop));
            const auto& conditions = scope.filter.conditions;
            if (std::any_of(conditions.begin(), conditions.end(),
                            [](const Condition& of) { return of.of.dimension == Dimension::Text; }))
                answers.findsAllTexts = TRY(asked.findsAllTexts(stop));
            if (const auto compared = comparedCalls(scope)) {
                answers.before = TRY(asked.requests(*compared, unit, stop))->size();
                answers.compared = TRY(asked.breakdown({.filter = scope.filter,
                                                        .figures = Figures::TokensAndCost,
                                                        .baseline = compared,
                                                        .wantsMeanChange = true},
                                                       stop));
            }
            answers.metadataKeys = RequestTable::columnsOf(TRY(asked.metadataKeys(stop)), key);
            answers.order = by == RequestColumn::Metadata
                                ? TRY(answers.list->orderedByMetadata(key, isDescending, stop))
                                : TRY(answers.list->ordered(by, isDescending, stop));
            answers.firstPage = TRY(answers.list->rows(answers.order, 0, RequestTable::pageRows, stop));
            if (kept) {
                const std::size_t row = answers.list->rowOf(answers.order, *kept);
                if (row < answers.list->size())
                    answers.row = row;
            }
            return answers;
        },
        [this](Answers answers) {
            show(std::move(answers));
            emit settled();
        });
}

void TracesPage::computeFlame()
{
    answer(
        m_flameJob,
        [asked = queries(), scope = scope()](const StopToken& stop) { return FlameCard::answer(asked, scope, stop); },
        [this](FlameNode flame) {
            if (flame.children.empty()) {
                showNoMatch();
            } else {
                showContent();
                m_flame->show(std::move(flame), comparisonText(scope(), queries().calendar()));
            }
            emit settled();
        });
}

void TracesPage::show(Answers answers)
{
    m_pages.clear();
    m_requests.setMetadataKeys(std::move(answers.metadataKeys));
    m_requests.show(answers.list, answers.order, std::move(answers.firstPage));
    m_findsAllTexts = answers.findsAllTexts;
    m_compared->setVisible(answers.compared.has_value());
    if (answers.compared) {
        m_compared->setText(comparisonLine(*answers.compared, answers.list->size(), answers.before,
                                           comparisonText(scope(), queries().calendar())));
        m_compared->setToolTip(chanceText(*answers.compared->totalOfACall));
    }
    m_listCard->setTitle(m_unit == RequestUnit::Traces ? tr("Traces") : tr("Calls"));
    showContent();
    showNote();
    if (m_requests.rowCount() == 0) {
        m_traceJob.cancel();
        m_lookedAt.reset();
        m_listCard->setNote(tr("nothing matches"));
        m_trace->showNothing(tr("No call matches the filter: change it above, or remove a chip."));
        m_call->showNothing(tr("Choose a call above to see what was sent and what came back."));
        m_wanted.reset();
        return;
    }
    const std::optional<CallId> wanted = std::exchange(m_wanted, {});
    if (wanted && !answers.row) {
        // Out of the filter, and yet it is what was asked for.
        showDetails(*wanted);
        return;
    }
    const int row = static_cast<int>(answers.row.value_or(0));
    if (answers.row && !wanted) {
        // New data under who is reading: what is looked at stays, and nothing scrolls.
        const QScopedValueRollback choosing(m_isChoosing, true);
        m_list->setAutoScroll(false);
        m_list->selectRow(row);
        m_list->setAutoScroll(true);
        showDetails(*answers.kept);
        return;
    }
    {
        const QScopedValueRollback choosing(m_isChoosing, true);
        m_list->selectRow(row);
    }
    m_list->scrollTo(m_requests.index(row, 0), QAbstractItemView::PositionAtCenter);
    if (wanted)
        showDetails(*wanted);
    else
        lookAt(row);
}

void TracesPage::showNote()
{
    const RequestRow& total = m_requests.list()->total();
    const bool isOfTraces = m_unit == RequestUnit::Traces;
    const auto count = static_cast<std::int64_t>(m_requests.list()->size());
    QString order = m_requests.orderText();
    if (!m_findsAllTexts)
        order += tr(" · texts that came just now are not searched yet");
    m_listCard->setNote(
        tr("%1 match · %2").arg(format::count(count), order),
        (isOfTraces ? tr("%1 traces with %2 calls in the filter: %3 tokens, %4")
                          .arg(format::count(count), format::count(total.calls), format::count(total.tokens()),
                               format::money(total.cost))
                    : tr("%1 calls: %2 tokens, %3")
                          .arg(format::count(count), format::count(total.tokens()), format::money(total.cost))));
}

void TracesPage::fetchPage(int first)
{
    // The last one asked for is what is looked at; what scrolled by is fetched after it, if at all.
    constexpr qsizetype mostWaiting = 4;
    m_pages.removeAll(first);
    m_pages.append(first);
    while (m_pages.size() > mostWaiting)
        m_requests.forgetPage(m_pages.takeFirst());
    if (m_pageJob.isRunning())
        return;
    const int page = m_pages.takeLast();
    m_pageJob.start(
        [list = m_requests.list(), order = m_requests.order(), page](const StopToken& stop) {
            return list->rows(order, static_cast<std::size_t>(page), RequestTable::pageRows, stop);
        },
        [this, page, list = m_requests.list()](Result<std::vector<RequestRow>> rows) {
            if (list == m_requests.list()) {
                if (rows)
                    m_requests.addPage(page, *std::move(rows));
                else
                    m_requests.forgetPage(page);
                if (rows && m_waiting && *m_waiting / RequestTable::pageRows == page / RequestTable::pageRows)
                    lookAt(*m_waiting);
            }
            if (!m_pages.isEmpty())
                fetchPage(m_pages.takeLast());
        });
}

void TracesPage::reorder()
{
    if (m_requests.list())
        compute();
}

void TracesPage::lookAt(int row)
{
    const RequestRow* shown = m_requests.rowAt(row);
    if (!shown) {
        m_waiting = row;
        fetchPage(row - row % RequestTable::pageRows);
        return;
    }
    showDetails(shown->call.id);
}

void TracesPage::showDetails(CallId call)
{
    m_lookedAt = call;
    m_waiting.reset();
    m_traceJob.start([asked = queries(), call](const StopToken& stop) { return asked.traceOf(call, stop); },
                     [this, call](Result<TraceAnswer> trace) {
                         if (m_lookedAt != call || (!trace && trace.error().kind == ErrorKind::Cancelled))
                             return;
                         if (!trace) {
                             m_trace->showNothing(toQt(trace.error().text()));
                             return;
                         }
                         m_trace->show(*std::move(trace), queries().calendar(), call);
                         m_call->ask(queries(), call);
                     });
}

} // namespace plumbline
