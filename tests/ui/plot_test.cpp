// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

#include "model/items/csv.h"
#include "ui/charts/plot_view.h"
#include "ui/theme/theme.h"

using namespace plumbline;

namespace {

StackedBars threeDays()
{
    return {.title = "Spend by feature",
            .unit = PlotUnit::Dollars,
            .categories = {"Oct 1", "Oct 2", "Oct 3"},
            .series = {{.name = "chat", .hue = {.kind = Hue::Kind::Member, .member = 0}, .values = {10, 20, 30}},
                       {.name = "search, fast",
                        .hue = {.kind = Hue::Kind::OfPart, .part = Part::CacheRead},
                        .values = {1, 2, 3.5}}},
            .isRangeSelectable = true};
}

/// The share of pixels that are lighter or darker than in the other picture, text edges left out.
double difference(const QImage& one, const QImage& other)
{
    if (one.size() != other.size())
        return 1;
    int different = 0;
    for (int y = 0; y < one.height(); ++y)
        for (int x = 0; x < one.width(); ++x)
            different += std::abs(qGray(one.pixel(x, y)) - qGray(other.pixel(x, y))) > 60;
    return static_cast<double>(different) / (one.width() * one.height());
}

QWidget& canvasOf(PlotView& view)
{
    return *view.findChildren<QWidget*>(Qt::FindDirectChildrenOnly).first();
}

} // namespace

class PlotTest : public QObject
{
    Q_OBJECT

private slots:
    void namesOfTheLegendTakeTheLinesTheyNeed()
    {
        StackedBars chart = threeDays();
        for (const char* name : {"summarize-report", "agent-research", "order-agent", "code-review", "5 others"})
            chart.series.push_back({.name = name, .values = {1, 1, 1}});
        PlotView view;
        view.resize(900, 300);
        view.draw(chart);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QCOMPARE(view.legendLines(), 1);
        view.resize(320, 300);
        QTRY_VERIFY(view.legendLines() > 1);
        // On the screen as in a picture that is drawn anew.
        QTRY_VERIFY(difference(view.grab().toImage(), view.picture()) < 0.05);
        view.resize(900, 300);
        QTRY_COMPARE(view.legendLines(), 1);
    }

    /// However low a chart is, the figures above its bars are not cut.
    void figuresOfALowChartStandWhole()
    {
        PlotView view;
        view.resize(460, 110);
        view.draw(Waterfall{.categories = {"Sep", "Volume", "Tokens", "Oct"}, .values = {56.7, 6.85, 2.49, 66.04}});
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const auto hasFigures = [&](int fromRow, int toRow) {
            const QImage picture = view.picture();
            const QRgb ground = picture.pixel(0, 0);
            for (int y = fromRow; y < toRow; ++y)
                for (int x = 0; x < picture.width(); ++x)
                    if (picture.pixel(x, y) != ground)
                        return true;
            return false;
        };
        QTRY_VERIFY(!hasFigures(0, 2)); // nothing reaches the edge
        QVERIFY(hasFigures(2, 30));
    }

    void totalsOfALowHeatmapAreThere()
    {
        HeatGrid grid{.columns = {"a", "b", "c"}};
        for (int row = 0; row < 10; ++row) {
            grid.rows += QString::number(row);
            grid.values.push_back({1, {}, {}});
        }
        PlotView view;
        view.resize(500, 206); // some fourteen pixels a row
        view.draw(grid);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const auto isWritten = [&] {
            const QImage picture = view.picture();
            const int y = picture.height() / 2;
            int marks = 0;
            for (int x = picture.width() * 2 / 3; x < picture.width(); ++x)
                for (int line = y - 8; line < y + 8; ++line)
                    marks += qGray(picture.pixel(x, line)) < 120;
            return marks > 4;
        };
        if (const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES"); !folder.isEmpty())
            QVERIFY(view.picture().save(folder + "/low-heat.png"));
        QTRY_VERIFY(isWritten());
    }

    void hoverTellsEverySeriesAndTheirSum()
    {
        QCOMPARE(plotHover(threeDays(), 2), "Oct 3\nsearch, fast: $3.50\nchat: $30.00\nTogether: $33.50");
        QCOMPARE(plotHover(threeDays(), 3), "");
    }

    void csvHasPlainFiguresAndQuotedNames()
    {
        QCOMPARE(plotCsv(threeDays()),
                 "category,chat (USD),\"search, fast (USD)\"\nOct 1,10,1\nOct 2,20,2\nOct 3,30,3.5\n");
    }

    void csvNeverBecomesAFormula()
    {
        QCOMPARE(csvField("=1+1"), "'=1+1");
        QCOMPARE(csvField("-5"), "-5");
        QCOMPARE(csvField("say \"hi\""), "\"say \"\"hi\"\"\"");
    }

    void ticksAreShort()
    {
        QCOMPARE(plotTick(PlotUnit::Dollars, 0), "$0");
        QCOMPARE(plotTick(PlotUnit::Dollars, 2700), "$2.7k");
        QCOMPARE(plotTick(PlotUnit::Tokens, 1'500'000), "1.5M");
        QCOMPARE(plotTick(PlotUnit::Dollars, 0.5), "$0.5");
    }

    void draggingChoosesTheRange()
    {
        PlotView view;
        view.resize(600, 300);
        view.draw(threeDays());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QTest::qWait(50);
        QSignalSpy ranges(&view, &PlotView::rangeChosen);
        QWidget& canvas = canvasOf(view);
        const int y = 100;
        QTest::mousePress(&canvas, Qt::LeftButton, {}, {canvas.width() / 2, y});
        QTest::mouseMove(&canvas, {canvas.width() * 3 / 4, y + 5});
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, {canvas.width() - 20, y + 10});
        QCOMPARE(ranges.size(), 1);
        QCOMPARE(ranges.first(), QVariantList({1, 2}));
    }

