// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "model/items/cell.h"

namespace plumbline {

/// One figure of a page's head: what it is, how much, how it changed, and what else belongs to it.
struct Kpi
{
    QString caption = {};
    QString figure = {};
    QString change = {};       ///< `+12.4%`; empty without a comparison
    Tone tone = Tone::Neutral; ///< whether the change is welcome
    QString note = {};
    QString toolTip = {}; ///< the exact figure, and what belongs to it
    QString help = {};    ///< what it is and how it is computed
    bool operator==(const Kpi&) const = default;
};

/// Shows a Kpi. The direction is an arrow beside the colour. A double click or Return asks for the calls behind it.
class KpiCard : public QWidget
{
    Q_OBJECT

public:
    explicit KpiCard(QWidget* parent = nullptr);

    void setKpi(const Kpi& kpi);
    const Kpi& kpi() const { return m_kpi; }
    QSize sizeHint() const override { return {180, 90}; }

signals:
    void activated();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    Kpi m_kpi;
};

} // namespace plumbline
