// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview_page.h"

#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "model/items/completeness_table.h"
#include "model/items/format.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/overview_answers.h"
#include "ui/widgets/card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/kpi_card.h"
#include "ui/widgets/part_legend.h"
#include "ui/widgets/tab_heading.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

QString spendTitle(Dimension step)
{
    switch (step) {
    case Dimension::Hour:
        return OverviewPage::tr("Hourly spend by feature");
    case Dimension::Week:
        return OverviewPage::tr("Weekly spend by feature");
    case Dimension::Month:
        return OverviewPage::tr("Monthly spend by feature");
    default:
        return OverviewPage::tr("Daily spend by feature");
    }
}

} // namespace

OverviewPage::OverviewPage(WindowMemory& memory, QWidget* parent)
    : Page(u"overview"_s, tr("Overview"), parent)
    , m_spendCard(new Card(spendTitle(Dimension::Day), this))
    , m_spend(new PlotView(this))
    , m_rightCard(new Card(tr("Where it drains"), this))
    , m_rightTabs(new TabHeading({}, {tr("Where it drains"), tr("Spend by model")}, this))
    , m_right(new QStackedWidget(this))
    , m_drainsPlot(new PlotView(this))
    , m_modelsPlot(new PlotView(this))
    , m_legend(new PartLegend(this))
    , m_featuresCard(new Card(tr("Top features"), this))
    , m_features(BreakdownLayout::Overview)
    , m_table(new DataTable(u"overview-features"_s, tr("Top features"), m_features, memory, this))
    , m_completeness(quietLabel(QString(), this))
{
    constexpr int gap = 14;
    auto* layout = new QVBoxLayout(&content());
    layout->setContentsMargins(18, 16, 18, 12);
    layout->setSpacing(gap);
    auto* kpis = new QHBoxLayout;
    kpis->setSpacing(gap);
    for (KpiCard*& kpi : m_kpis) {
        kpi = new KpiCard(this);
        connect(kpi, &KpiCard::activated, this,
                [this] { emit callsRequested(scope().filter, tr("all in the filter")); });
        kpis->addWidget(kpi);
    }
    layout->addLayout(kpis);

    auto* charts = new QHBoxLayout;
    charts->setSpacing(gap);
    m_spendCard->setNote(tr("stacked · hover for exact figures · drag to select a range"));
    m_spendCard->body().addWidget(m_spend, 1);
    m_spendCard->setHelp(
        tr("What the calls of the filter cost in each step of the reporting time zone, each at the prices "
           "of its day. Calls whose cost is unknown are in no bar: the line below the table counts "
           "them."));
    m_rightCard->setHelp(
        tr("Waste by drain, certain or likely: a picodollar belongs to one drain at most, so the bars add "
           "up to the waste. By model: what the calls of each cost."));
    m_rightCard->setHeading(m_rightTabs);
    m_right->addWidget(m_drainsPlot);
    m_right->addWidget(m_modelsPlot);
    m_rightCard->body().addWidget(m_right, 1);
    charts->addWidget(m_spendCard, 17);
    charts->addWidget(m_rightCard, 10);
    layout->addLayout(charts, 10);

    m_featuresCard->body().addWidget(m_table, 1);
    m_featuresCard->body().addWidget(m_legend);
    layout->addWidget(m_featuresCard, 13);
    layout->addWidget(m_completeness);

    connect(m_table, &DataTable::conditionChosen, this, &Page::conditionChosen);
    connect(m_table, &DataTable::rowActivated, this, &OverviewPage::openCallsOfRow);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OverviewPage::emphasise);
    m_table->setRowActions(
        [this](QMenu& menu, int row) { menu.addAction(tr("Show calls"), this, [this, row] { openCallsOfRow(row); }); });
    connect(m_spend, &PlotView::rangeChosen, this, [this](int first, int last) {
        if (isAsked())
            emit periodChosen(periodOfColumns(first, last));
    });
    connect(m_spend, &PlotView::annotationWanted, this, [this](int column) {
        if (isAsked())
            emit annotationWanted(queries().calendar().dayOf(periodOfColumns(column, column).first));
    });
    connect(m_spend, &PlotView::activated, this, &OverviewPage::openCallsOfColumn);
    // Queued: what is chosen is drawn anew, and not while the plot still handles the click.
    connect(
        m_spend, &PlotView::chosen, this, [this](int, int series) { chooseFeature(series); }, Qt::QueuedConnection);
    connect(m_modelsPlot, &PlotView::activated, this, &OverviewPage::openCallsOfModel);
    connect(m_rightTabs, &TabHeading::chosen, this, &OverviewPage::showRightTab);
    connect(m_drainsPlot, &PlotView::activated, this, [this](int bar) {
        if (isAsked() && static_cast<std::size_t>(bar) < m_drains.size())
            emit drainChosen(m_drains[static_cast<std::size_t>(bar)]);
    });
}

void OverviewPage::compute()
{
    if (!queries().extent()) {
        m_job.cancel();
        showNoData(tr("Here you will see what was spent, on what, and whether it is rising."));
        emit settled();
        return;
    }
    answer(
        m_job,
        [asked = queries(), scope = scope()](const StopToken& stop) { return overviewAnswers(asked, scope, stop); },
        [this](const OverviewAnswers& answers) {
            if (answers.byFeature.total.calls == 0)
                showNoMatch();
            else
                show(answers, overviewKpis(answers), stepFor(shownPeriod()));
            emit settled();
        });
}

