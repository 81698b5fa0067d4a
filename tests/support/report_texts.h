// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <variant>

#include "ui/reports/report_layout.h"

namespace plumbline::test {

/// What is printed, a text a line.
inline QString textsOf(const ReportPage& page)
{
    QStringList texts;
    for (const PlacedItem& item : page.items)
        if (const auto* text = std::get_if<PlacedText>(&item))
            texts += text->text;
    return texts.join(u'\n');
}
inline QString textsOf(const ReportLayout& layout)
{
    QString all;
    for (const ReportPage& page : layout.pages)
        all += textsOf(page) + u'\n';
    return all;
}

inline const ReportTable& tableOf(const Report& report, const QString& part, const QString& title)
{
    for (const ReportPart& of : report.parts)
        for (const ReportBlock& block : of.blocks)
            if (const auto* table = std::get_if<ReportTable>(&block); table && of.id == part && table->title == title)
                return *table;
    qFatal("no such table");
}

} // namespace plumbline::test
