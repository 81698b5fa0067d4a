// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/reports/report_layout.h"

namespace plumbline {

/// Fills page after page from above. Private to the layout.
class PageFlow
{
public:
    explicit PageFlow(PaperSize paper);

    double left() const { return m_left; }
    double width() const { return m_layout.size.width() - 2 * m_left; }
    double y() const { return m_y; }
    double room() const { return m_bottom - m_y; }
    bool isAtTop() const { return m_y <= m_top; }
    std::size_t page() const { return m_layout.pages.size() - 1; }

    /// An empty one that stands as far down a page: to see how far something reaches.
    PageFlow probe() const;
    void newPage();
    /// A new page unless so much fits on this one.
    void ensure(double height);
    void skip(double height) { m_y += height; }
    void place(PlacedItem item) { m_layout.pages.back().items.push_back(std::move(item)); }
    /// Lines of text below one another; goes on on the next page.
    void text(const QString& text, const QFont& font, const QColor& color, double lineHeight);
    void bookmark(const QString& title);

    /// The footers, now that the number of pages is known, and what was laid out.
    ReportLayout finish(const QString& footer) &&;

private:
    PaperSize m_paper;
    ReportLayout m_layout;
    double m_left = 70, m_top = 64, m_bottom = 0;
    double m_y = 0;
};

/// A table, its headings again on every page it reaches over.
void placeTable(PageFlow& flow, const ReportTable& table, const QString& currency);

} // namespace plumbline
