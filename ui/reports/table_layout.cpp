// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFontMetricsF>

#include <algorithm>

#include "ui/reports/page_flow.h"
#include "ui/reports/paper_text.h"
#include "ui/theme/colors.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr double padding = 8;    ///< left and right of a cell
constexpr double leastText = 70; ///< of a column of text, by its width
constexpr double indent = 14;
constexpr double mostApart = 70; ///< between columns of figures, where there is room
constexpr double gapAfterText = 20;
constexpr qsizetype mostLines = 12; ///< of a cell
constexpr int largestFace = 12, smallestFace = 8;

/// Lays one table out: how wide its columns are, then row by row.
class TableLayout
{
public:
    TableLayout(PageFlow& flow, const ReportTable& table, const QString& currency)
        : m_flow(flow), m_table(table), m_currency(currency)
    {
        // Smaller letters until the texts have room beside the figures.
        for (m_pixels = largestFace; m_pixels > smallestFace && !measure(); --m_pixels)
            ;
        if (m_pixels == smallestFace)
            measure();
        m_line = m_pixels + 4;
        for (std::size_t column = 0; column < m_table.columns.size(); ++column)
            m_headings.push_back(paper::wrapped(m_table.columns[column].title, face(), m_widths[column] - 2 * padding));
    }

    void place()
    {
        // A heading never stands alone: with the title, the headings and three rows.
        double first = titleHeight() + headingHeight();
        for (std::size_t row = 0; row < std::min<std::size_t>(3, m_table.rows.size()); ++row)
            first += heightOf(m_table.rows[row]);
        m_flow.ensure(first);
        placeTitle();
        if (m_table.rows.empty() && !m_table.whenEmpty.isEmpty()) {
            m_flow.text(m_table.whenEmpty, paper::face(12), lightColors().secondary, 20);
            if (!m_table.total)
                return;
        }
        placeHeadings();
        for (std::size_t row = 0; row < m_table.rows.size(); ++row) {
            // The last row does not leave its total behind.
            const bool isLast = row + 1 == m_table.rows.size() && m_table.total;
            nextPageUnless(heightOf(m_table.rows[row]) + (isLast ? heightOf(*m_table.total) : 0));
            placeRow(m_table.rows[row], false);
        }
        if (m_table.total) {
            nextPageUnless(heightOf(*m_table.total));
            placeRow(*m_table.total, true);
        }
    }

private:
    QFont face(bool isBold = false) const { return paper::face(m_pixels, isBold ? QFont::DemiBold : QFont::Normal); }
    QFont figureFace(bool isBold) const
    {
        return paper::figureFace(m_pixels, isBold ? QFont::DemiBold : QFont::Normal);
    }
    QString textOf(const ReportCell& cell) const { return plumbline::textOf(cell.value, m_currency); }
    bool isBold(std::size_t column, bool isTotal, bool isIndented) const
    {
        return isTotal || (column == 0 && !isIndented);
    }

    /// Figures, and texts in pills, do not break.
    bool isAsWideAsItsCells(std::size_t column) const
    {
        return m_table.columns[column].isFigure ||
               (!m_table.rows.empty() && m_table.rows[0].cells[column].pill && !m_table.rows[0].cells[column].isBar);
    }
    static double pillWidth(const QString& text)
    {
        constexpr double beside = 14;
        return QFontMetricsF(paper::face(11)).horizontalAdvance(text) + beside;
    }

