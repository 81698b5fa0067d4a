// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/flame_view.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QPixmap>
#include <QSvgGenerator>

#include "model/core/csv.h"
#include "ui/theme/colors.h"
#include "ui/widgets/save_file.h"

namespace plumbline {

using namespace Qt::StringLiterals;

QByteArray FlameView::svg()
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(size());
    generator.setViewBox(rect());
    generator.setTitle(accessibleName());
    QPainter painter(&generator);
    draw(painter, rect(), lightColors()); // paper is white whatever the screen is
    painter.end();
    return bytes;
}

QByteArray FlameView::pdf()
{
    // One unit of the writer is one pixel of the screen.
    constexpr int screenDpi = 96;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(accessibleName());
    writer.setResolution(screenDpi);
    writer.setPageSize(QPageSize(QSizeF(size()) / screenDpi, QPageSize::Inch));
    writer.setPageMargins(QMarginsF());
    QPainter painter(&writer);
    draw(painter, rect(), lightColors());
    painter.end();
    return buffer.data();
}

QByteArray FlameView::png()
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    grab().save(&buffer, "PNG");
    return bytes;
}

QByteArray FlameView::csv() const
{
    const auto figures = [](std::int64_t calls, TokenCount tokens, const MoneySum& money) {
        return "," + std::to_string(calls) + "," + std::to_string(tokens) + "," + decimalText(money);
    };
    const bool compares = m_root.before.has_value();
    std::string lines = "feature,step,segment,calls,tokens,cost_usd";
    lines += compares ? ",calls_before,tokens_before,cost_usd_before\r\n" : "\r\n";
    for (const FlameNode& feature : m_root.children)
        for (const FlameNode& step : feature.children)
            for (const FlameNode& segment : step.children) {
                lines += csvField(feature.name) + "," + csvField(step.name) + "," +
                         std::string(segment.segment ? idOf(*segment.segment) : "") +
                         figures(segment.calls, segment.tokens, segment.money);
                if (const auto& before = segment.before)
                    lines += figures(before->calls, before->tokens, before->money);
                lines += "\r\n";
            }
    return QByteArray::fromStdString(lines);
}

void FlameView::addExports(QMenu& menu)
{
    menu.addAction(tr("Copy as picture"), this, [this] { QGuiApplication::clipboard()->setImage(grab().toImage()); });
    menu.addAction(tr("Save as PNG…"), this, [this] { askAndSave(this, tr("Save as PNG"), u"flame.png"_s, png()); });
    menu.addAction(tr("Save as SVG…"), this, [this] { askAndSave(this, tr("Save as SVG"), u"flame.svg"_s, svg()); });
    menu.addAction(tr("Save as PDF…"), this, [this] { askAndSave(this, tr("Save as PDF"), u"flame.pdf"_s, pdf()); });
    menu.addAction(tr("Copy data as CSV"), this,
                   [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(csv())); });
    menu.addAction(tr("Export CSV…"), this, [this] { askAndSave(this, tr("Export CSV"), u"flame.csv"_s, csv()); });
}

} // namespace plumbline
