// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/places.h"
#include "support/workspace.h"

#include "model/record/recorder.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

namespace {

std::filesystem::path caseFile(const char* name)
{
    return test::sourceFolder().toStdString() + "/tests/importers/cases/" + name;
}

/// `provider model meter input output cost currency` a line.
std::string billed(const TemporaryWorkspace& workspace, const std::optional<Period>& period = {})
{
    const auto answer = workspace.queries()->bills(period, StopToken());
    if (!answer)
        return answer.error().text();
    std::string text;
    const auto count = [](const std::optional<TokenCount>& tokens) {
        return tokens ? std::to_string(*tokens) : std::string("-");
    };
    for (const BillRow& row : answer->rows)
        text += row.provider + " " + (row.model.empty() ? "-" : row.model) + " " +
                (row.meter.empty() ? "-" : row.meter) + " " + count(row.usage.input()) + " " +
                count(row.usage.output()) + " " + (row.cost ? decimalText(*row.cost) : "-") + " " + row.currency + "\n";
    for (const auto& [currency, sum] : answer->totals)
        text += "total " + decimalText(sum) + " " + currency + "\n";
    return text;
}

} // namespace

/// Bills of providers lie beside the traces and are never calls.
class BillsTest : public QObject
{
    Q_OBJECT

private slots:
    void everyProvidersBillIsRead_data();
    void everyProvidersBillIsRead();
    void creditsAndCurrenciesAreKept_data();
    void creditsAndCurrenciesAreKept();
    void billsAreNoCalls();
    void aLineThatTwoFilesBringIsOne();
    void aNewerExportRestatesWhatItIsAbout();
    void theHoursOfADayThatIsThereAreNotAddedToIt();
    void whatAnotherImportTellsInMoreLinesIsNotAdded_data();
    void whatAnotherImportTellsInMoreLinesIsNotAdded();
    void chargesOfOneDayAreEachPaid();
    void aPeriodHoldsWhatBeginsInIt();
};

void BillsTest::everyProvidersBillIsRead_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("lines");
    QTest::newRow("OpenAI usage") << QStringLiteral("openai-usage.json")
                                  << QStringLiteral("openai gpt-5.4-2026-03-05 usage 9000000000 50000000 - \n");
    QTest::newRow("OpenAI costs, in dollars") << QStringLiteral("openai-costs.json")
                                              << QStringLiteral("openai gpt-5.4-2026-03-05 output - - 12.5 USD\n"
                                                                "total 12.5 USD\n");
    QTest::newRow("Anthropic costs, in cents")
        << QStringLiteral("anthropic-cost.json")
        << QStringLiteral("anthropic claude-opus-4-6 output_tokens - - 2.505 USD\n"
                          "total 2.505 USD\n");
    QTest::newRow("Anthropic's console") << QStringLiteral("anthropic-usage.csv")
                                         << QStringLiteral("anthropic claude-opus-4-6 usage 32 7 - \n");
    QTest::newRow("DeepSeek's console") << QStringLiteral("deepseek-amount.csv")
                                        << QStringLiteral("deepseek deepseek-chat input_cache_hit_tokens 4000 - - \n"
                                                          "deepseek deepseek-chat input_cache_miss_tokens 1000 - - \n"
                                                          "deepseek deepseek-chat output_tokens - 500 - \n"
                                                          "deepseek deepseek-chat request_count - - - \n");
    QTest::newRow("DeepSeek's wallets") << QStringLiteral("deepseek-cost.csv")
                                        << QStringLiteral("deepseek deepseek-chat granted - - 0.75 CNY\n"
                                                          "deepseek deepseek-chat normal - - 4.25 CNY\n"
                                                          "total 5 CNY\n");
    QTest::newRow("other currencies") << QStringLiteral("invoice-months.csv")
                                      << QStringLiteral("anthropic - - - - 200 USD\nopenai - - - - 700 \u00A5\n"
                                                        "total 200 USD\ntotal 700 \u00A5\n");
    QTest::newRow("AI on a cloud's bill")
        << QStringLiteral("focus.csv")
        << QStringLiteral("AWS claude-sonnet-4-5 Cache Read Input Tokens 2000 - 0.25 USD\n"
                          "AWS claude-sonnet-4-5 Cache Write Tokens (1h) 1000 - 1.5 USD\ntotal 1.75 USD\n");
    QTest::newRow("nothing used") << QStringLiteral("openai-usage-empty.csv") << QString();
    QTest::newRow("an invoice") << QStringLiteral("invoice.csv")
                                << QStringLiteral("OpenAI - - - - 1234.5 USD\nOpenAI - - - - 98.76 USD\n"
                                                  "total 1333.26 USD\n");
}

void BillsTest::everyProvidersBillIsRead()
{
    QFETCH(QString, file);
    QFETCH(QString, lines);
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({caseFile(qPrintable(file))}));
    QCOMPARE(QString::fromStdString(billed(workspace)), lines);
}

