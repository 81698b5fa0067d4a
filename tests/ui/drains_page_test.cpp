// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QMouseEvent>
#include <QToolTip>

#include "model/items/drain_tables.h"
#include "support/drains_page_in_use.h"
#include "ui/pages/evidence_card.h"
#include "ui/pages/prompt_diff_view.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/tab_heading.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// What drains, seen every way the page has, down to the calls and prompts that prove it.
class DrainsPageTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::DrainsPageInUse> m_use;

private slots:
    void initTestCase() { m_use = std::make_unique<test::DrainsPageInUse>(); }

    /// Every picodollar that drains is in exactly one cell, however the cells are cut; and the totals are their sums.
    void everyHeatmapFootsToTheLedger()
    {
        const auto answer =
            m_use->sample().session().queries()->drains({.rows = {Dimension::Feature, {}}}, StopToken());
        QVERIFY(answer);
        const LedgerSums& total = answer->total;
        QVERIFY(total.waste > MoneySum());
        QVERIFY(total.opportunity > MoneySum());
        const double drained = total.waste.dollars() + total.opportunity.dollars();
        for (const QString& view :
             {u"feature × drain"_s, u"feature × day"_s, u"weekday × hour"_s, u"model × drain"_s}) {
            m_use->chooseView(view);
            const HeatGrid shown = m_use->grid();
            QVERIFY2(std::abs(m_use->sumOf(shown) - drained) < 1e-9 * drained, qPrintable(view));
            double columns = 0;
            for (int column = 0; column < shown.columns.size(); ++column)
                columns += heatColumnTotal(shown, column);
            QVERIFY(std::abs(columns - drained) < 1e-9 * drained);
        }
        // 7 days by 24 hours, those without waste as well.
        m_use->chooseView(u"weekday × hour"_s);
        QCOMPARE(m_use->grid().rows.size(), 7);
        QCOMPARE(m_use->grid().columns.size(), 24);
        const QString bill = m_use->ledger().section(u'=', 0, 0);
        // Turns are those of sessions; what has none has no turn.
        m_use->chooseView(u"turn × segment"_s);
        QVERIFY(m_use->sumOf(m_use->grid()) > 0);
        QVERIFY(m_use->sumOf(m_use->grid()) < drained);
        QVERIFY(!m_use->ledger().startsWith(bill));
        m_use->chooseView(u"feature × drain"_s);
    }

    void sharesAddUpToTheShareOfTheBill()
    {
        const auto answer =
            m_use->sample().session().queries()->drains({.rows = {Dimension::Feature, {}}}, StopToken());
        QVERIFY(answer);
        auto& unit = m_use->on<QComboBox>(u"Unit"_s);
        m_use->andSettle([&] {
            unit.setCurrentIndex(2);
            emit unit.activated(2);
        });
        const double share =
            (answer->total.waste.dollars() + answer->total.opportunity.dollars()) / answer->total.bill.dollars();
        QVERIFY(std::abs(m_use->sumOf(m_use->grid()) - share) < 1e-9);
        // Tokens of price drains were needed: they are in no cell.
        m_use->andSettle([&] {
            unit.setCurrentIndex(1);
            emit unit.activated(1);
        });
        QVERIFY(!m_use->grid().columnDetails.contains(drainTitle("cache-misses")));
        QVERIFY(std::abs(m_use->sumOf(m_use->grid()) -
                         static_cast<double>(answer->total.wastedTokens + answer->total.opportunityTokens)) < 0.5);
        m_use->andSettle([&] {
            unit.setCurrentIndex(0);
            emit unit.activated(0);
        });
        QVERIFY(m_use->grid().columnDetails.contains(drainTitle("cache-misses")));
    }

    /// From a figure to the calls that prove it: a click on a cell, and the evidence stands below.
    void aCellIsExplainedWithItsEvidence()
    {
        const HeatGrid shown = m_use->grid();
        const int column = static_cast<int>(shown.columnDetails.indexOf(drainTitle("unused-tools")));
        QVERIFY(column >= 0);
        int row = 0;
        for (int i = 0; i < shown.rows.size(); ++i)
            if (shown.values[static_cast<std::size_t>(i)][static_cast<std::size_t>(column)] >
                shown.values[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)])
                row = i;
        m_use->andSettle([&] { emit m_use->heat().cellChosen(row, column); });
        QCOMPARE(m_use->panel().accessibleName(), shown.rows[row] + u" · "_s + drainTitle("unused-tools"));
        DataTable& calls = m_use->on<DataTable>(u"Calls with the largest waste"_s);
        QVERIFY(calls.isVisible());
        QVERIFY(calls.model()->rowCount() > 10);
        // Those that waste most come first, and every one is of the cell's feature.
        const auto column6 = [&](int at) { return calls.model()->index(at, 7).data(ValueRole).toDouble(); };
        for (int i = 1; i < calls.model()->rowCount(); ++i) {
            QVERIFY(column6(i) <= column6(i - 1));
            QCOMPARE(calls.model()->index(i, 2).data().toString(), shown.rows[row]);
        }
        DataTable& evidence = m_use->on<DataTable>(u"Evidence"_s);
        chooseTab(u"table"_s, 1);
        QVERIFY(evidence.isVisible());
        QVERIFY(evidence.model()->rowCount() > 0);
        chooseTab(u"calls"_s, 0);
    }

    /// Of all features together the evidence is one table that says where each row is from.
    void evidenceOfAllFeaturesNamesThem()
    {
        const HeatGrid shown = m_use->grid();
        const int column = static_cast<int>(shown.columnDetails.indexOf(drainTitle("failed-calls")));
        m_use->andSettle([&] { emit m_use->heat().cellChosen(static_cast<int>(shown.rows.size()), column); });
        const DataTable& evidence = m_use->on<DataTable>(u"Evidence"_s);
        QSet<QString> features;
        for (int row = 0; row < evidence.model()->rowCount(); ++row)
            features += evidence.model()->index(row, 0).data().toString();
        for (int row = 0; row < shown.rows.size(); ++row)
            if (shown.values[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)])
                QVERIFY2(features.contains(shown.rows[row]), qPrintable(shown.rows[row]));
        QVERIFY(features.size() > 3);
    }

    /// A bloated system prompt is shown with the lines that it says again.
    void repeatedLinesAreShown()
    {
        const HeatGrid shown = m_use->grid();
        const int column = static_cast<int>(shown.columnDetails.indexOf(drainTitle("system-prompt-excess")));
        QVERIFY(column >= 0);
        m_use->andSettle([&] { emit m_use->heat().cellChosen(static_cast<int>(shown.rows.size()), column); });
        chooseTab(u"lines"_s, 2);
        const DataTable& lines = m_use->on<DataTable>(u"Repeated lines"_s);
        QVERIFY(lines.isVisible());
        QVERIFY(lines.model()->rowCount() > 3);
        QVERIFY(lines.model()->index(0, 0).data().toString().size() >= 20);
        QVERIFY(lines.model()->index(0, 1).data(ValueRole).toInt() >= 2);
        chooseTab(u"calls"_s, 0);
    }

    /// Two prompts side by side, from the texts that were imported.
    void twoPromptsShowWhereTheyPart()
    {
        const HeatGrid shown = m_use->grid();
        const int column = static_cast<int>(shown.columnDetails.indexOf(drainTitle("cache-misses")));
        QVERIFY(column >= 0);
        const auto finding = m_use->sample().session().queries()->finding({.drain = "cache-misses"}, StopToken());
        QVERIFY(finding);
        std::string feature;
        for (const auto& [name, evidence] : finding->evidence)
            if (evidence.pairSays == "Where two requests begin to differ.")
                feature = name;
        const auto row = static_cast<int>(shown.rows.indexOf(toQt(feature)));
        QVERIFY(row >= 0);
        m_use->andSettle([&] { emit m_use->heat().cellChosen(row, column); });
        auto* evidence = m_use->page().findChild<EvidenceCard*>();
        auto* view = m_use->page().findChild<PromptDiffView*>();
        QSignalSpy read(evidence, &EvidenceCard::settled);
        chooseTab(u"prompts"_s, 3);
        QVERIFY(read.wait(20'000));
        QVERIFY2(view->toPlainText().contains(u"bytes are the same"_s), qPrintable(view->toPlainText().left(300)));
        chooseTab(u"calls"_s, 0);
    }

    void certainOnlyHidesRowsAndNoMoney()
    {
        const QString all = m_use->ledger();
        auto& least = m_use->on<QComboBox>(u"Confidence"_s);
        const double before = m_use->sumOf(m_use->grid());
        m_use->andSettle([&] {
            least.setCurrentIndex(2);
            emit least.activated(2);
        });
        QVERIFY(m_use->sumOf(m_use->grid()) < before);
        QVERIFY(m_use->sumOf(m_use->grid()) > 0);
        QVERIFY2(m_use->ledger().startsWith(all), qPrintable(m_use->ledger()));
        QVERIFY(m_use->ledger().contains(u"less certain, not shown"_s));
        m_use->andSettle([&] {
            least.setCurrentIndex(0);
            emit least.activated(0);
        });
        QCOMPARE(m_use->ledger(), all);
    }

    /// The last: a press chooses a cell, whose details may come at any time after it.
    void daysAreDraggedOver()
    {
        m_use->chooseView(u"feature × drain"_s);
        const Scope all = m_use->sample().window().scope();
        drag(0, 1); // drains are no steps of time
        QCOMPARE(m_use->sample().window().scope(), all);

        // The cell that was pressed is explained meanwhile, and that is an answer as well.
        m_use->chooseView(u"feature × day"_s);
        const auto isOfDays = [&] { return parseDate(fromQt(m_use->grid().columnDetails.value(3).left(10))); };
        QTRY_VERIFY_WITH_TIMEOUT(isOfDays(), test::patience);
        const HeatGrid days = m_use->grid();
        drag(3, 6);
        const auto first = parseDate(fromQt(days.columnDetails[3].left(10)));
        const auto last = parseDate(fromQt(days.columnDetails[6].left(10)));
        QVERIFY(first && last && *last == *first + 3);
        const ReportingCalendar& calendar = m_use->sample().session().queries()->calendar();
        const Period dragged{calendar.startOfDay(*first), calendar.startOfDay(*last + 1)};
        QVERIFY(m_use->sample().window().scope().filter.period == dragged);
        double expected = 0;
        for (int column = 3; column <= 6; ++column)
            expected += heatColumnTotal(days, column);
        QVERIFY(expected > 0);
        QTRY_VERIFY_WITH_TIMEOUT(std::abs(m_use->sumOf(m_use->grid()) - expected) < 1e-9, test::patience);

        // A day is made of hours, and those are dragged over as well.
        drag(0, 0);
        const auto isOfHours = [&] { return m_use->grid().columns.value(1).endsWith(u":00"_s); };
        QTRY_VERIFY_WITH_TIMEOUT(isOfHours(), test::patience);
        const HeatGrid hours = m_use->grid();
        QVERIFY(hours.columns.size() > 2);
        drag(2, 1); // a hand may come from the right
        const Period within = *m_use->sample().window().scope().filter.period;
        const std::int32_t hour = hours.columnDetails[1].sliced(11, 2).toInt();
        QCOMPARE(calendar.localHour(within.first), *first * 24 + hour);
        QVERIFY(calendar.localHour(within.end) > *first * 24 + hour + 1);
        double ofHours = 0;
        for (int column = 1; column <= 2; ++column)
            ofHours += heatColumnTotal(hours, column);
        QTRY_VERIFY_WITH_TIMEOUT(std::abs(m_use->sumOf(m_use->grid()) - ofHours) < 1e-9, test::patience);
    }

private:
    /// Where the pointer is told of a column: its hover names it.
    QPoint placeOf(QWidget& surface, int column)
    {
        const QString name = u"%1\n"_s.arg(m_use->grid().columnDetails[column]);
        QToolTip::hideText(); // it says the last one for a moment
        [] { QTRY_VERIFY(QToolTip::text().isEmpty()); }();
        for (int y = 0; y < surface.height(); y += 6)
            for (int x = 0; x < surface.width(); x += 3) {
                QMouseEvent move(QEvent::MouseMove, QPointF(x, y), surface.mapToGlobal(QPointF(x, y)), Qt::NoButton,
                                 Qt::NoButton, Qt::NoModifier);
                QCoreApplication::sendEvent(&surface, &move);
                if (QToolTip::text().contains(name))
                    return {x + 1, y + 1};
            }
        qFatal("no column %s", qPrintable(name));
    }
    /// As a hand does it, over columns of the heatmap.
    void drag(int first, int last)
    {
        auto* surface = m_use->heat().findChild<QWidget*>();
        const QPoint from = placeOf(*surface, first);
        const QPoint to = placeOf(*surface, last) + QPoint(first == last ? 6 : 0, 0);
        QTest::mousePress(surface, Qt::LeftButton, {}, from);
        QTest::mouseMove(surface, (from + to) / 2);
        QTest::mouseMove(surface, to);
        QTest::mouseRelease(surface, Qt::LeftButton, {}, to);
    }
    void chooseTab(const QString&, int tab)
    {
        auto* tabs = m_use->page().findChild<EvidenceCard*>()->findChild<TabHeading*>();
        tabs->choose(tab);
        emit tabs->chosen(tab);
    }
};

QTEST_MAIN(DrainsPageTest)
#include "drains_page_test.moc"
