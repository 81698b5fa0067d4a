// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QVBoxLayout>

#include <algorithm>

#include "model/items/dates.h"
#include "model/items/format.h"
#include "model/queries/month_of.h"
#include "model/queries/scenario_policy.h"
#include "model/simulation/scenario_json.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/compare_dialog.h"
#include "ui/pages/draft_step.h"
#include "ui/pages/scenario_card.h"
#include "ui/pages/what_if_charts.h"
#include "ui/pages/what_if_page.h"
#include "ui/widgets/card.h"
#include "ui/widgets/save_file.h"

// What can be done with scenarios: keep, open, compare, export, say that one is done.
namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

QByteArray bytesOf(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

/// Its levers over calls that may be others than its filter's: they change those of its filter alone.
std::vector<LeverUse> leversOf(const Scenario& scenario)
{
    std::vector<LeverUse> levers = scenario.levers;
    for (LeverUse& use : levers)
        use.scope.insert(use.scope.end(), scenario.filter.begin(), scenario.filter.end());
    return levers;
}

/// `promised $850 a month · since 1 Oct realised $790`.
QString lifeText(const ScenarioRow& row)
{
    QStringList parts;
    if (row.saved.promised)
        parts += WhatIfPage::tr("promised %1 a month").arg(format::money(*row.saved.promised));
    if (row.saved.since)
        parts += row.realised ? WhatIfPage::tr("done: realised %1 a month").arg(format::money(*row.realised))
                              : WhatIfPage::tr("done: no calls since then");
    return parts.join(u" · "_s);
}

} // namespace

void WhatIfPage::readSaved()
{
    if (!isAsked())
        return;
    m_savedJob.start([asked = queries()](const StopToken& stop) { return asked.scenarios(stop); },
                     [this](Result<std::vector<ScenarioRow>> rows) {
                         if (!rows)
                             return;
                         m_saved = *std::move(rows);
                         const ScenarioRow* saved = savedAs(m_scenario.name);
                         m_card->setSaved(saved && saved->saved.scenario == m_scenario);
                         if (m_whatIf && m_answer.before.calls > 0)
                             showOutcome();
                         emit savedCounted(static_cast<int>(m_saved.size()));
                         if (const ScenarioRow* wanted = savedAs(std::exchange(m_toOpen, {})))
                             openSaved(wanted->saved);
                     });
}

const ScenarioRow* WhatIfPage::savedAs(const std::string& name) const
{
    const auto found = std::find_if(m_saved.begin(), m_saved.end(),
                                    [&](const ScenarioRow& row) { return row.saved.scenario.name == name; });
    return found == m_saved.end() || name.empty() ? nullptr : &*found;
}

QString WhatIfPage::lifeOfScenario() const
{
    const ScenarioRow* row = savedAs(m_scenario.name);
    const QString life = row ? lifeText(*row) : QString();
    return life.isEmpty() ? QString() : tr("%1: %2.").arg(toQt(m_scenario.name), life);
}

void WhatIfPage::save()
{
    saveAs(m_scenario.name);
}

void WhatIfPage::saveAs(const std::string& as)
{
    bool isAccepted = !as.empty();
    QString name = toQt(as);
    if (!isAccepted)
        name =
            QInputDialog::getText(this, tr("Save scenario"), tr("Name"), QLineEdit::Normal, {}, &isAccepted).trimmed();
    if (!isAccepted || name.isEmpty())
        return;
    // It is about what the page is about, chips and all: wherever it is opened.
    Scenario scenario = m_scenario;
    scenario.name = fromQt(name);
    for (const Condition& chip : this->scope().filter.conditions)
        if (std::find(scenario.filter.begin(), scenario.filter.end(), chip) == scenario.filter.end())
            scenario.filter.push_back(chip);
    m_savesWhenKnown = true;
    if (scenario != m_scenario)
        edit(scenario, tr("Name the scenario"));
    else if (m_answered == m_scenario)
        keep();
    else
        simulate(WhatIfDetail::Usual);
}

