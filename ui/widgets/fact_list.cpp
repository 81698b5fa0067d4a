// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fact_list.h"

#include <QLabel>
#include <QPainter>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>

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
    FactRow(const FactList::Fact& fact, QWidget* parent)
        : QWidget(parent)
        , m_name(new QLabel(fact.name, this))
        , m_text(new QLabel(fact.text, this))
        , m_pill(fact.pill.isEmpty() ? nullptr : new PillLabel(fact.pill, fact.tone, this))
    {
        m_name->setForegroundRole(QPalette::PlaceholderText);
        m_text->setTextFormat(Qt::PlainText);
        m_text->setWordWrap(true);
        m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_text->setAccessibleName(fact.name);
        setToolTip(fact.help);
        m_text->setAccessibleDescription(fact.help);
        if (fact.isCode)
            m_text->setFont(fonts::mono());
    }

    /// Lays its parts out at this width and takes the height they need. Nested layouts would ask for hints instead, and
    /// cut what wraps.
    void fit(int width)
    {
        constexpr int nameWidth = 136;
        constexpr int margin = 8;
        constexpr int padding = 6;
        const int left = margin + nameWidth + margin;
        int room = std::max(1, width - left - margin);
        if (m_pill)
            room = std::min(room, QFontMetrics(m_text->font()).horizontalAdvance(m_text->text()) + 2);
        const int line = m_name->sizeHint().height();
        const int height = std::max(line, m_text->heightForWidth(room));
        m_name->setGeometry(margin, padding, nameWidth, line);
        m_text->setGeometry(left, padding, room, height);
        if (m_pill)
            m_pill->setGeometry(left + room + margin, padding - 2, std::max(1, width - left - room - 2 * margin),
                                line + 4);
        setFixedHeight(height + 2 * padding + 1);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setPen(colorsOf(*this).border);
        painter.drawLine(0, height() - 1, width(), height() - 1);
    }

private:
    QLabel* m_name;
    QLabel* m_text;
    PillLabel* m_pill;
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
    // Before the first layout a width is guessed, or every word would stand on a line of its own.
    constexpr int likely = 460;
    fit(m_hasWidth ? width() : likely);
}

void FactList::fit(int width)
{
    for (int i = 0; i < m_rows->count(); ++i)
        static_cast<FactRow*>(m_rows->itemAt(i)->widget())->fit(width);
}

void FactList::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_hasWidth = true;
    fit(width());
}

} // namespace plumbline
