// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/drains_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

#include "model/items/drain_tables.h"
#include "model/items/format.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/draft_step.h"
#include "ui/pages/drain_details.h"
#include "ui/pages/evidence_card.h"
#include "ui/pages/finding_dialogs.h"
#include "ui/pages/finding_panel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/tab_heading.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t sessionsOffered = 30;

} // namespace

DrainsPage::DrainsPage(WindowMemory& memory, QWidget* parent)
    : Page(u"drains"_s, tr("Drains"), parent)
    , m_heatCard(new Card(tr("Drain heatmap"), this))
    , m_views(new TabHeading(
          tr("Drain heatmap:"),
          {tr("feature × drain"), tr("feature × day"), tr("weekday × hour"), tr("model × drain"), tr("turn × segment")},
          this))
    , m_unit(new ChoiceBox(this))
    , m_least(new ChoiceBox(this))
    , m_session(new ChoiceBox(this))
    , m_muted(new QCheckBox(tr("muted too"), this))
    , m_plot(new PlotView(this))
    , m_ledger(quietLabel(QString(), this))
    , m_panel(new FindingPanel(this))
    , m_evidence(new EvidenceCard(memory, this))
{
    constexpr int gap = 14;
    auto* layout = new QVBoxLayout(&content());
    layout->setContentsMargins(18, 16, 18, 12);
    layout->setSpacing(gap);
    m_heatCard->setHeading(m_views);
    m_heatCard->setHelp(
        tr("What drains away in each row and for each drain, at the prices the tokens were billed at. A "
           "picodollar belongs to one drain at most: rows and columns add up to the totals at the "
           "edges. What is less certain than chosen, and what is muted, is left out and summed below."));
    m_heatCard->setNote(tr("each dollar counts once"));
    buildChoices();
    m_heatCard->body().addWidget(m_plot, 1);
    m_ledger->setWordWrap(true);
    m_ledger->setAccessibleName(tr("Ledger"));
    m_heatCard->body().addWidget(m_ledger);
    auto* above = new QHBoxLayout;
    above->setSpacing(gap);
    for (Card* card : {m_heatCard, static_cast<Card*>(m_panel)})
        card->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
    above->addWidget(m_heatCard, 19);
    above->addWidget(m_panel, 10);
    layout->addLayout(above, 13);
    layout->addWidget(m_evidence, 9);

    connect(m_views, &TabHeading::chosen, this, [this](int view) {
        m_choice.view = static_cast<HeatView>(view);
        m_cell = {-1, -1};
        compute();
    });
    connect(m_plot, &PlotView::cellChosen, this, [this](int row, int column) { lookAt(row, column); });
    connect(m_plot, &PlotView::activated, this, [this](int row, int column) {
        m_cell = {row, column};
        emit callsRequested(filterOfCell(), nameOfCell());
    });
    connect(m_plot, &PlotView::rangeChosen, this, [this](int first, int last) {
        if (const auto period = periodOfColumns(m_heat, m_answers.question, queries().calendar(), first, last))
            emit periodChosen(*period);
    });
    connect(m_plot, &PlotView::annotationWanted, this, [this](int column) {
        if (const auto period = periodOfColumns(m_heat, m_answers.question, queries().calendar(), column, column))
            emit annotationWanted(queries().calendar().dayOf(period->first));
    });
    connect(m_panel, &FindingPanel::drainChosen, this,
            [this](const QString& drain) { lookAt(m_cell.first, m_cell.second, fromQt(drain)); });
    connect(m_panel, &FindingPanel::noteRequested, this, &DrainsPage::say);
    connect(m_panel, &FindingPanel::whatIfRequested, this, [this](const QString& lever) {
        const auto& features = m_finding.states;
        emit whatIfRequested(fromQt(lever), features.size() == 1 ? features.front().first : std::string());
    });
    connect(m_panel, &FindingPanel::thresholdsRequested, this,
            [this](const QString& drain) { askThresholds(fromQt(drain)); });
    connect(m_evidence, &EvidenceCard::conditionChosen, this, &Page::conditionChosen);
    connect(m_evidence, &EvidenceCard::callChosen, this, &Page::callRequested);
    connect(m_evidence, &EvidenceCard::callsRequested, this,
            [this] { emit callsRequested(filterOfCell(), nameOfCell()); });
}

