// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/paper_text.h"

#include <QFontDatabase>
#include <QFontMetricsF>

#include "ui/theme/fonts.h"

namespace plumbline::paper {

namespace {

/// As many letters of a word as fit; at least one.
qsizetype fitting(const QString& word, const QFontMetricsF& metrics, double width)
{
    qsizetype count = 1;
    while (count < word.size() && metrics.horizontalAdvance(word.left(count + 1)) <= width)
        ++count;
    // Not between the two halves of a character.
    return count > 1 && word[count - 1].isHighSurrogate() ? count - 1 : count;
}

} // namespace

QFont face(int pixels, QFont::Weight weight)
{
    const fonts::OnPaper paper;
    QFont font = fonts::text();
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QFont figureFace(int pixels, QFont::Weight weight)
{
    static const bool hasLiberation = QFontDatabase::hasFamily(QStringLiteral("Liberation Sans"));
    QFont font = face(pixels, weight >= QFont::DemiBold ? QFont::Bold : weight);
    if (hasLiberation)
        font.setFamily(QStringLiteral("Liberation Sans"));
    return font;
}

QStringList wrapped(const QString& text, const QFont& font, double width)
{
    const QFontMetricsF metrics(font);
    if (metrics.horizontalAdvance(text) <= width && !text.contains(u'\n'))
        return {text};
    QStringList lines;
    for (const QString& paragraph : text.split(u'\n')) {
        QString line;
        for (QString word : paragraph.split(u' ')) {
            const QString joined = line.isEmpty() ? word : line + u' ' + word;
            if (metrics.horizontalAdvance(joined) <= width) {
                line = joined;
                continue;
            }
            if (!line.isEmpty())
                lines += line;
            while (metrics.horizontalAdvance(word) > width && word.size() > 1) {
                const qsizetype count = fitting(word, metrics, width);
                lines += word.left(count);
                word.remove(0, count);
            }
            line = word;
        }
        lines += line;
    }
    return lines;
}

} // namespace plumbline::paper
