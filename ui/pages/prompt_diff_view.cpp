// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/prompt_diff_view.h"

#include <QEvent>
#include <QScrollBar>

#include "model/items/format.h"
#include "ui/theme/colors.h"
#include "ui/theme/fonts.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

using Kind = PromptDiff::Row::Kind;

/// Rows beyond this are shown when they are asked for: a page of them is slow.
constexpr qsizetype fewRows = 120, moreRows = 480;
constexpr qsizetype longestLine = 800;

QString marked(const QString& text, PromptDiff::Mark mark, const QColor& fill)
{
    const QString shown = excerptOf(text, mark, longestLine);
    if (mark.count <= 0)
        return shown.toHtmlEscaped();
    return shown.left(mark.first).toHtmlEscaped() +
           u"<span style=\"background-color:%1\">%2</span>"_s.arg(fill.name(),
                                                                  shown.mid(mark.first, mark.count).toHtmlEscaped()) +
           shown.mid(mark.first + mark.count).toHtmlEscaped();
}

} // namespace

PromptDiffView::PromptDiffView(QWidget* parent) : QTextBrowser(parent)
{
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setAccessibleName(tr("Two prompts"));
    fonts::setLongMono(*this);
    connect(this, &QTextBrowser::anchorClicked, this, [this] {
        const int place = verticalScrollBar()->value();
        m_mostRows += moreRows;
        fill();
        verticalScrollBar()->setValue(place);
    });
}

void PromptDiffView::show(const PromptDiff& diff, const QString& says, const QString& leftTitle,
                          const QString& rightTitle)
{
    m_diff = diff;
    m_mostRows = fewRows;
    m_says = says;
    m_leftTitle = leftTitle;
    m_rightTitle = rightTitle;
    fill();
}

void PromptDiffView::showText(const QString& text)
{
    m_diff = {};
    m_says = text;
    m_leftTitle = m_rightTitle = QString();
    fill();
}

void PromptDiffView::fill()
{
    const Colors& colors = colorsOf(*this);
    QString html = u"<p style=\"font-family:'%1'; color:%2\">%3"_s.arg(fonts::text().family(), colors.secondary.name(),
                                                                       m_says.toHtmlEscaped());
    if (!m_leftTitle.isEmpty() && m_diff.firstDifference)
        html += u" "_s + tr("The first %1 bytes are the same.").arg(format::count(*m_diff.firstDifference));
    else if (!m_leftTitle.isEmpty())
        html += u" "_s + tr("The prompts are the same.");
    if (!m_diff.hasTexts)
        html += u" "_s + tr("Their texts are not kept: blocks are told apart by their digests.");
    html += u"</p>"_s;
    if (!m_leftTitle.isEmpty())
        html +=
            u"<table width=\"100%\" cellspacing=\"0\" cellpadding=\"3\"><tr><td width=\"50%\"><b>%1</b></td>"
            "<td width=\"50%\"><b>%2</b></td></tr>"_s.arg(m_leftTitle.toHtmlEscaped(), m_rightTitle.toHtmlEscaped());
    qsizetype shown = 0;
    for (const PromptDiff::Row& row : m_diff.rows) {
        if (++shown > m_mostRows) {
            html += u"<tr><td colspan=\"2\"><a href=\"more\" style=\"color:%1\">%2</a></td></tr>"_s.arg(
                colors.accent.name(),
                tr("%1 more lines: show them").arg(format::count(m_diff.rows.size() - m_mostRows)));
            break;
        }
        const bool isHead = row.kind == Kind::Block || row.kind == Kind::SameBlock || row.kind == Kind::Skipped;
        const QString color = (isHead ? colors.secondary : colors.text).name();
        const auto side = [&](const QString& text, PromptDiff::Mark mark, const QColor& fill) {
            QString inner = marked(text, mark, fill);
            if (row.kind == Kind::SameBlock)
                inner += u"  ="_s;
            const QString back =
                isHead && row.kind != Kind::Skipped ? u" bgcolor=\"%1\""_s.arg(colors.code.name()) : QString();
            return u"<td width=\"50%\"%1 style=\"color:%2; white-space:pre-wrap\">%3</td>"_s.arg(back, color, inner);
        };
        html += u"<tr>"_s + side(row.left, row.leftMark, colors.badFill) +
                side(row.right, row.rightMark, colors.goodFill) + u"</tr>"_s;
    }
    if (!m_leftTitle.isEmpty())
        html += u"</table>"_s;
    setHtml(html);
}

void PromptDiffView::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        fill();
}

} // namespace plumbline