    /// Whether texts have as much room as they should.
    bool measure()
    {
        m_widths.assign(m_table.columns.size(), 0);
        double figuresWidth = 0, weights = 0;
        for (std::size_t column = 0; column < m_table.columns.size(); ++column) {
            const ReportColumn& of = m_table.columns[column];
            if (!isAsWideAsItsCells(column)) {
                weights += of.width;
                continue;
            }
            double widest = headingWidth(column);
            const auto hold = [&](const ReportRow& row, bool isTotal) {
                widest = std::max(
                    widest, row.cells[column].pill
                                ? pillWidth(textOf(row.cells[column]))
                                : QFontMetricsF(figureFace(isTotal)).horizontalAdvance(textOf(row.cells[column])));
            };
            for (const ReportRow& row : m_table.rows)
                hold(row, false);
            if (m_table.total)
                hold(*m_table.total, true);
            m_widths[column] = widest + 2 * padding;
            figuresWidth += m_widths[column];
        }
        const double left = m_flow.width() - figuresWidth;
        // Texts have at least what a word of their heading takes; the rest is theirs by their weights.
        double rest = left;
        for (std::size_t column = 0; column < m_table.columns.size(); ++column)
            if (!isAsWideAsItsCells(column)) {
                m_widths[column] = headingWidth(column) + 2 * padding;
                rest -= m_widths[column];
            }
        double surplus = weights == 0 ? left : 0;
        for (std::size_t column = 0; column < m_table.columns.size(); ++column)
            if (!isAsWideAsItsCells(column)) {
                m_widths[column] += std::max(0.0, rest) * m_table.columns[column].width / weights;
                surplus += spareOf(column);
            }
        shareOut(surplus);
        return weights == 0 ? left >= 0 : left >= leastText * weights && rest >= 0;
    }
    /// Of the longest word: headings break between words.
    double headingWidth(std::size_t column) const
    {
        const QFontMetricsF metrics(face());
        double widest = 0;
        for (const QString& word : m_table.columns[column].title.split(u' '))
            widest = std::max(widest, metrics.horizontalAdvance(word));
        constexpr double most = 200; ///< what is longer is no word
        return std::min(widest, most);
    }
    /// What texts leave over sets figures apart: a row is read along, not across a void.
    void shareOut(double surplus)
    {
        const auto count = static_cast<double>(std::count_if(m_table.columns.begin(), m_table.columns.end(),
                                                             [](const ReportColumn& of) { return of.isFigure; }));
        if (count == 0 || surplus <= 0)
            return;
        const double each = std::min(mostApart, surplus / count);
        double given = 0;
        for (std::size_t column = 0; column < m_table.columns.size(); ++column)
            if (m_table.columns[column].isFigure) {
                m_widths[column] += each;
                given += each;
            }
        for (std::size_t column = 0; column < m_table.columns.size(); ++column)
            if (!isAsWideAsItsCells(column)) {
                m_widths[column] -= given * spareOf(column) / surplus;
            }
    }
    /// What a column of texts does not need, neither for its cells nor for the longest word of its heading.
    double spareOf(std::size_t column) const
    {
        const double needed = std::max(textWidth(column) + gapAfterText, headingWidth(column) + 2 * padding);
        return std::max(0.0, m_widths[column] - needed);
    }
    /// On one line, the widest of a column; of bars what they need.
    double textWidth(std::size_t column) const
    {
        double widest = 2 * padding;
        const QFontMetricsF metrics(face(column == 0));
        constexpr double bar = 200, line = 90;
        for (const ReportRow& row : m_table.rows) {
            const ReportCell& cell = row.cells[column];
            widest = std::max(widest, cell.isBar           ? bar
                                      : !cell.line.empty() ? line
                                                           : metrics.horizontalAdvance(textOf(cell)) + 2 * padding);
        }
        return widest;
    }

    double titleHeight() const { return m_table.title.isEmpty() ? 0 : 40; }
    double headingHeight() const
    {
        qsizetype lines = 1;
        for (const QStringList& heading : m_headings)
            lines = std::max(lines, heading.size());
        return static_cast<double>(lines) * m_line + 8;
    }
    QStringList linesOf(const ReportRow& row, std::size_t column, bool isTotal) const
    {
        const double width = m_widths[column] - 2 * padding - (column == 0 && row.isIndented ? indent : 0);
        QStringList lines =
            paper::wrapped(textOf(row.cells[column]), face(isBold(column, isTotal, row.isIndented)), width);
        if (lines.size() > mostLines) { // of something that was never meant to be a name
            lines = lines.mid(0, mostLines);
            lines.last().replace(lines.last().size() - 1, 1, u"…"_s);
        }
        return lines;
    }
    double heightOf(const ReportRow& row) const
    {
        qsizetype lines = 1;
        for (std::size_t column = 0; column < m_table.columns.size(); ++column)
            if (!m_table.columns[column].isFigure && !row.cells[column].pill)
                lines = std::max(lines, linesOf(row, column, false).size());
        return static_cast<double>(lines) * m_line + 8;
    }

