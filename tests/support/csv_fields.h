// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace plumbline::test {

/// The fields of a line of CSV.
inline QStringList csvFields(const QString& line)
{
    QStringList fields = {QString()};
    bool isQuoted = false;
    for (const QChar c : line)
        if (c == u'"')
            isQuoted = !isQuoted;
        else if (c == u',' && !isQuoted)
            fields += QString();
        else
            fields.last() += c;
    return fields;
}

} // namespace plumbline::test
