// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QProcess>
#include <QStringList>
#include <QtTest>

#include <map>

#include "support/csv_fields.h"

namespace plumbline::test {

/// What a program says; empty where it fails, with its complaint in the test's output.
inline QByteArray outputOf(const QString& program, const QStringList& arguments, int* code = nullptr)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForStarted() || !process.waitForFinished(120'000)) {
        qWarning("%s: %s", qPrintable(program), qPrintable(process.errorString()));
        return {};
    }
    if (code)
        *code = process.exitCode();
    else if (process.exitCode() != 0)
        qWarning("%s: %s", qPrintable(program), process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

/// The text of a PDF, as poppler reads it, laid out.
inline QString textOfPdf(const QString& path)
{
    return QString::fromUtf8(
        outputOf(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), path, QStringLiteral("-")}));
}

/// Every tab of a workbook as LibreOffice recalculates it: lines of fields, by the name of the tab.
inline std::map<QString, QList<QStringList>> tabsOf(const QString& workbook, const QString& folder)
{
    // All tabs, figures as they are stored, computed anew on loading.
    outputOf(QStringLiteral("soffice"),
             {QStringLiteral("-env:UserInstallation=file://") + folder + QStringLiteral("/profile"),
              QStringLiteral("--headless"), QStringLiteral("--convert-to"),
              QStringLiteral("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"),
              QStringLiteral("--outdir"), folder, workbook});
    std::map<QString, QList<QStringList>> tabs;
    const QString base = QFileInfo(workbook).completeBaseName() + u'-';
    for (const QString& name : QDir(folder).entryList({base + QStringLiteral("*.csv")})) {
        QFile file(folder + u'/' + name);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        QList<QStringList>& lines = tabs[name.mid(base.size()).chopped(4)];
        for (const QString& line : QString::fromUtf8(file.readAll()).split(u'\n'))
            lines += csvFields(line);
    }
    return tabs;
}

/// The field under a heading in the row that begins with a word, of the table whose headings hold it.
inline QString fieldOf(const QList<QStringList>& lines, const QString& row, const QString& heading)
{
    qsizetype column = -1;
    for (const QStringList& line : lines) {
        if (line.contains(heading))
            column = line.indexOf(heading);
        else if (column >= 0 && column < line.size() && line.first() == row)
            return line[column];
    }
    return {};
}

} // namespace plumbline::test
