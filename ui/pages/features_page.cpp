// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/features_page.h"

#include <QItemSelectionModel>
#include <QMenu>
#include <QVBoxLayout>

#include "model/items/drain_tables.h"
#include "model/items/format.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/dimension_bar.h"
#include "ui/pages/overview_answers.h"
#include "ui/pages/token_charts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/part_legend.h"

namespace plumbline {

using namespace Qt::StringLiterals;

FeaturesPage::FeaturesPage(WindowMemory& memory, QWidget* parent)
    : Page(u"features"_s, tr("Features"), parent)
    , m_card(new Card(tr("Token breakdown"), this))
    , m_by(new DimensionBar(tr("Token breakdown by"), this))
    , m_breakdown(BreakdownLayout::Features)
    , m_table(new DataTable(u"features"_s, tr("Token breakdown"), m_breakdown, memory, this))
    , m_legend(new PartLegend(this))
    , m_inputCard(new Card(tr("Input tokens per call"), this))
    , m_input(new PlotView(this))
    , m_stepsCard(new Card(tr("Steps"), this))
    , m_steps(BreakdownLayout::Steps)
    , m_stepsTable(new DataTable(u"feature-steps"_s, tr("Steps"), m_steps, memory, this))
    , m_growthCard(new Card(tr("How a session grows"), this))
    , m_growth(new PlotView(this))
{
    constexpr int gap = 14;
    auto* layout = new QVBoxLayout(&content());
    layout->setContentsMargins(18, 16, 18, 16);
    layout->setSpacing(gap);
    m_card->setHeading(m_by);
    m_inputCard->setHelp(tr("Calls by the number of their input tokens, in ranges of equal width; the colours are what "
                            "the inputs of a range are made of. Half of the calls have at most as many as P50, 95 of a "
                            "hundred at most as many as P95."));
    m_growthCard->setHelp(
        tr("What the first, the second and every later call of a session is made of, on average of all "
           "sessions that have more than one call and came so far."));
    m_card->setNote(tr("per call averages · double-click a row for its calls"));
    m_card->body().addWidget(m_legend);
    m_card->body().addWidget(m_table, 1);
    layout->addWidget(m_card, 3);
    auto* below = new QHBoxLayout;
    below->setSpacing(gap);
    m_inputCard->body().addWidget(m_input, 1);
    m_stepsCard->body().addWidget(m_stepsTable, 1);
    m_growthCard->body().addWidget(m_growth, 1);
    for (Card* card : {m_inputCard, m_stepsCard, m_growthCard}) {
        // A third each, whatever their contents would like.
        card->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
        below->addWidget(card, 1);
    }
    layout->addLayout(below, 2);

    connect(m_by, &DimensionBar::chosen, this, &FeaturesPage::compute);
    connect(m_table, &DataTable::conditionChosen, this, &Page::conditionChosen);
    connect(m_table, &DataTable::rowActivated, this, &FeaturesPage::openCalls);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &FeaturesPage::askForDetails);
    m_table->setRowActions([this](QMenu& menu, int row) {
        menu.addAction(tr("Show calls"), this, [this, row] { openCalls(row); });
        QMenu* split = menu.addMenu(tr("Split by"));
        for (const Dimension dimension :
             {Dimension::Model, Dimension::Step, Dimension::User, Dimension::Prompt, Dimension::Day})
            split->addAction(dimensionTitle({dimension, {}}), this, [this, row, dimension] {
                const auto conditions = m_breakdown.rowConditions(row);
                m_by->choose({dimension, {}});
                // The filter asks the page again; it then splits by the new dimension.
                if (conditions.empty())
                    compute();
                else
                    emit conditionChosen(conditions.front());
            });
    });
    // What the charts are made of: all calls of what is chosen above.
    for (const PlotView* chart : {m_input, m_growth})
        connect(chart, &PlotView::activated, this,
                [this] { emit callsRequested(filterWith(chosenConditions()), chosenTitle()); });
    connect(m_stepsTable, &DataTable::conditionChosen, this, &Page::conditionChosen);
    connect(m_stepsTable, &DataTable::rowActivated, this, [this](int row) {
        auto conditions = chosenConditions();
        for (const Condition& condition : m_steps.rowConditions(row))
            conditions.push_back(condition);
        emit callsRequested(filterWith(conditions), m_steps.index(row, 0).data().toString());
    });
}

