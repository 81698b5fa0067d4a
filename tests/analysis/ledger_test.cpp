// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/places.h"
#include "support/sample_import.h"
#include "support/workspace.h"

#include <map>

#include "model/analysis/analysis.h"
#include "model/analysis/packed.h"
#include "model/store/database.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// bill = waste + opportunity + useful, whichever way it is asked for.
class LedgerTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyCallIsAnalysed();
    void cellsAddUpToTheLedgerInEveryGrouping_data();
    void cellsAddUpToTheLedgerInEveryGrouping();
    void whateverIsImportedFoots();
    void callsInAListHaveTheirOwnAccount();
    void segmentsAddUpToTheInputOfEveryCall();
    void whatIsPlantedIsFound();
    void confidenceHidesRowsAndNoMoney();
    void analysingAgainDoesNothing();
    void anotherCatalogueOfDrainsIsMadeAnew();
    void whatWasReadOfATextGoesWithIt();

private:
    TemporaryWorkspace m_workspace;
    std::optional<Queries> m_queries;
};

void LedgerTest::initTestCase()
{
    test::importSample(m_workspace.path(), {.calls = 3000});
    const auto before = Queries::open(m_workspace.path(), {}, StopToken());
    QVERIFY(before);
    // Not looked at yet: everything waits, and all of the bill is useful.
    const auto waiting = before->drains({}, StopToken());
    QVERIFY(waiting);
    QCOMPARE(waiting->total.callsWaiting, waiting->total.calls);
    QVERIFY(waiting->total.useful() == waiting->total.bill);
    QVERIFY(Analysis::run(m_workspace.path(), {}, StopToken()));
    const auto after = before->refreshed(StopToken());
    QVERIFY(after);
    QVERIFY(!after->isSameSnapshot(*before));
    m_queries = *after;
}

void LedgerTest::everyCallIsAnalysed()
{
    const auto answer = m_queries->drains({}, StopToken());
    QVERIFY(answer);
    QVERIFY(answer->total.calls > 3000);
    QCOMPARE(answer->total.callsWaiting, 0);
    QVERIFY(answer->total.waste > MoneySum());
    QVERIFY(answer->total.useful() > MoneySum());
}

void LedgerTest::cellsAddUpToTheLedgerInEveryGrouping_data()
{
    QTest::addColumn<int>("dimension");
    for (const Dimension dimension : {Dimension::Feature, Dimension::Model, Dimension::Day, Dimension::Weekday,
                                      Dimension::HourOfDay, Dimension::User, Dimension::Status})
        QTest::newRow(idOf(DimensionChoice{dimension, {}}).c_str()) << static_cast<int>(dimension);
}

void LedgerTest::cellsAddUpToTheLedgerInEveryGrouping()
{
    QFETCH(int, dimension);
    const auto answer = m_queries->drains({.rows = {static_cast<Dimension>(dimension), {}}}, StopToken());
    QVERIFY(answer);
    MoneySum waste, opportunity;
    for (const DrainCell& cell : answer->cells)
        (cell.confidence == Confidence::Opportunity ? opportunity : waste) += cell.money;
    QVERIFY(waste == answer->total.waste);
    QVERIFY(opportunity == answer->total.opportunity);
    LedgerSums rows;
    for (const LedgerSums& row : answer->rowLedgers) {
        QVERIFY(row.useful() >= MoneySum());
        rows += row;
    }
    QVERIFY(rows == answer->total);
    // The bill is what the breakdown says it is.
    const auto breakdown = m_queries->breakdown({}, StopToken());
    QVERIFY(breakdown);
    QVERIFY(*breakdown->total.cost == answer->total.bill);
}

