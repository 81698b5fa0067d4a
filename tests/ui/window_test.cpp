// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDragEnterEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <fstream>

#include "app/workspace_changes.h"
#include "importers/file_import.h"
#include "model/items/format.h"
#include "model/sample/sample.h"
#include "model/sample/writers.h"
#include "support/gui_watch.h"
#include "support/held_workspace.h"
#include "support/sample_window.h"
#include "support/unnamed_controls.h"
#include "ui/charts/plot_view.h"
#include "ui/main_window.h"
#include "ui/pages/calls_dialog.h"
#include "ui/pages/explain_cost_dialog.h"
#include "ui/pages/import_dialogs.h"
#include "ui/pages/page.h"
#include "ui/theme/colors.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/kpi_card.h"
#include "ui/window_memory.h"

using namespace plumbline;

/// The window on a real workspace, made once of a few hundred sample calls that were imported through it.
class WindowTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<ImportService> m_imports = fileImportService();
    std::unique_ptr<WorkspaceService> m_workspaces = workspaceChanges();
    TransientMemory m_memory;
    std::unique_ptr<MainWindow> m_window;

    std::filesystem::path file(const char* name) const { return fromQt(m_folder.filePath(QString::fromLatin1(name))); }

    std::filesystem::path sampleFile(const char* name, std::uint64_t seed) const
    {
        return test::writeSampleTraces(file(name), seed);
    }

    MainWindow& window() { return *m_window; }

    void waitUntilSettled()
    {
        QSignalSpy settled(m_window.get(), &MainWindow::settled);
        QVERIFY(settled.wait(20'000));
    }
    void ask(const Scope& scope)
    {
        QSignalSpy settled(m_window.get(), &MainWindow::settled);
        window().setScope(scope);
        QVERIFY(settled.wait(20'000));
    }
    DataTable& table(const QString& name)
    {
        for (DataTable* one : window().findChildren<DataTable*>())
            if (one->accessibleName() == name && one->isVisible())
                return *one;
        qFatal("no table %s", qPrintable(name));
    }

private slots:
    void initTestCase()
    {
        m_window = std::make_unique<MainWindow>(Services{*m_imports, *m_workspaces, m_memory, file("sample.plumb")});
        window().resize(1440, 900);
        window().show();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
    }

    void openingWhatIsNotThereSaysWhy()
    {
        QSignalSpy failed(&window().session(), &WorkspaceSession::openFailed);
        window().openWorkspace(file("nowhere.plumb"));
        QVERIFY(failed.wait());
        QVERIFY(!window().session().isOpen());
        QStringList texts;
        for (const QLabel* label : window().findChildren<QLabel*>())
            texts += label->text();
        QVERIFY(!texts.filter("nowhere.plumb").isEmpty());
    }

    void theWelcomePageNamesItsControls() { QCOMPARE(test::unnamedControls(window()).join(", "), QString()); }

    void anImportMakesAndOpensAWorkspace()
    {
        const auto path = sampleFile("traces.jsonl", 1);
        QSignalSpy opened(&window().session(), &WorkspaceSession::opened);
        QSignalSpy imported(&window().session(), &WorkspaceSession::imported);
        window().session().import(file("w.plumb"), {.paths = {path}});
        QVERIFY(opened.wait(60'000));
        QCOMPARE(imported.size(), 1);
        QVERIFY(window().scope().filter.period.has_value());
        QCOMPARE(m_memory.recentWorkspaces().value(0), toQt(file("w.plumb").string()));
        waitUntilSettled();
    }

    void everyPageNamesItsControls()
    {
        for (const QString& id : window().pageIds()) {
            window().showPage(id);
            QTRY_VERIFY(!window().session().isChanging());
            QTest::qWait(200);
            QCOMPARE(test::unnamedControls(window()).join(", "), QString());
        }
    }

    void controlAndADigitOpenAPage()
    {
        const auto current = [&] { return window().findChildren<Page*>().at(0)->parentWidget(); };
        auto* pages = qobject_cast<QStackedWidget*>(current());
        QVERIFY(pages);
        QTest::keyClick(&window(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(static_cast<Page*>(pages->currentWidget())->id(), "features");
        QTest::keyClick(&window(), Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(static_cast<Page*>(pages->currentWidget())->id(), "overview");
    }

    void escTakesTheLastChipAndAltLeftBringsItBack()
    {
        window().showPage("overview");
        const Scope before = window().scope();
        const Scope narrowedOnce = narrowed(before, conditionFromText("feature=support-chat").value());
        ask(narrowedOnce);
        QTest::keyClick(&window(), Qt::Key_Escape);
        QCOMPARE(window().scope(), before);
        QTest::keyClick(&window(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(window().scope(), narrowedOnce);
        QTest::keyClick(&window(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(window().scope(), before);
        QTest::qWait(300);
    }

    void theFeaturesOfTheTableAddUpToItsTotal()
    {
        QSignalSpy settled(&window(), &MainWindow::settled);
        window().showPage("features");
        ask({});
        const FactTable& facts = table("Token breakdown").facts();
        const int last = facts.rowCount() - 1;
        QVERIFY(facts.index(last, 0).data(TotalRole).toBool());
        const int calls = 1;
        qlonglong sum = 0;
        for (int row = 0; row < last; ++row)
            sum += facts.index(row, calls).data(ValueRole).toLongLong();
        QCOMPARE(facts.index(last, calls).data(ValueRole).toLongLong(), sum);
        const auto status = window().session().queries()->status(StopToken());
        QCOMPARE(sum, status->calls);
    }

    void aRowOpensItsCallsAndACallItsExplanation()
    {
        window().showPage("features");
        DataTable& features = table("Token breakdown");
        emit features.rowActivated(0);
        auto* calls = window().findChild<CallsDialog*>();
        QVERIFY(calls);
        QSignalSpy listed(calls, &CallsDialog::settled);
        QVERIFY(listed.wait());
        QVERIFY(calls->calls().rowCount() > 0);
        QCOMPARE(test::unnamedControls(*calls).join(", "), QString());
        calls->explain(0);
        auto* explanation = calls->findChild<ExplainCostDialog*>();
        QVERIFY(explanation);
        QSignalSpy explained(explanation, &ExplainCostDialog::settled);
        QVERIFY(explained.wait());
        QVERIFY2(explanation->text().contains("Why this call costs $"), qPrintable(explanation->text()));
        QVERIFY(explanation->text().contains("Price row: "));
        QCOMPARE(test::unnamedControls(*explanation).join(", "), QString());
        const auto told = window().session().queries()->explain(calls->calls().rowAt(0).id, StopToken());
        Money sum;
        for (const CostLineAnswer& line : told->lines)
            sum = sum + line.cost;
        QCOMPARE(sum, *told->call.cost);
        calls->close();
    }

    void whatAnotherProcessImportsIsFollowed()
    {
        window().showPage("overview");
        const std::int64_t before = window().session().queries()->status(StopToken())->calls;
        const auto path = sampleFile("more.jsonl", 2);
        QSignalSpy changed(&window().session(), &WorkspaceSession::changed);
        const auto other = fileImportService();
        QVERIFY(other->import(file("w.plumb"), {.paths = {path}}, {}, StopToken()));
        // Nobody asks: the window looks by itself.
        QVERIFY(changed.wait(10'000));
        QVERIFY(window().session().queries()->status(StopToken())->calls > before);
        waitUntilSettled();
    }

    void whatIsDroppedIsPreviewedAndAskedAbout()
    {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(m_folder.filePath("traces.jsonl"))});
        QDragEnterEvent enter({400, 400}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window(), &enter);
        QVERIFY(enter.isAccepted());
        QString unnamed = "not asked";
        bool isRecognised = false;
        QTimer look;
        connect(&look, &QTimer::timeout, this, [&] {
            auto* dialog = window().findChild<ImportPreviewDialog*>();
            if (!dialog)
                return;
            unnamed = test::unnamedControls(*dialog).join(", ");
            const auto* files = dialog->findChild<DataTable*>();
            isRecognised = files->facts().index(0, 1).data().toString().contains("Langfuse");
            dialog->reject();
        });
        look.start(20);
        QDropEvent drop({400, 400}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window(), &drop);
        QTRY_COMPARE(unnamed, QString());
        QVERIFY(isRecognised);
    }

    void scoresStandBesideTheCost()
    {
        window().showPage("overview");
        ask({});
        const auto costPerCall = [&] {
            for (const KpiCard* card : window().findChildren<KpiCard*>())
                if (card->kpi().caption == "Cost per call")
                    return card->kpi();
            return Kpi();
        };
        QVERIFY2(costPerCall().note.contains("priced calls"), qPrintable(costPerCall().note));
        const auto calls = window().session().queries()->calls({}, CallOrder::Costliest, 1, StopToken());
        {
            std::ofstream out(file("scores.json"));
            out << "[{\"id\":\"s1\",\"timestamp\":\"2026-10-01T10:00:00Z\",\"traceId\":\""
                << calls->rows.front().traceId
                << "\",\"name\":\"helpful\",\"value\":0.75,\"source\":\"API\",\"dataType\":\"NUMERIC\"}]";
        }
        QSignalSpy changed(&window().session(), &WorkspaceSession::changed);
        window().session().import(file("w.plumb"), {.paths = {file("scores.json")}});
        QVERIFY(changed.wait(20'000));
        QTRY_COMPARE(costPerCall().note, "mean score 0.75");
        DataTable& features = table("Top features");
        for (int column = 0; column < features.facts().columnCount(); ++column)
            if (features.facts().headerData(column, Qt::Horizontal).toString() == "Score")
                QVERIFY(!features.isColumnHidden(column));
    }

    void aFilterAsksNothingOfSources()
    {
        window().showPage("sources");
        ask({});
        const QSignalSpy shownAnew(&table("Imported").facts(), &QAbstractItemModel::modelReset);
        ask(narrowed({}, conditionFromText("feature=support-chat").value()));
        QCOMPARE(shownAnew.size(), 0);
        ask({});
    }

    void controlKGoesToAnything()
    {
        window().showPage("overview");
        const Scope before = window().scope();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
        auto* palette = window().findChild<CommandPalette*>();
        QVERIFY(palette->isVisible());
        const int commands = palette->list().rowCount();
        QTRY_VERIFY(palette->list().rowCount() > commands);
        auto* field = palette->findChild<QLineEdit*>();
        QTest::keyClicks(field, "support-chat");
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(window().scope(), narrowed(before, conditionFromText("feature=support-chat").value()));
        ask(before);
    }

    void aCancelledImportIsNoFailure()
    {
        const auto path = sampleFile("cancelled.jsonl", 3);
        const std::int64_t before = window().session().queries()->status(StopToken())->calls;
        QSignalSpy ended(&window().session(), &WorkspaceSession::changeEnded);
        QSignalSpy failed(&window().session(), &WorkspaceSession::failed);
        {
            const test::HeldWorkspace held(file("w.plumb"));
            window().session().import(file("w.plumb"), {.paths = {path}});
            window().session().cancelChange();
        }
        QVERIFY(ended.wait(10'000));
        QVERIFY(failed.isEmpty());
        window().session().refresh();
        QTest::qWait(200);
        QCOMPARE(window().session().queries()->status(StopToken())->calls, before);
    }

    void aFilterThatLeavesNothingOffersTheWayBack()
    {
        window().showPage("overview");
        const Scope before = window().scope();
        ask(narrowed({}, conditionFromText("feature=no-such-feature").value()));
        QTest::qWait(50);
        QStringList texts;
        for (const QLabel* label : window().findChildren<QLabel*>())
            if (label->isVisible())
                texts += label->text();
        QVERIFY(texts.contains("No calls in this filter"));
        ask(before);
    }

    void chipsDoNotWidenTheWindow()
    {
        const Scope before = window().scope();
        const int narrowest = window().minimumSizeHint().width();
        Scope many = before;
        for (const char* condition : {"feature=support-chat", "model~claude", "cost>0.0001", "environment=production",
                                      "user~somebody-with-a-long-name", "status=error"})
            many = narrowed(many, conditionFromText(condition).value());
        ask(many);
        constexpr int oneChip = 130;
        QVERIFY2(window().minimumSizeHint().width() <= narrowest + oneChip,
                 qPrintable(QString::number(window().minimumSizeHint().width())));
        if (const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES"); !folder.isEmpty())
            window().grab().save(folder + "/chips.png");
        ask(before);
        QTRY_COMPARE(window().minimumSizeHint().width(), narrowest);
    }

    void picturesOfEveryPageInBothThemes()
    {
        for (const QString& id : window().pageIds()) {
            const QImage light = window().pagePicture(id, ThemeChoice::Light);
            const QImage dark = window().pagePicture(id, ThemeChoice::Dark);
            QCOMPARE(light.size(), QSize(1440, 900) * light.devicePixelRatio());
            QCOMPARE(light.pixelColor(600, 894), lightColors().window);
            QCOMPARE(dark.pixelColor(600, 894), darkColors().window);
        }
    }

    void nothingBlocksTheWindow()
    {
        test::GuiWatch watch;
        std::vector<std::int64_t> rounds;
        for (const char* round : {"first", "second", "third"}) {
            for (const ThemeChoice theme : {ThemeChoice::Dark, ThemeChoice::Light}) // each page is laid out anew
                window().pagePicture("overview", theme);
            watch.take();
            for (const QString& id : window().pageIds()) {
                window().showPage(id);
                watch.endTask(); // a click; painting comes after it
                QCoreApplication::processEvents();
                watch.endTask();
                ask(narrowed({}, conditionFromText("environment!=" + fromQt(id) + round).value()));
            }
            rounds.push_back(watch.take());
            qInfo("%s round: longest task of the GUI thread %lld ms of CPU", round,
                  static_cast<long long>(rounds.back()));
        }
#ifdef NDEBUG
        QVERIFY(static_cast<double>(test::middleOf(rounds)) <= 50 * test::slowdownOfThread());
#endif
    }

    /// The newest of two would take the other's place, and an import that was half done would be gone without a word.
    void aBillDuringAnImportWaitsForIt()
    {
        WorkspaceSession& session = window().session();
        QTRY_VERIFY_WITH_TIMEOUT(!session.isChanging(), 60'000);
        QSignalSpy imported(&session, &WorkspaceSession::imported), recorded(&session, &WorkspaceSession::billRecorded);
        session.import(file("w.plumb"), {.paths = {sampleFile("more.jsonl", 2)}});
        session.addBill({.provider = "openai", .month = 680, .amount = Money(5'000'000'000'000)});
        QVERIFY(recorded.wait(60'000));
        QCOMPARE(imported.size(), 1);
        QTRY_VERIFY_WITH_TIMEOUT(!session.isChanging(), 60'000);
    }

    void cleanupTestCase()
    {
        m_window.reset();
    }
};

QTEST_MAIN(WindowTest)
#include "window_test.moc"