DrainsPage::~DrainsPage() = default;

void DrainsPage::buildChoices()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_unit->setAccessibleName(tr("Unit"));
    m_unit->addItem(tr("in $"), static_cast<int>(PlotUnit::Dollars));
    m_unit->addItem(tr("in tokens"), static_cast<int>(PlotUnit::Tokens));
    m_unit->addItem(tr("in % of spend"), static_cast<int>(PlotUnit::Share));
    m_unit->setToolTip(tr("In tokens only what need not have been there counts: of what is priced too high the tokens "
                          "were needed"));
    m_least->setAccessibleName(tr("Confidence"));
    m_least->addItem(tr("all, opportunities too"), static_cast<int>(Confidence::Opportunity));
    m_least->addItem(tr("waste: certain and likely"), static_cast<int>(Confidence::Medium));
    m_least->addItem(tr("certain only"), static_cast<int>(Confidence::High));
    m_session->setAccessibleName(tr("Session"));
    m_session->setMaximumWidth(240);
    for (QWidget* widget : {static_cast<QWidget*>(m_unit), static_cast<QWidget*>(m_least),
                            static_cast<QWidget*>(m_session), static_cast<QWidget*>(m_muted)})
        row->addWidget(widget);
    row->addStretch();
    m_heatCard->body().addLayout(row);
    connect(m_unit, &QComboBox::activated, this, [this] {
        m_choice.unit = static_cast<PlotUnit>(m_unit->currentData().toInt());
        showHeat();
    });
    connect(m_least, &QComboBox::activated, this, [this] {
        m_choice.least = static_cast<Confidence>(m_least->currentData().toInt());
        compute();
    });
    connect(m_session, &QComboBox::activated, this, [this] {
        const QString session = m_session->currentData().toString();
        m_choice.session = session.isEmpty() ? std::nullopt : std::optional(fromQt(session));
        compute();
    });
    connect(m_muted, &QCheckBox::toggled, this, [this](bool wants) {
        m_choice.wantsMuted = wants;
        if (isAsked())
            compute();
    });
}

void DrainsPage::choose(const std::string& drain)
{
    m_wanted = drain;
    m_cell = {-1, -1};
    // Whatever was hidden: it is to be seen.
    m_choice = {.wantsMuted = m_choice.wantsMuted};
    m_views->choose(0);
    m_unit->setCurrentIndex(0);
    m_least->setCurrentIndex(0);
}

void DrainsPage::setChanging(bool isChanging)
{
    m_isChanging = isChanging;
    m_panel->setChanging(isChanging);
}

void DrainsPage::compute()
{
    if (m_of != queries().path()) {
        // What was said of one workspace is no step of another.
        m_of = queries().path();
        m_steps.clear();
        m_cell = {-1, -1};
        m_choice.session.reset();
    }
    if (!queries().extent()) {
        m_job.cancel();
        m_detailsJob.cancel();
        showNoData(tr("Here you will see which tokens drain away, in which feature, and what proves it."));
        emit settled();
        return;
    }
    const std::optional<Period> shown = scope().filter.period ? scope().filter.period : queries().extent();
    answer(
        m_job,
        [asked = queries(), scope = scope(), choice = m_choice, shown](const StopToken& stop) -> Result<Answers> {
            Answers answers;
            if (choice.view == HeatView::TurnSegment) {
                const DrainsQuestion bySession{
                    .filter = scope.filter, .rows = {Dimension::Session, {}}, .least = choice.least};
                answers.sessions = TRY(asked.drains(bySession, stop)).rows;
                std::erase(answers.sessions, missingValue(Dimension::Session));
                answers.sessions.resize(std::min(answers.sessions.size(), sessionsOffered));
            }
            answers.question = heatQuestion(choice, scope, shown);
            answers.answer = TRY(asked.drains(answers.question, stop));
            if (const auto compared = comparedCalls(scope)) {
                Scope other = scope;
                other.filter = *compared;
                answers.before = TRY(asked.drains(heatQuestion(choice, other, shown), stop));
            }
            answers.thresholds = TRY(asked.drainThresholds(stop));
            answers.annotations = TRY(asked.annotations(stop));
            return answers;
        },
        [this](Answers answers) { show(std::move(answers)); });
}

