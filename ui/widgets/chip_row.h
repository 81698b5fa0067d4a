// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QHBoxLayout;

namespace plumbline {

/// Chips side by side, as wide as they are where there is room. Where there is not, they are scrolled: by the wheel,
/// and to the one that has the focus. A window is never wider for them.
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

private:
    QHBoxLayout* m_chips;
};

} // namespace plumbline
