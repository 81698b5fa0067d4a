// SPDX-License-Identifier: GPL-3.0-or-later
#include <QItemSelectionModel>
#include <QMenu>

#include "model/items/format.h"
#include "support/traces_page_in_use.h"
#include "support/unnamed_controls.h"
#include "ui/pages/compare_calls_dialog.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// Two calls or two traces beside one another: one after the other marked, or both chosen in the list.
class CompareRequestsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::TracesPageInUse> m_used;

    TracesPage& page() { return m_used->page(); }

private slots:
    void initTestCase() { m_used = std::make_unique<test::TracesPageInUse>(1000); }

    void twoCallsAreCompared()
    {
        m_used->choose(5);
        const CallRow first = page().call().prompt().call;
        QPushButton& compare = m_used->button(page().call(), u"Mark the call to compare it with another one"_s);
        compare.click();
        m_used->choose(6);
        const CallRow second = page().call().prompt().call;
        QCOMPARE(compare.text(), u"Compare with the marked call"_s);
        compare.click();
        auto* dialog = page().findChild<CompareCallsDialog*>();
        QVERIFY(dialog);
        QSignalSpy settled(dialog, &CompareCallsDialog::settled);
        QVERIFY(settled.wait());
        for (const CallFigure& figure : dialog->figures().rows())
            if (figure.name == u"Cost"_s) {
                QVERIFY(figure.left == first.cost->picodollars());
                QVERIFY(figure.right == second.cost->picodollars());
            }
        QVERIFY(dialog->figures().rows().size() > 5);
        QVERIFY(!dialog->steps().rows().empty());
        QCOMPARE(test::unnamedControls(*dialog).join(u", "_s), QString());
        dialog->close();
    }

    void twoChosenTracesAreCompared()
    {
        DataTable& list = page().list();
        list.selectRow(2);
        list.selectionModel()->select(list.model()->index(5, 0),
                                      QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QMenu menu;
        page().addRowActions(menu, 5);
        QCOMPARE(menu.actions().first()->text(), u"Compare the two traces"_s);
        const CallRow one = page().requests().rowAt(2)->call, other = page().requests().rowAt(5)->call;
        menu.actions().first()->trigger();
        auto* dialog = page().findChild<CompareCallsDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->windowTitle(), u"Compare two traces"_s);
        QSignalSpy settled(dialog, &CompareCallsDialog::settled);
        QVERIFY(settled.wait(60'000));
        const CallRow& earlier = one.start < other.start ? one : other;
        for (const CallFigure& figure : dialog->figures().rows())
            if (figure.name == u"Cost"_s)
                QVERIFY(figure.left == earlier.cost->picodollars());
        dialog->close();
        list.selectRow(2);
        QMenu ofOne;
        page().addRowActions(ofOne, 2);
        QVERIFY(!ofOne.actions().first()->text().startsWith(u"Compare"_s));
    }
};

QTEST_MAIN(CompareRequestsTest)
#include "compare_requests_test.moc"