/// The accounts of all calls of a list are the account of the list.
void LedgerTest::callsInAListHaveTheirOwnAccount()
{
    const auto list = m_queries->calls({}, CallOrder::Costliest, 100'000, StopToken());
    const auto all = m_queries->drains({}, StopToken());
    QVERIFY(list && all);
    LedgerSums sum;
    for (const CallRow& call : list->rows) {
        QVERIFY(call.ledger);
        sum += *call.ledger;
    }
    QVERIFY(sum == all->total);
}

/// Every example there is of every format, in one workspace: strange usage, no prices, no prompts, tiers and fees.
void LedgerTest::whateverIsImportedFoots()
{
    TemporaryWorkspace workspace;
    QVERIFY(workspace.import({test::sourceFolder().toStdString() + "/tests/importers/cases"}));
    QVERIFY(Analysis::run(workspace.path(), {}, StopToken()));
    const auto queries = workspace.queries();
    QVERIFY(queries);
    const auto bill = queries->breakdown({}, StopToken());
    QVERIFY(bill && bill->total.calls > 20);
    for (const Dimension dimension : allDimensions()) {
        const auto answer =
            queries->drains({.rows = {dimension, {}}, .wantsBeside = true, .wantsMuted = true}, StopToken());
        QVERIFY(answer);
        QVERIFY(answer->total.bill == bill->total.cost.value_or(MoneySum()));
        QCOMPARE(answer->total.callsWaiting, 0);
        if (answer->rowsOverlap)
            continue;
        LedgerSums rows;
        MoneySum claimed;
        for (const LedgerSums& row : answer->rowLedgers) {
            QVERIFY(row.useful() >= MoneySum());
            rows += row;
        }
        for (const DrainCell& cell : answer->cells)
            if (cell.confidence != Confidence::Beside)
                claimed += cell.money;
        QVERIFY(rows == answer->total);
        QVERIFY(claimed == answer->total.waste + answer->total.opportunity);
    }
}

void LedgerTest::segmentsAddUpToTheInputOfEveryCall()
{
    const auto database = store::Database::open(m_workspace.path(), store::OpenMode::ReadOnly);
    auto rows = database->prepare("SELECT packed, coalesce(uncached, 0) + coalesce(cache_read, 0) + "
                                  "coalesce(cache_write_5m, 0) + coalesce(cache_write_1h, 0) "
                                  "FROM call_analysis JOIN call ON call.id = call_analysis.call");
    QVERIFY(rows);
    analysis::CallAnalysis call;
    int count = 0, split = 0;
    while (*rows->next()) {
        QVERIFY(analysis::readPacked(rows->text(0), call));
        std::int64_t sum = 0;
        for (const std::uint32_t tokens : call.segments)
            sum += tokens;
        QCOMPARE(sum, rows->integer(1));
        split += call.method != SplitMethod::Unsplit;
        ++count;
    }
    QVERIFY(count > 3000);
    QVERIFY(split > count * 9 / 10);
}

void LedgerTest::whatIsPlantedIsFound()
{
    const auto answer = m_queries->drains({.least = Confidence::High}, StopToken());
    QVERIFY(answer);
    std::map<std::string, MoneySum> found;
    for (const DrainCell& cell : answer->cells)
        found[answer->columns[cell.column]] += cell.money;
    for (const char* drain : {"failed-calls", "duplicate-calls", "agent-loops", "unused-tools", "debug-payload",
                              "system-prompt-excess", "repeated-embeddings"})
        QVERIFY2(found[drain] > MoneySum(), drain);
}

void LedgerTest::confidenceHidesRowsAndNoMoney()
{
    const auto all = m_queries->drains({}, StopToken());
    const auto certain = m_queries->drains({.least = Confidence::High}, StopToken());
    QVERIFY(all && certain);
    QVERIFY(certain->total == all->total);
    MoneySum shown;
    for (const DrainCell& cell : certain->cells) {
        QCOMPARE(cell.confidence, Confidence::High);
        shown += cell.money;
    }
    QVERIFY(shown + certain->lessCertain == all->total.waste + all->total.opportunity);
}

void LedgerTest::analysingAgainDoesNothing()
{
    const auto again = Analysis::run(m_workspace.path(), {}, StopToken());
    QVERIFY(again);
    QCOMPARE(*again, Analysis::Outcome());
}

void LedgerTest::anotherCatalogueOfDrainsIsMadeAnew()
{
    const auto before = m_queries->drains({}, StopToken());
    QVERIFY(before);
    // A drain more, and every place in the ledger behind it means another.
    QVERIFY(store::Database::open(m_workspace.path(), store::OpenMode::ReadWrite)
                ->execute("UPDATE setting SET value = 'a-drain,' || value WHERE key = 'drain_catalogue'"));
    const auto foreign = m_workspace.queries()->drains({}, StopToken());
    QVERIFY(foreign);
    QCOMPARE(foreign->total.callsWaiting, foreign->total.calls);
    QVERIFY(Analysis::run(m_workspace.path(), {}, StopToken()));
    const auto after = m_workspace.queries()->drains({}, StopToken());
    QVERIFY(after);
    QVERIFY(after->total == before->total);
}

void LedgerTest::whatWasReadOfATextGoesWithIt()
{
    const auto database = store::Database::open(m_workspace.path(), store::OpenMode::ReadWrite);
    QVERIFY(*database->integer("SELECT count(*) FROM text_facts") > 0);
    // As removing a source does: the ids are given to other texts later, which then have to be read.
    QVERIFY(database->execute("DELETE FROM block WHERE id > 10"));
    QCOMPARE(*database->integer("SELECT count(*) FROM text_facts WHERE block > 10"), 0);
    QCOMPARE(*database->integer("SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'texts_read_up_to'"), 10);
}

QTEST_GUILESS_MAIN(LedgerTest)
#include "ledger_test.moc"
