// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QTextBrowser>

#include "support/sample_window.h"
#include "support/unnamed_controls.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/annotations_dialog.h"
#include "ui/pages/guide_dialog.h"
#include "ui/pages/overview_page.h"
#include "ui/reports/report_data.h"
#include "ui/reports/report_section.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/tour.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// What helps people find their way: annotations, comparisons, the guide, the tour, notifications.
class ReadingNotesTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_sample;

    MainWindow& window() { return m_sample->window(); }
    const Queries& queries() { return *m_sample->session().queries(); }
    QAction& command(const QString& text)
    {
        for (QAction* action : window().findChildren<QAction*>())
            if (QString(action->text()).remove(u'&') == text)
                return *action;
        qFatal("no command %s", qPrintable(text));
    }
    /// For eyes, where a folder is given.
    static void picture(QWidget& widget, const QString& name)
    {
        if (const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES"); !folder.isEmpty())
            QVERIFY(widget.grab().save(u"%1/%2.png"_s.arg(folder, name)));
    }
    StackedBars spendBars()
    {
        for (const PlotView* plot : window().findChild<OverviewPage*>()->findChildren<PlotView*>())
            if (const auto* bars = std::get_if<StackedBars>(&plot->spec()); bars && bars->isRangeSelectable)
                return *bars;
        qFatal("no chart of spend");
    }

private slots:
    void initTestCase()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(1500);
    }

    void anAnnotationStandsOnTheChartAndInTheReport()
    {
        m_sample->showPage(u"overview"_s);
        const std::int32_t day = queries().calendar().dayOf(window().scope().filter.period->first) + 4;
        emit window().findChild<OverviewPage*>()->annotationWanted(day);
        QTRY_VERIFY(window().findChild<AnnotationsDialog*>());
        auto* dialog = window().findChild<AnnotationsDialog*>();
        QCOMPARE(test::unnamedControls(*dialog).join(u", "_s), QString());
        auto* table = dialog->findChild<QTableWidget*>();
        QCOMPARE(table->item(0, 0)->text(), toQt(dateText(day)));
        // Without a text it is none.
        auto* buttons = dialog->findChild<QDialogButtonBox*>();
        QTest::mouseClick(buttons->button(QDialogButtonBox::Save), Qt::LeftButton);
        QVERIFY(dialog->isVisible());
        table->item(0, 2)->setText(u"answers v2"_s);
        QTest::mouseClick(buttons->button(QDialogButtonBox::Save), Qt::LeftButton);
        QTRY_COMPARE(spendBars().pins.size(), std::size_t{1});
        QCOMPARE(spendBars().pins[0].category, 4);
        QCOMPARE(spendBars().pins[0].text, u"deploy: answers v2"_s);
        QVERIFY(plotHover(spendBars(), 4).contains(u"answers v2"_s));
        picture(window(), u"annotation"_s);
        // In the report of that month, too.
        const std::int32_t month = queries().calendar().monthOfDay(day);
        const auto data = reportDataOf(queries(), {}, month, {}, StopToken());
        QVERIFY2(data, data ? "" : data.error().text().c_str());
        QCOMPARE(data->annotations.size(), std::size_t{1});
        QCOMPARE(data->annotations[0].text, std::string("answers v2"));
        // And it can be taken back.
        command(u"Undo the last change"_s).trigger();
        QTRY_VERIFY(queries().annotations(StopToken())->empty());
        QTRY_VERIFY(spendBars().pins.empty());
    }

    void anythingIsComparedWithAnother()
    {
        const auto models = *queries().values({Dimension::Model, {}}, 2, StopToken());
        Scope scope = window().scope();
        scope.filter.conditions = {{.of = {Dimension::Model, {}}, .values = {models[0]}}};
        scope = comparedWith(scope, {Dimension::Model, {}}, {models[1]});
        QVERIFY(!scope.baseline);
        const Filter other = *comparedCalls(scope);
        QVERIFY(other.period == scope.filter.period);
        const Breakdown answer = *queries().breakdown({.filter = scope.filter, .baseline = other}, StopToken());
        const Breakdown alone = *queries().breakdown({.filter = other}, StopToken());
        QVERIFY(*answer.totalBaseline == alone.total);
        // Of no value: all others against that one.
        scope.filter.conditions.clear();
        scope = comparedWith(scope, {Dimension::Model, {}}, {models[1]});
        const Breakdown all = *queries().breakdown({.filter = {.period = scope.filter.period}}, StopToken());
        const Breakdown split =
            *queries().breakdown({.filter = scope.filter, .baseline = comparedCalls(scope)}, StopToken());
        QCOMPARE(split.total.calls + split.totalBaseline->calls, all.total.calls);
        const Scope before = window().scope();
        window().setScope(scope);
        m_sample->showPage(u"features"_s);
        bool isSaid = false;
        for (const QPushButton* button : window().findChildren<QPushButton*>())
            isSaid |= button->accessibleName() == u"Comparison"_s && button->text().contains(u"model"_s);
        QVERIFY(isSaid);
        window().setScope(before);
    }

    void theGuideTellsOfEveryPage()
    {
        command(u"User guide"_s).trigger();
        auto* guide = window().findChild<GuideDialog*>();
        QVERIFY(guide && guide->isVisible());
        QCOMPARE(test::unnamedControls(*guide).join(u", "_s), QString());
        const QStringList chapters = guide->chapters();
        for (const QString& page : {u"Overview"_s, u"Features"_s, u"Drains"_s, u"What-if"_s, u"Traces"_s, u"Prompts"_s,
                                    u"Spend"_s, u"Sources"_s})
            QVERIFY2(chapters.contains(page), qPrintable(page));
        // Its pictures are there.
        const QString html = guide->text().toHtml();
        int pictures = 0;
        static const QRegularExpression source(u"src=\"([^\"]+)\""_s);
        for (auto match = source.globalMatch(html); match.hasNext(); ++pictures) {
            const QString path = match.next().captured(1);
            QVERIFY2(!QImage(u":/guide/"_s + path).isNull(), qPrintable(path));
        }
        QCOMPARE(pictures, 8);
        guide->showChapter(u"Traces"_s);
        picture(*guide, u"guide"_s);
        guide->close();
    }

    void theTourHasFourSteps()
    {
        window().startTour();
        auto* tour = window().findChild<Tour*>();
        QVERIFY(tour && tour->isVisible());
        QCOMPARE(test::unnamedControls(*tour).join(u", "_s), QString());
        for (int step = 0; step < 4; ++step) {
            QCOMPARE(tour->step(), step);
            QVERIFY(window().rect().contains(tour->geometry()));
            picture(window(), u"tour-%1"_s.arg(step));
            for (QPushButton* button : tour->findChildren<QPushButton*>())
                if (button->text() == u"Next"_s || button->text() == u"Done"_s) {
                    button->click();
                    break;
                }
        }
        QVERIFY(!tour->isVisible());
        // Who has seen it is not asked again.
        window().offerTour();
        QVERIFY(!tour->isVisible());
    }

    void anImportIsToldOnOtherPages()
    {
        m_sample->showPage(u"overview"_s);
        m_sample->session().import(m_sample->file("w.plumb"), {.paths = {m_sample->sampleFile("more.jsonl", 9, 60)}});
        QTRY_VERIFY_WITH_TIMEOUT(window().findChild<Toast*>() && !window().findChild<Toast*>()->text().isEmpty(),
                                 30'000);
        QVERIFY2(window().findChild<Toast*>()->text().contains(u"calls"_s) ||
                     window().findChild<Toast*>()->text().contains(u"record"_s),
                 qPrintable(window().findChild<Toast*>()->text()));
    }
};

QTEST_MAIN(ReadingNotesTest)
#include "reading_notes_test.moc"
