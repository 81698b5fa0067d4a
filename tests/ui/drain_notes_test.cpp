// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>

#include "model/items/drain_tables.h"
#include "support/drains_page_in_use.h"
#include "ui/pages/finding_dialogs.h"
#include "ui/widgets/fact_list.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// What the user says of findings, and the thresholds they change: kept, measured, previewed and undone.
class DrainNotesTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::DrainsPageInUse> m_use;

private slots:
    void initTestCase() { m_use = std::make_unique<test::DrainsPageInUse>(); }

    /// Muted with a reason, seen again on request, and taken back by undo.
    void aMuteHidesAndUndoBringsBack()
    {
        const QString all = m_use->ledger();
        const HeatGrid before = m_use->grid();
        const int column = static_cast<int>(before.columnDetails.indexOf(drainTitle("failed-calls")));
        m_use->andSettle([&] { emit m_use->heat().cellChosen(0, column); });
        const std::string feature = fromQt(before.rows[0]);
        m_use->andSettle([&] {
            emit m_use->panel().noteRequested({.feature = feature,
                                               .drain = "failed-calls",
                                               .state = FindingNote::State::Muted,
                                               .reason = "the provider's, not ours"});
        });
        QTRY_VERIFY(m_use->ledger().contains(u"muted: "_s));
        QVERIFY(m_use->ledger().startsWith(all));
        const auto cell = [&] {
            const HeatGrid shown = m_use->grid();
            const qsizetype row = shown.rows.indexOf(before.rows[0]);
            const qsizetype at = shown.columnDetails.indexOf(drainTitle("failed-calls"));
            return row < 0 || at < 0 ? std::nullopt
                                     : shown.values[static_cast<std::size_t>(row)][static_cast<std::size_t>(at)];
        };
        QTRY_VERIFY(!cell());
        m_use->andSettle([&] { m_use->page().findChild<QCheckBox*>()->setChecked(true); });
        QTRY_COMPARE(cell(), before.values[0][static_cast<std::size_t>(column)]);
        m_use->andSettle([&] {
            const HeatGrid shown = m_use->grid();
            emit m_use->heat().cellChosen(static_cast<int>(shown.rows.indexOf(before.rows[0])),
                                          static_cast<int>(shown.columnDetails.indexOf(drainTitle("failed-calls"))));
        });
        const auto facts = m_use->panel().findChild<FactList*>()->facts();
        QVERIFY(std::any_of(facts.begin(), facts.end(),
                            [](const FactList::Fact& fact) { return fact.text == u"the provider's, not ours"_s; }));
        m_use->andSettle([&] { m_use->page().findChild<QCheckBox*>()->setChecked(false); });
        m_use->page().undo();
        QTRY_COMPARE(m_use->ledger(), all);
        QTRY_COMPARE(cell(), before.values[0][static_cast<std::size_t>(column)]);
    }

    /// Fixed from a day on: what drained a month before it, and what does not drain any more since.
    void aFixIsMeasuredFromItsDayOn()
    {
        const HeatGrid shown = m_use->grid();
        const int column = static_cast<int>(shown.columnDetails.indexOf(drainTitle("unused-tools")));
        m_use->andSettle([&] { emit m_use->heat().cellChosen(static_cast<int>(shown.rows.size()), column); });
        const Period extent = *m_use->sample().session().queries()->extent();
        const Timestamp middle((extent.first.microseconds() + extent.end.microseconds()) / 2);
        emit m_use->panel().noteRequested({.drain = "unused-tools",
                                           .state = FindingNote::State::Fixed,
                                           .reason = "only what the step needs",
                                           .fixed = middle,
                                           .promised = MoneySum::ofPicodollars(5'000'000'000'000)});
        const auto says = [&](const QString& name) {
            for (const FactList::Fact& fact : m_use->panel().findChild<FactList*>()->facts())
                if (fact.name == name)
                    return fact.text;
            return QString();
        };
        QTRY_COMPARE(says(u"Promised"_s), u"$5.00 / month"_s);
        // It drains on as before: little of the promise came true.
        QVERIFY2(says(u"Realised"_s).contains(u"/ month, by "_s), qPrintable(says(u"Realised"_s)));
        m_use->page().undo();
        QTRY_COMPARE(says(u"Promised"_s), QString());
    }

    /// A threshold labels the calls anew, and undo brings the old one back.
    void aThresholdLabelsAnew()
    {
        const auto waste = [&](const char* drain) {
            const auto answer = m_use->sample().session().queries()->drains(
                {.rows = {Dimension::Feature, {}}, .drain = std::string(drain)}, StopToken());
            MoneySum sum;
            for (const DrainCell& cell : answer->cells)
                sum += cell.money;
            return sum;
        };
        const MoneySum before = waste("resent-history");
        QVERIFY(before > MoneySum());
        emit m_use->page().thresholdsRequested({{"resent-history.turns", 100}});
        QTRY_COMPARE_WITH_TIMEOUT(waste("resent-history"), MoneySum(), test::patience);
        emit m_use->page().thresholdsRequested({});
        QTRY_COMPARE_WITH_TIMEOUT(waste("resent-history"), before, test::patience);
        ThresholdsDialog dialog(*m_use->sample().session().queries(), "resent-history", {{"unused-tools.offers", 50}});
        auto all = dialog.thresholds();
        QCOMPARE(all.at("resent-history.turns"), 6.0);
        QCOMPARE(all.at("unused-tools.offers"), 50.0);
    }

    /// What a threshold would move is told before it does: here all of one drain, and where it goes.
    void aThresholdIsPreviewed()
    {
        ThresholdsDialog dialog(*m_use->sample().session().queries(), "resent-history", {});
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
            QVERIFY(previewed.wait(test::patience));
        };
        preview();
        QCOMPARE(effect(), u"Nothing would move."_s);
        dialog.findChild<QDoubleSpinBox*>()->setValue(100);
        preview();
        QVERIFY2(effect().contains(drainTitle("resent-history")), qPrintable(effect()));
        QVERIFY2(effect().contains(u"→ $0,"_s), qPrintable(effect()));
        // Nothing was written.
        const auto answer = m_use->sample().session().queries()->drains({.drain = "resent-history"}, StopToken());
        QVERIFY(!answer->cells.empty());
    }

    /// Of several features together only what holds in all of them is said, and a fix promises what all of them drain.
    void whatIsSaidOfOneFeatureIsNotSaidOfAll()
    {
        const HeatGrid shown = m_use->grid();
        const int column = static_cast<int>(shown.columnDetails.indexOf(drainTitle("failed-calls")));
        const int total = static_cast<int>(shown.rows.size());
        m_use->andSettle([&] { emit m_use->heat().cellChosen(0, column); });
        emit m_use->panel().noteRequested({.feature = fromQt(shown.rows[0]),
                                           .drain = "failed-calls",
                                           .state = FindingNote::State::Fixed,
                                           .fixed = m_use->sample().session().queries()->extent()->end});
        const auto has = [&](const QString& fact) {
            const auto facts = m_use->panel().findChild<FactList*>()->facts();
            return std::any_of(facts.begin(), facts.end(), [&](const auto& one) { return one.name == fact; });
        };
        QTRY_VERIFY(has(u"Fixed"_s));
        m_use->andSettle([&] { emit m_use->heat().cellChosen(total, column); });
        QVERIFY(!has(u"Fixed"_s));
        m_use->page().undo();
        QTRY_VERIFY(!m_use->page().canUndo() || !has(u"Fixed"_s));
    }

    /// What is looked at is what is shown: a finding counts neither what is muted nor what is less certain.
    void aFindingCountsWhatIsShown()
    {
        const Queries& queries = *m_use->sample().session().queries();
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
            for (QPushButton* button : m_use->panel().findChildren<QPushButton*>())
                if (button->text() == u"Thresholds…"_s)
                    return button->isEnabled();
            return false;
        };
        m_use->andSettle([&] {
            emit m_use->heat().cellChosen(
                0, static_cast<int>(m_use->grid().columnDetails.indexOf(drainTitle("failed-calls"))));
        });
        emit m_use->sample().session().changeBegan({});
        QVERIFY(!thresholds());
        QVERIFY(!m_use->page().canUndo());
        emit m_use->sample().session().changeEnded({});
    }

    /// What was said of one workspace is no step of another.
    void undoEndsWithItsWorkspace()
    {
        m_use->andSettle([&] {
            emit m_use->panel().noteRequested(
                {.drain = "failed-calls", .state = FindingNote::State::Muted, .reason = "not here"});
        });
        QVERIFY(m_use->page().canUndo());
        m_use->sample().session().import(m_use->sample().file("other.plumb"),
                                         {.paths = {m_use->sample().file("traces.jsonl")}});
        QTRY_COMPARE_WITH_TIMEOUT(m_use->sample().session().path(), m_use->sample().file("other.plumb"),
                                  test::patience);
        m_use->sample().waitForAnalysis();
        m_use->sample().showPage(u"drains"_s);
        QVERIFY(!m_use->page().canUndo());
        QVERIFY(!m_use->ledger().contains(u"muted"_s));
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
};

QTEST_MAIN(DrainNotesTest)
#include "drain_notes_test.moc"