void BillsTest::creditsAndCurrenciesAreKept_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("total");
    QTest::newRow("a credit of OpenAI")
        << QStringLiteral("a.json")
        << QStringLiteral(
               R"({"object":"page","data":[{"object":"bucket","start_time":1790812800,"end_time":1790899200,"results":[)"
               R"({"object":"organization.costs.result","amount":{"value":12.5,"currency":"usd"},"line_item":"m, output"},)"
               R"({"object":"organization.costs.result","amount":{"value":-3.5,"currency":"usd"},"line_item":"credit"})"
               R"(]}],"has_more":false,"next_page":null})")
        << QStringLiteral("total 9 USD\n");
    QTest::newRow("an invoice in euros") << QStringLiteral("a.csv")
                                         << QStringLiteral(
                                                "Vendor;Month;Amount;Description\nOpenAI;2026-10;1.234,56 €;API\n"
                                                "OpenAI;2026-10;-34,56 €;Credit\n")
                                         << QStringLiteral("total 1200 EUR\n");
    QTest::newRow("as programs write small numbers")
        << QStringLiteral("a.csv")
        << QStringLiteral("Vendor,Month,Amount,Currency,Description\nOpenAI,2026-10,1.5e-05,USD,API\n")
        << QStringLiteral("total 0.000015 USD\n");
}

void BillsTest::creditsAndCurrenciesAreKept()
{
    QFETCH(QString, file);
    QFETCH(QString, text);
    QFETCH(QString, total);
    const TemporaryWorkspace workspace;
    const auto report = workspace.import({workspace.write(file.toStdString(), text.toStdString())});
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    const QString lines = QString::fromStdString(billed(workspace));
    QVERIFY2(lines.endsWith(total), qPrintable(lines));
}

void BillsTest::billsAreNoCalls()
{
    const TemporaryWorkspace workspace;
    const auto report = workspace.import({caseFile("openai-usage.json"), caseFile("anthropic-cost.json")});
    QVERIFY(report);
    QCOMPARE(report->billLines, std::uint64_t{2});
    QCOMPARE(report->calls, std::uint64_t{0});
    QCOMPARE(workspace.breakdown({Dimension::Model}), std::string());
}

void BillsTest::aLineThatTwoFilesBringIsOne()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({caseFile("openai-costs.json")}));
    QVERIFY(workspace.import({caseFile("openai-costs.json")}));
    QCOMPARE(billed(workspace), std::string("openai gpt-5.4-2026-03-05 output - - 12.5 USD\ntotal 12.5 USD\n"));
    // The one that is left still knows it.
    auto recorder = Recorder::open(workspace.path(), "test");
    QVERIFY(recorder);
    QVERIFY(recorder->removeImport(1, {}, StopToken()));
    QCOMPARE(billed(workspace), std::string("openai gpt-5.4-2026-03-05 output - - 12.5 USD\ntotal 12.5 USD\n"));
    QVERIFY(recorder->removeImport(2, {}, StopToken()));
    QCOMPARE(billed(workspace), std::string());
}

void BillsTest::aNewerExportRestatesWhatItIsAbout()
{
    const auto exported = [](const char* amount, const char* more) {
        return std::string(
                   R"({"object":"page","has_more":false,"data":[{"object":"bucket","start_time":1793491200,)"
                   R"("end_time":1793577600,"results":[{"object":"organization.costs.result","amount":{"value":)") +
               amount + R"(,"currency":"usd"},"line_item":"gpt-5.4-2026-03-05, output"})" + more + "]}]}";
    };
    // Of one day two users that the line does not name.
    const std::string day = exported("1.5", R"(,{"object":"organization.costs.result","amount":{"value":0.25,)"
                                            R"("currency":"usd"},"line_item":"gpt-5.4-2026-03-05, output"})");
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("morning.json", exported("1", ""))}));
    QVERIFY(billed(workspace).ends_with("total 1 USD\n"));
    QVERIFY(workspace.import({workspace.write("evening.json", day)}));
    QVERIFY(billed(workspace).ends_with("total 1.75 USD\n"));
    QVERIFY(workspace.import({workspace.write("a.json", day), workspace.write("b.json", exported("2", ""))}));
    QVERIFY(billed(workspace).ends_with("total 2 USD\n"));
    // Without the newer ones the older one holds.
    auto recorder = Recorder::open(workspace.path(), "test");
    QVERIFY(recorder);
    QVERIFY(recorder->removeImport(3, {}, StopToken()));
    QVERIFY(billed(workspace).ends_with("total 1.75 USD\n"));
    QVERIFY(recorder->removeImport(2, {}, StopToken()));
    QVERIFY(billed(workspace).ends_with("total 1 USD\n"));
}

