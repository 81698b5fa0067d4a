// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHeaderView>
#include <QMenu>
#include <QPlainTextEdit>

#include <fstream>

#include "model/core/filter_expression.h"
#include "support/csv_fields.h"
#include "support/traces_page_in_use.h"
#include "support/unnamed_controls.h"
#include "ui/pages/call_card.h"
#include "ui/pages/calls_dialog.h"
#include "ui/pages/explain_cost_dialog.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/request_export.h"
#include "ui/pages/trace_card.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/text_reader.h"
#include "ui/widgets/tree_table.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// The page Traces as an engineer uses it: from a number to the bytes that caused it.
class TracesPageTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::TracesPageInUse> m_used;

    MainWindow& window() { return m_used->window(); }
    TracesPage& page() { return m_used->page(); }
    const Queries& queries() { return m_used->queries(); }
    template <class Act>
    void andSettle(Act act)
    {
        m_used->andSettle(act);
    }
    void choose(int row) { m_used->choose(row); }
    void type(const char* expression)
    {
        page().filter().setFocus();
        page().filter().selectAll();
        QTest::keyClicks(&page().filter(), QString::fromUtf8(expression));
    }
    std::size_t matches(const char* expression, RequestUnit unit = RequestUnit::Traces)
    {
        Filter filter = window().scope().filter;
        filter.conditions = *conditionsFromExpression(expression);
        return (*queries().requests(filter, unit, StopToken()))->size();
    }

