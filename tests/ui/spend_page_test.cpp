// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QTimer>

#include <numeric>

#include "model/items/format.h"
#include "support/sample_window.h"
#include "support/unnamed_controls.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/spend_page.h"
#include "ui/pages/spend_plan_dialog.h"
#include "ui/widgets/data_table.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// The page Spend as a person of finance uses it.
class SpendPageTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_sample;

    SpendPage& page() { return *m_sample->window().findChild<SpendPage*>(); }
    template <class Chart>
    Chart chart()
    {
        for (PlotView* plot : page().findChildren<PlotView*>())
            if (std::holds_alternative<Chart>(plot->spec()))
                return std::get<Chart>(plot->spec());
        qFatal("no such chart");
    }
    DataTable& table(const QString& title)
    {
        for (DataTable* of : page().findChildren<DataTable*>())
            if (of->accessibleName() == title)
                return *of;
        qFatal("no table %s", qPrintable(title));
    }
    SpendAnswer answer()
    {
        const Queries& queries = *m_sample->session().queries();
        const auto& calendar = queries.calendar();
        const std::int32_t month = calendar.monthOfDay(floorDivide(calendar.localHour(queries.extent()->end), 24));
        return *queries.spend({.month = month}, StopToken());
    }
    /// Opens the editor, lets `act` work in it, and presses Save.
    void edit(std::function<void(SpendPlanDialog& dialog)> act, bool isSaved = true)
    {
        QTimer::singleShot(0, this, [&, isSaved] {
            auto* dialog = m_sample->window().findChild<SpendPlanDialog*>();
            QVERIFY(dialog);
            act(*dialog);
            auto* buttons = dialog->findChild<QDialogButtonBox*>();
            QTest::mouseClick(buttons->button(QDialogButtonBox::Save), Qt::LeftButton);
            QCOMPARE(dialog->isVisible(), !isSaved);
            if (!isSaved)
                dialog->reject();
        });
        for (QPushButton* button : page().findChildren<QPushButton*>())
            if (button->accessibleName() == u"Edit cost centres and budgets"_s)
                QTest::mouseClick(button, Qt::LeftButton);
    }
    static QStringList unnamedIn(QWidget& widget)
    {
        QStringList unnamed;
        test::collectUnnamed(QAccessible::queryAccessibleInterface(&widget), unnamed);
        return unnamed;
    }
    static void press(SpendPlanDialog& dialog, const QString& name)
    {
        for (QPushButton* button : dialog.findChildren<QPushButton*>())
            if (button->accessibleName() == name)
                return QTest::mouseClick(button, Qt::LeftButton);
        qFatal("no button %s", qPrintable(name));
    }
    static void setCell(SpendPlanDialog& dialog, const QString& title, int row, int column, const QString& text)
    {
        for (QTableWidget* of : dialog.findChildren<QTableWidget*>())
            if (of->accessibleName() == title)
                of->item(row, column)->setText(text);
    }
    static void choose(SpendPlanDialog& dialog, const QString& title, int row, int column, const QString& id)
    {
        for (QTableWidget* of : dialog.findChildren<QTableWidget*>())
            if (of->accessibleName() == title) {
                auto* box = qobject_cast<QComboBox*>(of->cellWidget(row, column));
                box->setCurrentIndex(box->findData(id));
            }
    }

private slots:
    void init()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(600);
        m_sample->showPage(u"spend"_s);
    }
    void cleanup() { m_sample.reset(); }

    void chartsSayWhatTheQueriesSay();
    void aPlanIsEditedAndKept();
    void aBadPlanIsRefusedInPlace();
    void aMonthsBarChoosesTheMonth();
    void callsOfACostCentre();
    void everyControlHasAName();
};

void SpendPageTest::chartsSayWhatTheQueriesSay()
{
    const SpendAnswer spend = answer();
    const auto months = chart<StackedBars>();
    QCOMPARE(months.categories.size(), 2);
    QCOMPARE(months.series[0].values[1], spend.budget.spent.dollars());
    const auto change = chart<Waterfall>();
    QCOMPARE(change.values.front(), static_cast<double>(spend.variance.before) / 100);
    QCOMPARE(change.values.back(), static_cast<double>(spend.variance.after) / 100);
    // As printed, to the cent.
    const double sum = std::accumulate(change.values.begin(), change.values.end() - 1, 0.0);
    QCOMPARE(qRound64(sum * 100), spend.variance.after);
    QCOMPARE(table(u"Reconciliation with invoices"_s).facts().rowCount(), int(spend.reconciliation.size()));
}

