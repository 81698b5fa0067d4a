// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/places.h"
#include "support/report_tools.h"
#include "support/sample_import.h"
#include "support/workspace.h"

#include "app/workspace_changes.h"
#include "model/items/format.h"
#include "model/spend/saved_spend_plan.h"
#include "model/store/workspace.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace plumbline;
using namespace Qt::StringLiterals;
using plumbline::test::program;
using plumbline::test::TemporaryWorkspace;

namespace {

/// Whole cents of a number as programs print it, however many digits.
qint64 centsOfText(const QString& text)
{
    bool isNumber = false;
    const double value = text.toDouble(&isNumber);
    return isNumber ? qRound64(value * 100) : std::numeric_limits<qint64>::min();
}

} // namespace

/// The program's reports, read by programs that others wrote: poppler, LibreOffice, qpdf.
class FilesTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TemporaryWorkspace> m_workspace;

    QString store() const { return QString::fromStdString(m_workspace->path().string()); }
    QString file(const QString& name) const
    {
        return QString::fromStdString(m_workspace->folder().string()) + u'/' + name;
    }
    int report(const QStringList& more)
    {
        int code = -1;
        test::outputOf(program(), QStringList{u"report"_s, u"--store"_s, store(), u"--company"_s, u"Acme"_s} + more,
                       &code);
        return code;
    }
    std::int32_t lastMonth() const
    {
        const auto queries = m_workspace->queries();
        return queries->calendar().monthOf(queries->extent()->end);
    }
    QString lastMonthText() const { return QString::fromStdString(ReportingCalendar::monthText(lastMonth())); }

private slots:
    void initTestCase()
    {
        QVERIFY(!QStandardPaths::findExecutable(u"pdftotext"_s).isEmpty());
        QVERIFY(!QStandardPaths::findExecutable(u"soffice"_s).isEmpty());
        QVERIFY(!QStandardPaths::findExecutable(u"qpdf"_s).isEmpty());
    }
    void init()
    {
        m_workspace = std::make_unique<TemporaryWorkspace>();
        test::importSample(m_workspace->path(), {.calls = 900, .months = 2});
    }

    void everyWayOutSaysTheSame_data();
    void everyWayOutSaysTheSame();
    void theSameDataGivesTheSameBytes();
    void thePdfIsSound();
    void aKeptDefinitionIsMadeAgain();
    void aMonthOfAnotherCurrencyWithoutARateIsRefused();
    void whatIsNotThereIsSaid();
};

void FilesTest::everyWayOutSaysTheSame_data()
{
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("currency");
    QTest::newRow("dollars") << u"UTC"_s << u"USD"_s;
    QTest::newRow("euros") << u"UTC"_s << u"EUR"_s;
    QTest::newRow("a half-hour zone") << u"Asia/Kolkata"_s << u"USD"_s;
    QTest::newRow("a half-hour zone in euros") << u"Asia/Kolkata"_s << u"EUR"_s;
}

