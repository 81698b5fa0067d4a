// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSlider>

#include "model/items/what_if_tables.h"
#include "support/sample_window.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/lever_row.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/what_if_page.h"
#include "ui/widgets/data_table.h"

using namespace plumbline;

/// Two views of the same things: what is chosen in one is chosen in the other.
class LinkedSelectionTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_sample;

    MainWindow& window() { return m_sample->window(); }
    DataTable& features()
    {
        for (DataTable* table : window().findChild<OverviewPage*>()->findChildren<DataTable*>())
            if (table->accessibleName() == "Top features")
                return *table;
        qFatal("no table of features");
    }
    PlotView& chart()
    {
        for (PlotView* plot : window().findChild<OverviewPage*>()->findChildren<PlotView*>())
            if (const auto* bars = std::get_if<StackedBars>(&plot->spec()); bars && bars->isRangeSelectable)
                return *plot;
        qFatal("no chart over time");
    }
    QString emphasised() { return std::get<StackedBars>(chart().spec()).emphasised; }

private slots:
    void initTestCase()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open();
        window().setScope({});
        m_sample->showPage("overview");
    }

    void whatIsChosenInTheTableStandsOutInTheChart()
    {
        QCOMPARE(emphasised(), QString());
        features().selectRow(0);
        QCOMPARE(emphasised(), features().model()->index(0, 0).data().toString());
        features().clearSelection();
        QCOMPARE(emphasised(), QString());
    }

    void whatIsClickedInTheChartIsChosenInTheTable()
    {
        auto* surface = chart().findChild<QWidget*>();
        QVERIFY(surface);
        // From the axis up: the first that is hit is the lowest, the first of the features.
        const QString lowest = plotSeries(chart().spec()).front().name;
        QSignalSpy chosen(&chart(), &PlotView::chosen);
        for (int y = surface->height() - 1; y > 0 && (chosen.empty() || chosen.back()[1].toInt() < 0); y -= 2)
            QTest::mouseClick(surface, Qt::LeftButton, {}, QPoint(surface->width() / 2, y));
        QCOMPARE(chosen.back()[1].toInt(), 0);
        QTRY_COMPARE(features().selectionModel()->selectedRows().size(), 1);
        QCOMPARE(features().selectionModel()->selectedRows()[0].data().toString(), lowest);
        // A range that is dragged is no click.
        const Scope before = window().scope();
        const qsizetype clicks = chosen.size();
        QTest::mousePress(surface, Qt::LeftButton, {}, QPoint(surface->width() / 2, surface->height() / 2));
        QTest::mouseMove(surface, QPoint(surface->width() / 2 + 60, surface->height() / 2));
        QTest::mouseRelease(surface, Qt::LeftButton, {}, QPoint(surface->width() / 2 + 60, surface->height() / 2));
        QCOMPARE(chosen.size(), clicks);
        QTRY_VERIFY(window().scope() != before); // the range it was dragged over
        QCOMPARE(emphasised(), lowest);
    }

    void theLeverThatHasTheKeysStandsOutInTheWaterfall()
    {
        m_sample->showPage("what-if");
        auto& page = *window().findChild<WhatIfPage*>();
        PlotView* plot = nullptr;
        const auto steps = [&] {
            for (PlotView* one : page.findChildren<PlotView*>())
                if (std::holds_alternative<Waterfall>(one->spec()))
                    plot = one;
            return plot ? std::get<Waterfall>(plot->spec()) : Waterfall();
        };
        QTRY_VERIFY_WITH_TIMEOUT(steps().values.size() > 3, test::patience);
        QCOMPARE(steps().emphasised, -1);
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window())); // nothing has the keys in a window that has not
        const auto rows = page.findChildren<LeverRow*>();
        rows[1]->findChild<QSlider*>()->setFocus();
        QTRY_COMPARE(steps().emphasised, 2); // behind the total and the first lever
        QCOMPARE(steps().categories[2], leverShortTitle(rows[1]->use().lever));

        // And the other way round: a click on the first step.
        QSignalSpy chosen(plot, &PlotView::chosen);
        auto* surface = plot->findChild<QWidget*>();
        for (int x = 0; x < surface->width() && (chosen.empty() || chosen.back()[0].toInt() != 1); x += 4)
            QTest::mouseClick(surface, Qt::LeftButton, {}, QPoint(x, surface->height() / 2));
        QCOMPARE(chosen.back()[0].toInt(), 1);
        QTRY_VERIFY(rows[0]->findChild<QSlider*>()->hasFocus());
        QCOMPARE(steps().emphasised, 1);
        window().setFocus();
        QTRY_COMPARE(steps().emphasised, -1);
    }
};

QTEST_MAIN(LinkedSelectionTest)
#include "linked_selection_test.moc"
