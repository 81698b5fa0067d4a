// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/sample_window.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/overview_page.h"
#include "ui/widgets/data_table.h"

using namespace plumbline;

/// A table and the chart of the same things: what is chosen in one is chosen in the other.
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
};

QTEST_MAIN(LinkedSelectionTest)
#include "linked_selection_test.moc"
