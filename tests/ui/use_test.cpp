// SPDX-License-Identifier: GPL-3.0-or-later
#include <QContextMenuEvent>
#include <QDialogButtonBox>
#include <QDragEnterEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTableWidget>

#include <fstream>
#include <set>

#include "model/simulation/lever.h"
#include "support/csv_fields.h"
#include "support/sample_window.h"
#include "support/unnamed_controls.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/annotations_dialog.h"
#include "ui/pages/calls_dialog.h"
#include "ui/pages/import_dialogs.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/page.h"
#include "ui/pages/request_export.h"
#include "ui/pages/scenario_card.h"
#include "ui/pages/trace_card.h"
#include "ui/pages/traces_page.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/period_dialog.h"
#include "ui/widgets/toast.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// What a person does with the window, by keys and menus, across its pages.
class UseTest : public QObject
{
    Q_OBJECT

private:
    static constexpr int patience = 30'000;
    std::unique_ptr<test::SampleWindow> m_sample;

    MainWindow& window() { return m_sample->window(); }
    const Queries& queries() { return *m_sample->session().queries(); }
    DataTable& table(const QString& name)
    {
        for (DataTable* one : window().findChildren<DataTable*>())
            if (one->accessibleName() == name && one->isVisible())
                return *one;
        qFatal("no table %s", qPrintable(name));
    }
    QAction& command(const QString& text)
    {
        for (QAction* action : window().findChildren<QAction*>())
            if (action->text() == text)
                return *action;
        qFatal("no command %s", qPrintable(text));
    }
    /// Of the menus of the filter bar, filled as if they were opened.
    QAction& inFilterBar(const QString& text)
    {
        auto* bar = window().findChild<FilterBar*>();
        const auto menus = bar->findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly);
        for (QMenu* menu : menus)
            emit menu->aboutToShow();
        for (const QMenu* menu : menus)
            for (QAction* action : menu->actions())
                if (action->text() == text)
                    return *action;
        qFatal("nothing says %s", qPrintable(text));
    }
    template <class Act>
    void andSettle(Act act)
    {
        QSignalSpy settled(&window(), &MainWindow::settled);
        act();
        QVERIFY(settled.wait(patience));
    }
    /// A key of the window, which a dialog before may have taken the keys from.
    void press(Qt::Key key)
    {
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        QTest::keyClick(&window(), key, Qt::ControlModifier);
    }
    /// Types into the palette and takes the first entry, or the one of a title.
    void goTo(const QString& typed, const QString& title = {})
    {
        press(Qt::Key_K);
        QLineEdit* field = nullptr;
        for (QLineEdit* one : window().findChildren<QLineEdit*>())
            if (one->accessibleName() == u"Go to or do"_s)
                field = one;
        QVERIFY(field && field->isVisible());
        auto* list = field->window()->findChild<QAbstractItemView*>();
        QTest::keyClicks(field, typed);
        const auto row = [&] {
            for (int at = 0; at < list->model()->rowCount(); ++at)
                if (list->model()->index(at, 0).data().toString() == title)
                    return at;
            return -1;
        };
        if (title.isEmpty()) {
            QTest::keyClick(field, Qt::Key_Return);
            return;
        }
        QTRY_VERIFY_WITH_TIMEOUT(row() >= 0, patience);
        for (int at = row(); at > 0; --at)
            QTest::keyClick(field, Qt::Key_Down);
        QTest::keyClick(field, Qt::Key_Return);
    }
    /// Opens the menu of the table's current cell by its key and takes an entry.
    void takeFromCell(DataTable& table, const QString& text)
    {
        QTimer::singleShot(50, this, [text] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            if (!menu)
                qFatal("no menu");
            for (QAction* action : menu->actions())
                if (action->text() == text) {
                    menu->setActiveAction(action);
                    QTest::keyClick(menu, Qt::Key_Return);
                    return;
                }
            menu->close();
        });
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, table.mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(&table, &event);
    }

