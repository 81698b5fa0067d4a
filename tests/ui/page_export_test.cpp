// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QDir>
#include <QImage>
#include <QMenu>
#include <QTest>

#include <algorithm>

#include "model/items/fact_table.h"
#include "support/sample_window.h"
#include "ui/pages/page.h"
#include "ui/pages/page_export.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_bar.h"

using namespace plumbline;

/// What pages show, taken elsewhere. On a workspace of a few hundred calls.
class PageExportTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_shown;

    Page& page(const QString& id)
    {
        for (Page* one : m_shown->window().findChildren<Page*>())
            if (one->id() == id)
                return *one;
        qFatal("no page %s", qPrintable(id));
    }
    static QStringList namesOf(const QList<NamedBytes>& files)
    {
        QStringList names;
        for (const NamedBytes& file : files)
            names += file.name;
        names.sort();
        return names;
    }
    static QStringList titlesOf(const QMenu& menu)
    {
        QStringList titles;
        for (const QAction* action : menu.actions())
            if (!action->isSeparator())
                titles += action->text();
        return titles;
    }
    static QAction* actionOf(const QMenu& menu, const QString& text)
    {
        for (QAction* action : menu.actions())
            if (action->text() == text)
                return action;
        return nullptr;
    }

private slots:
    void initTestCase()
    {
        m_shown = std::make_unique<test::SampleWindow>();
        m_shown->open();
    }

    void everyTableAndChartOfThePageIsOffered()
    {
        m_shown->showPage("features");
        m_shown->showPage("overview");
        QMenu& menu = m_shown->window().findChild<FilterBar*>()->exports();
        emit menu.aboutToShow();
        QCOMPARE(titlesOf(menu),
                 QStringList({"Top features", "Spend by feature", "Where it drains", "Copy picture of the page",
                              "Save the page as PNG…", "All of it into a folder…", "Report of the month…"}));
        m_shown->showPage("sources");
        emit menu.aboutToShow();
        QVERIFY(titlesOf(menu).contains("Feature rules"));
        QVERIFY(!titlesOf(menu).contains("Top features"));
    }

    void aTableIsCopiedWhole()
    {
        m_shown->showPage("overview");
        QMenu menu;
        fillExportMenu(menu, page("overview"));
        QAction* copy = actionOf(*actionOf(menu, "Top features")->menu(), "Copy the whole table");
        QVERIFY(copy);
        copy->trigger();
        const FactTable& facts = page("overview").findChild<DataTable*>()->facts();
        const QStringList lines = QGuiApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), facts.rowCount() + 1);
        QVERIFY(lines.first().startsWith("Feature\tSpend"));
    }

    void allOfThePageGoesIntoAFolder()
    {
        m_shown->showPage("overview");
        const QList<NamedBytes> files = exportsOf(page("overview"));
        QCOMPARE(namesOf(files), QStringList({"overview-spend-by-feature-data.csv", "overview-spend-by-feature.pdf",
                                              "overview-spend-by-feature.png", "overview-spend-by-feature.svg",
                                              "overview-top-features.csv", "overview-where-it-drains-data.csv",
                                              "overview-where-it-drains.pdf", "overview-where-it-drains.png",
                                              "overview-where-it-drains.svg", "overview.png"}));
        const QTemporaryDir folder;
        QCOMPARE(saveAll(folder.path(), files), QString());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files, QDir::Name), namesOf(files));
        const QImage chart(folder.filePath("overview-where-it-drains.png"));
        QVERIFY(!chart.isNull());
        QVERIFY(QImage(folder.filePath("overview.png")).size() == page("overview").size());
        QFile svg(folder.filePath("overview-spend-by-feature.svg"));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains("<svg"));
        QFile csv(folder.filePath("overview-top-features.csv"));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QVERIFY(csv.readLine().startsWith("Feature,Spend"));
    }

    void aFolderThatCannotBeWrittenIsNamed()
    {
        QVERIFY(saveAll("/nowhere/at/all", {{"a.csv", "a"}}).contains("/nowhere/at/all/a.csv"));
    }

    void namesAreFitForFiles()
    {
        QCOMPARE(fileName("code-review · input tokens per call"), "code-review-input-tokens-per-call");
        QCOMPARE(fileName("../Über /"), "-über");
    }

    void aPageWithoutDataHasNothingToExport()
    {
        QSignalSpy settled(&m_shown->window(), &MainWindow::settled);
        m_shown->showPage("overview");
        m_shown->window().setScope(narrowed({}, conditionFromText("feature=no-such-feature").value()));
        QTRY_VERIFY(!settled.isEmpty());
        QTRY_VERIFY(exportsOf(page("overview")).isEmpty());
        QMenu menu;
        fillExportMenu(menu, page("overview"));
        QVERIFY(!menu.actions().first()->isEnabled() || menu.actions().first()->isSeparator());
        QVERIFY(titlesOf(menu).contains("Nothing is shown here"));
    }

    void cleanupTestCase() { m_shown.reset(); }
};

QTEST_MAIN(PageExportTest)
#include "page_export_test.moc"
