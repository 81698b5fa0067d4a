// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/reports/report_csv.h"

#include <QLocale>
#include <QSet>

#include "model/items/csv.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

struct Plain
{
    QString operator()(std::monostate) const { return {}; }
    QString operator()(const QString& text) const { return csvField(text); }
    QString operator()(const Cents& of) const { return toQt(decimalText(MoneySum::ofCents(of.cents))); }
    QString operator()(const CentsChange& of) const { return toQt(decimalText(MoneySum::ofCents(of.cents))); }
    QString operator()(const UnitCost& of) const { return toQt(decimalText(of.amount)); }
    QString operator()(std::int64_t count) const { return QString::number(count); }
    QString operator()(const Share& of) const { return QLocale::c().toString(of.share, 'g', 12); }
    QString operator()(const ShareChange& of) const { return QLocale::c().toString(of.share, 'g', 12); }
};

/// Small letters, digits and hyphens.
QString fileWord(const QString& text)
{
    QString word;
    for (const QChar letter : text.toLower()) {
        if (letter.isLetterOrNumber() && letter.unicode() < 128)
            word += letter;
        else if (!word.endsWith(u'-'))
            word += u'-';
    }
    while (word.endsWith(u'-'))
        word.chop(1);
    constexpr qsizetype longest = 50;
    return word.left(longest);
}

} // namespace

QString csvOf(const ReportTable& printed)
{
    const ReportTable table = withoutDrawings(printed);
    QStringList line;
    for (const ReportColumn& column : table.columns)
        line += csvField(column.title);
    QString csv = line.join(u',') + u'\n';
    const auto add = [&](const ReportRow& row) {
        line.clear();
        for (const ReportCell& cell : row.cells)
            line += std::visit(Plain(), cell.value);
        csv += line.join(u',') + u'\n';
    };
    for (const ReportRow& row : table.rows)
        add(row);
    if (table.total)
        add(*table.total);
    return csv;
}

std::vector<std::pair<QString, QByteArray>> csvFilesOf(const Report& report)
{
    std::vector<std::pair<QString, QByteArray>> files;
    QSet<QString> names;
    int number = 0;
    for (const ReportPart& part : report.parts) {
        ++number;
        for (const ReportBlock& block : part.blocks) {
            const auto* table = std::get_if<ReportTable>(&block);
            if (!table)
                continue;
            const QString base = u"%1-%2-%3"_s.arg(number, 2, 10, QChar(u'0')).arg(part.id, fileWord(table->title));
            QString name = base;
            for (int again = 2; names.contains(name); ++again)
                name = base + u'-' + QString::number(again);
            names.insert(name);
            files.emplace_back(name + u".csv"_s, csvOf(*table).toUtf8());
        }
    }
    return files;
}

} // namespace plumbline
