// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSlider>

#include "model/items/format.h"
#include "model/items/what_if_tables.h"
#include "support/sample_window.h"
#include "support/unnamed_controls.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/compare_dialog.h"
#include "ui/pages/drains_page.h"
#include "ui/pages/finding_panel.h"
#include "ui/pages/lever_dialog.h"
#include "ui/pages/lever_row.h"
#include "ui/pages/scenario_card.h"
#include "ui/pages/what_if_page.h"
#include "ui/widgets/data_table.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// The page What-if as a hand uses it: sliders, boxes, menus, dialogs; kept, undone, opened from a drain.
class WhatIfPageTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_sample;

    WhatIfPage& page() { return *m_sample->window().findChild<WhatIfPage*>(); }
    ScenarioCard& card() { return *page().findChild<ScenarioCard*>(); }
    LeverRow& row(const std::string& lever)
    {
        for (LeverRow* one : page().findChildren<LeverRow*>())
            if (one->use().lever == lever)
                return *one;
        qFatal("no row %s", lever.c_str());
    }
    Waterfall waterfall()
    {
        for (PlotView* plot : page().findChildren<PlotView*>())
            if (std::holds_alternative<Waterfall>(plot->spec()))
                return std::get<Waterfall>(plot->spec());
        qFatal("no waterfall");
    }
    /// Until the page has said everything about it: ranges too.
    template <class Act>
    void andSettle(Act act)
    {
        QSignalSpy settled(&page(), &Page::settled);
        act();
        QVERIFY(settled.wait(60'000));
    }
    static void chooseFrom(QMenu& menu, const QString& text)
    {
        emit menu.aboutToShow();
        for (QAction* action : menu.actions())
            if (action->text() == text) {
                action->trigger();
                return;
            }
        qFatal("no entry %s", qPrintable(text));
    }
    double figureOf(int place) { return waterfall().values.at(static_cast<std::size_t>(place)); }

private slots:
    void initTestCase()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(2500);
        m_sample->window().setScope({});
        m_sample->showPage(u"what-if"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!waterfall().values.empty(), 60'000);
    }
    void itBeginsWithTheBill();
    void aSliderMovesTheFigures();
    void aBoxTakesALeverOut();
    void aPlanIsSuggested();
    void aDialogSetsTheRest();
    void anEditedPromptIsCounted();
    void aScenarioIsSavedAndUndone();
    void aDrainOpensItsLever();
    void assumptionsAreShown();
    void scenariosAreCompared();
    void theLeverThatIsClickedIsEdited();
    void aSliderDoesNotStopWhatIsLaidOut();
    void projectionsGrow();
};

void WhatIfPageTest::itBeginsWithTheBill()
{
    const auto bill = m_sample->session().queries()->breakdown({}, StopToken());
    QCOMPARE(figureOf(0), bill->total.cost->dollars());
    const Waterfall chart = waterfall();
    double reached = chart.values.front();
    for (std::size_t i = 1; i + 1 < chart.values.size(); ++i)
        reached += chart.values[i];
    QVERIFY(std::abs(reached - chart.values.back()) < 1e-6);
    QVERIFY(chart.values.back() < chart.values.front());
}

void WhatIfPageTest::aSliderMovesTheFigures()
{
    QSlider& slider = *row("trim-system-prompt").findChild<QSlider*>();
    const double before = waterfall().values.back();
    slider.setSliderDown(true);
    slider.setValue(600);
    QTRY_VERIFY_WITH_TIMEOUT(waterfall().values.back() < before, 20'000); // under the hand already
    andSettle([&] { slider.setSliderDown(false); });
    QVERIFY(row("trim-system-prompt").use().isOn);
    const double half = waterfall().values.back();
    andSettle([&] { slider.setValue(1000); });
    QVERIFY(waterfall().values.back() < half);
    QCOMPARE(leverValue(row("trim-system-prompt").use(), leverOf("trim-system-prompt")->parameters[0]), 90.0);
    // The figures say it as well.
    QVERIFY(waterfall().categories.contains(leverShortTitle("trim-system-prompt")));
}

void WhatIfPageTest::aBoxTakesALeverOut()
{
    const double with = waterfall().values.back();
    andSettle([&] { row("trim-system-prompt").findChild<QCheckBox*>()->click(); });
    QVERIFY(waterfall().values.back() > with);
    QVERIFY(!waterfall().categories.contains(leverShortTitle("trim-system-prompt")));
    // And undo puts it back.
    andSettle([&] { page().undo(); });
    QCOMPARE(waterfall().values.back(), with);
    QVERIFY(row("trim-system-prompt").use().isOn);
}

void WhatIfPageTest::aPlanIsSuggested()
{
    andSettle([&] { chooseFrom(card().suggestions(), u"Without a risk to answers"_s); });
    for (const LeverUse& use : card().scenario().levers)
        QCOMPARE(leverOf(use.lever)->risk, RiskClass::None);
    const double careful = waterfall().values.back();
    andSettle([&] { chooseFrom(card().suggestions(), u"What needs an evaluation too"_s); });
    QVERIFY(waterfall().values.back() < careful);
    if (const QByteArray folder = qgetenv("PLUMBLINE_PICTURES"); !folder.isEmpty())
        m_sample->window().grab().save(QString::fromLocal8Bit(folder) + u"/what-if-plan.png"_s);
}

void WhatIfPageTest::aDialogSetsTheRest()
{
    if (page().findChildren<LeverRow*>().empty())
        QFAIL("no levers");
    andSettle([&] { chooseFrom(card().menu(), u"New"_s); });
    int at = -1;
    for (std::size_t i = 0; i < card().scenario().levers.size(); ++i)
        if (card().scenario().levers[i].lever == "route-model")
            at = static_cast<int>(i);
    emit card().leverRequested(at);
    auto* dialog = page().findChild<LeverDialog*>();
    QVERIFY(dialog);
    QComboBox* model = nullptr;
    for (QComboBox* box : dialog->findChildren<QComboBox*>())
        if (box->isEditable())
            model = box;
    QVERIFY(model && model->count() > 2);
    model->setCurrentText(u"gpt-5.4-nano"_s);
    if (const QByteArray folder = qgetenv("PLUMBLINE_PICTURES"); !folder.isEmpty())
        dialog->grab().save(QString::fromLocal8Bit(folder) + u"/lever-dialog.png"_s);
    const double before = waterfall().values.back();
    dialog->accept();
    QTRY_COMPARE(std::get<std::string>(row("route-model").use().parameters.at("to")), std::string("gpt-5.4-nano"));
    andSettle([&] { row("route-model").findChild<QCheckBox*>()->click(); });
    QVERIFY(waterfall().values.back() < before);
    bool isWarned = false;
    for (QLabel* label : page().findChildren<QLabel*>())
        isWarned |= label->accessibleName() == u"Risks"_s && label->text().contains(u"check the quality"_s);
    QVERIFY(isWarned);
}

void WhatIfPageTest::anEditedPromptIsCounted()
{
    LeverDialog dialog({.lever = "trim-system-prompt"}, {.models = {"gpt-5.4"}});
    dialog.findChild<QPlainTextEdit*>()->setPlainText(
        u"You answer questions of customers about their orders. Be brief."_s);
    const LeverUse use = dialog.use();
    const double tokens = std::get<double>(use.parameters.at("to_tokens"));
    QVERIFY(tokens >= 9 && tokens <= 15);
    QCOMPARE(std::get<double>(use.parameters.at("percent")), 0.0);
    // Machines of one's own have a curve.
    LeverDialog own({.lever = "own-hardware", .parameters = {{"operations", 2783.0}}},
                    {.features = {{.feature = "chat",
                                   .before = MoneySum::ofPicodollars(1'000'000'000'000'000),
                                   .tokens = 100'000'000},
                                  {.feature = "cheap", .tokens = 900'000'000}},
                     .days = 30});
    // Of all features a million tokens cost a dollar, of the one that is chosen ten.
    own.findChild<QListWidget*>()->item(0)->setCheckState(Qt::Checked);
    const auto* curve = own.findChild<PlotView*>();
    QVERIFY(curve && std::holds_alternative<Lines>(curve->spec()));
    bool saysWhere = false;
    for (QLabel* label : own.findChildren<QLabel*>())
        saysWhere |= label->text().contains(format::shortCount(460'800'000)); // $4,608 a month at $10 a million
    QVERIFY(saysWhere);
    if (const QByteArray folder = qgetenv("PLUMBLINE_PICTURES"); !folder.isEmpty())
        own.grab().save(QString::fromLocal8Bit(folder) + u"/own-hardware.png"_s);
}

void WhatIfPageTest::aScenarioIsSavedAndUndone()
{
    const auto saved = [&] {
        const auto rows = m_sample->session().queries()->scenarios(StopToken());
        return rows ? rows->size() : std::size_t{0};
    };
    QCOMPARE(saved(), std::size_t{0});
    Scenario plan = card().scenario();
    plan.name = "Q4 savings plan";
    andSettle([&] { emit card().changed(plan, u"name it"_s); });
    emit card().saveRequested();
    QTRY_COMPARE(saved(), std::size_t{1});
    const auto rows = m_sample->session().queries()->scenarios(StopToken());
    QVERIFY(rows->at(0).saved.scenario == plan);
    QVERIFY(rows->at(0).saved.promised);
    QVERIFY(*rows->at(0).saved.promised > MoneySum());
    // It is in the menu, and opens from there.
    andSettle([&] { chooseFrom(card().menu(), u"New"_s); });
    QVERIFY(card().scenario().name.empty());
    andSettle([&] { chooseFrom(card().menu(), u"Q4 savings plan"_s); });
    QVERIFY(card().scenario() == plan);
    chooseFrom(card().menu(), u"Remove"_s);
    QTRY_COMPARE(saved(), std::size_t{0});
    // Undo brings back what was kept, as it was; redone by nobody, taken back once more it was never kept.
    page().undo();
    QTRY_COMPARE(saved(), std::size_t{1});
    QVERIFY(m_sample->session().queries()->scenarios(StopToken())->at(0).saved == rows->at(0).saved);
    // Opening it and the new one were steps as well.
    andSettle([&] { page().undo(); });
    andSettle([&] { page().undo(); });
    page().undo();
    QTRY_COMPARE(saved(), std::size_t{0});
}

void WhatIfPageTest::aDrainOpensItsLever()
{
    m_sample->showPage(u"drains"_s);
    auto& drains = *m_sample->window().findChild<DrainsPage*>();
    QSignalSpy asked(&drains, &DrainsPage::whatIfRequested);
    QPushButton* button = nullptr;
    for (QPushButton* one : drains.findChildren<QPushButton*>())
        if (one->accessibleName() == u"Try in What-if"_s)
            button = one;
    QVERIFY(button && button->isEnabled());
    button->click();
    QCOMPARE(asked.size(), 1);
    const auto lever = asked[0][0].value<std::string>(), feature = asked[0][1].value<std::string>();
    QTRY_VERIFY(page().isVisible());
    QTRY_VERIFY(row(lever).use().isOn);
    QVERIFY(!feature.empty());
    QCOMPARE(row(lever).use().scope.at(0).values.at(0), feature);
}

void WhatIfPageTest::assumptionsAreShown()
{
    andSettle([&] {
        emit card().changed({.levers = {{.lever = "cancel-early"}, {.lever = "raise-output-limit"}}}, u"two"_s);
    });
    chooseFrom(card().menu(), u"What assumptions decide…"_s);
    auto* dialog = page().findChild<QDialog*>();
    QVERIFY(dialog);
    const auto chart = std::get<RankedBars>(dialog->findChild<PlotView*>()->spec());
    QCOMPARE(chart.categories.size(), 2);
    QVERIFY(chart.series.values[0] >= chart.series.values[1] && chart.series.values[1] > 0);
    if (const QByteArray folder = qgetenv("PLUMBLINE_PICTURES"); !folder.isEmpty())
        dialog->grab().save(QString::fromLocal8Bit(folder) + u"/assumptions.png"_s);
    delete dialog;
}

void WhatIfPageTest::scenariosAreCompared()
{
    const Scenario early{.name = "early", .levers = {{.lever = "cancel-early"}}};
    andSettle([&] { emit card().changed(early, u"early"_s); });
    emit card().saveRequested();
    QTRY_VERIFY(m_sample->session().queries()->scenarios(StopToken())->size() == 1);
    const double saves = figureOf(0) - waterfall().values.back();
    QVERIFY(saves > 0);
    Scenario none = early;
    none.name.clear();
    none.levers.clear();
    andSettle([&] { emit card().changed(none, u"nothing"_s); });

    chooseFrom(card().menu(), u"Compare with saved ones…"_s);
    auto* dialog = page().findChild<CompareDialog*>();
    QVERIFY(dialog);
    auto& table = *dialog->findChild<DataTable*>();
    QTRY_COMPARE_WITH_TIMEOUT(table.facts().rowCount(), 3, test::patience);
    QCOMPARE(test::unnamedControls(*dialog).join(", "), QString());
    const auto text = [&](int row, int column) { return table.facts().index(row, column).data().toString(); };
    QCOMPARE(text(0, 0), u"Now"_s);
    QCOMPARE(text(1, 0), u"untitled"_s);
    QCOMPARE(text(1, 1), text(0, 1)); // nothing is changed
    QCOMPARE(text(2, 0), u"early"_s);
    const auto cost = [&](int row) { return table.facts().index(row, 3).data(ValueRole).toDouble(); };
    QVERIFY(std::abs(cost(0) - cost(2) - saves) < 1e-9);
    // The best of them first, as in every table.
    table.facts().sort(2, Qt::DescendingOrder);
    QCOMPARE(text(0, 0), u"early"_s);
    if (const QByteArray folder = qgetenv("PLUMBLINE_PICTURES"); !folder.isEmpty())
        dialog->grab().save(QString::fromLocal8Bit(folder) + u"/compared-scenarios.png"_s);
    andSettle([&] { emit table.rowActivated(0); });
    QVERIFY(card().scenario() == early);
}

/// Whatever order they came in: a plan comes in that of its savings, a file in any.
void WhatIfPageTest::theLeverThatIsClickedIsEdited()
{
    andSettle([&] { chooseFrom(card().suggestions(), u"Whatever saves most"_s); });
    for (std::size_t i = 0; i + 1 < card().scenario().levers.size(); ++i)
        QVERIFY(leverOf(card().scenario().levers[i].lever) < leverOf(card().scenario().levers[i + 1].lever));
    for (LeverRow* row : page().findChildren<LeverRow*>()) {
        emit row->editRequested();
        auto* dialog = page().findChild<LeverDialog*>();
        QVERIFY(dialog);
        QCOMPARE(dialog->windowTitle(), leverTitle(row->use().lever));
        delete dialog;
    }
}

/// The filter changes while a hand still moves: what is shown in the end is the new one's.
void WhatIfPageTest::aSliderDoesNotStopWhatIsLaidOut()
{
    const Filter all = m_sample->window().scope().filter;
    const Condition chat{.of = {Dimension::Feature, {}}, .values = {"support-chat"}};
    const auto bill = m_sample->session()
                          .queries()
                          ->breakdown({.filter = {.conditions = {chat}}}, StopToken())
                          ->total.cost->dollars();
    m_sample->window().setScope({.filter = {.conditions = {chat}}});
    QSlider& slider = *page().findChildren<LeverRow*>().front()->findChild<QSlider*>();
    for (int at = 0; at < 20; ++at)
        slider.setValue(at * 30);
    QTRY_COMPARE_WITH_TIMEOUT(figureOf(0), bill, 20'000);
    m_sample->window().setScope({.filter = all});
    QTRY_VERIFY_WITH_TIMEOUT(figureOf(0) > bill, 20'000);
}

void WhatIfPageTest::projectionsGrow()
{
    const auto year = [&] {
        for (DataTable* table : page().findChildren<DataTable*>())
            for (int at = 0; at < table->facts().rowCount(); ++at)
                if (table->facts().index(at, 0).data().toString().startsWith(u"12 months"_s))
                    return table->facts().index(at, 1).data().toString();
        return QString();
    };
    const QString flat = year();
    page().findChild<QDoubleSpinBox*>()->setValue(15);
    QVERIFY(!flat.isEmpty());
    QVERIFY(year() != flat);
}

QTEST_MAIN(WhatIfPageTest)
#include "what_if_page_test.moc"