void WhatIfPage::keep()
{
    m_savesWhenKnown = false;
    SavedScenario saved{.scenario = m_scenario, .saved = currentTime()};
    if (m_whatIf && m_whatIf->days() > 0)
        saved.promised = monthOf(m_answer.before.cost - m_answer.after.cost, m_whatIf->days());
    // What is done is measured by what was promised before.
    if (const ScenarioRow* before = savedAs(m_scenario.name); before && before->saved.since) {
        saved.since = before->saved.since;
        saved.promised = before->saved.promised;
    }
    keepAs(saved.scenario.name, saved, tr("Save %1").arg(toQt(saved.scenario.name)));
}

void WhatIfPage::keepAs(const std::string& name, const std::optional<SavedScenario>& after, const QString& what)
{
    const ScenarioRow* row = savedAs(name);
    const std::optional<SavedScenario> before = row ? std::optional(row->saved) : std::nullopt;
    m_steps.push(new DraftStep<std::optional<SavedScenario>>(what, before, after, [this, name](const auto& now) {
        if (now)
            emit saveRequested(*now);
        else
            emit removeRequested(name);
    }));
}

void WhatIfPage::openSaved(const std::string& name)
{
    m_toOpen = name;
    if (const ScenarioRow* row = savedAs(name)) {
        m_toOpen.clear();
        openSaved(row->saved);
    }
}

void WhatIfPage::openSaved(const SavedScenario& saved)
{
    edit(saved.scenario, tr("Open %1").arg(toQt(saved.scenario.name)));
}

void WhatIfPage::openFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a scenario"), {}, tr("Scenarios (*.json)"));
    if (path.isEmpty())
        return;
    QFile file(path);
    constexpr qint64 most = 1 << 20;
    auto scenario = file.open(QIODevice::ReadOnly) ? scenarioFromJson(file.read(most).toStdString())
                                                   : fail(ErrorKind::Unreadable, "cannot be read");
    if (scenario)
        edit(*scenario, tr("Open %1").arg(QFileInfo(path).fileName()));
    else
        QMessageBox::warning(this, tr("Open a scenario"),
                             toQt(std::move(scenario).error().in(fromQt(QFileInfo(path).fileName())).text()));
}

void WhatIfPage::fillMenu()
{
    QMenu& menu = m_card->menu();
    menu.clear();
    menu.setToolTipsVisible(true);
    menu.addAction(tr("New"), this, [this] { edit(startingScenario(), tr("New scenario")); });
    for (const ScenarioRow& row : m_saved) {
        QAction* action = menu.addAction(toQt(row.saved.scenario.name), this, [this, row] { openSaved(row.saved); });
        action->setToolTip(lifeText(row));
        action->setCheckable(true);
        action->setChecked(row.saved.scenario.name == m_scenario.name);
    }
    menu.addSeparator();
    menu.addAction(tr("Save"), this, &WhatIfPage::save);
    menu.addAction(tr("Save as…"), this, [this] { saveAs({}); });
    menu.addAction(tr("Open a file…"), this, &WhatIfPage::openFile);
    const QString file = fileName(m_scenario.name.empty() ? tr("Scenario") : toQt(m_scenario.name));
    menu.addAction(tr("Export as a scenario file…"), this, [this, file] {
        askAndSave(this, tr("Export the scenario"), file + u".json"_s, bytesOf(toJson(m_scenario)));
    });
    menu.addAction(tr("Export as a policy…"), this, [this, file] {
        askAndSave(this, tr("Export a policy"), file + u"-policy.json"_s, bytesOf(policyJsonOf(m_scenario)));
    });
    menu.addAction(tr("What assumptions decide…"), this, &WhatIfPage::showAssumptions)
        ->setEnabled(m_answer.range && !m_answer.range->assumptions.empty());
    menu.addAction(tr("Compare with saved ones…"), this, &WhatIfPage::compare)->setEnabled(!m_saved.empty());
    const ScenarioRow* saved = savedAs(m_scenario.name);
    menu.addAction(tr("It is done…"), this, &WhatIfPage::markDone)->setEnabled(saved);
    menu.addAction(tr("Remove"), this,
                   [this, name = m_scenario.name] { keepAs(name, {}, tr("Remove %1").arg(toQt(name))); })
        ->setEnabled(saved);
}