void DrainsPage::show(Answers answers)
{
    if (answers.answer.total.calls == 0) {
        showNoMatch();
        emit settled();
        return;
    }
    m_answers = std::move(answers);
    showContent();
    m_session->setVisible(m_choice.view == HeatView::TurnSegment);
    m_session->clear();
    m_session->addItem(tr("all sessions"), QString());
    for (const std::string& session : m_answers.sessions) {
        m_session->addItem(toQt(session), toQt(session));
        if (m_choice.session == session)
            m_session->setCurrentIndex(m_session->count() - 1);
    }
    m_ledger->setText(ledgerLine(m_answers.answer, m_answers.before, comparisonText(scope(), queries().calendar())));
    m_ledger->setToolTip(tr("Exactly: %1 = %2 + %3 + %4")
                             .arg(format::exactMoney(m_answers.answer.total.bill),
                                  format::exactMoney(m_answers.answer.total.waste),
                                  format::exactMoney(m_answers.answer.total.opportunity),
                                  format::exactMoney(m_answers.answer.total.useful())));
    showHeat();
}

void DrainsPage::showHeat()
{
    // The cell that was looked at stays chosen, wherever it stands now; else the dearest is.
    const auto names = [&](int at, const QStringList& of) { return at >= 0 && at < of.size() ? of[at] : QString(); };
    const QString rowName = names(m_cell.first, m_heat.grid.rows);
    const QString columnName = names(m_cell.second, m_heat.grid.columns);
    m_heat = drainHeat(m_choice, m_answers.question, m_answers.answer, m_answers.before);
    layOutTime(m_heat, m_answers.question, m_answers.annotations, queries().calendar());
    m_plot->draw(m_heat.grid);
    auto cell = m_cell.first >= 0 ? sameCell(rowName, columnName) : std::nullopt;
    if (m_wanted && !cell)
        for (std::size_t column = 0; column < m_heat.columnValues.size(); ++column)
            if (m_heat.columnValues[column] == *m_wanted)
                cell = std::pair(static_cast<int>(m_heat.grid.rows.size()), static_cast<int>(column));
    if (!cell)
        cell = dearestCell();
    m_wanted.reset();
    if (cell) {
        lookAt(cell->first, cell->second);
        return;
    }
    m_panel->showNothing(tr("Finding"));
    m_evidence->showNothing();
    emit settled();
}

std::optional<std::pair<int, int>> DrainsPage::dearestCell() const
{
    std::optional<std::pair<int, int>> dearest;
    double most = 0;
    for (std::size_t row = 0; row < m_heat.grid.values.size(); ++row)
        for (std::size_t column = 0; column < m_heat.grid.values[row].size(); ++column)
            if (const auto value = m_heat.grid.values[row][column]; value && *value > most) {
                most = *value;
                dearest = std::pair(static_cast<int>(row), static_cast<int>(column));
            }
    return dearest;
}

std::optional<std::pair<int, int>> DrainsPage::sameCell(const QString& row, const QString& column) const
{
    // An empty name was that of a total.
    const auto find = [](const QStringList& in, const QString& name) {
        return name.isEmpty() ? static_cast<int>(in.size()) : static_cast<int>(in.indexOf(name));
    };
    const int rowNow = find(m_heat.grid.rows, row), columnNow = find(m_heat.grid.columns, column);
    if (rowNow < 0 || columnNow < 0 || m_heat.grid.rows.isEmpty())
        return {};
    return std::pair(rowNow, columnNow);
}