    void doubleClickOpensABarOrResetsTheZoom()
    {
        PlotView view;
        view.resize(600, 300);
        view.draw(threeDays());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QTest::qWait(50);
        QSignalSpy opened(&view, &PlotView::activated);
        QWidget& canvas = canvasOf(view);
        QTest::mouseDClick(&canvas, Qt::LeftButton, {}, {canvas.width() / 2, 200});
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first(), QVariantList({1, 0}));
        QWheelEvent wheel({300, 150}, canvas.mapToGlobal(QPointF(300, 150)), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&canvas, &wheel);
        QTest::mouseDClick(&canvas, Qt::LeftButton, {}, {canvas.width() / 2, 200});
        QCOMPARE(opened.size(), 1);
        QTest::mouseDClick(&canvas, Qt::LeftButton, {}, {canvas.width() / 2, 200});
        QCOMPARE(opened.size(), 2);
    }

    void arrowKeysWalkTheCategories()
    {
        PlotView view;
        view.resize(600, 300);
        view.draw(threeDays());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy opened(&view, &PlotView::activated);
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Right);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(opened.value(0), QVariantList({1, -1}));
    }

    void aScreenReaderGetsTheData()
    {
        PlotView view;
        view.draw(threeDays());
        QCOMPARE(view.accessibleName(), "Spend by feature");
        QVERIFY(view.accessibleDescription().contains("Oct 3,30,3.5"));
    }

    void picturesAreSavedAsVectors()
    {
        PlotView view;
        view.resize(600, 300);
        view.draw(threeDays());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QByteArray svg = view.svg();
        QVERIFY(svg.contains("<svg"));
        QVERIFY(!svg.contains("<image"));
        QVERIFY(view.pdf().startsWith("%PDF"));
        QVERIFY(view.png().startsWith("\x89PNG"));
    }

    /// Of a card that showed something else meanwhile: nothing changes its size when it comes back.
    void whatIsDrawnBehindSomethingElseIsThereWhenItIsShown()
    {
        QStackedWidget cards;
        auto* view = new PlotView;
        cards.addWidget(view);
        cards.addWidget(new QWidget);
        cards.resize(500, 300);
        cards.show();
        QVERIFY(QTest::qWaitForWindowExposed(&cards));
        const QImage blank = cards.grab().toImage();
        cards.setCurrentIndex(1);
        view->draw(RankedBars{.title = "By model", .categories = {"a", "b"}, .series = {.values = {2, 1}}});
        cards.setCurrentIndex(0);
        QTRY_VERIFY(cards.grab().toImage() != blank);
    }

    void everyKindOfChartIsDrawnInBothThemes()
    {
        Theme theme;
        for (const ThemeChoice choice : {ThemeChoice::Light, ThemeChoice::Dark}) {
            theme.choose(choice);
            PlotView view;
            view.resize(500, 300);
            view.show();
            view.draw(threeDays());
            view.draw(RankedBars{.title = "By model", .categories = {"a", "b"}, .series = {.values = {2, 1}}});
            view.draw(Lines{.title = "Growth", .categories = {"1", "2"}, .series = {{.name = "x", .values = {1, 2}}}});
            view.draw(StackedBars{.title = "Nothing"});
            view.draw({});
            QVERIFY(!view.picture().isNull());
        }
    }
};

QTEST_MAIN(PlotTest)
#include "plot_test.moc"
