// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/traces_page_in_use.h"

#include "model/items/format.h"
#include "model/items/scope.h"
#include "ui/charts/flame_view.h"
#include "ui/pages/flame_card.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// The flame graph of the page Traces.
class FlameTest : public QObject
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

private slots:
    void initTestCase() { m_used = std::make_unique<test::TracesPageInUse>(1000); }

    void theFlameGraphHoldsTheBill()
    {
        andSettle([&] { m_used->button(page(), u"Cost flame graph"_s).click(); });
        const FlameNode flame = *queries().flame(window().scope().filter, StopToken());
        const Breakdown breakdown =
            *queries().breakdown({.filter = window().scope().filter, .wantsLedger = true}, StopToken());
        QVERIFY(flame.money == *breakdown.total.cost);
        QCOMPARE(flame.calls, breakdown.total.calls);
        QCOMPARE(flame.tokens, *breakdown.total.tokens());
        // Segment by segment what the ledger says.
        SegmentTokens segments = {};
        for (const FlameNode& feature : flame.children)
            for (const FlameNode& step : feature.children)
                for (const FlameNode& part : step.children)
                    segments[static_cast<std::size_t>(*part.segment)] += part.tokens;
        for (std::size_t i = 0; i < inputSegmentCount; ++i)
            QCOMPARE(segments[i], breakdown.totalLedger->segments[i]);

        FlameView& view = page().flame().view();
        if (const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES"); !folder.isEmpty())
            QVERIFY(window().grab().save(folder + u"/flame.png"_s));
        const QStringList all = view.zoomed();
        QCOMPARE(all.size(), 1);
        const QPoint place(view.width() / 4, std::min(110, view.height() / 4) * 3 / 2); // in the row of features
        const QString feature = view.pathAt(place).value(1);
        QVERIFY(!feature.isEmpty());
        QTest::mouseClick(&view, Qt::LeftButton, {}, place);
        QCOMPARE(view.zoomed(), (QStringList{all[0], feature}));
        QCOMPARE(view.pathAt(QPoint(2, place.y())).value(1), feature);
        QTest::keyClick(&view, Qt::Key_Escape);
        QCOMPARE(view.zoomed(), all);
        view.search(u"history"_s);
        QVERIFY(view.found() > 0);
        QVERIFY(view.svg().contains("<svg") && view.svg().contains(feature.toUtf8()));
        QCOMPARE(view.csv().count('\n') - 1, [&] {
            qsizetype count = 0;
            for (const FlameNode& one : flame.children)
                for (const FlameNode& step : one.children)
                    count += static_cast<qsizetype>(step.children.size());
            return count;
        }());
        QSignalSpy asked(&page(), &Page::callsRequested);
        emit view.callsRequested(view.pathAt(place));
        QCOMPARE(asked.size(), 1);
        QVERIFY(asked[0][0].value<Filter>().conditions[0].values[0] == fromQt(feature));
        andSettle([&] { m_used->button(page(), u"Traces"_s).click(); });
    }

    /// Beside every part what it was, of the calls the window compares with.
    void itComparesWithWhatThePagesCompareWith()
    {
        const auto compared = comparedCalls(window().scope());
        QVERIFY(compared);
        andSettle([&] { m_used->button(page(), u"Cost flame graph"_s).click(); });
        FlameNode flame = *queries().flame(window().scope().filter, StopToken());
        compareWith(flame, *queries().flame(*compared, StopToken()));
        const Breakdown before =
            *queries().breakdown({.filter = *compared, .by = {{Dimension::Feature, {}}}}, StopToken());
        QVERIFY(flame.before->money == *before.total.cost);
        QCOMPARE(flame.before->calls, before.total.calls);
        int known = 0;
        for (const FlameNode& feature : flame.children)
            for (const BreakdownRow& row : before.rows)
                if (row.keys[0] == feature.name) {
                    ++known;
                    QVERIFY(feature.before->money == *row.measures.cost);
                    QCOMPARE(feature.before->calls, row.measures.calls);
                }
        QVERIFY(known > 1);
        FlameView& view = page().flame().view();
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Escape);
        QVERIFY2(view.accessibleDescription().contains(format::money(*before.total.cost)),
                 qPrintable(view.accessibleDescription()));
        QVERIFY(view.csv().startsWith("feature,step,segment,calls,tokens,cost_usd,calls_before,"));
        andSettle([&] { m_used->button(page(), u"Traces"_s).click(); });
    }

    void whatIsNewAndWhatIsGone()
    {
        FlameNode now{.calls = 2,
                      .tokens = 30,
                      .children = {{.name = "a", .calls = 1, .tokens = 10}, {.name = "new", .calls = 1, .tokens = 20}}};
        const FlameNode before{
            .calls = 3,
            .tokens = 12,
            .children = {{.name = "gone", .calls = 1, .tokens = 5}, {.name = "a", .calls = 2, .tokens = 7}}};
        compareWith(now, before);
        QCOMPARE(now.gone, std::vector<std::string>{"gone"});
        QCOMPARE(now.children[0].before->tokens, TokenCount{7});
        QCOMPARE(now.children[1].before->calls, std::int64_t{0});
        QCOMPARE(flameChangeText(now.children[1]), u"new"_s);
        QVERIFY(flameChangeText(FlameNode{.name = "a", .calls = 1}).isEmpty()); // compared with nothing
    }
};

QTEST_MAIN(FlameTest)
#include "flame_test.moc"