QString DrainsPage::nameOfCell() const
{
    const bool isRow = m_cell.first >= 0 && m_cell.first < m_heat.grid.rows.size();
    const bool isColumn = m_cell.second >= 0 && m_cell.second < m_heat.grid.columns.size();
    if (m_choice.view == HeatView::TurnSegment)
        return m_choice.session ? toQt(*m_choice.session) : tr("all sessions");
    const bool isDrain = drainOfCell(m_choice, m_heat, m_cell.second).has_value();
    QStringList names;
    if (isRow)
        names += m_heat.grid.rows[m_cell.first];
    if (isColumn && !isDrain)
        names += m_heat.grid.columns[m_cell.second];
    return names.isEmpty() ? tr("all calls") : names.join(u" · "_s);
}

bool DrainsPage::isCellOfTime() const
{
    const bool hasTime = m_choice.view == HeatView::FeatureStep || m_choice.view == HeatView::WeekdayHour;
    return hasTime && (m_cell.second < m_heat.grid.columns.size() ||
                       (m_choice.view == HeatView::WeekdayHour && m_cell.first < m_heat.grid.rows.size()));
}

Filter DrainsPage::filterOfCell() const
{
    return filterWith(conditionsOfCell(m_choice, m_answers.question, m_heat, m_cell.first, m_cell.second));
}

void DrainsPage::lookAt(int row, int column, const std::optional<std::string>& drain)
{
    m_cell = {row, column};
    m_plot->chooseCell(row, column);
    const DrainsQuestion behind{.filter = filterOfCell(),
                                .rows = {Dimension::Feature, {}},
                                .least = m_choice.least,
                                .wantsBeside = true,
                                .wantsMuted = m_choice.wantsMuted};
    const auto wanted = drain ? drain : drainOfCell(m_choice, m_heat, column);
    m_detailsJob.start([asked = queries(), behind,
                        wanted](const StopToken& stop) { return drainDetails(asked, behind, wanted, stop); },
                       [this](const Result<DrainDetails>& details) {
                           if (!details && details.error().kind == ErrorKind::Cancelled)
                               return;
                           if (details)
                               show(*details);
                           else
                               showError(details.error());
                           emit settled();
                       });
}

void DrainsPage::show(const DrainDetails& details)
{
    if (details.drain.empty()) {
        m_panel->showNothing(nameOfCell());
        m_evidence->showNothing();
        return;
    }
    m_drain = details.drain;
    m_finding = details.finding;
    m_panel->show(nameOfCell(), details.choices, details.drain, details.finding, queries().calendar(), isCellOfTime());
    m_evidence->show(queries(), details.drain, details.finding);
}

void DrainsPage::say(const FindingNote& note)
{
    // What was said before of the same is what undo brings back.
    FindingNote before{.feature = note.feature, .drain = note.drain};
    for (const auto& [feature, state] : m_finding.states) {
        const bool isSame = state.isEverywhere ? note.feature.empty() : feature == note.feature;
        if (!isSame || (state.state != FindingState::State::Muted && state.state != FindingState::State::Fixed))
            continue;
        before.state =
            state.state == FindingState::State::Muted ? FindingNote::State::Muted : FindingNote::State::Fixed;
        before.reason = state.reason;
        before.fixed = state.fixed;
        before.promised = state.promised;
    }
    const QString what = note.state == FindingNote::State::Muted   ? tr("Mute a finding")
                         : note.state == FindingNote::State::Fixed ? tr("Say that a finding is fixed")
                                                                   : tr("Reopen a finding");
    m_steps.push(
        new DraftStep<FindingNote>(what, before, note, [this](const FindingNote& now) { emit noteRequested(now); }));
}

void DrainsPage::undo()
{
    if (canUndo())
        m_steps.undo();
}

void DrainsPage::askThresholds(const std::string& drain)
{
    auto* dialog = new ThresholdsDialog(queries(), drain, m_answers.thresholds, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_steps.push(new DraftStep<std::map<std::string, double>>(
            tr("Change thresholds"), m_answers.thresholds, dialog->thresholds(),
            [this](const std::map<std::string, double>& now) { emit thresholdsRequested(now); }));
    });
    dialog->open();
}

void DrainsPage::beginSearch()
{
    m_evidence->beginSearch();
}

} // namespace plumbline
