// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

#include "model/items/breakdown_table.h"
#include "support/unnamed_controls.h"
#include "ui/pages/import_dialogs.h"
#include "ui/pages/rules_card.h"
#include "ui/theme/colors.h"
#include "ui/theme/figures.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/drop_zone.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/kpi_card.h"
#include "ui/widgets/nav_list.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/text_reader.h"
#include "ui/window_memory.h"

using namespace plumbline;

namespace {

Breakdown twoFeatures()
{
    Breakdown breakdown;
    for (const auto& [key, calls] : {std::pair{"chat", 10}, std::pair{"batch", 500}}) {
        BreakdownRow row{.keys = {key}};
        row.measures.calls = calls;
        row.measures.cost = Money(calls * 1'000'000'000'000LL);
        row.measures.input = calls * 100;
        row.measures.uncachedInput = calls * 100;
        breakdown.total += row.measures;
        breakdown.rows.push_back(row);
    }
    return breakdown;
}

/// A table of two features and their total, shown.
struct TableCase
{
    TransientMemory memory;
    BreakdownTable facts{BreakdownLayout::Features};
    std::unique_ptr<DataTable> table;

    TableCase() { open(); }
    void open()
    {
        facts.show(twoFeatures(), {{Dimension::Feature, {}}}, {});
        table = std::make_unique<DataTable>("features", "Features", facts, memory);
        table->resize(1200, 300);
        table->show();
        table->activateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(table.get()));
    }
    int column(const QString& id) const
    {
        for (int i = 0; i < facts.columnCount(); ++i)
            if (facts.headerData(i, Qt::Horizontal, ColumnIdRole).toString() == id)
                return i;
        return -1;
    }
};

} // namespace

class WidgetsTest : public QObject
{
    Q_OBJECT

private slots:
    void aMappingIsCorrectedBeforeAnImport();
    /// Buttons that do not fit beside one another stand in lines, none of them cut.
    void aRowOfButtonsFlows()
    {
        QWidget window;
        auto* row = new FlowLayout(6, &window);
        for (const char* text : {"Try in What-if", "Thresholds", "Mute"})
            row->addWidget(new QPushButton(text));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const int wide = row->sizeHint().width(), line = row->heightForWidth(wide);
        QVERIFY(row->heightForWidth(wide - 1) > line);
        QVERIFY(row->heightForWidth(10) > row->heightForWidth(wide - 1)); // each in a line of its own
        window.resize(wide - 1, 200);
        QTRY_COMPARE(window.width(), wide - 1);
        QCoreApplication::sendPostedEvents();
        for (const QPushButton* button : window.findChildren<QPushButton*>()) {
            QVERIFY(button->width() >= button->sizeHint().width());
            QVERIFY(window.rect().contains(button->geometry()));
        }
    }
    /// A theme sets the fonts of all widgets anew.
    void aTextKeepsItsFaceUnderAnotherTheme()
    {
        Theme theme;
        theme.choose(ThemeChoice::Light);
        QWidget window;
        TextReader reader(&window);
        reader.resize(400, 300);
        window.show();
        reader.show("text", LongText(QStringLiteral("of a part")));
        const auto face = [&] { return QFontInfo(reader.findChild<QPlainTextEdit*>()->font()).family(); };
        const QString mono = QFontInfo(fonts::longMono()).family();
        QCOMPARE(face(), mono);
        theme.choose(ThemeChoice::Dark);
        QCoreApplication::processEvents();
        QCOMPARE(face(), mono);
    }
    /// The walk that pages and dialogs have to pass fails where it should.
    void whatHasNoNameIsFound()
    {
        QWidget window;
        auto* slider = new QSlider(&window);
        auto* button = new QPushButton(&window);
        window.show();
        QCOMPARE(test::unnamedControls(window).size(), qsizetype{2});
        slider->setAccessibleName(QStringLiteral("How much"));
        QCOMPARE(test::unnamedControls(window), QStringList(QStringLiteral("QPushButton QWidget")));
        button->setText(QStringLiteral("Go"));
        QVERIFY(test::unnamedControls(window).isEmpty());
    }
    void questionsAreForTheWindow()
    {
        const TableCase shown;
        shown.table->setFocus();
        QTest::keyClick(shown.table.get(), '?');
        for (const QLineEdit* field : shown.table->findChildren<QLineEdit*>())
            QVERIFY(!field->isVisible());
    }
    void columnsFillTheTable()
    {
        const TableCase shown;
        QCOMPARE(shown.table->horizontalHeader()->length(), shown.table->viewport()->width());
    }