void BillsTest::theHoursOfADayThatIsThereAreNotAddedToIt()
{
    const auto bucket = [](std::int64_t start, std::int64_t seconds, const char* amount, const char* model) {
        return R"({"object":"bucket","start_time":)" + std::to_string(start) + R"(,"end_time":)" +
               std::to_string(start + seconds) +
               R"(,"results":[{"object":"organization.costs.result","amount":{"value":)" + amount +
               R"(,"currency":"usd"},"line_item":")" + model + R"("}]})";
    };
    const auto page = [](const std::string& buckets) {
        return R"({"object":"page","has_more":false,"data":[)" + buckets + "]}";
    };
    constexpr std::int64_t day = 1793491200, hour = 3600;
    const std::string days = page(bucket(day, 24 * hour, "2", "gpt-5.4-2026-03-05, output"));
    // The first and the last hour, one of another model, and one of the day after.
    const std::string hours = page(bucket(day, hour, "0.5", "gpt-5.4-2026-03-05, output") + "," +
                                   bucket(day + 23 * hour, hour, "1", "gpt-5.4-2026-03-05, output") + "," +
                                   bucket(day + hour, hour, "0.125", "gpt-5.4-mini, output") + "," +
                                   bucket(day + 24 * hour, hour, "0.25", "gpt-5.4-2026-03-05, output"));
    for (const bool areDaysFirst : {false, true}) {
        const TemporaryWorkspace workspace;
        QVERIFY(workspace.import({workspace.write("a.json", areDaysFirst ? days : hours)}));
        QVERIFY(workspace.import({workspace.write("b.json", areDaysFirst ? hours : days)}));
        QVERIFY2(billed(workspace).ends_with("total 2.375 USD\n"), billed(workspace).c_str());
    }
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.json", hours)}));
    QVERIFY2(billed(workspace).ends_with("total 1.875 USD\n"), billed(workspace).c_str());
}

void BillsTest::whatAnotherImportTellsInMoreLinesIsNotAdded_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<QString>("total");
    const auto row = [](const char* name, const char* file, const char* other, const char* total) {
        QTest::newRow(name) << QString::fromLatin1(file) << QByteArray(other) << QString::fromLatin1(total);
    };
    row("its invoice", "b.csv", "Vendor,Date,Amount,Currency,Description\nOpenAI,2026-11-01,4.00,USD,INV-7\n", "4");
    row("an invoice of another amount", "b.csv",
        "Vendor,Date,Amount,Currency,Description\nOpenAI,2026-11-01,5.00,USD,INV-7\n", "9");
    row("another's invoice", "b.csv", "Vendor,Date,Amount,Currency,Description\nAnthropic,2026-11-01,4.00,USD,INV-7\n",
        "8");
    row("another month's", "b.csv", "Vendor,Date,Amount,Currency,Description\nOpenAI,2026-12-01,4.00,USD,INV-7\n", "8");
    row("all lines in one", "b.json",
        R"({"object":"page","has_more":false,"data":[{"object":"bucket","start_time":1793491200,"end_time":1793577600,)"
        R"("results":[{"object":"organization.costs.result","amount":{"value":4,"currency":"usd"},"line_item":null}]}]})",
        "4");
}

/// An export of two lines, and what may be the same bill.
void BillsTest::whatAnotherImportTellsInMoreLinesIsNotAdded()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, other);
    QFETCH(QString, total);
    const std::string lines =
        R"({"object":"page","has_more":false,"data":[{"object":"bucket","start_time":1793491200,"end_time":1793577600,)"
        R"("results":[{"object":"organization.costs.result","amount":{"value":1.5,"currency":"usd"},)"
        R"("line_item":"gpt-5.4, input"},{"object":"organization.costs.result",)"
        R"("amount":{"value":2.5,"currency":"usd"},"line_item":"gpt-5.4, output"}]}]})";
    for (const bool isExportFirst : {false, true}) {
        const TemporaryWorkspace workspace;
        const auto exported = workspace.write("a.json", lines),
                   again = workspace.write(file.toStdString(), other.toStdString());
        QVERIFY(workspace.import({isExportFirst ? exported : again}));
        QVERIFY(workspace.import({isExportFirst ? again : exported}));
        const std::string end = "total " + total.toStdString() + " USD\n";
        QVERIFY2(billed(workspace).ends_with(end), billed(workspace).c_str());
    }
}

void BillsTest::chargesOfOneDayAreEachPaid()
{
    const std::string charges = "Vendor,Date,Amount,Currency,Description\nOpenAI,2026-11-01,50,USD,Credits\n"
                                "OpenAI,2026-11-01,50,USD,Credits\n";
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({workspace.write("a.csv", charges)}));
    QVERIFY(billed(workspace).ends_with("total 100 USD\n"));
    // The table as it goes on.
    QVERIFY(workspace.import({workspace.write("b.csv", charges + "OpenAI,2026-11-01,50,USD,Credits\n")}));
    QVERIFY(billed(workspace).ends_with("total 150 USD\n"));
}

void BillsTest::aPeriodHoldsWhatBeginsInIt()
{
    const TemporaryWorkspace workspace;
    QVERIFY(workspace.import({caseFile("anthropic-cost.json")}));
    const Timestamp october = *parseTimestamp("2026-10-01T00:00:00Z");
    const Timestamp november = *parseTimestamp("2026-11-01T00:00:00Z");
    QVERIFY(!billed(workspace, Period{october, november}).empty());
    QCOMPARE(billed(workspace, Period{november, Timestamp(november.microseconds() + 1)}), std::string());
}

QTEST_GUILESS_MAIN(BillsTest)
#include "bills_test.moc"
