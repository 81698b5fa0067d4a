// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/places.h"
#include "support/workspace.h"

#include <algorithm>

#include "importers/detect.h"
#include "support/memory_sink.h"

using namespace plumbline;
using plumbline::test::MemorySink;
using plumbline::test::readIntoMemory;
using plumbline::test::TemporaryWorkspace;

namespace {

const QString folder = test::sourceFolder() + QStringLiteral("/tests/importers/cases");

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::string count(const std::optional<TokenCount>& tokens)
{
    return tokens ? std::to_string(*tokens) : "-";
}

/// What a case's `.expected` file says, of a workspace.
std::string summaryOf(const TemporaryWorkspace& workspace, const std::string& format)
{
    std::string text = "format " + format + "\n";
    const auto queries = workspace.queries();
    if (!queries)
        return queries.error().text();
    const auto models = queries->breakdown({.by = {{Dimension::Model, {}}}}, StopToken());
    std::vector<std::string> lines;
    for (const BreakdownRow& row : models->rows) {
        const Measures& m = row.measures;
        lines.push_back(row.keys[0] + " calls " + std::to_string(m.calls) + "/" + std::to_string(m.callsWithoutUsage) +
                        " input " + count(m.input) + " read " + count(m.cacheRead) + " write " + count(m.cacheWrite) +
                        " output " + count(m.output) + " reasoning " + count(m.reasoning) + "\n");
    }
    const auto features = queries->breakdown({.by = {{Dimension::Feature, {}}}}, StopToken());
    std::vector<std::string> featureLines;
    for (const BreakdownRow& row : features->rows)
        featureLines.push_back("feature " + row.keys[0] + " " + std::to_string(row.measures.calls) + "\n");
    for (auto* group : {&lines, &featureLines}) {
        std::sort(group->begin(), group->end());
        for (const std::string& line : *group)
            text += line;
    }
    const auto& reported = models->total.reportedCost;
    return text + "reported " + (reported ? decimalText(*reported) : "-") + "\n";
}

void addCases()
{
    QTest::addColumn<QString>("file");
    for (const QString& file : QDir(folder).entryList(QDir::Files))
        if (!file.endsWith(QStringLiteral(".expected")))
            QTest::newRow(qPrintable(file)) << file;
}

} // namespace

/// Every file of tests/importers/cases against the answer beside it: a format is covered by adding files there.
class CasesTest : public QObject
{
    Q_OBJECT

private slots:
    void everyFormatHasACase();
    void everyCaseGivesItsAnswer_data() { addCases(); }
    void everyCaseGivesItsAnswer();
    void withoutPromptsTheFiguresAreTheSame_data() { addCases(); }
    void withoutPromptsTheFiguresAreTheSame();
    void noOtherFormatTakesACase_data() { addCases(); }
    void noOtherFormatTakesACase();
    void noPrefixGivesHalfARecord_data() { addCases(); }
    void noPrefixGivesHalfARecord();
};

void CasesTest::everyFormatHasACase()
{
    QStringList missing;
    const QStringList files = QDir(folder).entryList({QStringLiteral("*.expected")}, QDir::Files);
    QByteArray expected;
    for (const QString& file : files)
        expected += bytesOf(folder + '/' + file);
    for (const Format& format : allFormats()) {
        if (!expected.contains(("format " + std::string(format.id) + "\n").c_str()))
            missing += QString::fromStdString(std::string(format.id));
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(' ')));
}

void CasesTest::everyCaseGivesItsAnswer()
{
    QFETCH(QString, file);
    const std::filesystem::path path = (folder + '/' + file).toStdString();
    const std::string expected = bytesOf(folder + '/' + file + QStringLiteral(".expected")).toStdString();
    QVERIFY(!expected.empty());
    auto recognised = RecognisedFile::open(path, {});
    QVERIFY2(recognised, recognised ? "" : recognised.error().text().c_str());
    const TemporaryWorkspace workspace;
    const auto report = workspace.import({path});
    QVERIFY2(report, report ? "" : report.error().text().c_str());
    QVERIFY2(report->skipped.empty() || expected.find("\nskips ") != std::string::npos,
             report->skipped.empty() ? "" : report->skipped[0].reason.c_str());
    const std::string answer = expected.substr(0, expected.find("skips "));
    QCOMPARE(QString::fromStdString(summaryOf(workspace, std::string(recognised->format().id))),
             QString::fromStdString(answer));
    // And again: nothing new.
    const auto again = workspace.import({path});
    QVERIFY(again);
    QCOMPARE(again->spans, std::uint64_t{0});
    QCOMPARE(QString::fromStdString(summaryOf(workspace, std::string(recognised->format().id))),
             QString::fromStdString(answer));
}

void CasesTest::withoutPromptsTheFiguresAreTheSame()
{
    QFETCH(QString, file);
    const std::filesystem::path path = (folder + '/' + file).toStdString();
    const auto answerWith = [&](Privacy privacy) {
        const TemporaryWorkspace workspace;
        const auto report = workspace.import({path}, privacy);
        return report ? summaryOf(workspace, report->formats[0]) : report.error().text();
    };
    QCOMPARE(QString::fromStdString(answerWith(Privacy::Metadata)),
             QString::fromStdString(answerWith(Privacy::Bodies)));
}

void CasesTest::noOtherFormatTakesACase()
{
    QFETCH(QString, file);
    auto recognised = RecognisedFile::open((folder + '/' + file).toStdString(), {});
    QVERIFY(recognised);
    const std::string_view own = recognised->format().id;
    json::Parser parser;
    for (auto found = recognised->next(); found && *found; found = recognised->next()) {
        if (!(*found)->record)
            continue;
        const auto value = parser.parse((*found)->record->text);
        if (!value)
            continue;
        const Sniffed record{(*found)->record->container, *value};
        for (const Format& other : allFormats())
            if (other.id != own)
                QVERIFY2(other.sniff(record) < Certainty::Certain, std::string(other.id).c_str());
    }
}

void CasesTest::noPrefixGivesHalfARecord()
{
    QFETCH(QString, file);
    const std::filesystem::path path = (folder + '/' + file).toStdString();
    const QByteArray bytes = bytesOf(folder + '/' + file);
    const MemorySink whole = readIntoMemory(path);
    const TemporaryWorkspace scratch;
    const qsizetype step = std::max<qsizetype>(1, bytes.size() / 400);
    for (qsizetype size = 0; size < bytes.size(); size += step) {
        const std::filesystem::path cutFile = scratch.write(file.toStdString(), bytes.left(size).toStdString());
        // Records without a time take the file's day: the copy's must be the same, on whatever day this runs.
        std::filesystem::last_write_time(cutFile, std::filesystem::last_write_time(path));
        const MemorySink cut = readIntoMemory(cutFile);
        // The last cell of a table that no line break ends cannot be told from a shorter one: the import says so.
        const bool mayBeCut = file.endsWith(QStringLiteral(".csv")) && !bytes.left(size).endsWith('\n');
        for (const std::string& read : cut.read)
            QVERIFY2((mayBeCut && &read == &cut.read.back()) ||
                         std::find(whole.read.begin(), whole.read.end(), read) != whole.read.end(),
                     read.c_str());
    }
}

QTEST_GUILESS_MAIN(CasesTest)
#include "cases_test.moc"
