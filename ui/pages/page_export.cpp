// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page_export.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMenu>
#include <QPixmap>

#include <algorithm>

#include "model/items/fact_table.h"
#include "ui/charts/flame_view.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/page.h"
#include "ui/widgets/data_table.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

/// What of a kind the page shows now: not what stands behind an empty card or on another page.
template <class Widget>
QList<Widget*> shownOn(const Page& page)
{
    QList<Widget*> shown;
    for (Widget* widget : page.findChildren<Widget*>())
        if (widget->isVisibleTo(&page) && !widget->accessibleName().isEmpty())
            shown += widget;
    return shown;
}

QByteArray pictureOf(Page& page)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    page.grab().save(&buffer, "PNG");
    return bytes;
}

} // namespace

QList<NamedBytes> exportsOf(Page& page)
{
    const QString lead = page.id() + u'-';
    QList<NamedBytes> files;
    for (const DataTable* table : shownOn<DataTable>(page))
        if (!table->facts().isPaged())
            files += {lead + fileName(table->accessibleName()) + u".csv"_s, table->csv()};
    for (PlotView* chart : shownOn<PlotView>(page)) {
        const QString name = lead + fileName(chart->accessibleName());
        files += {name + u".png"_s, chart->png()};
        files += {name + u".svg"_s, chart->svg()};
        files += {name + u".pdf"_s, chart->pdf()};
        files += {name + u"-data.csv"_s, plotCsv(chart->spec()).toUtf8()};
    }
    for (FlameView* flame : shownOn<FlameView>(page)) {
        files += {lead + u"flame.svg"_s, flame->svg()};
        files += {lead + u"flame.pdf"_s, flame->pdf()};
        files += {lead + u"flame.png"_s, flame->png()};
        files += {lead + u"flame.csv"_s, flame->csv()};
    }
    if (!files.isEmpty())
        files += {page.id() + u".png"_s, pictureOf(page)};
    return files;
}

void fillExportMenu(QMenu& menu, Page& page)
{
    menu.clear();
    const auto tables = shownOn<DataTable>(page);
    const auto charts = shownOn<PlotView>(page);
    for (DataTable* table : tables)
        table->addExports(*menu.addMenu(table->accessibleName()));
    menu.addSeparator();
    for (PlotView* chart : charts)
        chart->addExports(*menu.addMenu(chart->accessibleName()));
    const auto flames = shownOn<FlameView>(page);
    for (FlameView* flame : flames)
        flame->addExports(*menu.addMenu(flame->accessibleName()));
    menu.addSeparator();
    if (tables.isEmpty() && charts.isEmpty() && flames.isEmpty()) {
        menu.addAction(Page::tr("Nothing is shown here"))->setEnabled(false);
        return;
    }
    menu.addAction(Page::tr("Copy picture of the page"), &page,
                   [&page] { QGuiApplication::clipboard()->setImage(page.grab().toImage()); });
    menu.addAction(Page::tr("Save the page as PNG…"), &page, [&page] {
        askAndSave(&page, Page::tr("Save the page as PNG"), page.id() + u".png"_s, pictureOf(page));
    });
    const bool isAnyPaged =
        std::any_of(tables.begin(), tables.end(), [](const DataTable* table) { return table->facts().isPaged(); });
    menu.addAction(isAnyPaged ? Page::tr("All but the long list into a folder…") : Page::tr("All of it into a folder…"),
                   &page, [&page] { askAndSaveAll(&page, Page::tr("All of it into a folder"), exportsOf(page)); });
}

} // namespace plumbline
