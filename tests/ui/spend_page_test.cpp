// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTimer>

#include <numeric>

#include "model/items/format.h"
#include "support/sample_window.h"
#include "support/unnamed_controls.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/bill_dialog.h"
#include "ui/pages/change_notes_dialog.h"
#include "ui/pages/spend_charts.h"
#include "ui/pages/spend_page.h"
#include "ui/pages/spend_plan_dialog.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/toast.h"

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
    void undo()
    {
        for (QAction* action : m_sample->window().findChildren<QAction*>())
            if (action->text().remove(u'&') == u"Undo the last change"_s)
                action->trigger();
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
                return button->click(); // it may stand behind another tab
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
    void ownersAndTargetsAreEditedAndKept();
    void theChangeIsExplained();
    void whatWasKeptIsTakenBackFromAnyPage();
    void ratesAreEditedAndKept();
    void aBillIsTypedIn();
    void theChangeIsDividedOtherwise();
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
    QCOMPARE(shown.index(1, shown.columnCount() - 1).data().toString(), u"on track"_s);
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

void SpendPageTest::ownersAndTargetsAreEditedAndKept()
{
    edit([](SpendPlanDialog& dialog) {
        press(dialog, u"Add an owner"_s);
        choose(dialog, u"Owners"_s, 0, 0, u"support-chat"_s);
        setCell(dialog, u"Owners"_s, 0, 1, u"Ann"_s);
        press(dialog, u"Add a target"_s);
        choose(dialog, u"Targets"_s, 0, 0, u"session"_s);
        setCell(dialog, u"Targets"_s, 0, 3, u"$0.25"_s);
        for (QComboBox* box : dialog.findChildren<QComboBox*>())
            if (box->accessibleName() == u"Month in which the year of budgets begins"_s)
                box->setCurrentIndex(box->findData(4));
        if (const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES"); !folder.isEmpty())
            for (QPushButton* tab : dialog.findChildren<QPushButton*>())
                if (tab->text() == u"Owners and targets"_s) {
                    tab->click();
                    dialog.grab().save(folder + u"/spend-owners.png"_s);
                }
    });
    QTRY_COMPARE_WITH_TIMEOUT(answer().plan.yearStarts, 4, 10'000);
    const SpendPlan plan = answer().plan;
    QCOMPARE(plan.owners, (std::vector<FeatureOwner>{{.feature = "support-chat", .owner = "Ann"}}));
    QCOMPARE(plan.targets.size(), std::size_t{1});
    QCOMPARE(plan.targets[0].unit, WorkUnit::Session);
    QCOMPARE(plan.targets[0].from, answer().month);
    QCOMPARE(plan.targets[0].most, *moneyFromDecimal("0.25"));
}

void SpendPageTest::theChangeIsExplained()
{
    const std::vector<ChangeStep> steps = changeSteps(answer().variance);
    QVERIFY(steps.size() > 1);
    QTimer::singleShot(0, this, [&] {
        auto* dialog = m_sample->window().findChild<ChangeNotesDialog*>();
        QVERIFY(dialog);
        QCOMPARE(unnamedIn(*dialog), QStringList());
        auto* table = dialog->findChild<QTableWidget*>();
        QCOMPARE(table->rowCount(), int(steps.size()));
        qobject_cast<QComboBox*>(table->cellWidget(1, 2))->setCurrentIndex(2);
        table->item(1, 3)->setText(u"Ann"_s);
        table->item(1, 4)->setText(u"shorten histories"_s);
        if (const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES"); !folder.isEmpty())
            dialog->grab().save(folder + u"/spend-notes.png"_s);
        QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save), Qt::LeftButton);
    });
    for (QPushButton* button : page().findChildren<QPushButton*>())
        if (button->text() == u"Explain the change…"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    const std::vector<ChangeNote> expected{{.month = answer().month,
                                            .step = steps[1].id,
                                            .nature = ChangeNature::Structural,
                                            .owner = "Ann",
                                            .action = "shorten histories"}};
    QTRY_COMPARE_WITH_TIMEOUT(answer().plan.notes, expected, 10'000);
    // It stands at its bar, and can be taken back.
    QTRY_VERIFY(chart<Waterfall>().details[2].endsWith(u"structural · Ann · shorten histories"_s));
    undo();
    QTRY_VERIFY_WITH_TIMEOUT(answer().plan.notes.empty(), 10'000);
}

/// The notice that a plan was kept takes that back, and nothing of the page one has gone to.
void SpendPageTest::whatWasKeptIsTakenBackFromAnyPage()
{
    edit([](SpendPlanDialog& dialog) {
        press(dialog, u"Add an owner"_s);
        choose(dialog, u"Owners"_s, 0, 0, u"support-chat"_s);
        setCell(dialog, u"Owners"_s, 0, 1, u"Ann"_s);
    });
    QTRY_COMPARE_WITH_TIMEOUT(answer().plan.owners.size(), std::size_t{1}, 10'000);
    m_sample->showPage(u"what-if"_s); // it has an undo of its own
    auto* notice = m_sample->window().findChild<Toast*>();
    QVERIFY(notice && notice->isVisible());
    for (QPushButton* button : notice->findChildren<QPushButton*>())
        if (button->text() == u"Undo"_s)
            button->click();
    QTRY_VERIFY_WITH_TIMEOUT(answer().plan.owners.empty(), 10'000);
}

void SpendPageTest::ratesAreEditedAndKept()
{
    const std::int32_t month = answer().month;
    edit([&](SpendPlanDialog& dialog) {
        press(dialog, u"Add a rate"_s);
        setCell(dialog, u"Exchange rates"_s, 0, 2, u"0.9201"_s);
        setCell(dialog, u"Exchange rates"_s, 0, 3, u"2026-10-30"_s);
        setCell(dialog, u"Exchange rates"_s, 0, 4, u"a bank"_s);
        for (QLineEdit* field : dialog.findChildren<QLineEdit*>())
            if (field->accessibleName() == u"Currency of reports"_s)
                field->setText(u"eur"_s);
    });
    QTRY_COMPARE_WITH_TIMEOUT(answer().plan.currency, std::string("EUR"), 10'000);
    const ExchangeRate expected{
        .currency = "EUR", .month = month, .nanos = 920'100'000, .date = "2026-10-30", .source = "a bank"};
    QCOMPARE(answer().plan.rates, std::vector<ExchangeRate>{expected});
    const auto says = [&](const QString& words) {
        const auto labels = page().findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](QLabel* label) { return label->text().contains(words); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(says(u"at 0.9201 a dollar (2026-10-30, a bank)"_s), 10'000);
    // Editing something else does not lose it, and a rate without its source is refused.
    edit([&](SpendPlanDialog& dialog) { setCell(dialog, u"Exchange rates"_s, 0, 4, QString()); }, false);
    QCOMPARE(answer().plan.rates.size(), std::size_t{1});
}

void SpendPageTest::aBillIsTypedIn()
{
    QSignalSpy recorded(&m_sample->session(), &WorkspaceSession::billRecorded);
    QTimer::singleShot(0, this, [&] {
        auto* dialog = m_sample->window().findChild<BillDialog*>();
        QVERIFY(dialog);
        QCOMPARE(unnamedIn(*dialog), QStringList());
        const auto type = [&](const QString& name, const QString& text) {
            for (QLineEdit* field : dialog->findChildren<QLineEdit*>())
                if (field->accessibleName() == name)
                    field->setText(text);
        };
        dialog->findChild<QComboBox*>()->setCurrentText(u"anthropic"_s);
        type(u"Amount"_s, u"a lot"_s);
        auto* save = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save);
        QTest::mouseClick(save, Qt::LeftButton);
        QVERIFY(dialog->isVisible()); // that is no amount
        type(u"Amount"_s, u"$1,234.56"_s);
        type(u"Invoice number"_s, u"VAT-17"_s);
        QTest::mouseClick(save, Qt::LeftButton);
    });
    for (QPushButton* button : page().findChildren<QPushButton*>())
        if (button->accessibleName() == u"Type in the total of an invoice"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    const auto billed = [&] {
        for (const ReconciliationRow& row : answer().reconciliation)
            if (row.provider == "anthropic" && row.billed)
                return centsOf(*row.billed);
        return std::int64_t{0};
    };
    QTRY_COMPARE_WITH_TIMEOUT(billed(), std::int64_t{123'456}, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 20'000); // the file has it before the window can take it back
    m_sample->waitForAnalysis();
    // Taken back, and there again.
    const auto sources = [&] { return m_sample->session().queries()->sources(StopToken())->size(); };
    const std::size_t withBill = sources();
    undo();
    QTRY_COMPARE_WITH_TIMEOUT(billed(), std::int64_t{0}, 20'000);
    QCOMPARE(sources(), withBill - 1);
    m_sample->waitForAnalysis();
    m_sample->session().addBill({.provider = "anthropic",
                                 .month = answer().month,
                                 .amount = Money(1'234'560'000'000'000),
                                 .invoice = "VAT-17"});
    QTRY_COMPARE_WITH_TIMEOUT(billed(), std::int64_t{123'456}, 20'000);
    m_sample->waitForAnalysis();
}

void SpendPageTest::theChangeIsDividedOtherwise()
{
    const auto before = chart<Waterfall>();
    auto* methods = page().findChild<ChoiceBox*>();
    QSignalSpy settled(&page(), &Page::settled);
    methods->setCurrentIndex(1);
    QVERIFY(settled.wait(10'000));
    const auto after = chart<Waterfall>();
    QCOMPARE(after.values.front(), before.values.front());
    QCOMPARE(after.values.back(), before.values.back());
    const Queries& queries = *m_sample->session().queries();
    const auto expected =
        queries.spend({.month = answer().month, .method = spend::VarianceMethod::Sequential}, StopToken());
    QCOMPARE(after, std::get<Waterfall>(varianceChart(*expected, queries.calendar())));
    QVERIFY(after != before);
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
        24'321, {u"a"_s});
    dialog.show();
    QCOMPARE(unnamedIn(dialog), QStringList());
}

QTEST_MAIN(SpendPageTest)
#include "spend_page_test.moc"