private slots:
    void initTestCase()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(1500);
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }

    void anyTwoPeriodsAreCompared()
    {
        const ReportingCalendar& calendar = queries().calendar();
        const std::int32_t first = calendar.monthOf(queries().extent()->first);
        const std::int32_t last = calendar.monthOf(Timestamp(queries().extent()->end.microseconds() - 1));
        QVERIFY(last > first);
        andSettle([&] { window().setScope({.filter = {.period = calendar.month(first)}}); });
        // With a month that came after it: no month before would be that.
        QAction* const month = inFilterBar(u"Another month"_s).menu()->actions().front();
        andSettle([&] { month->trigger(); });
        QVERIFY(window().scope().baseline == calendar.month(last));
        // Or any days.
        inFilterBar(u"Another period…"_s).trigger();
        auto* dialog = window().findChild<PeriodDialog*>();
        QVERIFY(dialog);
        QCOMPARE(test::unnamedControls(*dialog).join(u", "_s), QString());
        andSettle([&] { dialog->accept(); });
        QVERIFY(window().scope().baseline == dialog->period());
        // Spend says what changed between them, to the cent.
        m_sample->showPage(u"spend"_s);
        andSettle([&] { window().setScope({}); });
    }

    void searchingWorksOnEveryPage()
    {
        for (const QString& id : window().pageIds()) {
            m_sample->showPage(id);
            window().setFocus();
            press(Qt::Key_F);
            auto* field = qobject_cast<QLineEdit*>(window().focusWidget());
            QVERIFY2(field && field->isVisible(), qPrintable(id));
            QTest::keyClick(field, Qt::Key_Escape);
        }
    }

    void columnsAreSortedByKeys()
    {
        m_sample->showPage(u"features"_s);
        DataTable& features = table(u"Token breakdown"_s);
        features.setFocus();
        features.setCurrentIndex(features.model()->index(0, 1));
        const QString title = features.facts().headerData(1, Qt::Horizontal).toString();
        takeFromCell(features, u"Sort by %1, smallest first"_s.arg(title));
        QCOMPARE(features.horizontalHeader()->sortIndicatorSection(), 1);
        const auto value = [&](int row) { return features.facts().index(row, 1).data(ValueRole).toDouble(); };
        QVERIFY(value(0) <= value(1));
        takeFromCell(features, u"Sort by %1, largest first"_s.arg(title));
        QVERIFY(value(0) >= value(1));
    }

    void whatChartsAndTablesShowOpensItsCalls()
    {
        const auto opens = [&](QWidget& widget) {
            widget.setFocus();
            QTest::keyClick(&widget, Qt::Key_Right);
            QTest::keyClick(&widget, Qt::Key_Return);
            auto* calls = window().findChild<CallsDialog*>();
            const bool isOpen = calls && calls->isVisible();
            delete calls;
            return isOpen;
        };
        m_sample->showPage(u"features"_s);
        int charts = 0;
        for (PlotView* chart : window().findChildren<PlotView*>())
            if (chart->isVisible()) {
                QVERIFY2(opens(*chart), qPrintable(chart->accessibleName()));
                ++charts;
            }
        QVERIFY(charts >= 1);
        for (const auto& [page, name] : {std::pair(u"what-if"_s, u"By feature"_s),
                                         {u"what-if"_s, u"Now and with the scenario"_s},
                                         {u"spend"_s, u"Reconciliation with invoices"_s}}) {
            m_sample->showPage(page);
            DataTable& shown = table(name);
            QTRY_VERIFY_WITH_TIMEOUT(shown.facts().rowCount() > 0, patience);
            shown.selectRow(0);
            QVERIFY2(opens(shown), qPrintable(name));
        }
    }

    /// What a cell of the list of calls narrows can be taken back, and never widens what the figure is about.
    void callsAreNarrowedAndWidened()
    {
        m_sample->showPage(u"overview"_s);
        const Filter filter{.conditions = {*conditionFromText("feature=support-chat,doc-search")}};
        emit window().findChild<OverviewPage*>()->callsRequested(filter, u"two"_s);
        auto* dialog = window().findChild<CallsDialog*>();
        QVERIFY(dialog);
        QSignalSpy settled(dialog, &CallsDialog::settled);
        QVERIFY(settled.wait(patience));
        const auto features = [&] {
            std::set<std::string> all;
            for (const CallRow& row : dialog->calls().rows())
                all.insert(row.feature);
            return all;
        };
        QCOMPARE(features().size(), std::size_t{2});
        emit dialog->table().conditionChosen(*conditionFromText("feature=doc-search"));
        QVERIFY(settled.wait(patience));
        QVERIFY(features() == std::set<std::string>{"doc-search"});
        emit dialog->table().conditionChosen(*conditionFromText("feature!=doc-search"));
        QVERIFY(settled.wait(patience));
        QVERIFY(features().empty());
        const auto takeBack = [&](const QString& name) {
            for (QPushButton* chip : dialog->findChildren<QPushButton*>())
                if (!chip->visibleRegion().isEmpty() && chip->accessibleName() == u"Remove filter "_s + name)
                    chip->click();
            QVERIFY(settled.wait(patience));
        };
        takeBack(u"not feature: doc-search"_s);
        QVERIFY(features() == std::set<std::string>{"doc-search"});
        QCOMPARE(test::unnamedControls(*dialog).join(u", "_s), QString());
        if (const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES"); !folder.isEmpty())
            dialog->grab().save(folder + u"/calls-narrowed.png"_s);
        takeBack(u"feature: doc-search"_s);
        QCOMPARE(features().size(), std::size_t{2});
        dialog->close();
    }

    void thePaletteOpensScenariosAndTraces()
    {
        SavedScenario saved{.scenario = {.name = "Shorter answers", .levers = {{.lever = "cap-output"}}}};
        QSignalSpy edited(&m_sample->session(), &WorkspaceSession::edited);
        m_sample->session().saveScenario(saved);
        QVERIFY(edited.wait(patience));
        m_sample->showPage(u"overview"_s);
        goTo(u"shorter answ"_s, u"Shorter answers"_s);
        QTRY_COMPARE_WITH_TIMEOUT(window().findChild<ScenarioCard*>()->scenario().name, std::string("Shorter answers"),
                                  patience);
        const auto calls = queries().calls({}, CallOrder::Costliest, 1, StopToken());
        const QString trace = toQt(calls->rows.front().traceId);
        goTo(trace, u"Go to the trace or call %1"_s.arg(trace));
        auto* page = window().findChild<TracesPage*>();
        QTRY_VERIFY_WITH_TIMEOUT(page->isVisible() && page->trace().trace().traceId == calls->rows.front().traceId,
                                 patience);
        andSettle([&] { window().setScope({}); });
    }

    void keysOfMetadataAreColumns()
    {
        m_sample->showPage(u"traces"_s);
        TracesPage& page = *window().findChild<TracesPage*>();
        const RequestTable& requests = page.requests();
        QVERIFY(!requests.metadataKeys().empty());
        const std::string& key = requests.metadataKeys().front();
        int column = -1;
        for (int i = 0; i < requests.columnCount(); ++i)
            if (requests.headerData(i, Qt::Horizontal, ColumnIdRole).toString() == toQt("metadata." + key))
                column = i;
        QVERIFY(column > 0);
        QVERIFY(page.list().isColumnHidden(column));
        andSettle([&] { page.list().sortByColumn(column, Qt::DescendingOrder); });
        QVERIFY(requests.rowAt(0));
        const QString value = toQt(metadataOf(*requests.rowAt(0), key));
        QVERIFY(!value.isEmpty());
        QCOMPARE(requests.index(0, column).data().toString(), value);
        const auto condition = requests.index(0, column).data(ConditionRole).value<Condition>();
        QVERIFY(condition.of == (DimensionChoice{Dimension::Metadata, key}));
        andSettle([&] { page.list().sortByColumn(0, Qt::DescendingOrder); });
        // And in the file, behind what all have.
        const QString path = toQt(m_sample->file("metadata.csv").string());
        QVERIFY(writeRequests(*requests.list(), requests.order(), {key}, path, StopToken(), {}));
        std::ifstream file(path.toStdString());
        std::string line;
        const auto lastField = [&] { return test::csvFields(QString::fromStdString(line).trimmed()).value(16); };
        QVERIFY(std::getline(file, line));
        QCOMPARE(lastField(), toQt("metadata." + key));
        for (int row = 0; row < 20 && std::getline(file, line); ++row)
            QCOMPARE(lastField(), toQt(metadataOf(*requests.rowAt(row), key)));
    }

    /// The newest is taken back first, wherever it was done: also on a page with steps of its own.
    void anAnnotationIsTakenBackOnWhatIf()
    {
        m_sample->showPage(u"what-if"_s);
        command(u"A&nnotations…"_s).trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window().findChild<AnnotationsDialog*>(), patience);
        auto* dialog = window().findChild<AnnotationsDialog*>();
        dialog->add(queries().calendar().dayOf(queries().extent()->first));
        dialog->findChild<QTableWidget*>()->item(0, 2)->setText(u"a deploy"_s);
        auto* buttons = dialog->findChild<QDialogButtonBox*>();
        buttons->buttons().first()->setFocus();
        emit buttons->accepted();
        const auto annotations = [&] { return queries().annotations(StopToken())->size(); };
        QTRY_COMPARE_WITH_TIMEOUT(annotations(), std::size_t{1}, patience);
        const Scenario scenario = window().findChild<ScenarioCard*>()->scenario();
        command(u"&Undo the last change"_s).trigger();
        QTRY_COMPARE_WITH_TIMEOUT(annotations(), std::size_t{0}, patience);
        QVERIFY(window().findChild<ScenarioCard*>()->scenario() == scenario);
    }

    void aBudgetThatIsPassedIsToldOnce()
    {
        SpendPlan plan;
        plan.budgets = {{.cents = 1}};
        m_sample->session().setSpendPlan(plan);
        const auto toast = [&] { return window().findChild<Toast*>(); };
        QTRY_VERIFY_WITH_TIMEOUT(toast() && toast()->isVisible() && toast()->text().contains(u"of a budget of"_s),
                                 patience);
        // It stands above the page, and is not in its picture.
        window().pagePicture(u"overview"_s, ThemeChoice::Light);
        QVERIFY(!toast()->isVisible());
        // Told once, whatever comes after it: the next to be told is another.
        const ReportingCalendar& calendar = queries().calendar();
        const std::int32_t month = calendar.monthOf(Timestamp(queries().extent()->end.microseconds() - 1));
        const auto spent = queries().breakdown(
            {.filter = {.period = calendar.month(month)}, .by = {{Dimension::Feature, {}}}}, StopToken());
        const std::string feature = spent->rows.front().keys.front();
        plan.budgets.push_back({.scope = {.of = "feature", .value = feature}, .cents = 1});
        m_sample->session().setSpendPlan(plan);
        QTRY_VERIFY_WITH_TIMEOUT(toast()->text().contains(toQt(feature)), patience);
        QVERIFY(!toast()->text().contains(u"more"_s));
    }

    void whatIsDroppedIsImported()
    {
        const QString path = toQt(m_sample->sampleFile("dropped.jsonl", 77).string());
        const std::int64_t before = queries().status(StopToken())->calls;
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(path)});
        QTimer look;
        connect(&look, &QTimer::timeout, this, [&] {
            auto* dialog = window().findChild<ImportPreviewDialog*>();
            if (!dialog || !dialog->isVisible())
                return;
            for (QPushButton* button : dialog->findChildren<QPushButton*>())
                if (button->isDefault() && button->isEnabled()) // what Return presses
                    button->click();
        });
        look.start(100);
        QSignalSpy imported(&m_sample->session(), &WorkspaceSession::imported);
        QDragEnterEvent enter({400, 400}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({400, 400}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window(), &drop);
        QVERIFY(imported.wait(patience));
        QTRY_VERIFY_WITH_TIMEOUT(queries().status(StopToken())->calls > before, patience);
    }

    void cleanupTestCase() { m_sample.reset(); }
};

QTEST_MAIN(UseTest)
#include "use_test.moc"
