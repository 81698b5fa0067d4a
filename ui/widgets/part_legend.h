// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace plumbline {

enum class Part;

/// What the colours of a make-up bar mean.
class PartLegend : public QWidget
{
    Q_OBJECT

public:
    explicit PartLegend(QWidget* parent = nullptr);

    /// The segments of tokens, or the buckets where those are not known.
    void setSegments(bool isBySegment);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Part> m_parts;
};

} // namespace plumbline
