// SPDX-License-Identifier: GPL-3.0-or-later
#include <QSignalSpy>
#include <QTest>

#include "support/sample_window.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/calls_dialog.h"
#include "ui/pages/welcome_page.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/kpi_card.h"

using namespace plumbline;

/// What is seen of a workspace before its calls are read.
class OpeningTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_shown;

    MainWindow& window() { return m_shown->window(); }
    Kpi kpi(const QString& caption)
    {
        for (const KpiCard* card : window().findChildren<KpiCard*>())
            if (card->kpi().caption == caption)
                return card->kpi();
        return {};
    }
    bool isWelcome() { return window().findChild<WelcomePage*>()->isVisible(); }
    DataTable& features()
    {
        for (DataTable* table : window().findChildren<DataTable*>())
            if (table->accessibleName() == "Top features")
                return *table;
        qFatal("no table of features");
    }
    /// Opens the workspace anew, and looks at once when the first figures are shown.
    template <class Look>
    void glance(Look look)
    {
        m_shown->session().close();
        QVERIFY(isWelcome());
        QSignalSpy glanced(&window(), &MainWindow::glanced);
        connect(&window(), &MainWindow::glanced, this, look);
        window().openWorkspace(m_shown->file("w.plumb"));
        QVERIFY(glanced.wait(20'000));
    }

    /// Without what only the calls themselves tell.
    static QStringList withoutWaste(const QByteArray& csv)
    {
        const QStringList lines = QString::fromUtf8(csv).split('\n', Qt::SkipEmptyParts);
        const qsizetype waste = lines.first().split(',').indexOf("Waste");
        QStringList kept;
        for (const QString& line : lines) {
            QStringList fields = line.split(',');
            fields.removeAt(waste);
            kept += fields.join(',');
        }
        return kept;
    }

private slots:
    /// A look at what is new in one workspace that is answered when another is open already.
    void whatIsNewInAnotherWorkspaceIsNotShown()
    {
        WorkspaceSession& session = m_shown->session();
        const auto first = m_shown->file("w.plumb"), second = m_shown->file("second.plumb");
        const std::unique_ptr<ImportService> imports = fileImportService();
        QVERIFY(imports->import(second, {.paths = {m_shown->sampleFile("two.jsonl", 5)}}, {}, StopToken()));
        QVERIFY(imports->import(first, {.paths = {m_shown->sampleFile("more.jsonl", 6)}}, {}, StopToken()));
        session.open(second);
        session.refresh();
        QTest::qSleep(1500); // both are done, and neither is told yet
        QTRY_COMPARE_WITH_TIMEOUT(session.path(), second, test::patience);
        QTest::qWait(200); // until the other was told as well
        QCOMPARE(session.queries()->path(), second);
    }
    void init()
    {
        m_shown = std::make_unique<test::SampleWindow>();
        m_shown->open();
    }

    void theFirstFiguresAreTheLastOnes()
    {
        Kpi spend, tokens, latency;
        QByteArray table;
        glance([&] {
            QVERIFY(!isWelcome());
            spend = kpi("Spend");
            tokens = kpi("Tokens");
            latency = kpi("Call latency P95");
            table = features().csv();
        });
        // An answer of before the workspace was closed may come late; that of the calls is the one that knows
        // latencies.
        QTRY_VERIFY_WITH_TIMEOUT(kpi("Call latency P95").figure != "…", 20'000);
        QVERIFY(!spend.change.isEmpty());
        QVERIFY(table.count('\n') > 3);
        QCOMPARE(kpi("Spend"), spend);
        QCOMPARE(kpi("Tokens"), tokens);
        QCOMPARE(withoutWaste(features().csv()), withoutWaste(table));
        QCOMPARE(latency.figure, "…");
    }

    void nothingIsAskedOfCallsThatAreNotRead()
    {
        test::SampleWindow fresh; // its pages were never asked anything
        MainWindow& unasked = fresh.window();
        unasked.show();
        QSignalSpy glanced(&unasked, &MainWindow::glanced);
        connect(&unasked, &MainWindow::glanced, this, [&] {
            for (PlotView* chart : unasked.findChildren<PlotView*>())
                if (chart->isVisible()) {
                    emit chart->rangeChosen(0, 1);
                    emit chart->activated(0, 0);
                }
            for (DataTable* table : unasked.findChildren<DataTable*>())
                if (table->isVisible())
                    emit table->rowActivated(0);
        });
        unasked.openWorkspace(m_shown->file("w.plumb"));
        QVERIFY(glanced.wait(20'000));
        QVERIFY(!unasked.findChild<CallsDialog*>());
    }

    void closingGivesUpOpening()
    {
        glance([&] { m_shown->session().close(); });
        QTest::qWait(500);
        QVERIFY(isWelcome());
        QVERIFY(!m_shown->session().isOpen());
    }

    void whatCannotBeOpenedLeadsBackToTheWelcomePage()
    {
        m_shown->session().close();
        QSignalSpy failed(&m_shown->session(), &WorkspaceSession::openFailed);
        window().openWorkspace(m_shown->file("nowhere.plumb"));
        QVERIFY(failed.wait());
        QVERIFY(isWelcome());
    }

    void cleanup() { m_shown.reset(); }
};

QTEST_MAIN(OpeningTest)
#include "opening_test.moc"
