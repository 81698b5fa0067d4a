// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/finding_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "model/analysis/drain.h"
#include "model/items/drain_tables.h"
#include "model/items/format.h"
#include "ui/pages/finding_dialogs.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/small_button.h"

namespace plumbline {

using namespace Qt::StringLiterals;

FindingPanel::FindingPanel(QWidget* parent)
    : Card(tr("Finding"), parent)
    , m_choice(new ChoiceBox(this))
    , m_money(headingLabel({}, this))
    , m_explanation(new QLabel(this))
    , m_facts(new FactList(this))
    , m_fix(headingLabel(tr("Fix"), this))
    , m_advice(new QLabel(this))
{
    auto* across = new QHBoxLayout;
    m_choice->setAccessibleName(tr("Drain"));
    m_choice->setToolTip(tr("What drains in these calls, the dearest first"));
    m_choice->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    across->addWidget(m_choice, 1);
    across->addWidget(m_money);
    body().addLayout(across);

    auto* scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("Finding"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* texts = new QWidget(scroll);
    scroll->viewport()->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(texts);
    layout->setContentsMargins(0, 2, 0, 0);
    layout->setSpacing(8);
    for (QLabel* label : {m_explanation, m_advice}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    layout->addWidget(m_explanation);
    layout->addWidget(m_facts);
    layout->addWidget(m_fix);
    layout->addWidget(m_advice);
    layout->addStretch();
    scroll->setWidget(texts);
    texts->setAutoFillBackground(false); // the area had it filled
    body().addWidget(scroll, 1);

    auto* buttons = new FlowLayout(6);
    m_whatIf = smallButton(tr("Try in What-if →"), tr("Try in What-if"), *buttons);
    connect(m_whatIf, &QPushButton::clicked, this, [this] {
        if (const Drain* drain = drainOf(m_drain))
            emit whatIfRequested(toQt(drain->lever));
    });
    m_thresholds =
        smallButton(tr("Thresholds…"), tr("Change the numbers that decide what this drain claims"), *buttons);
    m_mute = smallButton(tr("Mute…"), tr("Hide this finding, with a reason"), *buttons);
    m_fixed = smallButton(tr("Fixed…"), tr("Say from which day on this is fixed"), *buttons);
    m_reopen = smallButton(tr("Reopen"), tr("Take back that this finding is muted or fixed"), *buttons);
    body().addLayout(buttons);

    connect(m_choice, &QComboBox::activated, this, [this] { emit drainChosen(m_choice->currentData().toString()); });
    connect(m_mute, &QPushButton::clicked, this, &FindingPanel::askMute);
    connect(m_fixed, &QPushButton::clicked, this, &FindingPanel::askFixed);
    connect(m_reopen, &QPushButton::clicked, this, [this] { emit noteRequested(note(FindingNote::State::None)); });
    connect(m_thresholds, &QPushButton::clicked, this, [this] { emit thresholdsRequested(toQt(m_drain)); });
    showEmpty(tr("Choose a cell: here it is explained, with what to do about it."));
}

void FindingPanel::showNothing(const QString& where)
{
    setTitle(where);
    setNote({});
    showEmpty(tr("Nothing drains here, as far as is shown."));
}

void FindingPanel::show(const QString& where, const std::vector<Choice>& choices, const std::string& drain,
                        const FindingAnswer& answer, const ReportingCalendar& calendar, bool isOfTime)
{
    const Drain& of = *drainOf(drain);
    m_whatIf->setEnabled(!of.lever.empty());
    m_whatIf->setToolTip(of.lever.empty() ? tr("No lever changes this: it costs no tokens")
                                          : tr("Replay these calls with the lever that is for it"));
    m_drain = drain;
    m_answer = answer;
    m_calendar = calendar;
    showContent();
    setTitle(u"%1 · %2"_s.arg(where, drainText(of.title)));
    setNote({});
    m_choice->clear();
    for (const Choice& choice : choices) {
        const QString lead = choice.isBeside ? tr("beside the bill") : format::money(choice.money);
        m_choice->addItem(u"%1 · %2"_s.arg(lead, drainTitle(choice.drain)), toQt(choice.drain));
        if (choice.drain == drain)
            m_choice->setCurrentIndex(m_choice->count() - 1);
    }
    m_money->setText(of.kind == DrainKind::Beside ? QString()
                     : isOfTime                   ? format::money(answer.money)
                                                  : tr("%1 / month").arg(format::money(answer.moneyPerMonth)));
    m_money->setToolTip(isOfTime ? format::exactMoney(answer.money)
                                 : tr("%1 in the period; a month has 30 days").arg(format::exactMoney(answer.money)));
    m_explanation->setText(drainText(of.explanation));

    QList<FactList::Fact> facts;
    facts += {.name = tr("Calls affected"),
              .text = tr("%1 of %2").arg(format::count(answer.callsAffected), format::count(answer.calls)),
              .help = tr("Calls here of whose cost or tokens the drain claims something, of all calls here")};
    const auto share =
        answer.ledger.tokens > 0 ? static_cast<double>(answer.tokens) / static_cast<double>(answer.ledger.tokens) : 0;
    const QString tokens = !of.isQuantity()                     ? tr("Affected tokens")
                           : of.best == Confidence::Opportunity ? tr("Tokens to spare")
                                                                : tr("Wasted tokens");
    facts +=
        {.name = tokens,
         .text = tr("%1 (%2 of all)").arg(format::shortCount(answer.tokens), format::percent(share)),
         .help =
             tr("Tokens that the drain claims, of all tokens of the calls here that were split into segments; a token "
                "belongs to one drain at most")};
    for (const DrainCell& cell : answer.byConfidence)
        facts += {.name = tr("Cost, %1").arg(confidenceTitle(cell.confidence)),
                  .text = format::money(cell.money),
                  .pill = confidenceTitle(cell.confidence),
                  .tone = confidenceTone(cell.confidence),
                  .help = tr("What the claimed tokens cost as they were billed, cached ones at the cache's price")};
    if (answer.cached > 0)
        facts +=
            {.name = tr("Of it read from cache"),
             .text = tr("%1 tokens, at the cache's price").arg(format::shortCount(answer.cached)),
             .help = tr("Claimed tokens that were read from a cache: they cost less, and count as what they cost")};
    const FindingState state = this->state();
    const auto day = [&](Timestamp time) { return format::minute(time, calendar).section(u' ', 0, 2); };
    switch (state.state) {
    case FindingState::State::New:
        facts += {.name = tr("State"), .text = {}, .pill = tr("new"), .tone = Tone::Warning};
        break;
    case FindingState::State::Muted:
        facts += {.name = tr("Muted"), .text = toQt(state.reason), .pill = tr("muted")};
        break;
    case FindingState::State::Fixed:
        facts += {.name = tr("Fixed"),
                  .text = state.fixed ? tr("from %1").arg(day(*state.fixed)) : QString(),
                  .pill = tr("fixed"),
                  .tone = Tone::Good,
                  .help = tr("From when on it should be gone, as somebody said")};
        if (state.promised)
            facts += {.name = tr("Promised"),
                      .text = tr("%1 / month").arg(format::money(*state.promised)),
                      .help = tr("What it cost in 30 days when it was said to be fixed")};
        facts +=
            {.name = tr("Realised"),
             .text =
                 state.realised
                     ? tr("%1 / month, by %2 days").arg(format::money(*state.realised), format::count(state.daysSince))
                     : tr("– no calls since then"),
             .help = tr("What it cost in 30 days before the fix, less what it costs now")};
        break;
    case FindingState::State::Open:
        if (state.firstSeen)
            facts += {.name = tr("First seen"),
                      .text = day(*state.firstSeen),
                      .help = tr("When the first call came of which the drain claims something")};
    }
    facts += {.name = tr("Needs"), .text = drainText(of.needs)};
    m_facts->setFacts(facts);

    m_advice->setText(drainText(of.advice) + u"\n\n"_s + tr("Costs: %1.").arg(drainText(of.fixCost)));
    const bool isSaid = state.state == FindingState::State::Muted || state.state == FindingState::State::Fixed;
    m_reopen->setVisible(isSaid);
    m_mute->setVisible(!isSaid);
    m_fixed->setVisible(!isSaid && of.kind != DrainKind::Beside);
    m_thresholds->setEnabled(!of.thresholds.empty() && !m_isChanging);
}

void FindingPanel::setChanging(bool isChanging)
{
    m_isChanging = isChanging;
    const Drain* of = drainOf(m_drain);
    m_thresholds->setEnabled(of && !of->thresholds.empty() && !isChanging);
}

FindingState FindingPanel::state() const
{
    const auto& states = m_answer.states;
    if (states.empty())
        return {};
    if (states.size() == 1 || states.front().second.isEverywhere)
        return states.front().second;
    FindingState together;
    for (const auto& [feature, one] : states)
        if (one.firstSeen && (!together.firstSeen || *one.firstSeen < *together.firstSeen))
            together.firstSeen = one.firstSeen;
    return together;
}

FindingNote FindingPanel::note(FindingNote::State state) const
{
    // Of several features together only all can be meant.
    FindingNote note{.drain = m_drain, .state = state};
    const bool takesBackAll = state == FindingNote::State::None && this->state().isEverywhere;
    if (m_answer.states.size() == 1 && !takesBackAll)
        note.feature = m_answer.states.front().first;
    // A fix is of whole features, whatever part of their calls is looked at.
    if (state == FindingNote::State::Fixed) {
        note.promised = MoneySum();
        for (const auto& [feature, one] : m_answer.states)
            *note.promised += one.perMonth;
    }
    return note;
}

void FindingPanel::askMute()
{
    auto* dialog = new FindingNoteDialog(note(FindingNote::State::Muted), m_calendar, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { emit noteRequested(dialog->note()); });
    dialog->open();
}

void FindingPanel::askFixed()
{
    auto* dialog = new FindingNoteDialog(note(FindingNote::State::Fixed), m_calendar, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { emit noteRequested(dialog->note()); });
    dialog->open();
}

} // namespace plumbline