    void widthsAndHiddenColumnsAreRemembered()
    {
        TableCase shown;
        const int spend = shown.column("spend");
        shown.table->horizontalHeader()->resizeSection(spend, 177);
        shown.open();
        QCOMPARE(shown.table->columnWidth(spend), 177);
        QVERIFY(shown.table->isColumnHidden(shown.column("share")));
    }

    void aClickOnAHeaderSorts()
    {
        TableCase shown;
        QHeaderView* header = shown.table->horizontalHeader();
        const int calls = shown.column("calls");
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {header->sectionViewportPosition(calls) + 10, 10});
        QCOMPARE(shown.facts.index(0, 0).data().toString(), "batch");
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {header->sectionViewportPosition(calls) + 10, 10});
        QCOMPARE(shown.facts.index(0, 0).data().toString(), "chat");
        QCOMPARE(shown.facts.index(2, 0).data().toString(), "Total");
    }

    void typingSearchesAndEscEndsIt()
    {
        TableCase shown;
        shown.table->setFocus();
        QTest::keyClick(shown.table.get(), 'b');
        auto* field = shown.table->findChild<QLineEdit*>();
        QVERIFY(field->isVisible());
        QCOMPARE(field->text(), "b");
        QCOMPARE(shown.facts.rowCount(), 2);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible());
        QCOMPARE(shown.facts.rowCount(), 3);
    }

    void copyBringsHeadersAlong()
    {
        TableCase shown;
        shown.table->selectRow(1);
        QTest::keySequence(shown.table.get(), QKeySequence::Copy);
        const QString text = QGuiApplication::clipboard()->text();
        QVERIFY2(text.startsWith("Feature\tCalls\tInput / call"), qPrintable(text));
        QVERIFY2(text.contains("batch\t500\t100"), qPrintable(text));
    }

    void returnAndDoubleClickOpenARow()
    {
        TableCase shown;
        QSignalSpy opened(shown.table.get(), &DataTable::rowActivated);
        shown.table->selectRow(1);
        shown.table->setCurrentIndex(shown.facts.index(1, 0));
        QTest::keyClick(shown.table.get(), Qt::Key_Return);
        QCOMPARE(opened.value(0), QVariantList({1}));
        const QPoint place = shown.table->visualRect(shown.facts.index(0, 0)).center();
        QTest::mouseClick(shown.table->viewport(), Qt::LeftButton, {}, place);
        QTest::mouseDClick(shown.table->viewport(), Qt::LeftButton, {}, place);
        QCOMPARE(opened.value(1), QVariantList({0}));
        QCOMPARE(opened.size(), 2);
    }

    void figuresStandUnderOneAnother()
    {
        QCOMPARE(figures::width(fonts::text(), "1,111"), figures::width(fonts::text(), "8,888"));
    }

    void kpiSaysItAloud()
    {
        KpiCard card;
        card.setKpi({.caption = "Spend", .figure = "$66,690", .change = "+12.4%", .tone = Tone::Bad});
        QCOMPARE(card.accessibleName(), "Spend: $66,690, +12.4%");
    }

    void paletteTakesTheFirstMatchOnReturn()
    {
        QWidget window;
        window.resize(800, 600);
        window.show();
        CommandPalette palette(&window);
        QString taken;
        connect(&palette, &CommandPalette::chosen, this, [&](const PaletteEntry& entry) { taken = entry.title; });
        palette.open({{.title = "Overview"}, {.title = "doc-search"}, {.title = "Sources"}});
        auto* field = palette.findChild<QLineEdit*>();
        QTest::keyClicks(field, "so");
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(taken, "Sources");
        QVERIFY(!palette.isVisible());
        palette.open({{.title = "Overview"}, {.title = "doc-search"}, {.title = "Sources"}});
        QTest::keyClick(field, Qt::Key_Down);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(taken, "doc-search");
    }

    void progressTellsRateAndTimeLeft()
    {
        const Progress progress{.what = "runs.jsonl", .done = 620'000'000, .total = 1'000'000'000, .records = 402'118};
        QCOMPARE(progressText(progress, std::chrono::seconds(5)), "62% · 124 MB/s · 3.0 s left · 402,118 records");
        QCOMPARE(progressText({.done = 5, .records = 7}, std::chrono::milliseconds(10)), "7 records");
    }

    void navigationFollowsTheArrowKeys()
    {
        NavList list;
        list.addPage("overview", "Overview");
        list.addPage("sources", "Sources");
        QSignalSpy chosen(&list, &NavList::chosen);
        list.show();
        list.choose("overview");
        QTest::keyClick(&list, Qt::Key_Down);
        QCOMPARE(chosen.value(1), QVariantList({"sources"}));
    }

    void rulesAreChangedAndUndone()
    {
        TransientMemory memory;
        RulesCard card(memory);
        const FeatureRules rules = defaultFeatureRules();
        card.change("Start", rules);
        card.change("Drop one", FeatureRules(rules.begin() + 1, rules.end()));
        QCOMPARE(card.draft().size(), 4U);
        card.undo();
        QCOMPARE(card.draft(), rules);
    }

    void undoAfterApplyingAppliesWhatWasThere()
    {
        TransientMemory memory;
        RulesCard card(memory);
        std::vector<FeatureRules> applied;
        connect(&card, &RulesCard::applyRequested, this, [&](const FeatureRules& rules) { applied.push_back(rules); });
        card.change("Start", defaultFeatureRules());
        card.apply();
        card.undo();
        QCOMPARE(applied, (std::vector<FeatureRules>{defaultFeatureRules(), {}}));
    }

    void everyRoleOfBothPalettesIsOfTheHouse()
    {
        for (const Colors* colors : {&lightColors(), &darkColors()}) {
            const QPalette palette = paletteOf(*colors);
            QCOMPARE(isDark(palette), colors == &darkColors());
            QCOMPARE(palette.color(QPalette::Base), colors->card);
        }
    }

    void themeOverridesTheSystem()
    {
        Theme theme;
        theme.choose(ThemeChoice::Dark);
        QVERIFY(isDark(QGuiApplication::palette()));
        theme.choose(ThemeChoice::Light);
        QVERIFY(!isDark(QGuiApplication::palette()));
    }
};