private slots:
    void initTestCase() { m_used = std::make_unique<test::TracesPageInUse>(2000); }

    void init()
    {
        Scope scope = window().scope();
        scope.filter.conditions.clear();
        andSettle([&] {
            window().setScope(scope);
            window().setScope({});
            window().setScope(scope);
        });
    }

    void theListHoldsEveryTraceOfTheFilter()
    {
        const auto list = page().requests().list();
        QCOMPARE(page().requests().rowCount(), static_cast<int>(matches("")));
        QVERIFY(page().requests().rowCount() > RequestTable::pageRows * 2);
        const Breakdown breakdown = *queries().breakdown({.filter = window().scope().filter}, StopToken());
        QVERIFY(list->total().cost == breakdown.total.cost);
        QCOMPARE(list->total().calls, breakdown.total.calls);
    }

    void everyControlHasAName() { QCOMPARE(test::unnamedControls(page()).join(u", "_s), QString()); }

    void anExpressionNarrowsEveryPage()
    {
        const char* expression = "feature:support-chat cost>0.001";
        type(expression);
        andSettle([&] { QTest::keyClick(&page().filter(), Qt::Key_Return); });
        QVERIFY(window().scope().filter.conditions == *conditionsFromExpression(expression));
        QCOMPARE(page().requests().rowCount(), static_cast<int>(matches(expression)));
        // Without a chip the field is empty again, and everything is there.
        andSettle([&] {
            QTest::keyClick(&page().list(), Qt::Key_Escape);
            QTest::keyClick(&page().list(), Qt::Key_Escape);
        });
        QTRY_COMPARE(page().filter().text(), QString());
    }

    void whatIsWrongIsRedAndChangesNothing()
    {
        const Scope before = window().scope();
        type("colour:blue");
        QCOMPARE(page().filter().property("judged").toString(), u"bad"_s);
        QVERIFY(page().filter().toolTip().contains(u"colour"_s));
        QTest::keyClick(&page().filter(), Qt::Key_Return);
        QVERIFY(window().scope() == before);
        // A name that no drain has, though the field has.
        type("drain:system-bloat");
        QCOMPARE(page().filter().property("judged").toString(), u"bad"_s);
        QVERIFY(page().filter().toolTip().contains(u"resent-history"_s));
        QTest::keyClick(&page().filter(), Qt::Key_Return);
        QVERIFY(window().scope() == before);
        type("drain~history status:error");
        QCOMPARE(page().filter().property("judged").toString(), u"good"_s);
        type("model~gpt");
        QCOMPARE(page().filter().property("judged").toString(), u"good"_s);
        QTest::keyClick(&page().filter(), Qt::Key_Escape);
        QTest::keyClick(&page().filter(), Qt::Key_Escape);
        QCOMPARE(page().filter().text(), QString());
    }

    void fieldsAndValuesAreCompleted()
    {
        type("feat");
        QCOMPARE(page().filter().offered().value(0), u"feature:"_s);
        QTest::keyClick(&page().filter(), Qt::Key_Tab);
        QCOMPARE(page().filter().text(), u"feature:"_s);
        QTRY_VERIFY(page().filter().offered().contains(u"support-chat"_s));
        QTest::keyClicks(&page().filter(), u"supp"_s);
        QTRY_COMPARE(page().filter().offered(), QStringList{u"support-chat"_s});
        QVERIFY(page().filter().accessibleDescription().contains(u"support-chat"_s));
        QTest::keyClick(&page().filter(), Qt::Key_Tab);
        QCOMPARE(page().filter().text(), u"feature:support-chat "_s);
        QTest::keyClicks(&page().filter(), u"drain:resent"_s);
        QCOMPARE(page().filter().offered(), QStringList{u"resent-history"_s});
        andSettle([&] {
            QTest::keyClick(&page().filter(), Qt::Key_Tab);
            QTest::keyClick(&page().filter(), Qt::Key_Return);
        });
        QCOMPARE(page().requests().rowCount(), static_cast<int>(matches("feature:support-chat drain:resent-history")));
    }

    void historyIsWalkedAndKept()
    {
        for (const char* expression : {"model~gpt", "model~claude"}) {
            type(expression);
            andSettle([&] { QTest::keyClick(&page().filter(), Qt::Key_Return); });
        }
        QTest::keyClick(&page().filter(), Qt::Key_Up);
        QTest::keyClick(&page().filter(), Qt::Key_Up);
        QCOMPARE(page().filter().text(), u"model~gpt"_s);
        QTest::keyClick(&page().filter(), Qt::Key_Down);
        QCOMPARE(page().filter().text(), u"model~claude"_s);
        // One that is kept is there for whoever opens the workspace next.
        QSignalSpy edited(&m_used->sample().session(), &WorkspaceSession::edited);
        emit page().filter().keepRequested({}, SavedFilter{.name = "claudes", .expression = "model~claude"});
        QVERIFY(edited.wait());
        const auto namesIn = [&] {
            QMenu menu;
            page().filter().fillMenu(menu);
            QStringList names;
            for (const QAction* action : menu.actions())
                names += action->text();
            return names;
        };
        QTRY_VERIFY(namesIn().contains(u"claudes"_s));
        QVERIFY(namesIn().contains(u"model~gpt"_s));
        QVERIFY(*queries().savedFilters(StopToken()) ==
                (std::vector<SavedFilter>{{.name = "claudes", .expression = "model~claude"}}));
        // One put in its place, and one forgotten, come back with Ctrl+Z.
        const auto kept = [&] { return *queries().savedFilters(StopToken()); };
        const SavedFilter first{.name = "claudes", .expression = "model~claude"};
        const SavedFilter second{.name = "claudes", .expression = "model~opus"};
        emit page().filter().keepRequested(first, second);
        QTRY_VERIFY(kept() == std::vector<SavedFilter>{second});
        emit page().filter().keepRequested(second, {});
        QTRY_VERIFY(kept().empty());
        QTest::keySequence(&window(), QKeySequence::Undo);
        QTRY_VERIFY(kept() == std::vector<SavedFilter>{second});
        QTest::keySequence(&window(), QKeySequence::Undo);
        QTRY_VERIFY(kept() == std::vector<SavedFilter>{first});
    }

    void wordsAreFoundInPrompts()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!m_used->sample().session().isAnalysing(), 60'000);
        type("\"refund\"");
        andSettle([&] { QTest::keyClick(&page().filter(), Qt::Key_Return); });
        const int found = page().requests().rowCount();
        QVERIFY(found > 0 && found < static_cast<int>(matches("")));
    }

    void aHeaderSorts()
    {
        const RequestTable& requests = page().requests();
        int cost = -1;
        for (int column = 0; column < requests.columnCount(); ++column)
            if (requests.headerData(column, Qt::Horizontal, ColumnIdRole).toString() == u"cost"_s)
                cost = column;
        const auto click = [&] {
            QHeaderView* header = page().list().horizontalHeader();
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                              QPoint(header->sectionViewportPosition(cost) + 8, 8));
        };
        const int last = requests.rowCount() - 1;
        click();
        QTRY_VERIFY(requests.sortedBy() == RequestColumn::Cost && requests.isDescending());
        QTRY_VERIFY(requests.rowAt(0)->cost > requests.rowAt(RequestTable::pageRows - 1)->cost);
        click();
        QTRY_VERIFY(!requests.isDescending());
        QTRY_VERIFY(requests.rowAt(0)->cost < requests.rowAt(RequestTable::pageRows - 1)->cost);
        QCOMPARE(requests.rowCount() - 1, last);
        andSettle([&] { page().list().sortByColumn(0, Qt::DescendingOrder); });
    }

    void rowsFarDownAreFetchedWhenLookedAt()
    {
        const RequestTable& requests = page().requests();
        const int last = requests.rowCount() - 1;
        QVERIFY(!requests.rowAt(last));
        page().list().scrollTo(requests.index(last, 0));
        QTRY_VERIFY(requests.rowAt(last));
        choose(last);
        QCOMPARE(page().trace().trace().traceId, requests.rowAt(last)->call.traceId);
    }

    void aTraceShowsWhatEachPartCost()
    {
        type("feature:order-agent");
        andSettle([&] { QTest::keyClick(&page().filter(), Qt::Key_Return); });
        choose(1);
        const TraceAnswer& trace = page().trace().trace();
        QCOMPARE(trace.traceId, page().requests().rowAt(1)->call.traceId);
        QVERIFY(trace.steps.size() > 2);
        const PromptAnswer& prompt = page().call().prompt();
        MoneySum cost;
        for (const auto* blocks : {&prompt.blocks, &prompt.unlogged})
            for (const PromptBlock& block : *blocks)
                cost += block.cost.value_or(Money());
        QVERIFY(cost == MoneySum(*prompt.call.cost));
        // Another step, another prompt.
        const StepTable& steps = page().trace().steps();
        for (int row = steps.rowCount() - 1; row >= 0; --row)
            if (const auto call = steps.stepAt(row).call; call && *call != prompt.call.id) {
                page().trace().table().selectRow(row);
                QTRY_VERIFY(page().call().prompt().call.id == *call);
                return;
            }
        QFAIL("a trace of one call");
    }

    void stepsFoldByKeys()
    {
        type("feature:order-agent");
        andSettle([&] { QTest::keyClick(&page().filter(), Qt::Key_Return); });
        choose(2);
        TreeTable& table = page().trace().table();
        const StepTable& steps = page().trace().steps();
        const int all = steps.rowCount();
        table.setFocus();
        table.selectRow(0);
        QTest::keyClick(&table, Qt::Key_Left);
        QVERIFY(steps.rowCount() < all);
        QTest::keyClick(&table, Qt::Key_Right);
        QCOMPARE(steps.rowCount(), all);
        // Left on a leaf goes to what it is part of.
        table.selectRow(all - 1);
        QVERIFY(steps.parentRow(all - 1) >= 0);
        const int parent = steps.parentRow(all - 1);
        QTest::keyClick(&table, Qt::Key_Left);
        QCOMPARE(table.currentIndex().row(), parent);
    }

    void aTextIsReadAndSearched()
    {
        choose(3);
        CallCard& card = page().call();
        card.table().setFocus();
        card.table().selectRow(0);
        QTest::keyClick(&card.table(), Qt::Key_Return);
        if (!card.reader().isVisible()) { // a segment of several parts unfolds first
            card.table().selectRow(1);
            QTest::keyClick(&card.table(), Qt::Key_Return);
        }
        QVERIFY(card.reader().isVisible());
        QCOMPARE(card.reader().findChild<QPlainTextEdit*>()->document()->defaultFont().family(),
                 fonts::mono().family());
        QVERIFY(card.reader().text().size() > 20);
        QCOMPARE(card.reader().shownText().simplified(), card.reader().text().simplified());
        QTest::keyClick(&card.reader(), Qt::Key_Escape);
        QVERIFY(!card.reader().isVisible());
    }

    void returnOnAStepExplainsItsCost()
    {
        choose(4);
        TreeTable& table = page().trace().table();
        table.setFocus();
        QTest::keyClick(&table, Qt::Key_Return);
        auto* dialog = window().findChild<ExplainCostDialog*>();
        QVERIFY(dialog);
        QSignalSpy settled(dialog, &ExplainCostDialog::settled);
        QVERIFY(settled.wait());
        QVERIFY(dialog->text().contains(format::money(MoneySum(*page().call().prompt().call.cost))));
        dialog->close();
    }

    void aNumberLeadsToItsBytes()
    {
        // A figure on any page: its calls, and from there the prompt that caused it.
        const Filter filter{.period = window().scope().filter.period,
                            .conditions = *conditionsFromExpression("feature:doc-search")};
        m_used->sample().showPage(u"overview"_s);
        emit window().findChild<OverviewPage*>()->callsRequested(filter, u"doc-search"_s);
        auto* calls = window().findChild<CallsDialog*>();
        QVERIFY(calls);
        QSignalSpy settled(calls, &CallsDialog::settled);
        QVERIFY(settled.wait());
        const CallRow wanted = calls->calls().rowAt(1);
        emit calls->traceRequested(static_cast<qint64>(wanted.id));
        QTRY_VERIFY(page().isVisible() && page().call().prompt().call.id == wanted.id);
        QCOMPARE(page().trace().trace().traceId, wanted.traceId);
        // Or all of them at once.
        emit calls->requestsRequested(filter);
        QTRY_COMPARE(page().requests().rowCount(), static_cast<int>(matches("feature:doc-search")));
        QCOMPARE(page().filter().text(), u"feature:doc-search"_s);
        calls->close();
    }

    void everyRowIsExported()
    {
        const auto list = page().requests().list();
        const QString path = toQt(m_used->sample().file("all.csv").string());
        const auto written = writeRequests(*list, page().requests().order(), {}, path, StopToken(), {});
        QVERIFY(written);
        std::ifstream file(path.toStdString());
        std::string line;
        std::size_t lines = 0;
        MoneySum cost;
        while (std::getline(file, line)) {
            const QStringList fields = test::csvFields(QString::fromStdString(line));
            QCOMPARE(fields.size(), qsizetype{16});
            if (lines++ > 0 && !fields[12].isEmpty())
                cost += *moneyFromDecimal(fields[12].toStdString());
        }
        QCOMPARE(lines, list->size() + 1);
        QVERIFY(cost == *list->total().cost);
        QVERIFY(!writeRequests(*list, page().requests().order(), {}, u"/nowhere/at/all.csv"_s, StopToken(), {}));
    }

    void callsAreListedToo()
    {
        andSettle([&] { m_used->button(page(), u"Calls"_s).click(); });
        QCOMPARE(page().requests().rowCount(), static_cast<int>(matches("", RequestUnit::Calls)));
        andSettle([&] { m_used->button(page(), u"Traces"_s).click(); });
        QCOMPARE(page().requests().rowCount(), static_cast<int>(matches("")));
    }
};

QTEST_MAIN(TracesPageTest)
#include "traces_page_test.moc"