    void nextPageUnless(double height)
    {
        if (height <= m_flow.room())
            return;
        m_flow.newPage();
        placeHeadings();
    }
    void placeTitle()
    {
        if (m_table.title.isEmpty())
            return;
        m_flow.skip(10);
        m_flow.text(m_table.title, paper::face(15, QFont::Bold), lightColors().text, 22);
        m_flow.skip(8);
    }
    void placeRule()
    {
        m_flow.place(
            PlacedFill{.place = {m_flow.left(), m_flow.y() - 0.5, m_flow.width(), 1}, .color = lightColors().border});
    }
    void placeHeadings()
    {
        const double height = headingHeight();
        double x = m_flow.left();
        for (std::size_t column = 0; column < m_table.columns.size(); ++column) {
            const QStringList& lines = m_headings[column];
            double y = m_flow.y() + height - 4 - static_cast<double>(lines.size()) * m_line;
            for (const QString& line : lines) {
                m_flow.place(PlacedText{.place = {x + padding, y, m_widths[column] - 2 * padding, m_line},
                                        .text = line,
                                        .font = face(),
                                        .color = lightColors().secondary,
                                        .alignment = alignmentOf(column)});
                y += m_line;
            }
            x += m_widths[column];
        }
        m_flow.skip(height);
        placeRule();
    }
    Qt::Alignment alignmentOf(std::size_t column) const
    {
        return (m_table.columns[column].isFigure ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
    }
    void placeRow(const ReportRow& row, bool isTotal)
    {
        const double height = heightOf(row);
        double x = m_flow.left();
        for (std::size_t column = 0; column < m_table.columns.size(); ++column) {
            placeCell(row, column, {x + padding, m_flow.y(), m_widths[column] - 2 * padding, height}, isTotal);
            x += m_widths[column];
        }
        m_flow.skip(height);
        placeRule();
    }
    void placeCell(const ReportRow& row, std::size_t column, QRectF place, bool isTotal)
    {
        const ReportCell& cell = row.cells[column];
        if (cell.isBar) {
            const double share = std::holds_alternative<Share>(cell.value) ? std::get<Share>(cell.value).share : 0;
            m_flow.place(PlacedBar{.place = place, .share = share, .tone = cell.pill.value_or(Tone::Neutral)});
            return;
        }
        if (!cell.line.empty()) {
            m_flow.place(PlacedLine{.place = place, .values = cell.line});
            return;
        }
        const QString text = textOf(cell);
        if (cell.pill) {
            if (!text.isEmpty())
                m_flow.place(PlacedPill{
                    .place = {place.left(), place.top(), place.width(), m_line + 8}, .text = text, .tone = *cell.pill});
            return;
        }
        if (column == 0 && row.isIndented)
            place.adjust(indent, 0, 0, 0);
        const bool isFigure = m_table.columns[column].isFigure;
        const bool isHeavy = isBold(column, isTotal, row.isIndented);
        const QFont font = isFigure ? figureFace(isHeavy) : face(isHeavy);
        const QColor& color = row.isIndented ? lightColors().secondary : lightColors().text;
        const QStringList lines = isFigure ? QStringList(text) : linesOf(row, column, isTotal);
        double y = place.top() + 4;
        for (const QString& line : lines) {
            m_flow.place(PlacedText{.place = {place.left(), y, place.width(), m_line},
                                    .text = line,
                                    .font = font,
                                    .color = color,
                                    .alignment = alignmentOf(column)});
            y += m_line;
        }
    }

    PageFlow& m_flow;
    const ReportTable& m_table;
    const QString& m_currency;
    int m_pixels = largestFace;
    double m_line = 16;
    std::vector<double> m_widths;
    std::vector<QStringList> m_headings;
};

} // namespace

void placeTable(PageFlow& flow, const ReportTable& table, const QString& currency)
{
    TableLayout(flow, table, currency).place();
    flow.skip(8);
}

} // namespace plumbline