void SpendPageTest::aPlanIsEditedAndKept()
{
    QSignalSpy settled(&page(), &Page::settled);
    edit([](SpendPlanDialog& dialog) {
        press(dialog, u"Add a cost centre"_s);
        setCell(dialog, u"Cost centres"_s, 0, 0, u"Support"_s);
        setCell(dialog, u"Cost centres"_s, 0, 1, u"feature=support-chat; environment!=nowhere"_s);
        press(dialog, u"Add a cost centre"_s);
        setCell(dialog, u"Cost centres"_s, 1, 0, u"Platform"_s);
        setCell(dialog, u"Cost centres"_s, 1, 1, u"feature=doc-search"_s);
        choose(dialog, u"Cost centres"_s, 1, 2, u"spend"_s);
        press(dialog, u"Move the cost centre up"_s);
        press(dialog, u"Add a budget"_s);
        choose(dialog, u"Budgets"_s, 0, 0, u"cost-centre"_s);
        setCell(dialog, u"Budgets"_s, 0, 1, u"Support"_s);
        setCell(dialog, u"Budgets"_s, 0, 3, u"$1,000.50"_s);
    });
    QVERIFY(settled.wait(20'000));
    const SpendAnswer spend = answer();
    QCOMPARE(spend.plan.centres.size(), 2U);
    QCOMPARE(spend.plan.centres[0].name, std::string("Platform"));
    QCOMPARE(spend.plan.centres[0].shared, SplitKey::Spend);
    QCOMPARE(spend.plan.centres[1].conditions.size(), 2U);
    QCOMPARE(spend.plan.budgets[0].cents, 100'050);
    QAbstractItemModel& shown = table(u"Cost centres and budgets"_s).facts();
    QCOMPARE(shown.rowCount(), 4); // two, unallocated, and all
    QCOMPARE(shown.index(1, 0).data().toString(), u"Support"_s);
    QCOMPARE(shown.index(1, 6).data().toString(), u"on track"_s);
    QCOMPARE(shown.index(3, 0).data().toString(), u"All spend"_s);
    QCOMPARE(shown.index(3, 2).data().toString(), format::money(spend.budget.spent));
    if (const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES"); !folder.isEmpty())
        m_sample->window().grab().save(folder + u"/spend-edited.png"_s);
}

void SpendPageTest::aBadPlanIsRefusedInPlace()
{
    edit(
        [](SpendPlanDialog& dialog) {
            press(dialog, u"Add a cost centre"_s);
            setCell(dialog, u"Cost centres"_s, 0, 0, u"Support"_s);
            setCell(dialog, u"Cost centres"_s, 0, 1, u"support-chat"_s);
            QTimer::singleShot(0, &dialog, [&dialog] {
                if (const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES"); !folder.isEmpty())
                    dialog.grab().save(folder + u"/spend-plan.png"_s);
            });
        },
        false);
    QVERIFY(answer().plan == SpendPlan());
}

void SpendPageTest::aMonthsBarChoosesTheMonth()
{
    QSignalSpy chosen(&page(), &Page::periodChosen);
    for (PlotView* plot : page().findChildren<PlotView*>())
        if (std::holds_alternative<StackedBars>(plot->spec()))
            emit plot->activated(0, 0);
    QCOMPARE(chosen.size(), 1);
    const SpendAnswer spend = answer();
    QCOMPARE(chosen[0][0].value<Period>(), m_sample->session().queries()->calendar().month(spend.month - 1));
    QTRY_COMPARE(chart<StackedBars>().categories.size(), 1); // the first month there is
}

void SpendPageTest::callsOfACostCentre()
{
    QSignalSpy calls(&page(), &Page::callsRequested);
    emit table(u"Cost centres and budgets"_s).rowActivated(0); // all spend
    QCOMPARE(calls.size(), 1);
    const auto filter = calls[0][0].value<Filter>();
    QCOMPARE(*filter.period, answer().period);
    QVERIFY(filter.conditions.empty());
}

void SpendPageTest::everyControlHasAName()
{
    QCOMPARE(unnamedIn(page()), QStringList());
    SpendPlanDialog dialog(
        {.centres = {{.name = "A", .conditions = {*conditionFromText("feature=a")}}}, .budgets = {{.from = 24'321}}},
        24'321);
    dialog.show();
    QCOMPARE(unnamedIn(dialog), QStringList());
}

QTEST_MAIN(SpendPageTest)
#include "spend_page_test.moc"
