// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/what_if_page.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

#include "model/items/format.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/draft_step.h"
#include "ui/pages/lever_dialog.h"
#include "ui/pages/scenario_card.h"
#include "ui/pages/what_if_charts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/data_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

WhatIfPage::WhatIfPage(WindowMemory& memory, QWidget* parent)
    : Page(u"what-if"_s, tr("What-if"), parent)
    , m_memory(memory)
    , m_card(new ScenarioCard(this))
    , m_result(new Card(tr("Now and with the scenario"), this))
    , m_figureTable(new DataTable(u"what-if-figures"_s, tr("Now and with the scenario"), m_figures, memory, this))
    , m_featureTable(new DataTable(u"what-if-features"_s, tr("By feature"), m_features, memory, this))
    , m_growth(new QDoubleSpinBox(this))
    , m_waterfall(new PlotView(this))
    , m_scenario(startingScenario())
{
    constexpr int gap = 14;
    auto* layout = new QHBoxLayout(&content());
    layout->setContentsMargins(18, 16, 18, 12);
    layout->setSpacing(gap);
    auto* right = new QVBoxLayout;
    right->setSpacing(gap);
    buildResult();
    auto* waterfall = new Card(tr("Savings waterfall"), this);
    m_result->setHelp(
        tr("The calls of the filter as they were billed, and as the scenario's levers would have had them: "
           "every call is replayed with its blocks, caches and prices. A month has 30 days."));
    waterfall->setHelp(
        tr("What each lever saves on top of those above it in the stack: in another order the parts would "
           "be others, their sum is the same. The last bar is the bill with all of them."));
    waterfall->body().addWidget(m_waterfall, 1);
    for (Card* card : {static_cast<Card*>(m_card), m_result, waterfall})
        card->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    right->addWidget(m_result, 27);
    right->addWidget(waterfall, 16);
    layout->addWidget(m_card, 10);
    layout->addLayout(right, 13);

    m_entered = m_scenario;
    m_card->show(m_scenario);
    m_card->setSaved(false);
    m_refine.setSingleShot(true);
    constexpr int afterwards = 700; // milliseconds without another move
    m_refine.setInterval(afterwards);
    connect(&m_refine, &QTimer::timeout, this, [this] { simulate(WhatIfDetail::Full); });
    m_layOutAgain.setSingleShot(true);
    connect(&m_layOutAgain, &QTimer::timeout, this, [this] {
        if (isVisible() && isAsked())
            compute();
    });
    connect(m_card, &ScenarioCard::moved, this, [this](const Scenario& scenario) {
        m_scenario = scenario;
        simulate(WhatIfDetail::Money);
    });
    connect(m_card, &ScenarioCard::changed, this, &WhatIfPage::edit);
    connect(m_card, &ScenarioCard::leverRequested, this, &WhatIfPage::editLever);
    connect(m_card, &ScenarioCard::saveRequested, this, &WhatIfPage::save);
    connect(&m_card->menu(), &QMenu::aboutToShow, this, &WhatIfPage::fillMenu);
    connect(&m_card->suggestions(), &QMenu::aboutToShow, this, &WhatIfPage::fillSuggestions);
    connect(&m_job, &JobRunner::progressed, this, [this](const Progress& progress) {
        if (progress.total > 0)
            m_result->setNote(tr("laying out the calls · feature %1 of %2").arg(progress.done + 1).arg(progress.total));
    });
    connect(m_featureTable, &DataTable::conditionChosen, this, &Page::conditionChosen);
    connect(m_figureTable, &DataTable::rowActivated, this,
            [this] { emit callsRequested(filterOfScenario(), scopeText(filterOfScenario())); });
    connect(m_featureTable, &DataTable::rowActivated, this, [this](int row) {
        const std::string feature = m_features.rowAt(row).feature;
        Filter calls = filterOfScenario();
        calls.conditions.push_back({.of = {Dimension::Feature, {}}, .values = {feature}});
        emit callsRequested(calls, toQt(feature));
    });
    connect(m_waterfall, &PlotView::activated, this, [this](int bar) {
        if (const WhatIfStep* step = stepAt(bar))
            editLever(static_cast<int>(step->place));
    });
    // What is chosen in one stands out in the other. Queued: the plot still handles the click.
    connect(
        m_waterfall, &PlotView::chosen, this,
        [this](int bar) {
            if (const WhatIfStep* step = stepAt(bar))
                m_card->lookAt(step->place);
        },
        Qt::QueuedConnection);
    connect(m_card, &ScenarioCard::leverFocused, this, [this](int row) {
        m_looked = row;
        if (m_whatIf)
            m_waterfall->draw(waterfallOf(m_answer, m_looked));
    });
}