void FilesTest::everyWayOutSaysTheSame()
{
    QFETCH(QString, zone);
    QFETCH(QString, currency);
    const auto service = workspaceChanges();
    QVERIFY(service->setReporting(m_workspace->path(), zone.toStdString(), 1, StopToken()));
    const SpendPlan plan{.centres = {{.name = "Support", .conditions = {*conditionFromText("feature=support-chat")}},
                                     {.name = "Shared",
                                      .conditions = {*conditionFromText("feature=embed-docs,doc-search")},
                                      .shared = SplitKey::Calls}},
                         .currency = currency.toStdString(),
                         .rates = {{.currency = "EUR",
                                    .month = lastMonth(),
                                    .nanos = 921'300'000,
                                    .date = "2026-10-30",
                                    .source = "made up for this test"}}};
    QVERIFY(service->setSpendPlan(m_workspace->path(), plan));

    // What the model says, in its own arithmetic.
    const auto queries = m_workspace->queries();
    const SpendAnswer spend = *queries->spend({.month = lastMonth()}, StopToken());
    const MoneySum dollars = *queries->breakdown({.filter = {.period = spend.period}}, StopToken())->total.cost;
    const MoneySum amount =
        currency == u"EUR"_s ? MoneySum::ofPicodollars(dollars.picodollars() * 9213 / 10000) : dollars;
    const qint64 cents = centsOf(amount);
    QVERIFY(cents > 100);

    QVERIFY(report({u"--month"_s, lastMonthText(), u"--pdf"_s, file(u"r.pdf"_s), u"--xlsx"_s, file(u"r.xlsx"_s),
                    u"--csv"_s, file(u"tables"_s), u"--focus"_s, file(u"f.csv"_s)}) != 1);

    const QString symbol = currency == u"EUR"_s ? u"€"_s : u"$"_s;
    const QString printed =
        symbol + QString::number(cents / 100) + u'.' + QString::number(cents % 100).rightJustified(2, u'0');
    const QString text = test::textOfPdf(file(u"r.pdf"_s));
    QVERIFY2(text.contains(printed), qPrintable(printed));
    // Every table that adds up to all spend says so: cost centres, features, providers, price rows.
    QVERIFY(text.count(QRegularExpression(u"All spend .*"_s + QRegularExpression::escape(printed))) >= 4);

    const auto tabs = test::tabsOf(file(u"r.xlsx"_s), file(u"tabs"_s));
    QVERIFY(tabs.size() >= 12);
    QCOMPARE(centsOfText(test::fieldOf(tabs.at(u"Allocation"_s), u"All spend"_s, u"Actual"_s)), cents);
    QCOMPARE(centsOfText(test::fieldOf(tabs.at(u"Allocation"_s), u"All spend"_s, u"Spend"_s)), cents);
    QCOMPARE(centsOfText(test::fieldOf(tabs.at(u"Reconciliation with invoices"_s), u"All providers"_s, u"Traced"_s)),
             cents);
    QCOMPARE(centsOfText(test::fieldOf(tabs.at(u"Methodology and price book"_s), u"All"_s, u"Amount"_s)), cents);
    const QString month = format::month(lastMonth());
    QCOMPARE(centsOfText(test::fieldOf(tabs.at(u"Why it changed"_s), month, u"Amount"_s)), cents);
    QCOMPARE(centsOfText(test::fieldOf(tabs.at(u"Appendix"_s), u"All spend"_s, month)), cents);

    QFile byFeature(file(u"tables/06-allocation-by-feature.csv"_s));
    QVERIFY(byFeature.open(QIODevice::ReadOnly));
    qint64 sum = 0, total = 0;
    for (const QString& line : QString::fromUtf8(byFeature.readAll()).split(u'\n', Qt::SkipEmptyParts).mid(1)) {
        const QStringList fields = test::csvFields(line);
        (fields[0] == u"All spend"_s ? total : sum) += centsOfText(fields[2]);
    }
    QCOMPARE(total, cents);
    QCOMPARE(sum, cents);

    QFile focus(file(u"f.csv"_s));
    QVERIFY(focus.open(QIODevice::ReadOnly));
    const QStringList lines = QString::fromUtf8(focus.readAll()).split(u'\n', Qt::SkipEmptyParts);
    const QStringList heads = test::csvFields(lines[0]);
    MoneySum billed;
    for (const QString& line : lines.mid(1)) {
        const QStringList fields = test::csvFields(line);
        billed += *moneyFromDecimal(fields[heads.indexOf(u"BilledCost"_s)].toStdString());
        QCOMPARE(fields[heads.indexOf(u"BillingCurrency"_s)], currency);
    }
    QCOMPARE(centsOf(billed), cents);

    const QJsonObject json =
        QJsonDocument::fromJson(
            test::outputOf(program(), {u"spend"_s, u"--store"_s, store(), u"--month"_s, lastMonthText(), u"--json"_s}))
            .object();
    const QString said =
        currency == u"EUR"_s ? json[u"currency"_s].toObject()[u"spent"_s].toString() : json[u"spent_usd"_s].toString();
    QCOMPARE(centsOfText(said), cents);
}

