// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPushButton>

#include "support/sample_window.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/drains_page.h"
#include "ui/pages/finding_panel.h"

namespace plumbline::test {

/// The Drains page of a window on four thousand sample calls that were imported and analysed through it, all of them in
/// its scope.
class DrainsPageInUse
{
public:
    DrainsPageInUse()
    {
        m_sample.open(4000);
        m_sample.showPage(QStringLiteral("drains"));
        andSettle([&] { m_sample.window().setScope({}); });
    }

    SampleWindow& sample() { return m_sample; }
    DrainsPage& page() { return *m_sample.window().findChild<DrainsPage*>(); }
    template <class Widget>
    Widget& on(const QString& name)
    {
        for (Widget* one : page().findChildren<Widget*>())
            if (one->accessibleName() == name)
                return *one;
        qFatal("no %s", qPrintable(name));
    }
    PlotView& heat()
    {
        for (PlotView* plot : page().findChildren<PlotView*>())
            if (std::holds_alternative<HeatGrid>(plot->spec()))
                return *plot;
        qFatal("no heatmap");
    }
    HeatGrid grid() { return std::get<HeatGrid>(heat().spec()); }
    FindingPanel& panel() { return *page().findChild<FindingPanel*>(); }
    QString ledger() { return on<QLabel>(QStringLiteral("Ledger")).text(); }
    /// What the page is asked by `act`, until it shows the answer.
    template <class Act>
    void andSettle(Act act)
    {
        QSignalSpy settled(&page(), &Page::settled);
        act();
        QVERIFY(settled.wait(patience));
    }
    void chooseView(const QString& tab)
    {
        andSettle([&] {
            for (QPushButton* button : page().findChildren<QPushButton*>())
                if (button->text() == tab)
                    button->click();
        });
    }
    static double sumOf(const HeatGrid& grid)
    {
        double sum = 0;
        for (int row = 0; row < grid.rows.size(); ++row)
            sum += heatRowTotal(grid, row);
        return sum;
    }

private:
    SampleWindow m_sample;
};

} // namespace plumbline::test
