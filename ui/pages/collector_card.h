// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card.h"

#include "model/core/collector_control.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace plumbline {

class CollectorSession;
class ElidedLabel;

/// Switches the collector on and off, says what it does, and what to set so that an SDK sends here.
class CollectorCard : public Card
{
    Q_OBJECT

public:
    explicit CollectorCard(QWidget* parent = nullptr);

    /// The window's collector, which outlives the card.
    void setSession(CollectorSession& session);

private:
    void showStatus();
    void showSettings();
    void openChoice();

    CollectorSession* m_session = nullptr;
    QLabel* m_state;
    QPushButton* m_switch;
    QPushButton* m_choose;
    QLabel* m_counts;
    ElidedLabel* m_trouble;
    QComboBox* m_sdk;
    QPushButton* m_copy;
    QLabel* m_settings;
    QString m_address;
};

/// `312 spans/min · 0 rejected`, and what else there is to say.
QString collectorCounts(const CollectorStatus& status);

} // namespace plumbline
