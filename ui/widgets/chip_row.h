// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QHBoxLayout;
class QPushButton;

namespace plumbline {

/// Chips side by side, as wide as they are where there is room. Where there is not, they are scrolled: by the wheel,
/// by arrows at the ends that hide some, and to the one that has the focus. A window is never wider for them.
class ChipRow : public QScrollArea
{
    Q_OBJECT

public:
    explicit ChipRow(QWidget* parent = nullptr);

    QHBoxLayout& chips() { return *m_chips; }
    /// After chips came or went.
    void fit();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    /// Chips that are shown later than they came make it larger.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// An arrow at each end behind which chips are hidden.
    void showEnds();

    QHBoxLayout* m_chips;
    QPushButton* m_before;
    QPushButton* m_behind;
};

} // namespace plumbline