void WidgetsTest::aMappingIsCorrectedBeforeAnImport()
{
    TransientMemory memory;
    const FilePreview file{.path = "log.jsonl", .formatId = "usage-log", .mapping = "time=ts,model=m,input=a"};
    ImportPreviewDialog dialog({file}, ReportingCalendar(), memory, nullptr);
    auto* field = dialog.findChild<QLineEdit*>("mapping");
    QVERIFY(field);
    QVERIFY(!dialog.mapping()); // as proposed: nothing to say
    QPushButton* import = nullptr;
    for (auto* button : dialog.findChildren<QPushButton*>())
        if (button->isDefault())
            import = button;
    QVERIFY(import);
    field->setText("time=ts,model=m,colour=c");
    QVERIFY(!import->isEnabled());
    field->setText("time=ts,model=m");
    QVERIFY(!import->isEnabled());
    field->setText("time=ts,model=m,input=b,output=c");
    QVERIFY(import->isEnabled());
    QCOMPARE(dialog.mapping()->text(), std::string("time=ts,model=m,input=b,output=c"));
    // Files of a format that is known need none.
    ImportPreviewDialog known({FilePreview{.path = "a.json", .formatId = "langfuse-api"}}, ReportingCalendar(), memory,
                              nullptr);
    QVERIFY(!known.findChild<QLineEdit*>("mapping"));
}

QTEST_MAIN(WidgetsTest)
#include "widgets_test.moc"
