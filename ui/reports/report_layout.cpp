// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/report_layout.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>

#include "ui/reports/page_flow.h"
#include "ui/reports/paper_text.h"
#include "ui/theme/colors.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

constexpr double textLine = 21;

/// Places the blocks of parts.
class BlockPlacer
{
public:
    BlockPlacer(PageFlow& flow, const Report& report) : m_flow(flow), m_report(report) {}

    void operator()(const ReportText& block)
    {
        const QFont font = paper::face(block.isQuiet ? 11 : 13), bold = paper::face(13, QFont::DemiBold);
        const QColor& color = block.isQuiet ? lightColors().secondary : lightColors().text;
        const double line = block.isQuiet ? 17 : textLine;
        m_flow.skip(6);
        if (block.lead.isEmpty()) {
            m_flow.text(block.text, font, color, line);
        } else {
            // The first line begins with the lead; words after it go on below.
            const double lead = QFontMetricsF(bold).horizontalAdvance(block.lead + u' ');
            QString first, rest;
            const QStringList words = block.text.split(u' ');
            qsizetype count = 0;
            while (count < words.size() && QFontMetricsF(font).horizontalAdvance(
                                               (first + u' ' + words[count]).trimmed()) <= m_flow.width() - lead)
                first = (first + u' ' + words[count++]).trimmed();
            rest = words.mid(count).join(u' ');
            m_flow.ensure(line);
            m_flow.place(PlacedText{
                .place = {m_flow.left(), m_flow.y(), lead, line}, .text = block.lead, .font = bold, .color = color});
            m_flow.place(PlacedText{.place = {m_flow.left() + lead, m_flow.y(), m_flow.width() - lead, line},
                                    .text = first,
                                    .font = font,
                                    .color = color});
            m_flow.skip(line);
            if (!rest.isEmpty())
                m_flow.text(rest, font, color, line);
        }
        m_flow.skip(6);
    }

    void operator()(const ReportBullets& block)
    {
        const QFont font = paper::face(13);
        constexpr double indent = 16;
        for (const QString& point : block.points) {
            const QStringList lines = paper::wrapped(point, font, m_flow.width() - indent);
            m_flow.ensure(textLine * static_cast<double>(lines.size()));
            m_flow.place(PlacedText{.place = {m_flow.left() + 2, m_flow.y(), indent, textLine},
                                    .text = u"•"_s,
                                    .font = font,
                                    .color = lightColors().secondary});
            for (const QString& line : lines) {
                m_flow.place(
                    PlacedText{.place = {m_flow.left() + indent, m_flow.y(), m_flow.width() - indent, textLine},
                               .text = line,
                               .font = font,
                               .color = lightColors().text});
                m_flow.skip(textLine);
            }
        }
        m_flow.skip(4);
    }

    void operator()(const ReportTiles& block)
    {
        constexpr double gap = 14, inset = 14, height = 86;
        const double width = (m_flow.width() - gap * static_cast<double>(block.tiles.size() - 1)) /
                             static_cast<double>(block.tiles.size());
        const double inner = width - 2 * inset;
        std::vector<QStringList> notes;
        qsizetype lines = 1;
        for (const ReportTile& tile : block.tiles) {
            notes.push_back(paper::wrapped(tile.note, paper::face(11), inner));
            lines = std::max(lines, notes.back().size());
        }
        const double all = height + 15 * static_cast<double>(lines - 1);
        m_flow.ensure(all + 10);
        m_flow.skip(10);
        double x = m_flow.left();
        for (std::size_t i = 0; i < block.tiles.size(); ++i) {
            const ReportTile& tile = block.tiles[i];
            m_flow.place(PlacedFill{
                .place = {x, m_flow.y(), width, all}, .color = lightColors().border, .radius = 8, .isFrame = true});
            const auto put = [&](double y, double lineHeight, const QString& text, const QFont& font,
                                 const QColor& color) {
                m_flow.place(PlacedText{.place = {x + inset, m_flow.y() + y, inner, lineHeight},
                                        .text = text,
                                        .font = font,
                                        .color = color});
            };
            put(12, 16, tile.title, paper::face(11), lightColors().secondary);
            // The figure is as large as fits.
            int pixels = 20;
            while (pixels > 9 &&
                   QFontMetricsF(paper::face(pixels, QFont::DemiBold)).horizontalAdvance(tile.figure) > inner)
                --pixels;
            put(30, 28, tile.figure, paper::face(pixels, QFont::DemiBold), lightColors().text);
            double y = 58;
            for (const QString& line : notes[i]) {
                put(y, 15, line, paper::face(11),
                    tile.tone ? lightColors().textOf(*tile.tone) : lightColors().secondary);
                y += 15;
            }
            x += width + gap;
        }
        m_flow.skip(all + 12);
    }

