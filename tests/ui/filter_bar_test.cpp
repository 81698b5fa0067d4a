// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHBoxLayout>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>

#include "support/unnamed_controls.h"
#include "support/workspace.h"
#include "ui/widgets/chip_row.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/value_picker.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// The bar above every page by itself: what can be compared, and chips that do not fit.
class FilterBarTest : public QObject
{
    Q_OBJECT

private:
    static constexpr int patience = 60'000;
    test::TemporaryWorkspace m_files;

    /// Thirty releases in thirty days, each cheaper than the one before.
    Result<Queries> thirtyReleases()
    {
        std::string lines;
        for (int day = 1; day <= 30; ++day)
            lines += QStringLiteral("{\"id\":\"c%1\",\"traceId\":\"t%1\",\"type\":\"GENERATION\",\"model\":\"gpt-4o\","
                                    "\"startTime\":\"2026-10-%2T10:00:00Z\",\"release\":\"r%1\","
                                    "\"usageDetails\":{\"input\":%3,\"output\":5}}\n")
                         .arg(day)
                         .arg(day, 2, 10, QChar(u'0'))
                         .arg(100'000 - day * 1000)
                         .toStdString();
        if (!m_files.import({m_files.write("releases.jsonl", lines)}))
            return fail(ErrorKind::Unreadable, "not imported");
        return m_files.queries();
    }
    static QMenu* menuOf(FilterBar& bar, const QString& title)
    {
        const auto menus = bar.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly);
        for (QMenu* menu : menus)
            emit menu->aboutToShow();
        for (const QMenu* menu : menus)
            for (QAction* action : menu->actions())
                if (action->menu() && action->text() == title)
                    return action->menu();
        return nullptr;
    }

private slots:
    void anyReleaseIsComparedTheNewestFirst()
    {
        const auto queries = thirtyReleases();
        QVERIFY(queries);
        FilterBar bar;
        bar.resize(1200, 40);
        bar.show();
        bar.setQueries(*queries);
        QTRY_VERIFY_WITH_TIMEOUT(menuOf(bar, u"Another release"_s), patience);
        QStringList offered;
        for (const QAction* action : menuOf(bar, u"Another release"_s)->actions())
            offered += action->text();
        QCOMPARE(offered.mid(0, 3), QStringList({u"r30"_s, u"r29"_s, u"r28"_s}));
        QCOMPARE(offered.last(), u"More…"_s);

        QSignalSpy chosen(&bar, &FilterBar::scopeChosen);
        menuOf(bar, u"Another release"_s)->actions().last()->trigger();
        ValuePicker* picker = nullptr;
        for (ValuePicker* one : bar.findChildren<ValuePicker*>())
            if (one->isVisible())
                picker = one;
        QVERIFY(picker);
        QCOMPARE(picker->accessibleName(), u"Compare with release"_s);
        QCOMPARE(test::unnamedControls(*picker).join(u", "_s), QString());
        auto* values = picker->findChild<QListWidget*>();
        QTRY_COMPARE_WITH_TIMEOUT(values->count(), 30, patience);
        for (const char* release : {"r1", "r2"})
            values->findItems(QString::fromLatin1(release), Qt::MatchExactly).first()->setCheckState(Qt::Checked);
        for (QPushButton* button : picker->findChildren<QPushButton*>())
            if (button->text() == u"Compare"_s)
                button->click();
        QCOMPARE(chosen.count(), 1);
        const auto scope = chosen.first().first().value<Scope>();
        QVERIFY(*scope.against == *conditionFromText("release=r1,r2"));
        QVERIFY(scope.filter.conditions == std::vector<Condition>{*conditionFromText("release!=r1,r2")});
        // Unticked again, nothing is compared.
        bar.setScope(scope);
        menuOf(bar, u"Another release"_s)->actions().last()->trigger();
        for (int row = 0; row < values->count(); ++row)
            values->item(row)->setCheckState(Qt::Unchecked);
        for (QPushButton* button : picker->findChildren<QPushButton*>())
            if (button->text() == u"Compare"_s)
                button->click();
        QVERIFY(chosen.last().first().value<Scope>() == Scope());
    }

    void hiddenChipsHaveAnArrow()
    {
        ChipRow row;
        row.resize(300, 30);
        for (int i = 0; i < 8; ++i)
            row.chips().addWidget(new QPushButton(u"feature: chat %1"_s.arg(i), &row));
        row.show();
        QVERIFY(QTest::qWaitForWindowExposed(&row));
        QPushButton* before = nullptr;
        QPushButton* behind = nullptr;
        for (QPushButton* button : row.findChildren<QPushButton*>(QString(), Qt::FindDirectChildrenOnly)) {
            if (button->accessibleName() == u"Earlier filters"_s)
                before = button;
            if (button->accessibleName() == u"More filters"_s)
                behind = button;
        }
        QVERIFY(before && behind);
        QVERIFY(!before->isVisible());
        QVERIFY(behind->isVisible());
        for (int i = 0; i < 20 && behind->isVisible(); ++i)
            behind->click();
        QVERIFY(!behind->isVisible());
        QVERIFY(before->isVisible());
        QCOMPARE(row.horizontalScrollBar()->value(), row.horizontalScrollBar()->maximum());
        row.resize(3000, 30);
        QTRY_VERIFY(!before->isVisible() && !behind->isVisible());
    }
};

QTEST_MAIN(FilterBarTest)
#include "filter_bar_test.moc"
