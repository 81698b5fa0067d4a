// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QMenu>

#include "model/items/format.h"
#include "model/items/prompt_version_tables.h"
#include "model/items/scope.h"
#include "model/items/what_if_tables.h"
#include "support/sample_window.h"
#include "ui/charts/plot_view.h"
#include "ui/pages/drains_page.h"
#include "ui/pages/overview_page.h"
#include "ui/pages/prompts_page.h"
#include "ui/pages/sources_page.h"
#include "ui/pages/spend_page.h"
#include "ui/pages/traces_page.h"
#include "ui/pages/what_if_page.h"
#include "ui/widgets/data_table.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// Every page beside another period, or beside another model: the same page with what it was.
class ComparisonTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_sample;
    Scope m_periods, m_models;

    MainWindow& window() { return m_sample->window(); }
    const Queries& queries() { return *m_sample->session().queries(); }
    template <class PageOf>
    PageOf& page()
    {
        return *window().findChild<PageOf*>();
    }
    void showCompared(const QString& id, const Scope& scope)
    {
        window().setScope(scope);
        m_sample->showPage(id);
    }
    DataTable& table(QWidget& in, const QString& name)
    {
        for (DataTable* one : in.findChildren<DataTable*>())
            if (one->accessibleName() == name)
                return *one;
        qFatal("no table %s", qPrintable(name));
    }
    static int columnOf(const QAbstractItemModel& model, const QString& title)
    {
        for (int column = 0; column < model.columnCount(); ++column)
            if (model.headerData(column, Qt::Horizontal).toString() == title)
                return column;
        return -1;
    }

