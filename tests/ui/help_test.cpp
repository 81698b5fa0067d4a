// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHeaderView>
#include <QLabel>
#include <QRegularExpression>

#include "model/items/price_tables.h"
#include "model/items/rules_table.h"
#include "model/items/source_tables.h"
#include "model/items/trace_compare.h"
#include "support/sample_window.h"
#include "ui/charts/flame_view.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/explain_cost_dialog.h"
#include "ui/pages/import_dialogs.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/kpi_card.h"
#include "ui/window_memory.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// Whatever figure one points at says what it is and how it is computed.
class HelpTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_sample;

    /// Columns of figures whose header says nothing: `Top features: Spend`.
    static QStringList silentColumns(const QString& name, const FactTable& facts)
    {
        QStringList silent;
        for (int column = 0; column < facts.columnCount(); ++column) {
            const auto header = [&](int role) { return facts.headerData(column, Qt::Horizontal, role); };
            const auto kind = static_cast<ColumnKind>(header(KindRole).toInt());
            const bool isFigure = kind == ColumnKind::Figure || kind == ColumnKind::MakeUp ||
                                  kind == ColumnKind::Trend || kind == ColumnKind::Share;
            if (isFigure && header(Qt::ToolTipRole).toString().isEmpty())
                silent +=
                    u"%1: %2 (%3)"_s.arg(name, header(Qt::DisplayRole).toString(), header(ColumnIdRole).toString());
        }
        return silent;
    }

    static QStringList silentColumns(const QWidget& in)
    {
        QStringList silent;
        for (const DataTable* table : in.findChildren<DataTable*>())
            silent += silentColumns(table->accessibleName(), table->facts());
        return silent;
    }