void FilesTest::theSameDataGivesTheSameBytes()
{
    for (const char* name : {"a.pdf", "b.pdf"})
        QVERIFY(report({u"--month"_s, lastMonthText(), u"--pdf"_s, file(QString::fromLatin1(name))}) != 1);
    QFile first(file(u"a.pdf"_s)), second(file(u"b.pdf"_s));
    QVERIFY(first.open(QIODevice::ReadOnly) && second.open(QIODevice::ReadOnly));
    const QByteArray bytes = first.readAll();
    QVERIFY(bytes.size() > 10'000);
    QVERIFY(bytes == second.readAll());
}

void FilesTest::thePdfIsSound()
{
    QVERIFY(report({u"--month"_s, lastMonthText(), u"--pdf"_s, file(u"r.pdf"_s)}) != 1);
    QVERIFY(
        test::outputOf(u"qpdf"_s, {u"--check"_s, file(u"r.pdf"_s)}).contains("No syntax or stream encoding errors"));
    const QByteArray json = test::outputOf(u"qpdf"_s, {u"--json"_s, u"--json-key=outlines"_s, file(u"r.pdf"_s)});
    for (const char* title :
         {"Summary", "Why it changed", "Allocation", "Data completeness", "Methodology and price book", "Appendix"})
        QVERIFY2(json.contains(title), title);
    const QByteArray info = test::outputOf(u"pdfinfo"_s, {file(u"r.pdf"_s)});
    QVERIFY(info.contains("Acme"));
    QVERIFY(info.contains("A4"));
    const QByteArray fonts = test::outputOf(u"pdffonts"_s, {file(u"r.pdf"_s)});
    for (const QByteArray& line : fonts.split('\n').mid(2))
        if (!line.isEmpty()) { // … embedded, subset, with Unicode, object, generation
            const QList<QByteArray> facts = line.simplified().split(' ');
            QVERIFY2(facts[facts.size() - 5] == "yes" && facts[facts.size() - 3] == "yes", line.constData());
        }
    QCOMPARE(test::outputOf(u"pdfimages"_s, {u"-list"_s, file(u"r.pdf"_s)}).split('\n').size(),
             3); // no picture of a chart
    // Every page says whose, which month, whether reconciled, in which currency, and where it stands.
    const QStringList pages = test::textOfPdf(file(u"r.pdf"_s)).split(u'\f', Qt::SkipEmptyParts);
    for (qsizetype page = 0; page < pages.size(); ++page) {
        QVERIFY(pages[page].contains(u"Acme · %1 · Estimated · figures in USD"_s.arg(format::month(lastMonth()))));
        QVERIFY(pages[page].contains(u"%1 / %2"_s.arg(page + 1).arg(pages.size())));
    }
    QVERIFY(report({u"--month"_s, lastMonthText(), u"--paper"_s, u"letter"_s, u"--form"_s, u"short"_s, u"--pdf"_s,
                    file(u"s.pdf"_s)}) != 1);
    QVERIFY(test::outputOf(u"pdfinfo"_s, {file(u"s.pdf"_s)}).contains("letter"));
    const QString text = test::textOfPdf(file(u"s.pdf"_s));
    QVERIFY(text.contains(u"Why it changed"_s) && !text.contains(u"Appendix"_s));
}

void FilesTest::aKeptDefinitionIsMadeAgain()
{
    int code = -1;
    test::outputOf(program(),
                   {u"report"_s, u"keep"_s, u"--store"_s, store(), u"--definition"_s, u"Board"_s, u"--month"_s,
                    lastMonthText(), u"--form"_s, u"short"_s, u"--company"_s, u"Acme & Sons"_s},
                   &code);
    QCOMPARE(code, 0);
    QVERIFY(test::outputOf(program(), {u"report"_s, u"list"_s, u"--store"_s, store()})
                .contains("Board: " + lastMonthText().toLatin1() + ", short form"));
    test::outputOf(program(),
                   {u"report"_s, u"--store"_s, store(), u"--definition"_s, u"Board"_s, u"--pdf"_s, file(u"k.pdf"_s)},
                   &code);
    QVERIFY(code == 0 || code == 3);
    QVERIFY(test::textOfPdf(file(u"k.pdf"_s)).contains(u"Acme & Sons"_s));
    test::outputOf(program(), {u"report"_s, u"remove"_s, u"--store"_s, store(), u"--definition"_s, u"Board"_s}, &code);
    QCOMPARE(code, 0);
    QVERIFY(test::outputOf(program(), {u"report"_s, u"list"_s, u"--store"_s, store()}).isEmpty());
}

void FilesTest::aMonthOfAnotherCurrencyWithoutARateIsRefused()
{
    QCOMPARE(report({u"--month"_s, lastMonthText(), u"--currency"_s, u"GBP"_s, u"--pdf"_s, file(u"r.pdf"_s)}), 1);
    QVERIFY(!QFile::exists(file(u"r.pdf"_s)));
}

void FilesTest::whatIsNotThereIsSaid()
{
    QCOMPARE(report({u"--definition"_s, u"Nobody's"_s, u"--pdf"_s, file(u"r.pdf"_s)}), 1);
    QCOMPARE(report({u"--month"_s, lastMonthText()}), 2);
    QCOMPARE(report({u"--months-back"_s, u"2147483647"_s, u"--pdf"_s, file(u"r.pdf"_s)}), 2);
    QCOMPARE(report({u"--months-back"_s, u"-5"_s, u"--pdf"_s, file(u"r.pdf"_s)}), 2);
    QCOMPARE(report({u"--month"_s, u"2030-01"_s, u"--pdf"_s, file(u"empty.pdf"_s)}), 3); // no calls in it
    QCOMPARE(report({u"--pdf"_s, file(u"r.pdf"_s)}), 2);
    QCOMPARE(report({u"--month"_s, lastMonthText(), u"--pdf"_s, file(u"no/such/folder/r.pdf"_s)}), 1);
    QCOMPARE(report({u"--month"_s, lastMonthText(), u"--xlsx"_s, file(u"no/such/folder/r.xlsx"_s)}), 1);
}

QTEST_MAIN(FilesTest)
#include "files_test.moc"
