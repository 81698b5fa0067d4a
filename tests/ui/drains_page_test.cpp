// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "model/items/drain_tables.h"
#include "support/sample_window.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/drains_page.h"
#include "ui/pages/evidence_card.h"
#include "ui/pages/finding_dialogs.h"
#include "ui/pages/finding_panel.h"
#include "ui/pages/prompt_diff_view.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/tab_heading.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// The Drains page on a workspace that was imported, analysed and is changed through the window.
class DrainsPageTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_sample;

    DrainsPage& page() { return *m_sample->window().findChild<DrainsPage*>(); }
    template <class Widget>
    Widget& on(const QString& name)
    {
        for (Widget* one : page().findChildren<Widget*>())
            if (one->accessibleName() == name)
                return *one;
        qFatal("no %s", qPrintable(name));
    }
    PlotView& heat()
    {
        for (PlotView* plot : page().findChildren<PlotView*>())
            if (std::holds_alternative<HeatGrid>(plot->spec()))
                return *plot;
        qFatal("no heatmap");
    }
    HeatGrid grid() { return std::get<HeatGrid>(heat().spec()); }
    FindingPanel& panel() { return *page().findChild<FindingPanel*>(); }
    QString ledger() { return on<QLabel>(u"Ledger"_s).text(); }
    /// What the page is asked by `act`, until it shows the answer.
    template <class Act>
    void andSettle(Act act)
    {
        QSignalSpy settled(&page(), &Page::settled);
        act();
        QVERIFY(settled.wait(60'000));
    }
    void chooseView(const QString& tab)
    {
        andSettle([&] {
            for (QPushButton* button : page().findChildren<QPushButton*>())
                if (button->text() == tab)
                    button->click();
        });
    }
    static double sumOf(const HeatGrid& grid)
    {
        double sum = 0;
        for (int row = 0; row < grid.rows.size(); ++row)
            sum += heatRowTotal(grid, row);
        return sum;
    }
    void picture(const char* name)
    {
        const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES");
        if (!folder.isEmpty())
            m_sample->window().grab().save(folder + u'/' + QString::fromLatin1(name) + u".png"_s);
    }

private slots:
    void initTestCase()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(4000);
        m_sample->showPage(u"drains"_s);
        andSettle([&] { m_sample->window().setScope({}); });
    }

    /// Every picodollar that drains is in exactly one cell, however the cells are cut; and the totals are their sums.
    void everyHeatmapFootsToTheLedger()
    {
        const auto answer = m_sample->session().queries()->drains({.rows = {Dimension::Feature, {}}}, StopToken());
        QVERIFY(answer);
        const LedgerSums& total = answer->total;
        QVERIFY(total.waste > MoneySum());
        QVERIFY(total.opportunity > MoneySum());
        const double drained = total.waste.dollars() + total.opportunity.dollars();
        for (const QString& view :
             {u"feature × drain"_s, u"feature × day"_s, u"weekday × hour"_s, u"model × drain"_s}) {
            chooseView(view);
            const HeatGrid shown = grid();
            QVERIFY2(std::abs(sumOf(shown) - drained) < 1e-9 * drained, qPrintable(view));
            double columns = 0;
            for (int column = 0; column < shown.columns.size(); ++column)
                columns += heatColumnTotal(shown, column);
            QVERIFY(std::abs(columns - drained) < 1e-9 * drained);
            picture(qPrintable(QString(view).replace(u" × "_s, u"-"_s)));
        }
        // 7 days by 24 hours, those without waste as well.
        chooseView(u"weekday × hour"_s);
        QCOMPARE(grid().rows.size(), 7);
        QCOMPARE(grid().columns.size(), 24);
        const QString bill = ledger().section(u'=', 0, 0);
        // Turns are those of sessions; what has none has no turn.
        chooseView(u"turn × segment"_s);
        QVERIFY(sumOf(grid()) > 0);
        QVERIFY(sumOf(grid()) < drained);
        QVERIFY(!ledger().startsWith(bill));
        picture("turn-segment");
        chooseView(u"feature × drain"_s);
    }

    void sharesAddUpToTheShareOfTheBill()
    {
        const auto answer = m_sample->session().queries()->drains({.rows = {Dimension::Feature, {}}}, StopToken());
        QVERIFY(answer);
        auto& unit = on<QComboBox>(u"Unit"_s);
        andSettle([&] {
            unit.setCurrentIndex(2);
            emit unit.activated(2);
        });
        const double share =
            (answer->total.waste.dollars() + answer->total.opportunity.dollars()) / answer->total.bill.dollars();
        QVERIFY(std::abs(sumOf(grid()) - share) < 1e-9);
        // Tokens of price drains were needed: they are in no cell.
        andSettle([&] {
            unit.setCurrentIndex(1);
            emit unit.activated(1);
        });
        QVERIFY(!grid().columnDetails.contains(drainTitle("cache-misses")));
        QVERIFY(std::abs(sumOf(grid()) -
                         static_cast<double>(answer->total.wastedTokens + answer->total.opportunityTokens)) < 0.5);
        andSettle([&] {
            unit.setCurrentIndex(0);
            emit unit.activated(0);
        });
        QVERIFY(grid().columnDetails.contains(drainTitle("cache-misses")));
    }

    /// From a figure to the calls that prove it: a click on a cell, and the evidence stands below.
    void aCellIsExplainedWithItsEvidence()
    {
        const HeatGrid shown = grid();
        const int column = static_cast<int>(shown.columnDetails.indexOf(drainTitle("unused-tools")));
        QVERIFY(column >= 0);
        int row = 0;
        for (int i = 0; i < shown.rows.size(); ++i)
            if (shown.values[static_cast<std::size_t>(i)][static_cast<std::size_t>(column)] >
                shown.values[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)])
                row = i;
        andSettle([&] { emit heat().cellChosen(row, column); });
        QCOMPARE(panel().accessibleName(), shown.rows[row] + u" · "_s + drainTitle("unused-tools"));
        DataTable& calls = on<DataTable>(u"Calls with the largest waste"_s);
        QVERIFY(calls.isVisible());
        QVERIFY(calls.model()->rowCount() > 10);
        // Those that waste most come first, and every one is of the cell's feature.
        const auto column6 = [&](int at) { return calls.model()->index(at, 7).data(ValueRole).toDouble(); };
        for (int i = 1; i < calls.model()->rowCount(); ++i) {
            QVERIFY(column6(i) <= column6(i - 1));
            QCOMPARE(calls.model()->index(i, 2).data().toString(), shown.rows[row]);
        }
        picture("finding");
        DataTable& evidence = on<DataTable>(u"Evidence"_s);
        chooseTab(u"table"_s, 1);
        QVERIFY(evidence.isVisible());
        QVERIFY(evidence.model()->rowCount() > 0);
        picture("evidence");
        chooseTab(u"calls"_s, 0);
    }

    /// Of all features together the evidence is one table that says where each row is from.
    void evidenceOfAllFeaturesNamesThem()
    {
        const HeatGrid shown = grid();
        const int column = static_cast<int>(shown.columnDetails.indexOf(drainTitle("failed-calls")));
        andSettle([&] { emit heat().cellChosen(static_cast<int>(shown.rows.size()), column); });
        const DataTable& evidence = on<DataTable>(u"Evidence"_s);
        QSet<QString> features;
        for (int row = 0; row < evidence.model()->rowCount(); ++row)
            features += evidence.model()->index(row, 0).data().toString();
        for (int row = 0; row < shown.rows.size(); ++row)
            if (shown.values[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)])
                QVERIFY2(features.contains(shown.rows[row]), qPrintable(shown.rows[row]));
        QVERIFY(features.size() > 3);
    }

    /// Two prompts side by side, from the texts that were imported.
    void twoPromptsShowWhereTheyPart()
    {
        const HeatGrid shown = grid();
        const int column = static_cast<int>(shown.columnDetails.indexOf(drainTitle("cache-misses")));
        QVERIFY(column >= 0);
        const auto finding = m_sample->session().queries()->finding({.drain = "cache-misses"}, StopToken());
        QVERIFY(finding);
        std::string feature;
        for (const auto& [name, evidence] : finding->evidence)
            if (evidence.pairSays == "Where two requests begin to differ.")
                feature = name;
        const auto row = static_cast<int>(shown.rows.indexOf(toQt(feature)));
        QVERIFY(row >= 0);
        andSettle([&] { emit heat().cellChosen(row, column); });
        auto* evidence = page().findChild<EvidenceCard*>();
        auto* view = page().findChild<PromptDiffView*>();
        QSignalSpy read(evidence, &EvidenceCard::settled);
        chooseTab(u"prompts"_s, 2);
        QVERIFY(read.wait(20'000));
        QVERIFY2(view->toPlainText().contains(u"bytes are the same"_s), qPrintable(view->toPlainText().left(300)));
        picture("prompts");
        chooseTab(u"calls"_s, 0);
    }

    void certainOnlyHidesRowsAndNoMoney()
    {
        const QString all = ledger();
        auto& least = on<QComboBox>(u"Confidence"_s);
        const double before = sumOf(grid());
        andSettle([&] {
            least.setCurrentIndex(2);
            emit least.activated(2);
        });
        QVERIFY(sumOf(grid()) < before);
        QVERIFY(sumOf(grid()) > 0);
        QVERIFY2(ledger().startsWith(all), qPrintable(ledger()));
        QVERIFY(ledger().contains(u"less certain, not shown"_s));
        andSettle([&] {
            least.setCurrentIndex(0);
            emit least.activated(0);
        });
        QCOMPARE(ledger(), all);
    }

    /// Muted with a reason, seen again on request, and taken back by undo.
    void aMuteHidesAndUndoBringsBack()
    {
        const QString all = ledger();
        const HeatGrid before = grid();
        const int column = static_cast<int>(before.columnDetails.indexOf(drainTitle("failed-calls")));
        andSettle([&] { emit heat().cellChosen(0, column); });
        const std::string feature = fromQt(before.rows[0]);
        andSettle([&] {
            emit panel().noteRequested({.feature = feature,
                                        .drain = "failed-calls",
                                        .state = FindingNote::State::Muted,
                                        .reason = "the provider's, not ours"});
        });
        QTRY_VERIFY(ledger().contains(u"muted: "_s));
        QVERIFY(ledger().startsWith(all));
        const auto cell = [&] {
            const HeatGrid shown = grid();
            const qsizetype row = shown.rows.indexOf(before.rows[0]);
            const qsizetype at = shown.columnDetails.indexOf(drainTitle("failed-calls"));
            return row < 0 || at < 0 ? std::nullopt
                                     : shown.values[static_cast<std::size_t>(row)][static_cast<std::size_t>(at)];
        };
        QTRY_VERIFY(!cell());
        andSettle([&] { page().findChild<QCheckBox*>()->setChecked(true); });
        QTRY_COMPARE(cell(), before.values[0][static_cast<std::size_t>(column)]);
        andSettle([&] {
            const HeatGrid shown = grid();
            emit heat().cellChosen(static_cast<int>(shown.rows.indexOf(before.rows[0])),
                                   static_cast<int>(shown.columnDetails.indexOf(drainTitle("failed-calls"))));
        });
        const auto facts = panel().findChild<FactList*>()->facts();
        QVERIFY(std::any_of(facts.begin(), facts.end(),
                            [](const FactList::Fact& fact) { return fact.text == u"the provider's, not ours"_s; }));
        andSettle([&] { page().findChild<QCheckBox*>()->setChecked(false); });
        page().undo();
        QTRY_COMPARE(ledger(), all);
        QTRY_COMPARE(cell(), before.values[0][static_cast<std::size_t>(column)]);
    }

    /// Fixed from a day on: what drained a month before it, and what does not drain any more since.
    void aFixIsMeasuredFromItsDayOn()
    {
        const HeatGrid shown = grid();
        const int column = static_cast<int>(shown.columnDetails.indexOf(drainTitle("unused-tools")));
        andSettle([&] { emit heat().cellChosen(static_cast<int>(shown.rows.size()), column); });
        const Period extent = *m_sample->session().queries()->extent();
        const Timestamp middle((extent.first.microseconds() + extent.end.microseconds()) / 2);
        emit panel().noteRequested({.drain = "unused-tools",
                                    .state = FindingNote::State::Fixed,
                                    .reason = "only what the step needs",
                                    .fixed = middle,
                                    .promised = MoneySum::ofPicodollars(5'000'000'000'000)});
        const auto says = [&](const QString& name) {
            for (const FactList::Fact& fact : panel().findChild<FactList*>()->facts())
                if (fact.name == name)
                    return fact.text;
            return QString();
        };
        QTRY_COMPARE(says(u"Promised"_s), u"$5.00 / month"_s);
        // It drains on as before: little of the promise came true.
        QVERIFY2(says(u"Realised"_s).contains(u"/ month, by "_s), qPrintable(says(u"Realised"_s)));
        page().undo();
        QTRY_COMPARE(says(u"Promised"_s), QString());
    }

    /// A threshold labels the calls anew, and undo brings the old one back.
    void aThresholdLabelsAnew()
    {
        const auto waste = [&](const char* drain) {
            const auto answer = m_sample->session().queries()->drains(
                {.rows = {Dimension::Feature, {}}, .drain = std::string(drain)}, StopToken());
            MoneySum sum;
            for (const DrainCell& cell : answer->cells)
                sum += cell.money;
            return sum;
        };
        const MoneySum before = waste("resent-history");
        QVERIFY(before > MoneySum());
        emit page().thresholdsRequested({{"resent-history.turns", 100}});
        QTRY_COMPARE_WITH_TIMEOUT(waste("resent-history"), MoneySum(), 60'000);
        emit page().thresholdsRequested({});
        QTRY_COMPARE_WITH_TIMEOUT(waste("resent-history"), before, 60'000);
        ThresholdsDialog dialog(*m_sample->session().queries(), "resent-history", {{"unused-tools.offers", 50}});
        auto all = dialog.thresholds();
        QCOMPARE(all.at("resent-history.turns"), 6.0);
        QCOMPARE(all.at("unused-tools.offers"), 50.0);
    }

    /// What a threshold would move is told before it does: here all of one drain, and where it goes.
    void aThresholdIsPreviewed()
    {
        ThresholdsDialog dialog(*m_sample->session().queries(), "resent-history", {});
        const auto effect = [&] {
            for (QLabel* label : dialog.findChildren<QLabel*>())
                if (label->accessibleName() == u"Effect"_s)
                    return label->text();
            return QString();
        };
        const auto preview = [&] {
            QSignalSpy previewed(&dialog, &ThresholdsDialog::previewed);
            for (QPushButton* button : dialog.findChildren<QPushButton*>())
                if (button->text() == u"Preview"_s)
                    button->click();
            QVERIFY(previewed.wait(60'000));
        };
        preview();
        QCOMPARE(effect(), u"Nothing would move."_s);
        dialog.findChild<QDoubleSpinBox*>()->setValue(100);
        preview();
        QVERIFY2(effect().contains(drainTitle("resent-history")), qPrintable(effect()));
        QVERIFY2(effect().contains(u"→ $0,"_s), qPrintable(effect()));
        // Nothing was written.
        const auto answer = m_sample->session().queries()->drains({.drain = "resent-history"}, StopToken());
        QVERIFY(!answer->cells.empty());
    }

    /// Of several features together only what holds in all of them is said, and a fix promises what all of them drain.
    void whatIsSaidOfOneFeatureIsNotSaidOfAll()
    {
        const HeatGrid shown = grid();
        const int column = static_cast<int>(shown.columnDetails.indexOf(drainTitle("failed-calls")));
        const int total = static_cast<int>(shown.rows.size());
        andSettle([&] { emit heat().cellChosen(0, column); });
        emit panel().noteRequested({.feature = fromQt(shown.rows[0]),
                                    .drain = "failed-calls",
                                    .state = FindingNote::State::Fixed,
                                    .fixed = m_sample->session().queries()->extent()->end});
        const auto has = [&](const QString& fact) {
            const auto facts = panel().findChild<FactList*>()->facts();
            return std::any_of(facts.begin(), facts.end(), [&](const auto& one) { return one.name == fact; });
        };
        QTRY_VERIFY(has(u"Fixed"_s));
        andSettle([&] { emit heat().cellChosen(total, column); });
        QVERIFY(!has(u"Fixed"_s));
        page().undo();
        QTRY_VERIFY(!page().canUndo() || !has(u"Fixed"_s));
    }

    /// What is looked at is what is shown: a finding counts neither what is muted nor what is less certain.
    void aFindingCountsWhatIsShown()
    {
        const Queries& queries = *m_sample->session().queries();
        for (const Confidence least : {Confidence::High, Confidence::Medium, Confidence::Opportunity}) {
            const auto cells = queries.drains({.drain = "cache-misses", .least = least}, StopToken());
            const auto finding = queries.finding({.drain = "cache-misses", .least = least}, StopToken());
            MoneySum sum;
            for (const DrainCell& cell : cells->cells)
                sum += cell.money;
            QVERIFY(finding->money == sum);
        }
    }

    void nothingIsLabelledAnewWhileTheWorkspaceChanges()
    {
        const auto thresholds = [&] {
            for (QPushButton* button : panel().findChildren<QPushButton*>())
                if (button->text() == u"Thresholds…"_s)
                    return button->isEnabled();
            return false;
        };
        andSettle([&] {
            emit heat().cellChosen(0, static_cast<int>(grid().columnDetails.indexOf(drainTitle("failed-calls"))));
        });
        emit m_sample->session().changeBegan({});
        QVERIFY(!thresholds());
        QVERIFY(!page().canUndo());
        emit m_sample->session().changeEnded({});
    }

    /// What was said of one workspace is no step of another.
    void undoEndsWithItsWorkspace()
    {
        andSettle([&] {
            emit panel().noteRequested(
                {.drain = "failed-calls", .state = FindingNote::State::Muted, .reason = "not here"});
        });
        QVERIFY(page().canUndo());
        m_sample->session().import(m_sample->file("other.plumb"), {.paths = {m_sample->file("traces.jsonl")}});
        QTRY_COMPARE_WITH_TIMEOUT(m_sample->session().path(), m_sample->file("other.plumb"), 60'000);
        m_sample->waitForAnalysis();
        m_sample->showPage(u"drains"_s);
        QVERIFY(!page().canUndo());
        QVERIFY(!ledger().contains(u"muted"_s));
    }

    void aMuteNeedsAReason()
    {
        FindingNoteDialog dialog({.feature = "chat", .drain = "failed-calls", .state = FindingNote::State::Muted},
                                 ReportingCalendar());
        auto* ok = dialog.findChildren<QPushButton*>().first();
        QVERIFY(!ok->isEnabled());
        dialog.findChild<QLineEdit*>()->setText(u"known"_s);
        QVERIFY(ok->isEnabled());
        QCOMPARE(dialog.note().feature, std::string("chat"));
        dialog.findChild<QCheckBox*>()->setChecked(true);
        QCOMPARE(dialog.note().feature, std::string());
    }

private:
    void chooseTab(const QString&, int tab)
    {
        auto* tabs = page().findChild<EvidenceCard*>()->findChild<TabHeading*>();
        tabs->choose(tab);
        emit tabs->chosen(tab);
    }
};

QTEST_MAIN(DrainsPageTest)
#include "drains_page_test.moc"