private slots:
    void initTestCase()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(3000);
        const Period extent = *queries().extent();
        const ReportingCalendar& calendar = queries().calendar();
        const Period last = calendar.month(calendar.monthOf(extent.end));
        m_periods = {.filter = {.period = last}, .baseline = previousPeriod(last, calendar)};
        const auto models = queries().values({Dimension::Model, {}}, 10, StopToken());
        m_models = comparedWith({.filter = {.conditions = {{.of = {Dimension::Model, {}}, .values = {models->at(0)}}}}},
                                {Dimension::Model, {}}, {models->at(1)});
    }

    void drainsSayWhatTheyWere()
    {
        for (const Scope& scope : {m_periods, m_models}) {
            showCompared(u"drains"_s, scope);
            HeatGrid grid;
            for (PlotView* plot : page<DrainsPage>().findChildren<PlotView*>())
                if (const auto* heat = std::get_if<HeatGrid>(&plot->spec()))
                    grid = *heat;
            QCOMPARE(grid.rowsBefore.size(), static_cast<std::size_t>(grid.rows.size()));
            const auto then = queries().drains({.filter = *comparedCalls(scope)}, StopToken());
            const double all = then->total.waste.dollars() + then->total.opportunity.dollars();
            QVERIFY(all > 0);
            double sum = 0;
            for (const double row : grid.rowsBefore)
                sum += row;
            QVERIFY2(std::abs(sum - all) < 1e-6, qPrintable(u"%1 of %2"_s.arg(sum).arg(all)));
            QVERIFY(plotCsv(grid).section(u'\n', 0, 0).contains(u"Total before"_s));
            QVERIFY(heatHover(grid, 0, 0).contains(u"was "_s));
        }
        window().setScope({.filter = m_periods.filter});
    }

    void spendSaysWhatCentresAndProvidersSpentThen()
    {
        showCompared(u"spend"_s, m_periods);
        const auto spent = [&](const std::optional<Period>& period, std::vector<Condition> conditions) {
            return queries()
                .breakdown({.filter = {.period = period, .conditions = std::move(conditions)}}, StopToken())
                ->total.cost.value_or(MoneySum());
        };
        const auto verify = [&](const QString& name, const QString& row, std::vector<Condition> conditions) {
            const QAbstractItemModel& shown = *table(page<SpendPage>(), name).model();
            const int change = columnOf(shown, u"Δ"_s);
            QVERIFY2(change > 0, qPrintable(name));
            for (int at = 0; at < shown.rowCount(); ++at)
                if (shown.index(at, 0).data().toString() == row) {
                    const MoneySum before = spent(m_periods.baseline, conditions);
                    const Period month =
                        queries().calendar().month(queries().calendar().monthOf(m_periods.filter.period->first));
                    const MoneySum now = spent(month, conditions);
                    QVERIFY(before > MoneySum());
                    QCOMPARE(shown.index(at, change).data().toString(),
                             format::change(now.dollars(), before.dollars()));
                    return;
                }
            QFAIL(qPrintable(row));
        };
        verify(u"Cost centres and budgets"_s, u"All spend"_s, {});
        verify(u"Reconciliation with invoices"_s, u"openai"_s, {*conditionFromText("provider=openai")});
        // Without a comparison there is no such column.
        showCompared(u"spend"_s, {.filter = m_periods.filter});
        QCOMPARE(columnOf(*table(page<SpendPage>(), u"Cost centres and budgets"_s).model(), u"Δ"_s), -1);
    }

    void spendSaysWhyOneModelCostsOtherThanAnother()
    {
        showCompared(u"spend"_s, m_models);
        Waterfall change;
        for (PlotView* plot : page<SpendPage>().findChildren<PlotView*>())
            if (const auto* waterfall = std::get_if<Waterfall>(&plot->spec()))
                change = *waterfall;
        const auto dollars = [&](const Filter& filter) {
            return queries().breakdown({.filter = filter}, StopToken())->total.cost.value_or(MoneySum()).dollars();
        };
        QVERIFY(std::abs(change.values.front() - dollars(*comparedCalls(m_models))) < 0.006);
        QVERIFY(std::abs(change.values.back() - dollars(m_models.filter)) < 0.006);
        double reached = 0;
        for (std::size_t i = 0; i + 1 < change.values.size(); ++i)
            reached += change.values[i];
        QVERIFY(std::abs(reached - change.values.back()) < 0.001);
        QVERIFY(toQt(m_models.against->values[0]).startsWith(change.categories.front().left(8)));
        QCOMPARE(change.details.front(), chipText(*m_models.against));
        QCOMPARE(change.details.back(), chipText(m_models.filter.conditions.front()));
        // The bars open the calls they are of.
        QSignalSpy calls(&page<SpendPage>(), &Page::callsRequested);
        for (PlotView* plot : page<SpendPage>().findChildren<PlotView*>())
            if (std::holds_alternative<Waterfall>(plot->spec()))
                emit plot->activated(0, 0);
        QCOMPARE(calls.size(), 1);
        QCOMPARE(calls[0][0].value<Filter>(), *comparedCalls(m_models));
        window().setScope({.filter = m_periods.filter});
    }

    void promptsSayWhatTheyWere()
    {
        showCompared(u"prompts"_s, m_periods);
        const PromptsTable& prompts = page<PromptsPage>().prompts();
        QVERIFY(columnOf(prompts, u"Δ / month"_s) >= 0);
        const auto then = queries().prompts({.filter = *comparedCalls(m_periods)}, StopToken());
        MoneySum wanted, shown;
        for (const PromptRow& row : then->rows)
            wanted += row.figures.cost;
        for (int row = 0; row < prompts.rowCount(); ++row)
            shown += prompts.rowAt(row).before.value_or(PromptFigures()).cost;
        QCOMPARE(shown, wanted);
        QVERIFY(wanted > MoneySum());
        showCompared(u"prompts"_s, {.filter = m_periods.filter});
        QCOMPARE(columnOf(prompts, u"Δ / month"_s), -1);
    }

    void tracesSayWhatTheyWere()
    {
        showCompared(u"traces"_s, m_periods);
        const auto line = [&] {
            for (QLabel* label : page<TracesPage>().findChildren<QLabel*>())
                if (label->accessibleName() == u"Comparison"_s)
                    return label;
            qFatal("no comparison");
        };
        const auto before = queries().requests(*comparedCalls(m_periods), RequestUnit::Traces, StopToken());
        const auto now = queries().requests(m_periods.filter, RequestUnit::Traces, StopToken());
        QVERIFY(line()->isVisible());
        const auto count = [](std::size_t of) { return format::count(static_cast<std::int64_t>(of)); };
        QVERIFY2(
            line()->text().contains(u"%1 where there were %2"_s.arg(count((*now)->size()), count((*before)->size()))),
            qPrintable(line()->text()));
        QVERIFY(line()->toolTip().contains(u"p = "_s) || line()->toolTip().contains(u"p below"_s));
        showCompared(u"traces"_s, {.filter = m_periods.filter});
        QVERIFY(!line()->isVisible());
    }

    void aScenarioIsReplayedOnBoth()
    {
        showCompared(u"what-if"_s, m_periods);
        const auto& figures = table(page<WhatIfPage>(), u"Now and with the scenario"_s).facts();
        QTRY_COMPARE_WITH_TIMEOUT(figures.columnCount(), 6, test::patience);
        const auto bill = queries().breakdown({.filter = *comparedCalls(m_periods)}, StopToken());
        QCOMPARE(figures.index(2, 4).data().toString(), format::money(bill->total.cost));
        QVERIFY(figures.index(2, 5).data().toString() != figures.index(2, 4).data().toString());
        showCompared(u"what-if"_s, {.filter = m_periods.filter});
        QTRY_COMPARE_WITH_TIMEOUT(figures.columnCount(), 4, test::patience);
    }

    void featuresSayWhetherItIsChance()
    {
        showCompared(u"features"_s, m_periods);
        const auto& features = table(window(), u"Token breakdown"_s).facts();
        const int column = columnOf(features, u"Δ a call"_s);
        QVERIFY(column >= 0);
        int judged = 0;
        for (int row = 0; row < features.rowCount(); ++row)
            judged += features.index(row, column).data(Qt::ToolTipRole).toString().contains(u"Welch"_s);
        QVERIFY(judged > 1);
    }

    void pictures()
    {
        const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES");
        if (folder.isEmpty())
            return;
        for (const QString& id : {u"overview"_s, u"features"_s, u"drains"_s, u"what-if"_s, u"traces"_s, u"prompts"_s}) {
            showCompared(id, m_periods);
            QTest::qWait(1500);
            for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark})
                window().pagePicture(id, theme).save(folder +
                                                     u"/compared-%1-%2.png"_s.arg(id).arg(static_cast<int>(theme)));
        }
    }

    void twoSourcesAreCompared()
    {
        QSignalSpy imported(&m_sample->session(), &WorkspaceSession::imported);
        m_sample->session().import(m_sample->file("w.plumb"), {.paths = {m_sample->sampleFile("more.jsonl", 9)}});
        QVERIFY(imported.wait(test::patience));
        const std::vector<SourceRow> sources = *m_sample->session().queries()->sources(StopToken());
        QCOMPARE(sources.size(), std::size_t{2});
        showCompared(u"sources"_s, {});
        SourcesPage& shown = page<SourcesPage>();
        const QAbstractItemModel& rows = table(shown, u"Imported"_s).facts();
        const QString first = rows.index(0, 0).data().toString();
        QMenu menu;
        shown.addRowActions(menu, 0);
        QMenu* others = nullptr;
        for (const QAction* action : menu.actions())
            if (action->text() == u"Compare with"_s)
                others = action->menu();
        QVERIFY(others && !others->isEmpty());
        QCOMPARE(static_cast<std::size_t>(others->actions().size()), sources.size() - 1);
        const QString other = others->actions().front()->text();
        others->actions().front()->trigger();
        QVERIFY(page<OverviewPage>().isVisible());
        const Scope scope = window().scope();
        QCOMPARE(scope.filter.conditions.size(), std::size_t{1});
        QVERIFY(toQt(scope.filter.conditions[0].values[0]).startsWith(first));
        QVERIFY(toQt(scope.against->values[0]).startsWith(other));
        // The sources' calls: as many as the sources say.
        std::int64_t calls = 0;
        for (const SourceRow& source : sources)
            if (sourceValue(source.name, source.import) == scope.filter.conditions[0].values[0])
                calls = source.calls;
        QVERIFY(calls > 0);
        QCOMPARE(m_sample->session().queries()->breakdown({.filter = scope.filter}, StopToken())->total.calls, calls);
        window().setScope({.filter = m_periods.filter});
    }
};

QTEST_MAIN(ComparisonTest)
#include "comparison_test.moc"