private slots:
    void initTestCase()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(2000);
    }

    void everyColumnOfFiguresSaysWhatItIs()
    {
        QStringList silent;
        for (const QString& id : m_sample->window().pageIds()) {
            m_sample->showPage(id);
            silent += silentColumns(m_sample->window());
        }
        silent.removeDuplicates();
        QCOMPARE(silent.join(u'\n'), QString());
    }

    void soDoesTheArithmeticOfACall()
    {
        const auto calls = m_sample->session().queries()->calls({}, CallOrder::Costliest, 1, StopToken());
        TransientMemory memory;
        ExplainCostDialog dialog(*m_sample->session().queries(), calls->rows.front().id, memory, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy settled(&dialog, &ExplainCostDialog::settled);
        QVERIFY(settled.wait(20'000));
        QCOMPARE(silentColumns(dialog).join(u'\n'), QString());
    }

    void soDoTablesOfDialogs()
    {
        QStringList silent;
        const auto look = [&](const QString& name, auto& table, const auto&... facts) {
            table.show(facts...);
            QVERIFY2(table.columnCount() > 2, qPrintable(name));
            silent += silentColumns(name, table);
        };
        OverridesTable overrides;
        look(u"Price overrides"_s, overrides, std::vector<PriceOverride>());
        DiscountsTable discounts;
        look(u"Discounts"_s, discounts, std::vector<Discount>());
        RepriceTable reprice;
        look(u"Reprice"_s, reprice, RepricePreview());
        RulesPreviewTable rules;
        look(u"Rules"_s, rules, RulesPreview());
        CallCompareTable compared;
        look(u"Calls compared"_s, compared, PromptAnswer(), PromptAnswer());
        PreviewTable previews;
        look(u"Files to import"_s, previews, std::vector<FilePreview>(), ReportingCalendar());
        SkippedTable skipped;
        look(u"Skipped records"_s, skipped, std::vector<Skipped>());
        QCOMPARE(silent.join(u'\n'), QString());
    }

    /// A chart is a card's: its heading says what the figures are.
    void everyChartSaysWhatItIs()
    {
        QStringList silent;
        int charts = 0;
        for (const QString& id : m_sample->window().pageIds()) {
            m_sample->showPage(id);
            QList<QWidget*> drawn;
            for (PlotView* plot : m_sample->window().findChildren<PlotView*>())
                drawn += plot;
            for (FlameView* flame : m_sample->window().findChildren<FlameView*>())
                drawn += flame;
            for (const QWidget* chart : drawn) {
                ++charts;
                const QWidget* above = chart->parentWidget();
                while (above && !qobject_cast<const Card*>(above))
                    above = above->parentWidget();
                if (!above || above->whatsThis().size() < 40 || above->accessibleDescription() != above->whatsThis())
                    silent += id + u": "_s + (above ? above->accessibleName() : chart->accessibleName());
            }
        }
        silent.removeDuplicates();
        QCOMPARE(silent.join(u'\n'), QString());
        QVERIFY(charts >= 8);
    }

    /// And what says it is what one points at.
    void aHeadingSaysTheHelpOfItsCard()
    {
        m_sample->showPage(u"spend"_s);
        int headings = 0;
        for (const Card* card : m_sample->window().findChildren<Card*>())
            for (const QLabel* label : card->findChildren<QLabel*>(QString(), Qt::FindDirectChildrenOnly))
                if (!card->whatsThis().isEmpty() && label->text() == card->accessibleName() && label->isVisible()) {
                    QCOMPARE(label->toolTip(), card->whatsThis());
                    ++headings;
                }
        QVERIFY(headings >= 2);
    }

    /// Lists of facts: each that is a figure.
    void everyFigureOfAListSaysWhatItIs()
    {
        QStringList silent;
        int figures = 0;
        const auto look = [&](const QWidget& in) {
            static const QRegularExpression digits(u"[0-9]"_s);
            for (const FactList* list : in.findChildren<FactList*>())
                for (const FactList::Fact& fact : list->facts()) {
                    // Names of rows, rules and files hold digits and are no figures.
                    const bool isFigure = fact.text.contains(digits) && !fact.isCode &&
                                          !QStringList({u"Read from"_s, u"Price row"_s, u"Format"_s, u"Note"_s,
                                                        u"Needs"_s, u"Rule"_s, u"Not billed"_s, u"Not read"_s})
                                               .contains(fact.name);
                    figures += isFigure;
                    if (isFigure && fact.help.isEmpty())
                        silent += fact.name;
                }
        };
        m_sample->showPage(u"drains"_s);
        look(m_sample->window());
        QVERIFY(figures >= 3);
        TransientMemory memory;
        const auto calls = m_sample->session().queries()->calls({}, CallOrder::Costliest, 1, StopToken());
        ExplainCostDialog dialog(*m_sample->session().queries(), calls->rows.front().id, memory, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy settled(&dialog, &ExplainCostDialog::settled);
        QVERIFY(settled.wait(20'000));
        look(dialog);
        const ImportReportDialog report(u"Imported"_s,
                                        {.files = 1,
                                         .records = 5,
                                         .first = parseTimestamp("2026-10-01T00:00:00Z"),
                                         .last = parseTimestamp("2026-10-02T00:00:00Z")},
                                        ReportingCalendar(), memory, nullptr);
        look(report);
        QCOMPARE(silent.join(u'\n'), QString());
        QVERIFY(figures >= 9);
    }

    void pricesAreNotCalledTokens()
    {
        OverridesTable overrides;
        overrides.show({});
        QStringList help;
        for (int column = 0; column < overrides.columnCount(); ++column)
            if (overrides.headerData(column, Qt::Horizontal, KindRole).toInt() == static_cast<int>(ColumnKind::Figure))
                help += overrides.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString();
        QCOMPARE(help, QStringList({u"What a million input tokens cost"_s, u"What a million output tokens cost"_s}));
    }

    void everyTileSaysWhatItIs()
    {
        m_sample->showPage(u"overview"_s);
        const auto tiles = m_sample->window().findChildren<KpiCard*>();
        QVERIFY(tiles.size() >= 5);
        for (const KpiCard* tile : tiles) {
            QVERIFY2(tile->kpi().help.size() > 20, qPrintable(tile->kpi().caption));
            QVERIFY(tile->toolTip().contains(tile->kpi().help));
            QCOMPARE(tile->accessibleDescription(), tile->kpi().help);
        }
    }
};

QTEST_MAIN(HelpTest)
#include "help_test.moc"
