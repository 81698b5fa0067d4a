// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include "model/core/finding_note.h"
#include "model/queries/drain_answers.h"

class QComboBox;
class QPushButton;

namespace plumbline {

class FactList;

/// What of the calls of a cell drains, and everything about one of these drains: what it is, how much, how sure, what
/// to do about it, and what the user said of it.
class FindingPanel : public Card
{
    Q_OBJECT

public:
    /// A drain of the cell, to choose from.
    struct Choice
    {
        std::string drain = {};
        MoneySum money = {};
        bool isBeside = false;
    };

    explicit FindingPanel(QWidget* parent = nullptr);

    /// `where` names the calls: `support-chat`, `all calls`. `isOfTime`: of a day or an hour, whose money is no
    /// month's.
    void show(const QString& where, const std::vector<Choice>& choices, const std::string& drain,
              const FindingAnswer& answer, const ReportingCalendar& calendar, bool isOfTime);
    void setChanging(bool isChanging);
    void showNothing(const QString& where);

signals:
    void drainChosen(const QString& drain);
    void noteRequested(const plumbline::FindingNote& note);
    void thresholdsRequested(const QString& drain);
    void whatIfRequested(const QString& lever);

private:
    /// What the user said of what is shown; of several features together only what holds in all of them.
    FindingState state() const;
    FindingNote note(FindingNote::State state) const;
    void askMute();
    void askFixed();

    std::string m_drain;
    FindingAnswer m_answer;
    ReportingCalendar m_calendar;
    bool m_isChanging = false;
    QComboBox* m_choice;
    QLabel* m_money;
    QLabel* m_explanation;
    FactList* m_facts;
    QLabel* m_fix;
    QLabel* m_advice;
    QPushButton* m_whatIf;
    QPushButton* m_mute;
    QPushButton* m_fixed;
    QPushButton* m_reopen;
    QPushButton* m_thresholds;
};

} // namespace plumbline