void FeaturesPage::compute()
{
    if (!queries().extent()) {
        m_job.cancel();
        showNoData(tr("Here you will see where the tokens of each feature go, call by call."));
        emit settled();
        return;
    }
    answer(
        m_job,
        [asked = queries(), scope = scope(), by = m_by->choice()](const StopToken& stop) -> Result<Answers> {
            Answers answers;
            answers.breakdown = TRY(asked.breakdown({.filter = scope.filter,
                                                     .by = {by},
                                                     .wantsPercentiles = true,
                                                     .baseline = comparedCalls(scope),
                                                     .wantsLedger = true,
                                                     .wantsMeanChange = true},
                                                    stop));
            constexpr std::size_t withTrend = 100;
            const std::optional<Period> period = scope.filter.period ? scope.filter.period : asked.extent();
            answers.trends = TRY(asked.series({scope.filter, by, stepFor(period), withTrend}, stop));
            answers.metadataKeys = TRY(asked.metadataKeys(stop));
            return answers;
        },
        [this](const Answers& answers) { show(answers); });
}

void FeaturesPage::show(const Answers& answers)
{
    if (answers.breakdown.total.calls == 0) {
        showNoMatch();
        emit settled();
        return;
    }
    showContent();
    const QString before = chosenTitle();
    m_by->setMetadataKeys(answers.metadataKeys);
    m_breakdown.show(answers.breakdown, {m_by->choice()}, answers.trends);
    const LedgerSums ledger = answers.breakdown.totalLedger.value_or(LedgerSums());
    m_legend->setSegments(ledger.callsAnalysed() > 0);
    const QString error = splitErrorText(ledger);
    m_card->setNote((answers.breakdown.rowsOverlap
                         ? tr("a call may be in several rows: they do not add up to the total")
                         : tr("per call averages · double-click a row for its calls")) +
                        (error.isEmpty() ? QString() : u" · "_s + error),
                    splitMethodText(ledger));
    // The row that was looked at stays chosen; else the dearest is.
    int chosen = 0;
    for (int row = 0; row < m_breakdown.rowCount(); ++row)
        if (!before.isEmpty() && m_breakdown.index(row, 0).data().toString() == before)
            chosen = row;
    m_table->selectRow(chosen);
}

std::vector<Condition> FeaturesPage::chosenConditions() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.size() == 1 ? m_breakdown.rowConditions(rows.first().row()) : std::vector<Condition>();
}

QString FeaturesPage::chosenTitle() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.size() == 1 ? rows.first().siblingAtColumn(0).data().toString() : QString();
}

Result<FeaturesPage::Details> FeaturesPage::detailsOf(const Queries& queries, const Filter& filter,
                                                      const StopToken& stop)
{
    Details details;
    details.distribution = TRY(queries.distribution({.filter = filter}, stop));
    details.steps =
        TRY(queries.breakdown({.filter = filter, .by = {{Dimension::Step, {}}, {Dimension::Model, {}}}}, stop));
    details.growth = TRY(queries.sessionGrowth(filter, stop));
    return details;
}

void FeaturesPage::askForDetails()
{
    m_detailsJob.start([asked = queries(), filter = filterWith(chosenConditions())](
                           const StopToken& stop) { return detailsOf(asked, filter, stop); },
                       [this](Result<Details> details) {
                           if (details)
                               show(*details);
                           else if (details.error().kind != ErrorKind::Cancelled)
                               showError(details.error());
                           emit settled();
                       });
}

void FeaturesPage::show(const Details& details)
{
    const QString chosen = chosenTitle();
    const QString lead = chosenConditions().empty() ? tr("All calls") : chosen;
    m_inputCard->setTitle(tr("%1 · input tokens per call").arg(lead));
    m_stepsCard->setTitle(tr("%1 · steps").arg(lead));
    m_growthCard->setTitle(tr("%1 · how a session grows").arg(lead));

    const Distribution& distribution = details.distribution;
    m_inputCard->setNote(
        distribution.p50
            ? tr("P50 %1 · P95 %2").arg(format::shortCount(distribution.p50), format::shortCount(distribution.p95))
            : QString());
    if (distribution.p50) {
        m_inputCard->showContent();
        m_input->draw(distributionChart(distribution));
    } else {
        m_inputCard->showEmpty(tr("No call here says how much input it had."));
    }
    m_steps.show(details.steps, {{Dimension::Step, {}}, {Dimension::Model, {}}}, {});
    if (details.growth.turns.size() > 1) {
        m_growthCard->showContent();
        m_growth->draw(growthChart(details.growth));
        m_growthCard->setNote(tr("tokens per turn · %1 sessions").arg(format::count(details.growth.sessions)));
    } else {
        m_growthCard->setNote({});
        m_growthCard->showEmpty(tr("No session here has more than one call."));
    }
}

void FeaturesPage::openCalls(int row)
{
    emit callsRequested(filterWith(m_breakdown.rowConditions(row)), m_breakdown.index(row, 0).data().toString());
}

void FeaturesPage::beginSearch()
{
    m_table->beginSearch();
}

} // namespace plumbline
