// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/page_flow.h"

#include "ui/reports/paper_text.h"
#include "ui/theme/colors.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr double footerHeight = 74;

QSizeF sizeOf(PaperSize paper)
{
    constexpr double millimetresPerInch = 25.4;
    return paper == PaperSize::A4 ? QSizeF(210, 297) / millimetresPerInch * pageUnitsPerInch
                                  : QSizeF(8.5, 11) * pageUnitsPerInch;
}

} // namespace

PageFlow::PageFlow(PaperSize paper) : m_paper(paper)
{
    m_layout.size = sizeOf(paper);
    m_bottom = m_layout.size.height() - footerHeight;
    newPage();
}

PageFlow PageFlow::probe() const
{
    PageFlow probe(m_paper);
    probe.m_y = m_y;
    return probe;
}

void PageFlow::newPage()
{
    m_layout.pages.emplace_back();
    m_y = m_top;
}

void PageFlow::ensure(double height)
{
    if (height > room() && !isAtTop())
        newPage();
}

void PageFlow::text(const QString& text, const QFont& font, const QColor& color, double lineHeight)
{
    for (const QString& line : paper::wrapped(text, font, width())) {
        ensure(lineHeight);
        place(PlacedText{.place = {m_left, m_y, width(), lineHeight}, .text = line, .font = font, .color = color});
        skip(lineHeight);
    }
}

void PageFlow::bookmark(const QString& title)
{
    m_layout.bookmarks.push_back({.title = title, .page = page(), .top = m_y});
}

ReportLayout PageFlow::finish(const QString& footer) &&
{
    const QFont font = paper::face(11);
    const QColor& color = lightColors().secondary;
    const double y = m_layout.size.height() - 50;
    for (std::size_t i = 0; i < m_layout.pages.size(); ++i) {
        const QRectF line(m_left, y, width(), 18);
        m_layout.pages[i].items.push_back(PlacedText{.place = line, .text = footer, .font = font, .color = color});
        m_layout.pages[i].items.push_back(PlacedText{.place = line,
                                                     .text = u"%1 / %2"_s.arg(i + 1).arg(m_layout.pages.size()),
                                                     .font = font,
                                                     .color = color,
                                                     .alignment = Qt::AlignRight | Qt::AlignVCenter});
    }
    return std::move(m_layout);
}

} // namespace plumbline