    void operator()(const ReportChart& block)
    {
        constexpr double title = 40;
        m_flow.ensure(title + block.height);
        m_flow.skip(10);
        m_flow.text(block.title, paper::face(15, QFont::Bold), lightColors().text, 22);
        m_flow.skip(8);
        m_flow.place(
            PlacedChart{.place = {m_flow.left(), m_flow.y(), m_flow.width(), block.height}, .plot = block.plot});
        m_flow.skip(block.height + 8);
    }

    void operator()(const ReportTable& block) { placeTable(m_flow, block, m_report.currency); }

    void operator()(const ReportSignatures& block)
    {
        constexpr double gap = 30, height = 90;
        const auto count = static_cast<double>(block.who.size());
        const double width = (m_flow.width() - gap * (count - 1)) / count;
        m_flow.ensure(height);
        m_flow.skip(50);
        double x = m_flow.left();
        for (qsizetype i = 0; i < block.who.size(); ++i) {
            m_flow.place(PlacedFill{.place = {x, m_flow.y(), width, 1}, .color = lightColors().secondary});
            const QString name = block.names.value(i);
            const QString text = name.isEmpty() ? block.who[i] : block.who[i] + u": "_s + name;
            m_flow.place(PlacedText{.place = {x, m_flow.y() + 4, width, 18},
                                    .text = text + QCoreApplication::translate("ReportTexts", ", date"),
                                    .font = paper::face(11),
                                    .color = lightColors().secondary});
            x += width + gap;
        }
        m_flow.skip(40);
    }

private:
    PageFlow& m_flow;
    const Report& m_report;
};

/// The head of the first page.
void placeHead(PageFlow& flow, const Report& report)
{
    const QString over = QCoreApplication::translate("ReportTexts", "LLM cost report");
    flow.text(report.company.isEmpty() ? over : report.company + u" · "_s + over, paper::face(12),
              lightColors().secondary, 18);
    const Tone tone =
        report.status == QCoreApplication::translate("ReportTexts", "Reconciled") ? Tone::Good : Tone::Warning;
    const double pillWidth = QFontMetricsF(paper::face(12)).horizontalAdvance(report.status) + 20;
    flow.place(PlacedPill{.place = {flow.left() + flow.width() - pillWidth, flow.y(), pillWidth, 34},
                          .text = report.status,
                          .tone = tone});
    flow.text(report.title, paper::face(27, QFont::Bold), lightColors().text, 36);
    flow.skip(6);
    flow.text(report.subtitle, paper::face(12), lightColors().secondary, 18);
    flow.skip(6);
}

void placePart(PageFlow& flow, const Report& report, const ReportPart& part, bool isFirst)
{
    BlockPlacer placer(flow, report);
    if (!isFirst) {
        flow.skip(flow.isAtTop() ? 0 : 26);
        flow.bookmark(part.title);
        flow.text(part.title, paper::face(20, QFont::Bold), lightColors().text, 30);
        flow.skip(2);
    } else {
        flow.bookmark(part.title);
    }
    for (const ReportBlock& block : part.blocks)
        std::visit(placer, block);
}

/// Whether it stands whole on what is left of the page.
bool fits(const PageFlow& flow, const Report& report, const ReportPart& part)
{
    PageFlow probe = flow.probe();
    placePart(probe, report, part, false);
    return probe.page() == 0;
}

} // namespace

ReportLayout layOut(const Report& report)
{
    PageFlow flow(report.paper);
    placeHead(flow, report);
    bool isFirst = true;
    for (const ReportPart& part : report.parts) {
        if (!isFirst && !fits(flow, report, part))
            flow.newPage();
        placePart(flow, report, part, isFirst);
        isFirst = false;
    }
    const QString company = report.company.isEmpty() ? QString() : report.company + u" · "_s;
    return std::move(flow).finish(company + report.title + u" · "_s + report.footer);
}

} // namespace plumbline
