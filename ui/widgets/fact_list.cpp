// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fact_list.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/charts/cell_pictures.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

namespace plumbline {

namespace {

class PillLabel : public QWidget
{
public:
    PillLabel(const QString& text, Tone tone, QWidget* parent) : QWidget(parent), m_text(text), m_tone(tone)
    {
        setAccessibleName(text);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override { return {QFontMetrics(fonts::small()).horizontalAdvance(m_text) + 14, 20}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        pictures::drawPill(painter, rect(), m_text, m_tone, colorsOf(*this));
    }

private:
    QString m_text;
    Tone m_tone;
};

class FactRow : public QWidget
{
public:
    FactRow(const FactList::Fact& fact, QWidget* parent) : QWidget(parent)
    {
        auto* layout = new QHBoxLayout(this);
        layout->setContentsMargins(8, 6, 8, 7);
        layout->setSpacing(8);
        constexpr int nameWidth = 136;
        auto* name = new QLabel(fact.name, this);
        name->setForegroundRole(QPalette::PlaceholderText);
        name->setFixedWidth(nameWidth);
        layout->addWidget(name, 0, Qt::AlignTop);
        auto* text = new QLabel(fact.text, this);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(fact.pill.isEmpty());
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        text->setAccessibleName(fact.name);
        if (fact.isCode)
            text->setFont(fonts::mono());
        layout->addWidget(text, fact.pill.isEmpty() ? 1 : 0);
        if (!fact.pill.isEmpty())
            layout->addWidget(new PillLabel(fact.pill, fact.tone, this), 1);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setPen(colorsOf(*this).border);
        painter.drawLine(0, height() - 1, width(), height() - 1);
    }
};

} // namespace

FactList::FactList(QWidget* parent) : QWidget(parent), m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
}

void FactList::setFacts(const QList<Fact>& facts)
{
    m_facts = facts;
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Fact& fact : facts)
        m_rows->addWidget(new FactRow(fact, this));
    updateGeometry();
}

} // namespace plumbline