void OverviewPage::openCallsOfRow(int row)
{
    emit callsRequested(filterWith(m_features.rowConditions(row)), m_features.index(row, 0).data().toString());
}

void OverviewPage::openCallsOfColumn(int column, int series)
{
    if (!isAsked())
        return;
    const auto shown = plotSeries(m_spend->spec());
    QString title = plotCategories(m_spend->spec())[column];
    std::vector<Condition> conditions;
    if (series >= 0 && shown[static_cast<std::size_t>(series)].hue.kind == Hue::Kind::Member) {
        const QString& name = shown[static_cast<std::size_t>(series)].name;
        conditions.push_back({.of = {Dimension::Feature, {}}, .values = {fromQt(name)}});
        title.prepend(name + u" · "_s);
    }
    Filter filter = filterWith(conditions);
    filter.period = periodOfColumns(column, column);
    emit callsRequested(filter, title);
}

void OverviewPage::openCallsOfModel(int row)
{
    const auto model = static_cast<std::size_t>(row);
    // The bar of all others is not one model's.
    if (model < m_models.size() && plotCategories(m_modelsPlot->spec())[row] == toQt(m_models[model]))
        emit callsRequested(filterWith({{.of = {Dimension::Model, {}}, .values = {m_models[model]}}}),
                            toQt(m_models[model]));
}

void OverviewPage::glance(const OverviewAnswers& answers, const QString& period)
{
    auto kpis = overviewKpis(answers);
    for (Kpi& kpi : kpis)
        if (kpi.figure == format::unknown()) {
            kpi.figure = u"…"_s;
            kpi.toolTip = tr("Known when the calls are read");
        }
    show(answers, kpis, Dimension::Day);
    m_completeness->setText(tr("%1 · reading the calls…").arg(period));
}

void OverviewPage::show(const OverviewAnswers& answers, const std::array<Kpi, 5>& kpis, Dimension step)
{
    showContent();
    for (std::size_t i = 0; i < kpis.size(); ++i)
        m_kpis[i]->setKpi(kpis[i]);
    m_steps = answers.spend.steps;
    m_spendCard->setTitle(spendTitle(step));
    m_features.show(answers.byFeature, {{Dimension::Feature, {}}}, answers.trends);
    StackedBars spend =
        spendChart(answers.spend, step, answers.annotations, isAsked() ? queries().calendar() : ReportingCalendar());
    spend.emphasised = chosenFeature(); // as far as the table still holds it
    m_spend->draw(std::move(spend));
    m_modelsPlot->draw(modelChart(answers.byModel));
    m_models.clear();
    for (const BreakdownRow& row : answers.byModel.rows)
        if (row.measures.cost)
            m_models.push_back(row.keys.front());
    DrainChart drains = drainChart(answers.drains);
    m_drainsPlot->draw(std::move(drains.bars));
    m_drains = std::move(drains.drains);
    const std::optional<LedgerSums>& ledger = answers.byFeature.totalLedger;
    m_legend->setSegments(ledger && ledger->callsAnalysed() > 0);
    m_waste = ledger ? tr("waste %1").arg(format::money(ledger->waste)) : QString();
    m_modelCount = tr("%1 models").arg(answers.byModel.rows.size());
    showRightTab();
    m_featuresCard->setNote(paretoRemark(answers.byFeature),
                            tr("The fifth of the features that cost most, and their share of the spend"));
    m_completeness->setText(completenessText(answers.byFeature.completeness));
}

QString OverviewPage::chosenFeature() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.size() == 1 ? rows.front().siblingAtColumn(0).data().toString() : QString();
}

/// What is chosen in the chart is chosen in the table.
void OverviewPage::chooseFeature(int series)
{
    const auto shown = plotSeries(m_spend->spec());
    if (series < 0 || static_cast<std::size_t>(series) >= shown.size() ||
        shown[static_cast<std::size_t>(series)].hue.kind != Hue::Kind::Member)
        return;
    const QString& name = shown[static_cast<std::size_t>(series)].name;
    for (int row = 0; row < m_features.rowCount(); ++row)
        if (m_features.index(row, 0).data().toString() == name) {
            m_table->selectRow(row);
            m_table->scrollTo(m_features.index(row, 0));
        }
}

/// What is chosen in the table stands out in the chart.
void OverviewPage::emphasise()
{
    if (const auto* bars = std::get_if<StackedBars>(&m_spend->spec())) {
        StackedBars shown = *bars;
        shown.emphasised = chosenFeature();
        m_spend->draw(std::move(shown));
    }
}

void OverviewPage::showRightTab()
{
    const int tab = m_rightTabs->choice();
    m_right->setCurrentIndex(tab);
    m_rightCard->setNote(tab == 0 ? m_waste : m_modelCount);
    if (tab == 0 && m_drains.empty())
        m_rightCard->showEmpty(tr("Here you will see what drains away, when the calls have been looked at."));
    else
        m_rightCard->showContent();
}

std::optional<Period> OverviewPage::shownPeriod() const
{
    return scope().filter.period ? scope().filter.period : queries().extent();
}

Period OverviewPage::periodOfColumns(int first, int last) const
{
    const ReportingCalendar& calendar = queries().calendar();
    const Dimension step = stepFor(shownPeriod());
    return {periodOfStep(m_steps[static_cast<std::size_t>(first)], step, calendar).first,
            periodOfStep(m_steps[static_cast<std::size_t>(last)], step, calendar).end};
}

void OverviewPage::beginSearch()
{
    m_table->beginSearch();
}

} // namespace plumbline
