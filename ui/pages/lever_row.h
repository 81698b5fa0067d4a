// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "model/core/money.h"
#include "model/core/scenario.h"
#include "model/simulation/lever.h"

class QCheckBox;
class QLabel;
class QSlider;

namespace plumbline {

/// One lever of a scenario: whether it is pulled, how far, and what that brings. The slider sets its first parameter;
/// everything else stands in its dialog.
class LeverRow : public QWidget
{
    Q_OBJECT

public:
    explicit LeverRow(const LeverUse& use, QWidget* parent = nullptr);

    void setUse(const LeverUse& use);
    const LeverUse& use() const { return m_use; }
    /// What the step brings; nothing while it is not known or the lever is not pulled.
    void setSaving(const std::optional<MoneySum>& saving);
    /// Puts the keys on its slider.
    void takeFocus();

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    /// While the slider moves.
    void moved(const plumbline::LeverUse& use);
    /// The slider was let go of, or the box was ticked.
    void changed(const plumbline::LeverUse& use);
    void editRequested();
    /// The keys or the pointer went to it, or away from it.
    void focusChanged(bool hasFocus);

private:
    const LeverParameter& first() const { return m_lever.parameters.front(); }
    int placeOf(double value) const;
    double valueAt(int position) const;
    void take(int position);
    void showValue();

    const Lever& m_lever;
    LeverUse m_use;
    QCheckBox* m_on;
    QLabel* m_title;
    QSlider* m_slider;
    QLabel* m_value;
    QLabel* m_saving;
};

} // namespace plumbline