WhatIfPage::~WhatIfPage() = default;

void WhatIfPage::buildResult()
{
    m_result->body().addWidget(m_figureTable);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(headingLabel(tr("By feature"), this));
    row->addStretch();
    row->addWidget(quietLabel(tr("growth a month"), this));
    m_growth->setRange(-50, 100);
    m_growth->setDecimals(0);
    m_growth->setSuffix(u" %"_s);
    m_growth->setValue(0);
    m_growth->setAccessibleName(tr("Growth a month, in the projection of twelve months"));
    row->addWidget(m_growth);
    m_result->body().addLayout(row);
    m_result->body().addWidget(m_featureTable, 8);
    connect(m_growth, &QDoubleSpinBox::valueChanged, this, &WhatIfPage::showFigures);
}

void WhatIfPage::tryLever(LeverUse use)
{
    m_wanted = std::move(use);
    if (m_whatIf)
        compute();
}

const WhatIfStep* WhatIfPage::stepAt(int bar) const
{
    // The first and the last are totals.
    const bool isStep = bar >= 1 && static_cast<std::size_t>(bar) <= m_answer.steps.size();
    return isStep ? &m_answer.steps[static_cast<std::size_t>(bar) - 1] : nullptr;
}

Filter WhatIfPage::filterOfScenario() const
{
    return filterWith(m_scenario.filter);
}

void WhatIfPage::compute()
{
    if (!queries().extent()) {
        forgetWorkspace();
        showNoData(tr("Here you will see what these calls would have cost under other rules."));
        emit settled();
        return;
    }
    if (m_of && m_of->path() != queries().path())
        forgetWorkspace();
    if (m_wanted) {
        const LeverUse use = *std::exchange(m_wanted, {});
        edit(withLever(m_scenario, use), tr("Try %1").arg(leverTitle(use.lever)));
    }
    readSaved();
    if (isLaidOut())
        simulate(WhatIfDetail::Usual);
    else
        layOut();
}

void WhatIfPage::beginSearch()
{
    m_featureTable->beginSearch();
}

/// What was entered for one workspace is no step of another.
void WhatIfPage::forgetWorkspace()
{
    m_job.cancel();
    m_refine.stop();
    m_layOutAgain.stop();
    m_of.reset();
    m_answer = {};
    m_whatIf.reset();
    m_comparedJob.cancel();
    m_compared.reset();
    m_comparedAnswer.reset();
    m_saved.clear();
    m_models.clear();
    m_steps.clear();
    m_scenario = m_entered = startingScenario();
    m_card->show(m_scenario);
    m_card->setSaved(false);
}

bool WhatIfPage::isLaidOut()
{
    if (!m_whatIf || !m_of || m_whatIf->filter() != filterOfScenario())
        return false;
    if (m_of->isSameSnapshot(queries()))
        return true;
    // Calls that come live are laid out for one part in twenty of the time.
    constexpr qint64 share = 20;
    const qint64 rest = m_layOutTook * share - m_laidOut.elapsed();
    if (rest <= 0)
        return false;
    m_layOutAgain.start(static_cast<int>(rest));
    return true;
}

void WhatIfPage::layOut()
{
    m_isLayingOut = true;
    m_refine.stop();
    m_layOutAgain.stop();
    setComputing(true);
    QElapsedTimer began;
    began.start();
    using Laid = std::pair<std::shared_ptr<WhatIf>, std::vector<std::string>>;
    m_job.start(
        [asked = queries(), filter = filterOfScenario()](const StopToken& stop,
                                                         const ProgressSink& progress) -> Result<Laid> {
            constexpr std::size_t mostModels = 200;
            std::shared_ptr<WhatIf> whatIf = TRY(asked.whatIf(filter, progress, stop));
            return Laid(std::move(whatIf), TRY(asked.values({Dimension::Model, {}}, mostModels, stop)));
        },
        [this, of = queries(), began](Result<Laid> laid) {
            m_isLayingOut = false;
            if (!laid && laid.error().kind == ErrorKind::Cancelled)
                return;
            setComputing(false);
            if (!laid) {
                showError(laid.error());
                emit settled();
                return;
            }
            m_whatIf = std::move(laid->first);
            m_models = std::move(laid->second);
            m_of = of;
            m_layOutTook = began.elapsed();
            m_laidOut.start();
            simulate(WhatIfDetail::Usual);
        });
}