void WhatIfPage::markDone()
{
    const ScenarioRow* row = savedAs(m_scenario.name);
    if (!row)
        return;
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("A scenario is done"));
    dialog->setMinimumWidth(420);
    auto* form = new QFormLayout(dialog);
    auto* day = new QDateEdit(dialog);
    day->setCalendarPopup(true);
    day->setAccessibleName(tr("Done from this day on"));
    const ReportingCalendar calendar = queries().calendar();
    const Timestamp from = row->saved.since.value_or(currentTime());
    day->setDate(toQDate(calendar.dayOf(from)));
    form->addRow(tr("Done from this day on"), day);
    QLabel* says =
        quietLabel(tr("What its calls cost since then is compared with the thirty days before, call for call "
                      "of each feature, beside what was promised."),
                   dialog);
    says->setWordWrap(true);
    form->addRow(says);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, dialog);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, [this, day, calendar, saved = row->saved]() mutable {
        saved.since = calendar.startOfDay(dayNumber(day->date()));
        keepAs(saved.scenario.name, saved, tr("Say that %1 is done").arg(toQt(saved.scenario.name)));
    });
    dialog->open();
}

void WhatIfPage::compare()
{
    if (!m_whatIf || m_isLayingOut)
        return;
    std::vector<Scenario> scenarios{m_scenario};
    for (const ScenarioRow& row : m_saved)
        if (row.saved.scenario.name != m_scenario.name)
            scenarios.push_back(row.saved.scenario);
    m_refine.stop();
    auto* dialog = new CompareDialog(scenarios, m_memory, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CompareDialog::scenarioChosen, this,
            [this](const Scenario& chosen) { openSaved({.scenario = chosen}); });
    // The columns of a replay are used by one question at a time: by this page's runner.
    m_job.start(
        [whatIf = m_whatIf, scenarios](const StopToken& stop) -> Result<std::vector<WhatIfAnswer>> {
            std::vector<WhatIfAnswer> answers;
            for (const Scenario& scenario : scenarios)
                answers.push_back(TRY(whatIf->simulate(leversOf(scenario), WhatIfDetail::Usual, stop)));
            return answers;
        },
        [this, dialog = QPointer<CompareDialog>(dialog), days = m_whatIf->days(),
         growth = m_growth->value() / 100](const Result<std::vector<WhatIfAnswer>>& answers) {
            if (dialog && answers)
                dialog->show(*answers, days, growth);
            else if (dialog)
                dialog->showError(answers.error());
            if (answers)
                m_refine.start();
        });
    dialog->open();
}

void WhatIfPage::showAssumptions()
{
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("What assumptions decide"));
    dialog->setMinimumWidth(620);
    auto* layout = new QVBoxLayout(dialog);
    auto* plot = new PlotView(dialog);
    constexpr int height = 240;
    plot->setFixedHeight(height);
    plot->draw(tornadoOf(*m_answer.range));
    layout->addWidget(plot);
    QStringList lines;
    for (const WhatIfAssumption& assumption : m_answer.range->assumptions)
        lines += assumptionText(assumption);
    auto* says = new QLabel(lines.join(u'\n'), dialog);
    says->setWordWrap(true);
    says->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(says);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(buttons);
    dialog->open();
}

void WhatIfPage::fillSuggestions()
{
    QMenu& menu = m_card->suggestions();
    menu.clear();
    for (const auto& [worst, text] :
         {std::pair("none", tr("Without a risk to answers")), std::pair("low", tr("Low risk too")),
          std::pair("medium", tr("What needs an evaluation too")), std::pair("high", tr("Whatever saves most"))})
        menu.addAction(text, this, [this, worst = std::string(worst)] { suggest(worst); });
}

void WhatIfPage::suggest(const std::string& worst)
{
    if (!m_whatIf || m_isLayingOut)
        return;
    m_refine.stop();
    setComputing(true);
    m_job.start([whatIf = m_whatIf, worst](const StopToken& stop) { return whatIf->suggest(worst, stop); },
                [this](const Result<std::vector<SuggestedLever>>& plan) {
                    if (!plan && plan.error().kind == ErrorKind::Cancelled)
                        return;
                    setComputing(false);
                    if (!plan) {
                        showError(plan.error());
                        return;
                    }
                    Scenario scenario = m_scenario;
                    scenario.levers.clear();
                    for (const SuggestedLever& lever : *plan)
                        scenario.levers.push_back(lever.use);
                    edit(scenario, tr("Suggest a plan"));
                });
}

} // namespace plumbline
