// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "model/items/cell.h"

class QVBoxLayout;

namespace plumbline {

/// What a page says about one thing: names at the left, texts at the right, a hairline below each.
class FactList : public QWidget
{
    Q_OBJECT

public:
    struct Fact
    {
        QString name = {};
        QString text = {};
        bool isCode = false;
        QString pill = {}; ///< after the text, where it is not empty
        Tone tone = Tone::Neutral;
        QString help = {}; ///< what it is and how it is made; every figure has one
    };

    explicit FactList(QWidget* parent = nullptr);

    void setFacts(const QList<Fact>& facts);
    const QList<Fact>& facts() const { return m_facts; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit(int width);

    QList<Fact> m_facts;
    QVBoxLayout* m_rows;
    bool m_hasWidth = false; ///< a layout gave it one
};

} // namespace plumbline