void WhatIfPage::simulate(WhatIfDetail detail)
{
    if (!m_whatIf || m_isLayingOut)
        return; // it comes with what is being laid out
    m_refine.stop();
    using Timed = std::pair<WhatIfAnswer, qint64>;
    m_job.start(
        [whatIf = m_whatIf, levers = m_scenario.levers, detail](const StopToken& stop) -> Result<Timed> {
            QElapsedTimer clock;
            clock.start();
            WhatIfAnswer answer = TRY(whatIf->simulate(levers, detail, stop));
            return Timed(std::move(answer), clock.elapsed());
        },
        [this, detail, scenario = m_scenario](Result<Timed> answer) {
            if (!answer && answer.error().kind == ErrorKind::Cancelled)
                return;
            setComputing(false);
            m_answered.reset(); // under the hand caches are repeated: that is no promise
            if (detail != WhatIfDetail::Money)
                m_answered = scenario;
            if (answer)
                show(answer->first, detail, answer->second);
            else
                showError(answer.error());
            if (!answer || detail == WhatIfDetail::Full)
                emit settled();
        });
}

void WhatIfPage::show(const WhatIfAnswer& answer, WhatIfDetail detail, qint64 milliseconds)
{
    if (answer.before.calls == 0) {
        showNoMatch();
        emit settled();
        return;
    }
    const WhatIfFigures last = m_answer.after;
    m_answer = answer;
    if (detail == WhatIfDetail::Money) { // what is not known under the hand stays as it was until it rests
        m_answer.after.p50 = last.p50;
        m_answer.after.p95 = last.p95;
        m_answer.after.wasteRatio = last.wasteRatio;
    }
    showContent();
    m_card->showSteps(answer);
    if (detail != WhatIfDetail::Money)
        replayCompared();
    showFigures();
    // Nothing is drawn of money that nobody knows.
    m_features.show(answer.isCostKnown ? answer.features : std::vector<WhatIfFeature>());
    m_waterfall->draw(waterfallOf(answer, m_looked));
    if (detail != WhatIfDetail::Full)
        m_result->setNote(tr("%1 calls replayed in %2 · %3 are left")
                              .arg(format::count(answer.before.calls),
                                   milliseconds > 0 ? tr("%1 ms").arg(milliseconds) : tr("under 1 ms"),
                                   format::count(answer.after.calls)) +
                          (answer.repeatsCaches ? tr(" · caches follow when the slider rests") : QString()));
    showOutcome();
    m_card->setNote(tr("applies to: %1").arg(scopeText(m_whatIf->filter())));
    if (detail == WhatIfDetail::Usual)
        m_refine.start();
    if (m_savesWhenKnown && m_answered == m_scenario)
        keep();
}

void WhatIfPage::showOutcome()
{
    m_card->setNotes(QStringList({lifeOfScenario(), outcomeText(m_answer, *m_whatIf)}).join(u'\n').trimmed());
}

void WhatIfPage::edit(const Scenario& scenario, const QString& what)
{
    // A slider that moved left its mark on the scenario already: the step begins where the last one ended.
    m_steps.push(
        new DraftStep<Scenario>(what, m_entered, scenario, [this](const Scenario& entered) { enter(entered); }));
}

void WhatIfPage::enter(const Scenario& entered)
{
    const bool isOtherFilter = entered.filter != m_scenario.filter;
    // A file may have its levers in any order: rows and steps are counted in theirs.
    m_scenario = m_entered = inOrder(entered);
    m_card->show(m_scenario);
    const ScenarioRow* saved = savedAs(m_scenario.name);
    m_card->setSaved(saved && saved->saved.scenario == m_scenario);
    if (!isAsked())
        return;
    if (isOtherFilter)
        layOut();
    else
        simulate(WhatIfDetail::Usual);
}

void WhatIfPage::editLever(int row)
{
    const LeverDialog::Surroundings surroundings{
        .features = m_answer.features, .models = m_models, .days = m_whatIf ? m_whatIf->days() : 0};
    const LeverUse& use = m_scenario.levers[static_cast<std::size_t>(row)];
    auto* dialog = new LeverDialog(use, surroundings, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, row] {
        Scenario scenario = m_scenario;
        if (static_cast<std::size_t>(row) >= scenario.levers.size())
            return;
        scenario.levers[static_cast<std::size_t>(row)] = dialog->use();
        edit(scenario, leverTitle(dialog->use().lever));
    });
    dialog->open();
}

} // namespace plumbline
