// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/pretty_text.h"

#include <QList>

namespace plumbline {

using namespace Qt::StringLiterals;

std::optional<QString> prettyJson(const QString& text)
{
    const QString trimmed = text.trimmed();
    const bool isBracketed =
        (trimmed.startsWith(u'{') && trimmed.endsWith(u'}')) || (trimmed.startsWith(u'[') && trimmed.endsWith(u']'));
    if (!isBracketed)
        return {};
    constexpr int indent = 2;
    constexpr int deepest = 24; // what is deeper stands no further in
    QString pretty;
    pretty.reserve(trimmed.size() * 5 / 4);
    QList<QChar> open;
    bool isInString = false;
    const auto newLine = [&] {
        pretty += u'\n';
        pretty += QString(qMin<qsizetype>(open.size(), deepest) * indent, u' ');
    };
    const auto nextOf = [&](qsizetype from) {
        while (from < trimmed.size() && trimmed[from].isSpace())
            ++from;
        return from < trimmed.size() ? trimmed[from] : QChar();
    };
    for (qsizetype i = 0; i < trimmed.size(); ++i) {
        const QChar c = trimmed[i];
        if (isInString) {
            pretty += c;
            if (c == u'\\' && i + 1 < trimmed.size())
                pretty += trimmed[++i];
            else if (c == u'"')
                isInString = false;
        } else if (c == u'"') {
            isInString = true;
            pretty += c;
        } else if (c == u'{' || c == u'[') {
            pretty += c;
            const QChar closing = c == u'{' ? u'}' : u']';
            open.append(closing);
            if (nextOf(i + 1) != closing)
                newLine();
        } else if (c == u'}' || c == u']') {
            if (open.isEmpty() || open.takeLast() != c)
                return {};
            const QChar last = pretty.isEmpty() ? QChar() : pretty.back();
            if (last != u'{' && last != u'[')
                newLine();
            pretty += c;
        } else if (c == u',') {
            pretty += c;
            newLine();
        } else if (c == u':') {
            pretty += u": "_s;
        } else if (!c.isSpace()) {
            pretty += c;
        }
    }
    if (isInString || !open.isEmpty())
        return {};
    return pretty;
}

} // namespace plumbline
